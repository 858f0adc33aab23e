"""List box, radio group drawn by the page (rating stars, swatches): press what is to be chosen, and in a multiple list what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.widgets.choosing import pick, same
from GenFlowLibrary.forms.widgets.widget import refuse

if TYPE_CHECKING:
    from GenFlowLibrary.browser.page import Setting
    from GenFlowLibrary.forms.widgets.widget import Held


def set_listbox(held: Held, setting: Setting) -> Setting:
    """Makes exactly the wanted entries chosen. Raises ValueRejected when one is not offered or the list keeps another state."""
    wanted = setting.value if isinstance(setting.value, tuple) else (str(setting.value),)
    view = held.look(first=True)
    texts = tuple(pick(text, view.of("option")).text for text in wanted)
    for _ in range(len(view.of("option")) + 1):
        view = held.look()
        wrong = [
            part
            for part in view.of("option")
            if part.selected != (part.text in texts) and (part.text in texts or view.multiple)
        ]
        if not wrong:
            break
        state = wrong[0].selected
        held.press(wrong[0])
        held.until(
            lambda seen, text=wrong[0].text, state=state: any(  # type: ignore[misc]
                part.text == text and part.selected != state for part in seen.of("option")
            )
        )
    view = held.close() if view.open else held.look()
    shown = sorted(view.values)
    if len(shown) != len(set(texts)) or not all(map(same, shown, sorted(set(texts)))):
        raise refuse(", ".join(texts), view)
    return replace(setting, value=view.values)
