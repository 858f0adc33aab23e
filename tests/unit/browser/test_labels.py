"""What fields are called on sound and on broken markup, in the order in which an accessible name is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from GenFlowLibrary.browser.selenium_page import SeleniumPage

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

Labels = "Callable[[str], list[tuple[str, str]]]"


@pytest.fixture
def labels(library: Any, show: Callable[[str], None]) -> Callable[[str], list[tuple[str, str]]]:
    """The labels and their sources on a page."""

    def read(body: str) -> list[tuple[str, str]]:
        show(f"<!doctype html><form>{body}</form>")
        return [(card.label, card.label_source) for card in SeleniumPage(library).snapshot("css:form").fields]

    return read


def test_each_source_comes_before_the_next(labels: Any) -> None:
    sources = [
        ('aria-labelledby="x"', "aria-labelledby", "By id"),
        ('aria-label="Aria"', "aria-label", "Aria"),
        ('id="i"', "label", "For"),
        ("", "legend", "Legend"),
        ('placeholder="Holder"', "placeholder", "Holder"),
        ('title="Title"', "title", "Title"),
        ('name="programmers_name"', "name", "programmers_name"),
    ]
    for position, (_, source, text) in enumerate(sources):
        own = " ".join(attribute for attribute, _, _ in sources[position:])
        label = '<label for="i">For</label>' if 'id="i"' in own else ""
        legend = "<legend>Legend</legend>" if position <= 3 else ""
        hidden = '<span id="x" hidden>By id</span>'
        (found,) = labels(f"{hidden}{label}<fieldset>{legend}<input {own}></fieldset>")
        assert found == (text, source)


def test_a_legend_names_a_lone_field_unless_words_stand_beside_it(labels: Any) -> None:
    assert labels("<fieldset><legend>Invoice date</legend><input></fieldset>") == [("Invoice date", "legend")]
    assert labels("<fieldset><legend>Address</legend>Street <input></fieldset>") == [("Street", "neighbour")]
    two = labels("<fieldset><legend>Period</legend><input name=a><input name=b></fieldset>")
    assert [source for _, source in two] == ["name", "name"]


def test_labels_that_were_never_closed_speak_for_one_field_each(labels: Any) -> None:
    assert labels("<label>First<br><input><br><label>Last<br><input><br><label>City<br><input>") == [
        ("First", "label"),
        ("Last", "label"),
        ("City", "label"),
    ]
    pointing = "<label for=a>First<br><input id=a><br><label for=b>Last<br><input id=b>"
    assert labels(pointing) == [("First", "label"), ("Last", "label")]


def test_a_label_around_a_check_box_and_its_text_box_names_the_check_box(labels: Any) -> None:
    (box, text) = labels("<label><input type=checkbox> Other, namely <input name=other></label>")
    assert box == ("Other, namely", "label")
    assert text[1] != "label"


def test_labels_of_one_id_that_several_fields_have_are_shared_out(labels: Any) -> None:
    row = "<p><label for=x>{}</label> <input id=x></p>"
    assert labels(row.format("First") + row.format("Last") + row.format("City")) == [
        ("First", "label"),
        ("Last", "label"),
        ("City", "label"),
    ]
    assert labels(row.format("First") + "<p><input id=x name=nameless></p>" + row.format("City")) == [
        ("First", "label"),
        ("nameless", "name"),
        ("City", "label"),
    ]


def test_a_label_that_points_at_something_around_the_field_is_its_label(labels: Any) -> None:
    assert labels("<label for=box>Postcode</label><h3>x</h3><span id=box><input></span>") == [
        ("Postcode", "label")
    ]


def test_a_label_that_points_nowhere_is_a_text_beside_the_field(labels: Any) -> None:
    assert labels("<label for=nothing>City</label> <input name=c>") == [("City", "neighbour")]
    assert labels("<label for=s>City</label> <span id=s></span><input name=c>") == [("City", "neighbour")]


def test_an_editor_is_named_by_the_label_that_points_at_it(labels: Any) -> None:
    assert labels("<label for=e>Remarks</label><h3>x</h3><div id=e contenteditable>text</div>") == [
        ("Remarks", "label")
    ]


def test_texts_to_the_right_name_the_field_where_lines_run_from_right_to_left(labels: Any) -> None:
    page = "<div dir=rtl><p>שם פרטי <input></p><p>שם משפחה <input></p><table><tr><td>עיר</td><td><input></td></tr></table></div>"
    assert [text for text, _ in labels(page)] == ["שם פרטי", "שם משפחה", "עיר"]


def test_a_floating_label_is_the_fields_own(labels: Any) -> None:
    field = (
        '<div style="position: relative; height: 60px"><input style="width: 200px; height: 30px">'
        '<span style="position: absolute; left: 8px; top: 8px; pointer-events: none">{}</span></div>'
    )
    assert labels(field.format("First name") + field.format("Last name")) == [
        ("First name", "neighbour"),
        ("Last name", "neighbour"),
    ]
