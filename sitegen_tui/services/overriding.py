"""Deciding about steps: what a decision would make of one, and its recording; the newest that stands counts everywhere at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen_tui.domain.decisions import Effect
from sitegen_tui.domain.events import OverrideRecorded
from sitegen_tui.domain.findings import Score
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.overrides import MOST_ADDED, changes_findings
from sitegen_tui.engine.clock import Clock
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.decisions import DROPPED, countable, effect, side_of
from sitegen_tui.services.labelling import rater_name
from sitegen_tui.services.ratings import scored
from sitegen_tui.services.threads import Threads
from sitegen_tui.store import Store
from sitegen_tui.store.decided import Changed, Judging

LEAST, MOST = -15.0, 10.0
"""Points that a step can come to."""
LONGEST_REASON = 400
TRIES = 5
CLOSE = 1e-6
"""Points that are none: the arithmetic rounds more finely."""


@dataclass(frozen=True, slots=True)
class DecisionWanted:
    """What somebody decides on a step: its score, findings that count no longer (by place, from 1, or by id), and what was missed.

    With none of these it says that the judges are right. `withdraws` takes back decision number so-and-so of the run, 0 the newest.
    `side` is all that somebody saw, which takes the place of what is found.
    """

    run_id: str
    step: int
    author: str
    reason: str
    value: float | None = None
    drops: tuple[str, ...] = ()
    adds: tuple[Mark, ...] = ()
    withdraws: int | None = None
    side: tuple[Mark, ...] | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A step before and after a decision; `event` is what was stored, or would be."""

    judged: Score | None
    before: float | None
    effect: Effect
    event: OverrideRecorded

    @property
    def after(self) -> float | None:
        """The score that counts, in points; None where the step has none."""
        return self.effect.value if self.effect.value is not None else self.judged.value if self.judged else None


class Overriding:
    """Decisions are appended, and taking one back is one more; what was judged stays beside them."""

    def __init__(self, store: Store, threads: Threads, clock: Clock) -> None:
        self._store = store
        self._threads = threads
        self._clock = clock

    async def judging(self, run_id: str, step: int) -> Judging:
        """What a step was judged to be, and the decisions that stand. Raises UnknownName, or StoreError for a step in flight."""
        return await self._threads.read(self._store.judging, run_id, step)

    async def preview(self, wanted: DecisionWanted) -> Decided:
        """What a decision would make of a step. Raises as `decide`."""
        return await self._threads.read(self._made, wanted)

    async def decide(self, wanted: DecisionWanted) -> Decided:
        """Store a decision. Raises UnknownName, StoreError, or UsageError where it cannot be."""
        return await self._threads.write(self._record, wanted)

    async def all(self) -> tuple[OverrideRecorded, ...]:
        """Every decision ever made, oldest first; those that were taken back, too."""
        events = await self._threads.read(self._store.decisions, "OverrideRecorded")
        return tuple(event for event in events if isinstance(event, OverrideRecorded))

    def _record(self, wanted: DecisionWanted) -> Decided:
        for _ in range(TRIES):
            made = self._made(wanted)
            try:
                self._store.record_all([made.event], {wanted.run_id: made.event.seq - 1})
            except Changed:
                # Somebody else decided on this run: what this decision makes of the step has to be calculated again.
                continue
            return made
        raise Changed(f"run {wanted.run_id} keeps changing", hint="decide again in a moment")

    def _made(self, wanted: DecisionWanted) -> Decided:
        judging = self._store.judging(wanted.run_id, wanted.step)
        if wanted.side is None or judging.score is None:
            return self._effected(wanted, judging)
        layers = judging.score.layers
        found = [one for one in judging.now if not one.charge.reason.startswith(DROPPED)]
        drops, adds = side_of(catalogue(), judging.action, found, wanted.side, layers)
        made = self._effected(wanted, judging, drops, adds)
        if made.after is not None and abs(made.after - scored(catalogue(), judging.action, wanted.side, layers)) < CLOSE:
            return made
        # Where what both saw cannot be kept without another score, nothing of the judges' is.
        adds = tuple(mark for mark in wanted.side if countable(catalogue(), judging.action, mark.violation, layers))
        return self._effected(wanted, judging, tuple(one.number for one in found), adds)

    def _effected(
        self, wanted: DecisionWanted, judging: Judging, drops: tuple[int, ...] = (), adds: tuple[Mark, ...] = ()
    ) -> Decided:
        known = catalogue()
        event = OverrideRecorded(
            run_id=wanted.run_id,
            seq=judging.last_seq + 1,
            at=self._clock.now(),
            step=wanted.step,
            author=rater_name(wanted.author),
            reason=_reason(wanted.reason),
            value=_value(wanted.value, judging),
            drops=drops or _numbers(judging, wanted.drops),
            adds=adds or _adds(judging, wanted.adds),
            withdraws=_withdrawn(judging, wanted),
        )
        taken_back = [one for one in judging.decisions if one.seq == event.withdraws]
        left = [one for one in judging.decisions if one not in taken_back]
        if event.withdraws is None:
            left.append(event)
        if any(map(changes_findings, (event, *taken_back))):
            found = effect(known, judging.action, judging.charges, judging.score, left)
        else:
            # What is not about findings leaves them alone, even where another rubric would charge them otherwise.
            found = effect(known, judging.action, judging.now, judging.score_now, left, settled=True)
        return Decided(judging.score, judging.value, found, event.model_copy(update={"effect": found}))


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise UsageError("a decision needs a reason", hint="whoever reads it later was not there")
    return reason[:LONGEST_REASON]


def _value(value: float | None, judging: Judging) -> float | None:
    most = judging.score.assessed if judging.score else MOST
    if value is not None and not LEAST <= value <= most:
        raise UsageError(f"a score of {value:g} cannot be", hint=f"from {LEAST:g} to {most:g} points")
    return value


def _numbers(judging: Judging, drops: Sequence[str]) -> tuple[int, ...]:
    found: list[int] = []
    for text in drops:
        if text.isascii() and text.isdigit():
            if not 1 <= int(text) <= len(judging.now):
                raise UsageError(f"there is no finding {text}", hint=f"the step has {len(judging.now)}")
            found.append(judging.now[int(text) - 1].number)
            continue
        alike = [one.number for one in judging.now if one.charge.finding.violation == text]
        if not alike:
            raise UnknownName("finding", text, tuple(sorted({one.charge.finding.violation for one in judging.now})))
        found += alike
    return tuple(dict.fromkeys(found))


def _adds(judging: Judging, adds: Sequence[Mark]) -> tuple[Mark, ...]:
    known = catalogue()
    if adds and judging.score is None:
        raise UsageError("a step that was not judged has no findings", hint="decide its score")
    if sum(mark.wrong for mark in adds) > MOST_ADDED:
        raise UsageError(f"one decision adds {MOST_ADDED} findings at most")
    for mark in adds:
        violation = known.by_id.get(mark.violation)
        term = violation.term(judging.action) if violation else None
        if violation is None or term is None:
            choices = tuple(one.id for one in known.violations if one.term(judging.action))
            raise UnknownName(f"violation of {judging.action}", mark.violation, choices)
        if mark.subject and mark.subject not in term.weights:
            raise UnknownName(f"subject of {mark.violation}", mark.subject, tuple(term.weights))
        if term.weights and not mark.subject:
            raise UsageError(f"{mark.violation} has to say what it is about", hint=f"one of {', '.join(term.weights)}")
        standing = [one.charge for one in judging.now if not one.charge.reason.startswith(DROPPED)]
        if mark.subject and any((c.finding.violation, c.finding.subject) == (mark.violation, mark.subject) for c in standing):
            raise UsageError(f"{mark.violation} is there already", hint="drop it first if it should cost something else")
        layers = judging.score.layers if judging.score else ()
        if not countable(known, judging.action, mark.violation, layers):
            told = " and ".join(layer.value for layer in layers)
            hint = "its points are not among those that could be earned; run it with a browser, or decide the score"
            raise UsageError(f"{mark.violation} was not assessed by {told} judging", hint=hint)
    return tuple(adds)


def _withdrawn(judging: Judging, wanted: DecisionWanted) -> int | None:
    if wanted.withdraws is None:
        return None
    numbers = [one.seq for one in judging.decisions]
    if not numbers:
        raise UsageError(
            f"nothing was decided about step {judging.step} of run {judging.run_id}", hint="there is nothing to take back"
        )
    if wanted.withdraws == 0:
        return numbers[-1]
    if wanted.withdraws not in numbers:
        raise UnknownName("decision", str(wanted.withdraws), tuple(map(str, numbers)))
    return wanted.withdraws
