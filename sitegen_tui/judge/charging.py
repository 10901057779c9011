"""The arithmetic: findings become charges under dominance and caps, and charges become a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from sitegen_tui.domain.findings import Charge, Evidence, Finding, Provenance, Score
from sitegen_tui.domain.violations import (
    CHANNEL_LAYER,
    DEDUCTION_CAP,
    JUDGE_CAP,
    Catalogue,
    Kind,
    Layer,
    Term,
    Violation,
)


def charge(
    catalogue: Catalogue, action: str, findings: Sequence[Finding], explained: Mapping[int, str] | None = None
) -> tuple[Charge, ...]:
    """Every finding with what it costs, in the order given.

    Of duplicates (same id, same subject) the one that costs most counts, whatever their order. A finding that another explains,
    one of damage that an earlier step did, and one that this step repaired cost nothing; then come the caps: of each pool, of
    LLM-judged ids together, and of the whole action. Findings whose id the catalogue does not have, or has no term for in this
    action, are refused (KeyError): a check that reports them is broken. `explained` gives reasons that are known, by place.
    """
    kept = _distinct(catalogue, action, findings)
    reasons = _explained(catalogue, action, kept, findings)
    if explained:
        known = {id(findings[place]): why for place, why in explained.items()}
        reasons = {place: why for place, one in enumerate(kept) if (why := reasons.get(place) or known.get(id(one)))}
    left: dict[str, float] = {}
    judge_left, all_left = JUDGE_CAP, DEDUCTION_CAP
    charges: list[Charge] = []
    for index, finding in enumerate(kept):
        violation, term = catalogue.by_id[finding.violation], _term(catalogue, action, finding)
        nominal = nominal_points(term, finding)
        reason = reasons.get(index) or _free(term, finding)
        amount = 0.0 if reason else nominal
        if amount:
            room = left.setdefault(term.pool, term.cap)
            amount, reason = _limited(amount, room, f"capped at {term.cap:g} for {term.pool}", reason)
            if term.kind is Kind.JUDGE:
                amount, reason = _limited(amount, judge_left, f"LLM-judged ids are capped at {JUDGE_CAP:g}", reason)
            amount, reason = _limited(amount, all_left, f"an action loses at most {DEDUCTION_CAP:g}", reason)
            left[term.pool] -= amount
            judge_left -= amount if term.kind is Kind.JUDGE else 0.0
            all_left -= amount
        charges.append(
            Charge(
                finding=finding,
                kind=term.kind,
                severity=violation.severity,
                nominal=nominal,
                amount=_tidy(amount),
                reason=reason,
            )
        )
    return tuple(charges)


def score(catalogue: Catalogue, action: str, charges: Iterable[Charge], layers: Sequence[Layer]) -> Score:
    """What is left of the points that the layers could assess."""
    charges = tuple(charges)
    by_kind: dict[Kind, float] = defaultdict(float)
    for entry in charges:
        by_kind[entry.kind] += entry.amount
    assessed = catalogue.assessable(action, frozenset(layers))
    deducted = _whole(fsum(entry.amount for entry in charges))
    return Score(
        value=_whole(assessed - deducted),
        assessed=assessed,
        deducted=deducted,
        completion=_whole(by_kind[Kind.COMPLETION]),
        regression=_whole(by_kind[Kind.REGRESSION] + by_kind[Kind.EXTRA]),
        judged=_whole(by_kind[Kind.JUDGE]),
        layers=tuple(layers),
        rubric=catalogue.rubric_version,
    )


def not_assessed(catalogue: Catalogue, action: str, layers: frozenset[Layer]) -> tuple[str, ...]:
    """Completion ids of an action that none of the layers can see."""
    if layers == frozenset({Layer.LLM}):
        return ()
    return tuple(
        violation.id
        for violation in catalogue.violations
        for term in violation.terms
        if term.action == action
        and term.kind is Kind.COMPLETION
        and not any(CHANNEL_LAYER[channel] in layers for channel in violation.channels)
    )


def nominal_points(term: Term, finding: Finding) -> float:
    """The catalogue's deduction for one instance, in points."""
    whole = term.weights.get(finding.subject, term.points) if term.weights else term.points
    if term.shared:
        whole /= finding.instances
    return _tidy(whole * term.factor)


def _term(catalogue: Catalogue, action: str, finding: Finding) -> Term:
    term = catalogue.by_id[finding.violation].term(action)
    if term is None:
        raise KeyError(f"{finding.violation} has no term in {action}")
    return term


def _distinct(catalogue: Catalogue, action: str, findings: Sequence[Finding]) -> list[Finding]:
    alike: dict[tuple[str, str, int], list[Finding]] = defaultdict(list)
    for index, finding in enumerate(findings):
        alike[(finding.violation, finding.subject, -1 if finding.subject else index)].append(finding)

    def first(finding: Finding) -> tuple[bool, float, str]:
        term = _term(catalogue, action, finding)
        return bool(_free(term, finding)), -nominal_points(term, finding), finding.model_dump_json()

    return [group[0] if len(group) == 1 else min(group, key=first) for group in alike.values()]


def _free(term: Term, finding: Finding) -> str:
    if finding.provenance is Provenance.REPAIRED:
        return "an earlier step did it, this one mended it"
    # What an action was to achieve and did not is deducted even where an earlier step took away the place for it.
    if finding.provenance is Provenance.INHERITED and term.kind is not Kind.COMPLETION:
        return "an earlier step did it and was charged"
    return ""


def _explained(catalogue: Catalogue, action: str, findings: Sequence[Finding], causes: Sequence[Finding]) -> dict[int, str]:
    """Index of each finding that one of the causes explains, with the reason.

    A duplicate costs nothing and is a cause all the same: it may point at another place. A lost section explains the damage
    in it, never what the action was to achieve there: a postcondition whose subject does not exist has failed, or else
    deleting the hero would be cheaper than forgetting its text.
    """
    subjects: dict[tuple[str, str], str] = {}
    in_file: dict[tuple[str, str], str] = {}
    places: dict[tuple[str, _Place], str] = {}
    sections: dict[str, str] = {}
    anywhere: dict[str, str] = {}
    for finding in causes:
        if finding.provenance is not Provenance.OWN:
            continue
        violation: Violation = catalogue.by_id[finding.violation]
        for other in violation.suppresses:
            subjects[(other, finding.subject)] = finding.violation
        if (place := _place(finding.evidence)) is not None:
            for other in violation.suppresses_at:
                places[(other, place)] = finding.violation
        for other in violation.suppresses_in_file:
            in_file[(other, finding.evidence.file or "")] = finding.violation
        anywhere |= dict.fromkeys(violation.suppresses_anywhere, finding.violation)
        if violation.suppresses_in_section and finding.section:
            sections.setdefault(finding.section, finding.violation)
    reasons: dict[int, str] = {}
    for index, finding in enumerate(findings):
        violation = catalogue.by_id[finding.violation]
        term = violation.term(action)
        damage = term is not None and term.kind is not Kind.COMPLETION and not violation.suppresses_in_section
        cause = subjects.get((finding.violation, finding.subject)) or in_file.get((finding.violation, finding.evidence.file or ""))
        if cause is None and (place := _place(finding.evidence)) is not None:
            cause = places.get((finding.violation, place))
        if cause is None:
            cause = anywhere.get(finding.violation)
        if cause is None and finding.section and damage:
            cause = sections.get(finding.section)
            # What is itself explained by this finding cannot excuse it in turn: then nobody would pay.
            cause = None if cause in violation.suppresses_in_file else cause
        if cause is not None and cause != finding.violation:
            reasons[index] = f"explained by {cause}"
    return reasons


_Place = tuple[str, str, int, int]
"""File, side, line and column."""


def _place(evidence: Evidence) -> _Place | None:
    if evidence.file is None or evidence.line is None:
        return None
    return evidence.file, evidence.side, evidence.line, evidence.column or 0


def _limited(amount: float, room: float, why: str, reason: str) -> tuple[float, str]:
    room = max(0.0, room)
    return (room, why) if amount > room + 1e-9 else (amount, reason)


def _tidy(points: float) -> float:
    """Points without the dust of binary fractions, so that equal runs are equal byte for byte.

    Far finer than `_whole`, so that the n parts of a shared weight add up to the whole of it again.
    """
    return round(points, 12) + 0.0


def _whole(points: float) -> float:
    return round(points, 6) + 0.0
