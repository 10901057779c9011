"""Samples folded: what a judge says of a step when it was asked several times, and how often it changed its mind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sitegen_tui.domain.verdicts import JudgeAnswer, JudgeSampleRow, JudgeVerdictRow, Shown, Verdict

NEAR = 5
"""Lines by which places differ that are the same."""
KEPT = Fraction(2, 3)
"""The share of usable samples that have to agree."""

Answers = Mapping[str, JudgeAnswer]
"""Verdict by id, of one sample."""


@dataclass(frozen=True, slots=True)
class Votes:
    """What a judge says of a step: each id it was asked about is in one of three sets.

    `samples` were asked for and `usable` could be read. `flips` is the share of ids on which usable samples differ, None with fewer
    than two. `unjudged` says why the judge says nothing, empty if it does.
    """

    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    cannot_tell: frozenset[str] = frozenset()
    samples: int = 0
    usable: int = 0
    flips: float | None = None
    unjudged: str = ""


def voted(samples: Sequence[Answers | str]) -> Votes:
    """The votes of samples; a text stands for one that could not be read, and says why.

    A judge of which less than two thirds of the samples could be read says nothing: one that is there by luck is none.
    """
    usable = [sample for sample in samples if not isinstance(sample, str)]
    why = [sample for sample in samples if isinstance(sample, str)]
    if not usable or Fraction(len(usable), len(samples)) < KEPT:
        reason = why[0] if why else "it was not asked"
        many = f"{len(why)} of {len(samples)} samples could not be read: " if len(samples) > 1 and why else ""
        return Votes(samples=len(samples), usable=len(usable), unjudged=f"{many}{reason}")
    ids = sorted({one for sample in usable for one in sample})
    sets: dict[JudgeAnswer, set[str]] = {"present": set(), "absent": set(), "cannot_tell": set()}
    differing = 0
    for one in ids:
        answers: list[JudgeAnswer] = [sample.get(one, "cannot_tell") for sample in usable]
        differing += len(set(answers)) > 1
        sets[_winner(answers)].add(one)
    return Votes(
        present=frozenset(sets["present"]),
        absent=frozenset(sets["absent"]),
        cannot_tell=frozenset(sets["cannot_tell"]),
        samples=len(samples),
        usable=len(usable),
        flips=differing / len(ids) if len(usable) > 1 and ids else None,
    )


def instances(samples: Sequence[Sequence[Verdict]], violation: str) -> tuple[Shown, ...]:
    """Where an id is present, by the usable samples of which two thirds have to show a place for it to count.

    Places within a few lines of each other are one. Samples that agree on the id and on no place show one instance, the first.
    """
    shown = [
        [one for verdict in verdicts if verdict.violation == violation and verdict.verdict == "present" for one in verdict.evidence]
        for verdicts in samples
    ]
    everything = sorted((one for found in shown for one in found), key=lambda one: (one.file, one.absent_pattern, one.line or 0))
    kept: list[Shown] = []
    for one in everything:
        if any(_same(one, other) for other in kept):
            continue
        agreeing = sum(any(_same(one, other) for other in found) for found in shown)
        if Fraction(agreeing, len(samples)) >= KEPT:
            kept.append(one)
    return tuple(kept or everything[:1])


def _same(one: Shown, other: Shown) -> bool:
    near = abs((one.line or 0) - (other.line or 0)) <= NEAR
    return one.file == other.file and one.absent_pattern == other.absent_pattern and near


def verdicts_by_judge(samples: Iterable[JudgeSampleRow], verdicts: Iterable[JudgeVerdictRow]) -> dict[tuple[str, str, int], Votes]:
    """What each judge says of each step it was asked about, by judge, run and step; of several judgings the newest counts."""
    taken: dict[tuple[str, str, int], dict[int, dict[int, Answers | str]]] = defaultdict(lambda: defaultdict(dict))
    for sample in samples:
        place = taken[(sample.judge, sample.run_id, sample.step)][sample.judging]
        place[sample.sample] = sample.error or {}
    for row in verdicts:
        place = taken[(row.judge, row.run_id, row.step)][row.judging]
        found = place.get(row.sample, {})
        if not isinstance(found, str):
            place[row.sample] = {**found, row.violation: row.verdict}
    return {
        key: voted([by_sample[at] for at in sorted(by_sample)])
        for key, judgings in taken.items()
        for by_sample in (judgings[max(judgings)],)
    }


def _winner(answers: Sequence[JudgeAnswer]) -> JudgeAnswer:
    for answer in ("present", "absent"):
        if Fraction(answers.count(answer), len(answers)) >= KEPT:
            return answer
    return "cannot_tell"
