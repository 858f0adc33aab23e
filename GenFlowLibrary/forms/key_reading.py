"""What a data key asks for, read once a process.

key -> its path and its last part -> each read by the lexicon -> KeyReading
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from GenFlowLibrary.forms.labels import normal, path_words
from GenFlowLibrary.forms.lexicon import Reading, read

if TYPE_CHECKING:
    from collections.abc import Mapping

PART_OF = " → "
"""Stands between a data key and what of it, or from it, is meant: ``Expiry date → expiry month`` (composites.py)."""


@dataclass(frozen=True, eq=False)
class KeyReading:
    """A flattened data key: its last part read, the whole read, and the words of its path; the same object for the same key."""

    key: str
    leaf: Reading
    whole: Reading
    path: Reading
    texts: frozenset[str]

    @cached_property
    def qualifiers(self) -> Mapping[str, str]:
        """The qualifiers of the key, its path's included."""
        return {**self.path.qualifiers, **self.whole.qualifiers, **self.leaf.qualifiers}

    @cached_property
    def heads(self) -> frozenset[str]:
        """The concepts that it can ask for."""
        return self.leaf.head | self.whole.head

    @cached_property
    def told(self) -> frozenset[str]:
        """What its path says."""
        return self.path.told | self.path.head


@lru_cache(maxsize=4096)
def read_key(key: str) -> KeyReading:
    """Returns what a data key asks for. ``customer.first_name`` is read as ``first name`` in the context ``customer``.

    ``Billing expiry date → expiry month`` asks for an expiry month where ``Billing expiry date`` would be asked for.
    """
    whole, mark, part = key.partition(PART_OF)
    if mark:
        around = read_key(whole.split(" + ")[0])
        kept = {group: name for group, name in around.qualifiers.items() if group != "order"}
        return replace(
            around,
            key=key,
            leaf=replace(read(part), qualifiers=kept),
            whole=read(part),
            texts=frozenset({normal(part)}),
        )
    before, last = path_words(key)
    texts = frozenset({normal(key), normal(last)} - {""})
    return KeyReading(key, read(last), read(f"{before} {last}".strip()), read(before), texts)
