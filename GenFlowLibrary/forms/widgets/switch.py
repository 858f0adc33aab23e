"""Switch and drawn check box: pressed once when it is in the other state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from GenFlowLibrary.forms.widgets.widget import refuse

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.forms.widgets.widget import Held


def set_switch(held: Held, setting: Setting) -> Setting:
    """Makes a switch on or off. Raises ValueRejected when it does not turn."""
    wanted = str(bool(setting.value)).lower()
    view = held.look(first=True)
    if view.value != wanted:
        held.press(view.of("trigger")[0])
        view = held.until(lambda seen: seen.value == wanted)
    if view.value != wanted:
        raise refuse(wanted, view)
    return setting
