"""What the keywords that read a text give back: an answer with its quotation, a finding, a verdict, a call of a keyword."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from GenFlowLibrary.answers.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping


class QuotedAnswer(Answer):
    """The answer to a question out of a document. Shown as text it is the answer.

    ``quote`` stands word for word in the document, at ``place`` (``page 3, paragraph 12``; ``page`` and ``paragraph`` are its numbers, the
    page ``None`` where none is known). Where the document does not answer, ``found`` is false, ``text`` what ``otherwise=`` said, the quote
    empty and the place ``None``.
    """

    text: str
    quote: str
    found: bool
    place: str | None
    page: int | None
    paragraph: int | None

    def __str__(self) -> str:
        return self.text


class Finding(Answer):
    """What a review found on one check.

    ``verdict`` is ``met``, ``broken``, ``missing`` or ``unclear``; ``severity`` ``high``, ``medium`` or ``low``. ``quote`` stands word for
    word in the document, at ``place``; it is empty and the place ``None`` where nothing was quoted.
    """

    check: str
    verdict: str
    severity: str
    quote: str
    place: str | None
    page: int | None
    paragraph: int | None
    reason: str

    def __str__(self) -> str:
        where = f" ({self.place}: '{self.quote}')" if self.quote else ""
        return f"[{self.severity}] {self.check}: {self.verdict}. {self.reason}{where}"


class Judged(Answer):
    """Whether a text satisfies a criterion: ``verdict`` is ``met``, ``broken`` or ``unclear``, ``reason`` says why.

    Shown as text it is the verdict.
    """

    verdict: str
    reason: str

    def __str__(self) -> str:
        return self.verdict


class KeywordCall(Answer):
    """A keyword to run, with its arguments by name: ``Run Keyword    ${call.keyword}    &{call.arguments}``.

    ``abstained`` is true where no keyword was clear enough: then ``keyword`` is what ``otherwise=`` said. Shown as text it is the keyword.
    """

    keyword: str
    arguments: Mapping[str, Any]
    reason: str
    abstained: bool

    def __str__(self) -> str:
        return self.keyword
