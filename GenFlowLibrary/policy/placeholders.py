"""What stands for personal data on its way: numbered placeholders, and the way back.

    ada@example.org -> [EMAIL_1] -> the engine -> "Dear [EMAIL_1]" -> Dear ada@example.org

The same value has the same placeholder, and a placeholder never stands for two values. What an engine made of one that
it was not given, or did not copy exactly, is told and never guessed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LITERAL = "LITERAL"
"""The kind of a text that looks like a placeholder and stood in the original: it must come back as it was."""

LOOK_ALIKE = re.compile(r"\[[^\W\d_]\w{0,60}_\d{1,6}\]")
_MADE_UP = re.compile(r"\[[A-Z][A-Z0-9_]{0,60}_\d{1,6}\]")
_OPENING, _CLOSING = r"[\[{<【［「]", r"[\]}>】］」]"
_JOINT = r"[\s_\\-]*"


class Placeholders:
    """The placeholders of one request."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._given: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._mangled = re.compile("(?!)")

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, placeholder: str) -> bool:
        return placeholder in self._values

    def give(self, kind: str, value: str) -> str:
        """Returns the placeholder of a value, a new one for a value that has none."""
        if value not in self._given:
            self._counts[kind] += 1
            placeholder = f"[{kind}_{self._counts[kind]}]"
            self._given[value], self._values[placeholder] = placeholder, value
            if self._counts[kind] == 1:
                self._mangled = _mangled_pattern(self._counts)
        return self._given[value]

    def restore(self, text: str, write: Callable[[str], str] = str) -> str:
        """Returns a text with the values back in place; ``write`` says how a value is written there."""
        return LOOK_ALIKE.sub(
            lambda found: (
                write(self._values[found.group()]) if found.group() in self._values else found.group()
            ),
            text,
        )

    def without(self, text: str) -> str:
        """Returns a text with each placeholder cut out; a mark stays, so that nothing new arises around it."""
        return LOOK_ALIKE.sub(lambda found: "\0" if found.group() in self._values else found.group(), text)

    def problem(self, text: str, prompt: str) -> str | None:
        """Returns in a sentence which placeholder of an answer is none of ours, ``None`` where all is well.

        Args:
            text: The answer, its values not restored yet.
            prompt: What the engine was sent: whatever stands there was not made up.
        """
        if not self._values:
            return None
        rest, asked = self.without(text), self.without(prompt)
        for pattern in (_MADE_UP, self._mangled):
            for found in pattern.finditer(rest):
                if found.group() not in asked:
                    known = ", ".join(list(self._values)[:5])
                    return (
                        f"Expected the placeholders of the prompt exactly as they are ({known}), "
                        f"but the answer has '{found.group().strip()}', which is none of them."
                    )
        return None


def in_json(value: str) -> str:
    """Returns a value as it stands in a JSON text, between quotation marks that are there already."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _mangled_pattern(kinds: Counter[str]) -> re.Pattern[str]:
    """Returns what finds a placeholder that was not copied exactly, such as [email 1], EMAIL_1, [EMAIL] or <EMAIL_1>."""
    alternatives = []
    for kind in kinds:
        loose = _JOINT.join(map(re.escape, kind.split("_")))
        alternatives += [
            rf"(?i:{_OPENING}\s*{loose}{_JOINT}\d+)",
            rf"(?i:(?<!\w){loose}\\?_\d+(?!\w))",
            rf"(?<!\w){loose}[ -]?\d+(?!\w)",
            rf"{_OPENING}\s*{loose}\s*_?\s*{_CLOSING}",
        ]
    return re.compile("|".join(alternatives))
