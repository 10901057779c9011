"""What people's decisions make of a step: findings dropped and added, and the same arithmetic over what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen_tui.domain.decisions import Effect, NumberedCharge
from sitegen_tui.domain.events import OverrideRecorded
from sitegen_tui.domain.findings import Charge, Finding, Provenance, Score
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.overrides import added_number, changes_findings
from sitegen_tui.domain.violations import CHANNEL_LAYER, Catalogue, Kind, Layer
from sitegen_tui.errors import UsageError
from sitegen_tui.judge.charging import charge, score
from sitegen_tui.judge.people import findings_of

EXPLAINED = "explained by "
DROPPED = "dropped by "
_CLOSE = 1e-6


def effect(
    catalogue: Catalogue,
    action: str,
    judged: Sequence[NumberedCharge],
    given: Score | None,
    standing: Sequence[OverrideRecorded],
    *,
    settled: bool = False,
) -> Effect:
    """A step, as judges left it, with the decisions that stand, oldest first; `settled` charges hold those about findings already.

    The newest decision about the score or the findings says what the score is. What people do not touch keeps its charge unless the
    arithmetic changes it: what a dropped finding had explained is charged. Raises UsageError where the charges cannot be calculated
    again, because they were made under another rubric.
    """
    about = [one for one in standing if changes_findings(one)]
    charges, found = tuple(judged), given
    if about and given is not None and not settled:
        _require_same_rubric(catalogue, action, judged, given)
        charges = _with_decisions(catalogue, action, judged, about)
        found = score(catalogue, action, [one.charge for one in charges], given.layers)
    value: float | None = None
    for one in standing:
        if one.value is not None:
            value = one.value
        elif changes_findings(one) and found is not None:
            value = found.value
    last = standing[-1] if standing else None
    return Effect(value=value, score=found, charges=charges, by=last.author if last else "", why=last.reason if last else "")


def seen(catalogue: Catalogue, action: str, violation: str, layers: Sequence[Layer]) -> bool:
    """Whether judges with these layers are asked about an id in an action, so that its points are among those assessed."""
    term = catalogue.by_id[violation].term(action)
    return term is not None and any(CHANNEL_LAYER[channel] in layers for channel in catalogue.by_id[violation].channels)


def countable(catalogue: Catalogue, action: str, violation: str, layers: Sequence[Layer]) -> bool:
    """Whether an id may be charged beside judges with these layers: damage always, what was to be done where it was assessed."""
    term = catalogue.by_id[violation].term(action)
    if term is None:
        return False
    return term.kind is not Kind.COMPLETION or seen(catalogue, action, violation, layers)


def side_of(
    catalogue: Catalogue, action: str, judged: Sequence[NumberedCharge], marks: Sequence[Mark], layers: Sequence[Layer]
) -> tuple[tuple[int, ...], tuple[Mark, ...]]:
    """What has to be dropped and added so that judged charges say what a person's marks say.

    What both see equally often stays as the judges told it, with their evidence. Marks that these layers do not count are left out.
    """
    said = [mark for mark in marks if countable(catalogue, action, mark.violation, layers)]
    by_key: dict[tuple[str, str], list[NumberedCharge]] = {}
    for one in judged:
        by_key.setdefault(_key(catalogue, action, one.charge.finding), []).append(one)
    drops: list[int] = []
    adds: list[Mark] = []
    kept: set[tuple[str, str]] = set()
    for mark in said:
        key = (mark.violation, mark.subject)
        alike = [one for one in by_key.get(key, ()) if not one.charge.reason.startswith(EXPLAINED)]
        free = all(one.charge.finding.provenance is Provenance.OWN for one in alike)
        if free and len(alike) == mark.wrong and all(one.charge.finding.instances == mark.of for one in alike):
            kept.add(key)
        else:
            adds.append(mark)
    for key, alike in by_key.items():
        if key not in kept:
            drops += [one.number for one in alike]
    return tuple(sorted(drops)), tuple(adds)


def _key(catalogue: Catalogue, action: str, finding: Finding) -> tuple[str, str]:
    violation = catalogue.by_id.get(finding.violation)
    term = violation.term(action) if violation else None
    return finding.violation, finding.subject if term is not None and finding.subject in term.weights else ""


def _require_same_rubric(catalogue: Catalogue, action: str, judged: Sequence[NumberedCharge], given: Score) -> None:
    hint = "decide the score itself; findings can be decided on once the step is judged under this rubric"
    if given.rubric != catalogue.rubric_version:
        raise UsageError(f"it was judged under rubric {given.rubric}, and this is rubric {catalogue.rubric_version}", hint=hint)
    findings = [one.charge.finding for one in judged]
    try:
        again = charge(catalogue, action, findings, _held(catalogue, action, judged))
    except KeyError as error:
        raise UsageError(f"its findings cannot be charged again: {error.args[0]}", hint=hint) from error
    amounts = {id(one.finding): one.amount for one in again}
    if any(abs(amounts.get(id(one.charge.finding), -1.0) - one.charge.amount) > _CLOSE for one in judged):
        raise UsageError("its findings come to other points than it was charged", hint=hint)


def _held(catalogue: Catalogue, action: str, judged: Sequence[NumberedCharge]) -> Mapping[int, str]:
    """Explanations, by place, that stem from a duplicate which was not reported, so that they cannot be found again."""
    again = {id(one.finding): one.reason for one in charge(catalogue, action, [one.charge.finding for one in judged])}
    return {
        place: one.charge.reason
        for place, one in enumerate(judged)
        if one.charge.reason.startswith(EXPLAINED) and not again.get(id(one.charge.finding), "").startswith(EXPLAINED)
    }


def _with_decisions(
    catalogue: Catalogue, action: str, judged: Sequence[NumberedCharge], about: Sequence[OverrideRecorded]
) -> tuple[NumberedCharge, ...]:
    dropped = {number: one for one in about for number in one.drops}
    kept = [one for one in judged if one.number not in dropped]
    numbers = {id(one.charge.finding): one.number for one in judged}
    findings = [one.charge.finding for one in kept]
    causes = {finding.violation for finding in findings if finding.provenance is Provenance.OWN}
    held_all = _held(catalogue, action, judged)
    places = {id(one.charge.finding): place for place, one in enumerate(judged)}
    held: dict[int, str] = {}
    for at, finding in enumerate(findings):
        why = held_all.get(places[id(finding)], "")
        if why and why.removeprefix(EXPLAINED) in causes:
            held[at] = why
    for one in about:
        place = 0
        for mark in one.adds:
            for finding in findings_of(mark, f"added by {one.author}: {one.reason}"):
                if (number := added_number(one.seq, place)) not in dropped:
                    numbers[id(finding)] = number
                    findings.append(finding)
                place += 1
    made = {numbers[id(entry.finding)]: entry for entry in charge(catalogue, action, findings, held)}
    for one in judged:
        if one.number in dropped:
            decision = dropped[one.number]
            made[one.number] = _free(one.charge, f"{DROPPED}{decision.author}: {decision.reason}")
        elif one.number not in made:
            made[one.number] = _free(one.charge, "the same as what a person added")
    return tuple(NumberedCharge(number=number, charge=entry) for number, entry in sorted(made.items()))


def _free(entry: Charge, reason: str) -> Charge:
    return entry.model_copy(update={"amount": 0.0, "reason": reason})
