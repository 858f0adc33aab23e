"""Using a learned plan on the page as it is now: exact where it fits, healed where that is sure and allowed, refused otherwise.

plan + snapshot + data -> heal.locate -> what the keys' own words say -> pairs that may be filled, or PlanError

A change is confirmed where the matcher, knowing nothing of the plan, puts the key into the same field: two witnesses then agree, and the
field is filled as it would be without a plan. Only the plan's word for it needs a person's, or the setting `heal_changes`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from GenFlowLibrary.core.errors import PlanError
from GenFlowLibrary.forms.fingerprint import described, take_fingerprint
from GenFlowLibrary.forms.heal import (
    SAME_MEANING,
    Finding,
    difference,
    is_known_other,
    label_likeness,
    likeness,
    locate,
)
from GenFlowLibrary.forms.learned import signature_of
from GenFlowLibrary.forms.match import Match, match

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from GenFlowLibrary.browser.page import FieldCard, Snapshot
    from GenFlowLibrary.forms.learned import LearnedField, LearnedPlan
    from GenFlowLibrary.forms.learned_folder import KeptPlan

HOW = "learned plan"


@dataclass(frozen=True)
class PlanUse:
    """What a plan says about a snapshot: the pairs, what changed in words, and the plan as it is to be kept (itself if nothing changed)."""

    matches: tuple[Match, ...]
    changes: tuple[str, ...]
    plan: LearnedPlan


def use_exactly(kept: KeptPlan, snapshot: Snapshot, data: Mapping[str, object]) -> PlanUse:
    """Returns the pairs of a plan that fits the form as it was learned. Keys the plan does not know are not among them.

    Raises:
        PlanError: a field changed.
    """
    wanted = _wanted(kept.plan, data)
    found = locate({f.key: f.fingerprint for f in wanted}, snapshot.fields, kept.plan.others)
    moved = [_told(field, found[field.key]) for field in wanted if found[field.key].state != "same"]
    if moved:
        raise PlanError(
            f"Expected the form to be as in the learned plan '{kept.file.name}', but {'; '.join(moved)}; "
            "check the page, and learn the plan again with learned=learn."
        )
    return PlanUse(_matches(found), (), kept.plan)


def use_healed(
    kept: KeptPlan, snapshot: Snapshot, data: Mapping[str, object], *, heals_allowed: bool
) -> PlanUse:
    """Returns the pairs of a plan on a form that may have changed. Keys the plan does not know are not among them.

    Raises:
        PlanError: a field is lost, its words now say something else, or its heal needs a person's word.
    """
    wanted = _wanted(kept.plan, data)
    found = locate({f.key: f.fingerprint for f in wanted}, snapshot.fields, kept.plan.others)
    if all(finding.state == "same" for finding in found.values()):
        return PlanUse(_matches(found), (), kept.plan)
    settled = {key: finding for key, finding in found.items() if finding.state == "same"}
    doubts: list[str] = []
    advised: list[str] = []
    changes: list[str] = []
    words = _by_words(kept.plan, data, snapshot, settled)
    for field in wanted:
        if field.key in settled:
            continue
        finding, own = found[field.key], words.get(field.key)
        if own is not None and likeness(field.fingerprint, own, snapshot.fields) == 0.0:
            own = None  # the words agree, and something else contradicts
        healed, doubt = _judged(field, finding, own, heals_allowed=heals_allowed)
        if healed is None:
            (advised if finding.state == "changed" and not doubt else doubts).append(
                doubt or _told(field, finding)
            )
            continue
        settled[field.key] = healed
        changes.append(_told(field, healed) + ("" if own is None else ", as the key's own words say"))
    if doubts or advised:
        raise _refusal(kept.file, doubts, advised)
    return PlanUse(_matches(settled), tuple(changes), _renewed(kept.plan, snapshot.fields, settled, data))


def _wanted(plan: LearnedPlan, data: Mapping[str, object]) -> list[LearnedField]:
    """The plan's fields that are to be filled now: a value of ``None`` leaves its field alone, wherever that is."""
    return [field for field in plan.fields if data.get(field.key) is not None]


def _by_words(
    plan: LearnedPlan, data: Mapping[str, object], snapshot: Snapshot, settled: Mapping[str, Finding]
) -> dict[str, FieldCard]:
    """Where the keys belong by their own words, as if there were no plan; not in what the plan knows as another field."""
    taken = {finding.card.number for finding in settled.values() if finding.card is not None}
    return {
        found.key: found.card
        for found in match(data, snapshot.fields, snapshot.language).matches
        if found.card.number not in taken and not is_known_other(found.card, plan.others)
    }


def _judged(
    field: LearnedField, finding: Finding, own: FieldCard | None, *, heals_allowed: bool
) -> tuple[Finding | None, str]:
    """The finding to be used, or None and why it is doubtful; None and nothing where only a person's word is missing."""
    if finding.state == "lost":
        meant = field.fingerprint.label
        if own is not None and meant and label_likeness(meant, own.label) >= SAME_MEANING:
            return Finding(field.key, "changed", own, difference(field.fingerprint, own)), ""
        return None, _told(field, finding)
    if own is not None and finding.card is not None and own.number != finding.card.number:
        return (
            None,
            f"'{field.key}' was {described(field.fingerprint)}, and may now be '{finding.card.label}' or '{own.label}'",
        )
    return (finding, "") if own is not None or heals_allowed else (None, "")


def _told(field: LearnedField, finding: Finding) -> str:
    if finding.state != "lost":
        return f"'{field.key}' {finding.difference}"
    near = " and ".join(f"'{card.label or card.name}'" for card in finding.near)
    return f"no field is surely the one of '{field.key}' ({described(field.fingerprint)})" + (
        f", though {near} {'comes' if len(finding.near) == 1 else 'come'} near" if near else ""
    )


def _refusal(file: Path, doubts: Sequence[str], advised: Sequence[str]) -> PlanError:
    remedy = (
        "correct that file, or learn it again with learned=learn"
        if doubts
        else "if that is right, allow it with heal_changes=allow, or learn it again with learned=learn"
    )
    return PlanError(
        f"Nothing was typed, because the page changed since the plan '{file.name}' was learned: "
        f"{'; '.join([*doubts, *advised])}; check the page, and {remedy}."
    )


def _matches(found: Mapping[str, Finding]) -> tuple[Match, ...]:
    return tuple(
        Match(key, finding.card, finding.score, HOW if finding.state == "same" else f"{HOW}, healed")
        for key, finding in found.items()
        if finding.card is not None
    )


def _renewed(
    plan: LearnedPlan, cards: Sequence[FieldCard], settled: Mapping[str, Finding], data: Mapping[str, object]
) -> LearnedPlan:
    """The plan with the fingerprints of what changed taken anew."""
    fields = []
    for field in plan.fields:
        finding = settled.get(field.key)
        if finding is None or finding.state == "same" or finding.card is None:
            fields.append(field)
        else:
            fields.append(replace(field, fingerprint=take_fingerprint(finding.card, cards, data.values())))
    return replace(plan, fields=tuple(fields), signature=signature_of(cards))
