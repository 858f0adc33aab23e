"""Why a text file could not be read, in the words of all who read one."""

from __future__ import annotations


def why_unreadable(problem: OSError | UnicodeDecodeError) -> str:
    """Returns the reason as a part of a sentence, such as ``it is not UTF-8``."""
    return "it is not UTF-8" if isinstance(problem, UnicodeDecodeError) else str(problem.strerror)
