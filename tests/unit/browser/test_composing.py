"""One list of cards from a page and the frames in it."""

from __future__ import annotations

from typing import Any

from GenFlowLibrary.browser.composing import Place, Places, View, compose


def seen(*labels: str, buttons: tuple[str, ...] = (), left_out: int = 0) -> dict[str, Any]:
    return {
        "fields": [{"number": n, "label": label, "frame": ""} for n, label in enumerate(labels, 1)],
        "buttons": [{"number": n, "label": label, "frame": ""} for n, label in enumerate(buttons, 1)],
        "left_out": left_out,
    }


def frame(number: int, title: str, before: int) -> dict[str, Any]:
    return {"number": number, "title": title, "before": before}


def shown(view: View) -> list[tuple[str, str, tuple[int, ...], int]]:
    return [(card["label"], card["frame"], place.path, place.number) for place, card in view.fields]


def test_a_page_without_frames_is_as_it_was_seen() -> None:
    view = compose(seen("Name", "City", buttons=("Send",), left_out=2), [])
    assert shown(view) == [("Name", "", (), 1), ("City", "", (), 2)]
    assert [card["label"] for _, card in view.buttons] == ["Send"]
    assert view.left_out == 2


def test_fields_of_nested_frames_stand_where_their_frames_do() -> None:
    innermost = compose(seen("Code"), [])
    inner = compose(seen("Number", "Holder", buttons=("Pay",)), [(frame(1, "Code box", 1), innermost)])
    view = compose(seen("Name", "City", buttons=("Send",)), [(frame(1, "Card", 1), inner)])
    assert shown(view) == [
        ("Name", "", (), 1),
        ("Number", "Card", (1,), 1),
        ("Code", "Card / Code box", (1, 1), 1),
        ("Holder", "Card", (1,), 2),
        ("City", "", (), 2),
    ]
    assert [card["label"] for _, card in view.buttons] == ["Send", "Pay"]


def test_frames_without_fields_add_nothing_and_closed_ones_a_note() -> None:
    advert = compose(seen(buttons=("Buy",), left_out=3), [])
    frames = [
        (frame(1, "Advert", 1), advert),
        (frame(2, "Map", 1), "The frame 'Map' could not be looked into."),
    ]
    view = compose(seen("Name"), frames)
    assert (shown(view), view.buttons, view.left_out) == ([("Name", "", (), 1)], [], 1)
    assert view.notes == ["The frame 'Map' could not be looked into."]


def test_places_are_known_for_the_latest_snapshots_with_frames() -> None:
    places = Places(kept=1)
    inner = compose(seen("Number"), [])
    places.remember("a", compose(seen("Name"), [(frame(1, "Card", 1), inner)]))
    assert places.of("a", "fields", 2) == Place((1,), 1)
    assert places.of("a", "fields", 9) == Place((), 9)
    places.remember("plain", compose(seen("Name"), []))
    assert places.of("a", "fields", 2) == Place((1,), 1)
    places.remember("b", compose(seen("Name"), [(frame(1, "Card", 1), inner)]))
    assert places.of("a", "fields", 2) == Place((), 2)
