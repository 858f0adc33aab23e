"""A clerk for the tests: opens the office's pages, sends its forms, and reads what stands on them by element id."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

VOID = {"input", "img", "link", "meta", "br", "hr", "path", "circle"}

GOOD_REPLY = {
    "to": "helen.marsh@example.com",
    "subject": "Re: Charged twice",
    "language": "en",
    "message": "Dear Mrs Marsh,\r\nwe have looked into it.",
    "close": "yes",
}
GOOD_REFUND = {
    "order_no": "GF-20417",
    "amount": "64.90",
    "currency": "EUR",
    "reason": "charged-twice",
    "refund_date": "2026-11-23",
    "method": "original",
    "notify": "yes",
    "note": "",
}
GOOD_ESCALATION = {
    "priority": "high",
    "team": "relations",
    "due_date": "2026-11-24",
    "summary": "The customer threatens with a lawyer.",
    "call": "yes",
}


class Element:
    """One element that has an id: its tag, its attributes and its text."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = ""


class Page(HTMLParser):
    """One answer of the office, with its elements by id and its links."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.headers = response.headers
        self.html = response.get_data(as_text=True)
        response.close()
        self.elements: dict[str, Element] = {}
        self.links: dict[str, str] = {}
        self.alerts: list[Element] = []
        self.inputs: dict[str, dict[str, str]] = {}
        self.described: list[dict[str, str]] = []
        self._open: list[Element] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.handle_data(" ")  # so that a term and its description do not run together
        element = Element(tag, attributes)
        if "id" in attributes:
            assert attributes["id"] not in self.elements, (
                f"the id {attributes['id']} stands twice on the page"
            )
            self.elements[attributes["id"]] = element
        if attributes.get("role") == "alert":
            self.alerts.append(element)
        if tag == "input" and "name" in attributes:
            self.inputs[attributes["name"]] = attributes
        if "aria-describedby" in attributes:
            self.described.append(attributes)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        element = self._open.pop()
        assert element.tag == tag, f"<{element.tag}> is closed by </{tag}>"
        if tag == "a":
            self.links[" ".join(element.text.split())] = element.attributes["href"]

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def text(self, element_id: str) -> str:
        """The text of an element, with its white space made plain."""
        return " ".join(self.elements[element_id].text.split())

    def error(self, field: str) -> str:
        """The message at a field, after checking that it is tied to exactly one control or radio group."""
        tied = [one for one in self.described if f"{field}-error" in one["aria-describedby"].split()]
        assert [one["aria-invalid"] for one in tied] == ["true"]
        return self.text(f"{field}-error")


class Clerk:
    """Works in one office without a browser."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()
        self._token = app.config["FORM_TOKEN"]

    def open(self, path: str) -> Page:
        return Page(self._client.get(path))

    def send(self, path: str, values: dict[str, str], **changes: str) -> Page:
        """Send a form with its hidden token; `changes` replace single values."""
        return Page(self._client.post(path, data={"form_token": self._token} | values | changes))

    def send_without_token(self, path: str, values: dict[str, str]) -> Page:
        return Page(self._client.post(path, data=values))
