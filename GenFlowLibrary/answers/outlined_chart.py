"""An outlined procedure as a flow chart, and what is wrong with it.

answer -> every step rests on the text? -> graph -> a sound one? -> complaint, or None

A step that the procedure does not tell is worse than a missing one: its quotation must stand in the text, its words in the quotation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from GenFlowLibrary.answers.grounding import normal_form
from GenFlowLibrary.answers.quotes import placed
from GenFlowLibrary.flowcharts.chart import Edge, FlowChart, Node
from GenFlowLibrary.flowcharts.faults import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from GenFlowLibrary.answers.outlined import Outlined, OutlinedStep
    from GenFlowLibrary.documents.document import Document
    from GenFlowLibrary.flowcharts.compiling import Terms

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_STEM = 4
"""Letters in which two forms of a word agree: pay, pays; prüfen, prüft."""
_SHARE = 0.6
"""Part of a step's words that its quotation must hold; the rest are small words and endings."""


def fault_of_outline(outlined: Outlined, document: Document, terms: Terms) -> str | None:
    """Returns what is wrong with an answer as a sentence for the engine, ``None`` where nothing is."""
    unfounded = next(_unfounded(outlined, document), None)
    if unfounded:
        return unfounded
    fault = fault_of(chart_of(outlined, document, terms))
    return (
        f"Expected a procedure in which every step is reached and comes to an end, but {fault}."
        if fault
        else None
    )


def chart_of(outlined: Outlined, document: Document, terms: Terms, language: str = "en") -> FlowChart:
    """Returns the graph of an answer. It may still be no sound chart: see `fault_of_outline`."""
    first = outlined.steps[0] if outlined.steps else None
    nodes = [Node("start", "start", terms.start, first.lane if first else "")]
    edges = [Edge("start", _name(first.number))] if first else []
    for step in outlined.steps:
        block = placed(step.quote, document)
        line = block.number if block else 0
        text = step.text if step.kind != "end" or step.text.strip() else terms.end
        nodes.append(Node(_name(step.number), step.kind, text, step.lane, line, step.quote))
        edges += [
            # What names an earlier step goes back to it on purpose.
            Edge(_name(step.number), _name(target), label, back=target <= step.number)
            for target, label in _following(step, terms)
        ]
    return FlowChart(tuple(nodes), tuple(edges), outlined.title, language)


def _following(step: OutlinedStep, terms: Terms) -> list[tuple[int, str]]:
    if step.kind == "decision":
        return [(target, label) for target, label in ((step.yes, terms.yes), (step.no, terms.no)) if target]
    return [(step.next, "")] if step.next else []


def _name(number: int) -> str:
    return f"n{number}" if number >= 0 else f"x{-number}"


def _unfounded(outlined: Outlined, document: Document) -> Iterator[str]:
    text = normal_form(document.text)
    for step in outlined.steps:
        if step.kind == "end" and not step.quote.strip():
            continue
        if placed(step.quote, document) is None:
            yield (
                f"Expected every quote to be copied word for word, but '{step.quote}' of step {step.number} is not in the text."
            )
        elif step.kind != "end" and not _rests_on(step.text, step.quote):
            yield (
                f"Expected every step to say what its quote says, but step {step.number} is '{step.text}' and quotes '{step.quote}'."
            )
        if step.lane.strip() and normal_form(step.lane) not in text:
            yield f"Expected every lane to stand in the procedure, but '{step.lane}' of step {step.number} does not."


def _rests_on(text: str, quote: str) -> bool:
    said = {word[:_STEM] for word in _WORD.findall(normal_form(quote))}
    words = _WORD.findall(normal_form(text))
    numbers = [word for word in words if any(char.isdigit() for char in word)]
    held = [word for word in words if word[:_STEM] in said]
    quoted = {*_WORD.findall(normal_form(quote))}
    return bool(words) and len(held) >= _SHARE * len(words) and all(word in quoted for word in numbers)
