"""The checks of a review as an analyst writes them: in the call, or in a checklist file.

    "[high] Notice period: at most 30 days"  ->  Check(name="Notice period", criterion="at most 30 days", severity="high")

A Markdown file gives a check a list item, whatever else it says; a YAML file a list of them, or of names with their criteria.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from GenFlowLibrary.core.errors import InputError
from GenFlowLibrary.core.text_files import why_unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[str, ...] = get_args(Severity)
DEFAULT_SEVERITY = "medium"
_MOST = 200
"""More is no list anybody reads the findings of, and costs ten questions a part."""

_BRACKETED = re.compile(r"^\s*\[(?P<first>[^\]\n]*)\]\s*|\s*\[(?P<last>[^\]\n]*)\]\s*$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?P<check>\S.*)$")


@dataclass(frozen=True)
class Check:
    """What a document is reviewed for: a name, what must hold of it (empty where the name says all), and how bad it is if not."""

    name: str
    criterion: str = ""
    severity: str = DEFAULT_SEVERITY

    @property
    def text(self) -> str:
        """The check as it was written, without its severity."""
        return f"{self.name}: {self.criterion}" if self.criterion else self.name


def read_checks(written: Sequence[str], checklist: str | Path | None = None) -> tuple[Check, ...]:
    """Returns the checks of a call and those of a checklist file, in this order.

    Raises:
        InputError: there is none, one is empty or there twice, a severity is unknown, or the file cannot be read.
    """
    checks = [read_check(text) for text in written]
    if checklist is not None and str(checklist).strip():
        checks.extend(_from_file(Path(checklist)))
    if not checks:
        raise InputError(
            "Expected checks to review the document for, but found none; write them like 'Notice period: at most 30 days'."
        )
    if len(checks) > _MOST:
        raise InputError(
            f"Expected at most {_MOST} checks, but found {len(checks)}; review in several steps."
        )
    texts = [check.text for check in checks]
    for text in texts:
        if texts.count(text) > 1:
            raise InputError(f"Expected each check once, but '{text}' is there twice; remove one.")
    return tuple(checks)


def read_check(text: str, severity: str | None = None) -> Check:
    """Returns the check that a line says, its severity before or behind it in square brackets.

    Raises:
        InputError: it is empty, or its severity is unknown.
    """
    rest = " ".join(str(text).split())
    match = _BRACKETED.search(rest)
    if match:
        severity = severity or (match["first"] if match["first"] is not None else match["last"])
        rest = (rest[: match.start()] + rest[match.end() :]).strip()
    name, _, criterion = (part.strip() for part in re.sub("：", ":", rest, count=1).partition(":"))
    if not name:
        raise InputError(
            f"Expected a check like 'Notice period: at most 30 days', but found '{text}'; write what to look for."
        )
    return Check(name, criterion, _severity(severity, text))


def _severity(written: str | None, text: object) -> str:
    severity = (written if written is not None else DEFAULT_SEVERITY).strip().casefold()
    if severity not in SEVERITIES:
        raise InputError(
            f"Expected the severity of '{text}' to be {', '.join(SEVERITIES)}, but found '{written}'; write one of them."
        )
    return severity


def _from_file(file: Path) -> Iterable[Check]:
    readers = {".md": _from_markdown, ".yaml": _from_yaml, ".yml": _from_yaml}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise InputError(
            f"Expected a checklist in a file ending with .md or .yaml, but found '{file.name}'; save it as one."
        )
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(
            f"Expected a checklist at '{file}', but it can't be read: {why_unreadable(problem)}; check the path."
        ) from None
    checks = list(reader(text, file.name))
    if not checks:
        raise InputError(f"Expected checks in '{file.name}', but found none; write each as a list item.")
    return checks


def _from_markdown(text: str, _: str) -> Iterator[Check]:
    for line in text.splitlines():
        match = _ITEM.match(line)
        if match:
            yield read_check(match["check"])


def _from_yaml(text: str, name: str) -> Iterator[Check]:
    import yaml  # noqa: PLC0415 - paid by who has such a file

    try:
        content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader makes texts and nothing else
    except yaml.YAMLError as problem:
        line = getattr(getattr(problem, "problem_mark", None), "line", 0) + 1
        raise InputError(
            f"Expected '{name}' to be YAML, but line {line} can't be read; correct it."
        ) from None
    entries = [{key: value} for key, value in content.items()] if isinstance(content, dict) else content
    if not isinstance(entries, list):
        raise InputError(
            f"Expected '{name}' to be a list of checks, but it is a single text; begin each with '- '."
        )
    for entry in entries:
        yield read_check(entry) if isinstance(entry, str) else _from_mapping(entry, name)


def _from_mapping(entry: object, name: str) -> Check:
    """Returns the check of ``Notice period: at most 30 days``, or of ``check: ...`` with ``severity: ...``."""
    fields: Mapping[str, object] = entry if isinstance(entry, dict) else {}
    texts = {key: value for key, value in fields.items() if isinstance(value, str)}
    if texts and len(texts) == len(fields):
        if "check" in texts and set(texts) <= {"check", "severity"}:
            return read_check(texts["check"], texts.get("severity"))
        if len(texts) == 1:
            [(key, value)] = texts.items()
            return read_check(f"{key}: {value}")
    raise InputError(
        f"Expected each check in '{name}' like '- Notice period: at most 30 days', or with the keys check and severity, "
        f"but found {entry!r}; write it so."
    )
