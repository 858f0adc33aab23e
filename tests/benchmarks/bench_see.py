"""What seeing a 60-field page costs: the time of a snapshot, and the tokens of its rendering for a model.

    python tests/benchmarks/bench_see.py

The page (tests/pages/sixty_fields) has menus, a footer, a second form, honeypots and three lists of 250 countries. Gates: at most 600
tokens without option lists, at most 1,300 with them, at most 50 ms a snapshot (the median), all from one run.

Tokens are estimated, as the vocabulary of a tokenizer is not at hand everywhere: a word of up to 5 letters (with the blank before it)
counts as one token and every further 4 letters as one more, a number as one token for every 3 digits, and every line break, every
other character and every letter outside the Latin script as one token. Vocabularies of 100,000 entries and more know most English
words of a form whole ("Registration" is one token there and three here), so this is an upper estimate, and the gates are kept on it.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from GenFlowLibrary.browser.render import render_cards  # noqa: E402
from GenFlowLibrary.browser.selenium_page import SeleniumPage  # noqa: E402
from tests.plugins.chromium import OneBrowser, start_chromium  # noqa: E402

WITHOUT_OPTIONS = 600
WITH_OPTIONS = 1300
MILLISECONDS = 50.0
ROUNDS = 15
PAGE = ROOT / "tests" / "pages" / "sixty_fields" / "page.html"
_PIECES = re.compile(r" ?[A-Za-z\u00c0-\u024f]+| ?\d+|\n|[^\s]")


def tokens(text: str) -> int:
    """The estimated number of tokens of a text, as the module says."""
    return sum(_cost(piece.strip(" ")) for piece in _PIECES.findall(text))


def _cost(piece: str) -> int:
    if piece.isdigit():
        return -(-len(piece) // 3)
    if piece.isalpha() and piece[0] < "\u0250":
        return 1 + max(0, -(-(len(piece) - 5) // 4))
    return 1


def main(rounds: int = ROUNDS) -> bool:
    """Measures, prints, and returns whether all gates are kept."""
    library = OneBrowser(start_chromium())
    try:
        library.driver.get(PAGE.as_uri())
        page = SeleniumPage(library)
        taken = []
        for _ in range(rounds):
            start = time.perf_counter()
            snapshot = page.snapshot()
            taken.append((time.perf_counter() - start) * 1000)
    finally:
        library.driver.quit()
    assert len(snapshot.fields) == 60, f"expected 60 fields, saw {len(snapshot.fields)}"
    bare = render_cards(snapshot, with_options=False)
    full = render_cards(snapshot, with_options=True)
    middle = statistics.median(taken)
    print(
        f"60 fields: snapshot {middle:.0f} ms (first {taken[0]:.0f}, slowest {max(taken):.0f}; gate {MILLISECONDS:.0f}), "
        f"about {tokens(bare)} tokens ({len(bare)} characters; gate {WITHOUT_OPTIONS}), "
        f"with options {tokens(full)} ({len(full)} characters; gate {WITH_OPTIONS})"
    )
    return tokens(bare) <= WITHOUT_OPTIONS and tokens(full) <= WITH_OPTIONS and middle <= MILLISECONDS


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
