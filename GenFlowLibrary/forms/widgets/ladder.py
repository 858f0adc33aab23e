"""The ladder: which file sets which kind of widget.

widget card, setting -> the widget's own way -> the setting as the widget shows it
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import PageError
from GenFlowLibrary.forms.rejected import ValueRejected
from GenFlowLibrary.forms.widgets.combobox import set_combobox
from GenFlowLibrary.forms.widgets.date_picker import set_date
from GenFlowLibrary.forms.widgets.dual_list import set_dual_list
from GenFlowLibrary.forms.widgets.listbox import set_listbox
from GenFlowLibrary.forms.widgets.number_widgets import set_number
from GenFlowLibrary.forms.widgets.switch import set_switch
from GenFlowLibrary.forms.widgets.tags import set_tags
from GenFlowLibrary.forms.widgets.time_picker import set_time
from GenFlowLibrary.forms.widgets.tree import set_tree
from GenFlowLibrary.forms.widgets.widget import Held

if TYPE_CHECKING:
    from collections.abc import Callable

    from GenFlowLibrary.browser.page import FieldCard, FieldKind, Page, Setting, Snapshot

_WAYS: dict[FieldKind, Callable[[Held, Setting], Setting]] = {
    "combobox": set_combobox,
    "listbox": set_listbox,
    "radiogroup": set_listbox,
    "switch": set_switch,
    "spinbutton": set_number,
    "slider": set_number,
    "tags": set_tags,
    "datepicker": set_date,
    "timepicker": set_time,
    "duallist": set_dual_list,
    "tree": set_tree,
}


def set_widget(page: Page, snapshot: Snapshot, card: FieldCard, setting: Setting) -> tuple[Setting, str]:
    """Sets one widget, reads it back, and leaves nothing open.

    Returns the setting in the words that the widget shows now, by which it can be read back again, and a note on how it was set.

    Raises:
        ValueRejected: the value is not offered, the widget shows something else afterwards, or the page did not let it be used.
    """
    held = Held(page, snapshot, card)
    try:
        return _WAYS[card.kind](held, setting), held.note
    except (PageError, ValueRejected) as problem:
        with suppress(PageError):
            held.close()  # what stays open would cover the fields after it
        raise ValueRejected(str(problem).rstrip(".")) from None
