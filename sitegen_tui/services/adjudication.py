"""Adjudication: steps on which people, or people and judges, differ, with what each of them saw; a decision settles one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sitegen_tui.domain.events import OverrideRecorded
from sitegen_tui.domain.insights import Scope
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.ratings import CHECKERS, RaterKind, Rating
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.decisions import DROPPED, EXPLAINED
from sitegen_tui.services.insights.samples import sampled
from sitegen_tui.services.overriding import CLOSE, Decided, DecisionWanted, Overriding
from sitegen_tui.services.ratings import Word, judge_words, judgings_of, people_words, rated
from sitegen_tui.services.threads import Threads
from sitegen_tui.store import Store
from sitegen_tui.store.decided import Judging

_KINDS: dict[RaterKind, int] = {"person": 0, "checkers": 1, "llm": 2}


@dataclass(frozen=True, slots=True)
class Seen:
    """An id that somebody saw in a step: where, what else they say of it, and whether everybody who was asked saw it, too."""

    violation: str
    places: tuple[str, ...] = ()
    note: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """One rater on a step; `score` in points, None where they were asked about too little for one."""

    rater: str
    kind: RaterKind
    score: float | None
    seen: tuple[Seen, ...]
    marks: tuple[Mark, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A step on which raters differ: `apart` points between the highest and the lowest, `differing` ids that not all saw.

    `value` is the score that counts; `decision` is the newest that stands, None while nobody has decided.
    """

    run_id: str
    step: int
    action: str
    positions: tuple[Position, ...]
    apart: float
    differing: tuple[str, ...]
    value: float | None
    decision: OverrideRecorded | None

    @property
    def key(self) -> str:
        """`run/step`."""
        return f"{self.run_id}/{self.step}"


class Adjudication:
    """Cases, and the taking of sides."""

    def __init__(self, store: Store, threads: Threads, overriding: Overriding) -> None:
        self._store = store
        self._threads = threads
        self._overriding = overriding

    async def cases(self, scope: Scope) -> tuple[Case, ...]:
        """Steps of a scope on which raters differ: those that nobody has decided first, the furthest apart before others."""
        return await self._threads.read(_cases, self._store, scope)

    async def take(self, case: Case, rater: str, author: str, reason: str = "") -> Decided:
        """Decide for what one rater saw. Raises as `Overriding.decide`."""
        position = next(one for one in case.positions if one.rater == rater)
        why = reason or (f"the {CHECKERS} are right" if rater == CHECKERS else f"as {rater} saw it")
        if rater == CHECKERS:
            judging = await self._overriding.judging(case.run_id, case.step)
            # Once something was decided, what the checkers made of it is a decision like any other.
            value = judging.score.value if judging.score and judging.decisions else None
            return await self._overriding.decide(DecisionWanted(case.run_id, case.step, author, why, value=value))
        return await self._overriding.decide(DecisionWanted(case.run_id, case.step, author, why, side=position.marks))


def _cases(store: Store, scope: Scope) -> tuple[Case, ...]:
    _, samples = sampled(store, scope)
    if samples is None:
        return ()
    models = {run.run_id: run.model for run in samples.runs}
    words = [*people_words(store, models), *judge_words(store, models)]
    judged = judgings_of(store, words)
    return cases(words, rated(catalogue(), words, judged, models, scope.actions), judged, _notes(store))


def _notes(store: Store) -> dict[tuple[str, str, int], str]:
    from sitegen_tui.domain.events import LabelRecorded
    from sitegen_tui.domain.labels import standing

    return {
        (one.rater, one.run_id, one.step): one.note
        for one in standing(store.labels.events())
        if isinstance(one, LabelRecorded) and one.note
    }


def cases(
    words: Sequence[Word],
    found: Iterable[Rating],
    judged: Mapping[tuple[str, int], Judging],
    notes: Mapping[tuple[str, str, int], str],
) -> tuple[Case, ...]:
    """Where ratings of one step differ in an id that both were asked about, or in points."""
    marks = {(word.rater, word.run_id, word.step): word.marks for word in words}
    by_step: dict[tuple[str, int], list[Rating]] = defaultdict(list)
    for one in found:
        by_step[one.run_id, one.step].append(one)
    made: list[Case] = []
    for (run_id, step), ratings in by_step.items():
        scores = [one.score for one in ratings if one.score is not None]
        apart = max(scores) - min(scores) if scores else 0.0
        differing = _differing(ratings)
        if len(ratings) < 2 or (apart < CLOSE and not differing):
            continue
        judging = judged[run_id, step]
        ratings.sort(key=lambda one: (_KINDS[one.kind], one.rater))
        positions = tuple(
            _position(
                one,
                marks.get((one.rater, run_id, step), ()),
                judging,
                differing,
                notes.get((one.rater, run_id, step), ""),
            )
            for one in ratings
        )
        decision = judging.decisions[-1] if judging.decisions else None
        made.append(Case(run_id, step, judging.action, positions, apart, differing, judging.value, decision))
    made.sort(key=lambda case: (case.decision is not None, -case.apart, -len(case.differing), case.run_id, case.step))
    return tuple(made)


def _differing(ratings: Sequence[Rating]) -> tuple[str, ...]:
    """Ids that some saw and others, who were asked, did not."""
    seen = {one for rating in ratings for one in rating.present}
    return tuple(sorted(one for one in seen if len({one in rating.present for rating in ratings if one in rating.asked}) > 1))


def _position(rating: Rating, marks: tuple[Mark, ...], judging: Judging, differing: Sequence[str], note: str) -> Position:
    if rating.rater == CHECKERS:
        seen = tuple(
            Seen(
                one.charge.finding.violation,
                _place(one.charge.finding.evidence.file, one.charge.finding.evidence.line),
                one.charge.finding.message,
                one.charge.finding.violation not in differing,
            )
            for one in judging.charges
            if one.charge.finding.violation in rating.present and not one.charge.reason.startswith((EXPLAINED, DROPPED))
        )
    else:
        seen = tuple(
            Seen(
                mark.violation,
                tuple(place for lines in mark.places for place in _place(lines.file, lines.first)),
                " ".join(part for part in (mark.subject, f"{mark.wrong} of {mark.of}" if mark.of > 1 else "") if part),
                mark.violation not in differing,
            )
            for mark in marks
            if mark.violation in rating.present
        )
    ordered = tuple(sorted(seen, key=lambda one: (one.shared, one.violation)))
    return Position(rating.rater, rating.kind, rating.score, ordered, marks, note)


def _place(file: str | None, line: int | None) -> tuple[str, ...]:
    return () if not file else (f"{file}:{line}" if line else file,)
