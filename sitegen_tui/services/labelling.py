"""Labelling by people: whom it is drawn for, the next step to look at, and what is said about it; blind to model and judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.events import LABEL_VERSION, LabelRecorded, LabelSkipped, LabelWithdrawn
from sitegen_tui.domain.labels import Candidate, Done, Draw, QueuedItem, marks_of, standing
from sitegen_tui.domain.marks import Mark
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.rows import ViolationCount
from sitegen_tui.domain.runs import StepState
from sitegen_tui.domain.violations import Catalogue, Violation
from sitegen_tui.engine.clock import Clock
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.people import checklist, judged_by_person
from sitegen_tui.services.threads import Threads
from sitegen_tui.store import Store

QUEUE = 30
"""Items of a session."""
LONGEST_NAME = 60
FREQUENT_FROM = 40
"""Charges of an action from which on its checklist is ordered by what is frequent: from fewer one could tell whose they are."""


class WrongField(UsageError):
    """A field of a label that cannot be."""

    def __init__(self, field: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rater is: `seconds` is the mean time of what was labelled, None before the first."""

    done: int
    total: int
    skipped: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that can be marked: an entry of the catalogue, and the subject where it weighs several apart."""

    violation: Violation
    subject: str = ""
    shared: bool = False

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.violation.id}:{self.subject}" if self.subject else self.violation.id


@dataclass(frozen=True, slots=True)
class Shown:
    """What a rater sees of a step: what was asked for, what was changed, and pictures (as in `StepDetail.shots`)."""

    directive: str
    diff: SiteDiff
    shots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelTask:
    """A step to be labelled. `number` counts from 1 in the rater's queue."""

    item: QueuedItem
    number: int
    shown: Shown
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of labels that came from outside."""

    stored: int
    duplicates: int
    older: int


class Labelling:
    """What raters ask and say. Labels are appended; taking one back is one more event.

    `directive` gives what a model was told for a step, `diff` what it changed, `shots` the pictures that were taken of it.
    """

    def __init__(
        self,
        store: Store,
        threads: Threads,
        clock: Clock,
        directive: Callable[[str, int], Awaitable[str]],
        diff: Callable[[str, int], Awaitable[SiteDiff]],
        shots: Callable[[str, int], Awaitable[Mapping[str, str]]],
    ) -> None:
        self._store = store
        self._threads = threads
        self._clock = clock
        self._directive = directive
        self._diff = diff
        self._shots = shots
        self._questions: dict[str, tuple[Question, ...]] = {}

    # Who

    async def raters(self) -> tuple[str, ...]:
        """Who labels on this database, the one of last time first."""
        return tuple(await self._threads.read(self._store.labels.raters))

    async def use(self, name: str) -> str:
        """Remember a rater by the name they give. Raises UsageError for one that is empty or too long."""
        name = rater_name(name)
        await self._threads.write(self._store.labels.use_rater, name, self._clock.now())
        return name

    # What

    async def draw(self, rater: str, wanted: int = QUEUE, seed: int = 0) -> int:
        """Draw until `wanted` items wait for a rater, as far as there are any; how many are new."""
        rater = await self.use(rater)
        standing_now = await self.labels()
        done = {_key(one) for one in standing_now if one.rater == rater}

        def make(candidates: Sequence[Candidate], items: Sequence[QueuedItem], earlier: Mapping[str, float]) -> Draw | None:
            # What few commands need is loaded by those alone.
            from sitegen_tui.stats.sampling import plan_draw

            missing = wanted - sum(1 for item in items if item.rater == rater and item.key not in done)
            if missing < 1:
                return None
            labelled = {_key(one) for one in standing_now if isinstance(one, LabelRecorded)}
            counts = Counter(one.stratum for one in candidates if one.key in labelled)
            return plan_draw(candidates, items, earlier, counts, rater=rater, wanted=missing, seed=seed)

        return len(await self._threads.write(self._store.labels.draw, rater, self._clock.now(), make))

    async def items(self, rater: str | None = None) -> tuple[QueuedItem, ...]:
        """What was drawn for a rater, or for all."""
        return tuple(await self._threads.read(self._store.labels.items, rater))

    async def progress(self, rater: str) -> Progress:
        """How far a rater is in what was drawn for them."""
        items = await self.items(rater)
        own = {_key(one): one for one in await self.labels() if one.rater == rater}
        done = [own[item.key] for item in items if item.key in own]
        times = [one.seconds for one in done if isinstance(one, LabelRecorded) and one.seconds is not None]
        skipped = sum(1 for one in done if isinstance(one, LabelSkipped))
        return Progress(len(done), len(items), skipped, sum(times) / len(times) if times else None)

    async def next(self, rater: str) -> LabelTask | None:
        """The next step that a rater has said nothing about; None where all are done."""
        items = await self.items(rater)
        done = {_key(one) for one in await self.labels() if one.rater == rater}
        for number, item in enumerate(items, 1):
            if item.key not in done:
                return await self._task(item, number)
        return None

    async def again(self, rater: str, run_id: str, step: int) -> LabelTask | None:
        """A step of a rater's queue, whatever was said about it; None where it is not in it."""
        for number, item in enumerate(await self.items(rater), 1):
            if (item.run_id, item.step) == (run_id, step):
                return await self._task(item, number)
        return None

    async def _task(self, item: QueuedItem, number: int) -> LabelTask:
        return LabelTask(item, number, await self.shown(item.run_id, item.step), await self.questions(item.action))

    async def shown(self, run_id: str, step: int) -> Shown:
        """A step as raters see it. Raises UnknownName, or UsageError where it has no output."""
        return Shown(await self._directive(run_id, step), await self._diff(run_id, step), await self._shots(run_id, step))

    async def questions(self, action: str) -> tuple[Question, ...]:
        """What may be marked in an action, the likeliest first; the same order as long as the program runs."""
        if action not in self._questions:
            counts = await self._threads.read(self._store.violation_counts)
            self._questions[action] = questions(self.catalogue, action, counts)
        return self._questions[action]

    @property
    def catalogue(self) -> Catalogue:
        """Every violation."""
        return catalogue()

    # What is said

    async def record(self, item: QueuedItem, marks: Sequence[Mark], *, note: str, seconds: float) -> None:
        """Store a rater's marks on a step. Raises StoreError."""
        label = LabelRecorded(
            run_id=item.run_id,
            seq=0,
            at=self._clock.now(),
            step=item.step,
            rater=item.rater,
            violations=tuple(dict.fromkeys(mark.violation for mark in marks)),
            note=note,
            marks=tuple(marks),
            seconds=round(seconds, 1),
            pi=item.pi,
            stratum=item.stratum,
            rubric=self.catalogue.rubric_version,
            version=LABEL_VERSION,
        )
        await self._threads.write(self._store.record, label)

    async def skip(self, item: QueuedItem, reason: str, seconds: float) -> None:
        """Store that a rater would not label a step, and why. Raises StoreError."""
        skipped = LabelSkipped(
            run_id=item.run_id,
            seq=0,
            at=self._clock.now(),
            step=item.step,
            rater=item.rater,
            reason=reason,
            seconds=round(seconds, 1),
            pi=item.pi,
            stratum=item.stratum,
        )
        await self._threads.write(self._store.record, skipped)

    async def undo(self, rater: str) -> Done | None:
        """Take back what a rater said last about anything in their queue; that, or None where there is nothing."""
        items = {item.key for item in await self.items(rater)}
        own = [one for one in await self.labels() if one.rater == rater and _key(one) in items]
        if not own:
            return None
        last = own[-1]
        back = LabelWithdrawn(run_id=last.run_id, seq=0, at=self._clock.now(), step=last.step, rater=rater, withdraws=last.seq)
        await self._threads.write(self._store.record, back)
        return last

    # Labels in and out

    async def labels(self) -> tuple[Done, ...]:
        """Every label and skip that stands, oldest first."""
        return tuple(standing(await self._threads.read(self._store.labels.events)))

    def score(self, label: LabelRecorded) -> float:
        """The score that a label comes to, in points, by the engine's own arithmetic."""
        return judged_by_person(self.catalogue, ACTION_IDS[label.step - 1], marks_of(label)).score.value

    async def check(self, label: Done) -> None:
        """Raises UnknownName for a run that is not there, WrongField for a step, violation or rater that cannot be."""
        await self._threads.read(_check, self._store, self.catalogue, label)

    async def add(self, labels: Sequence[Done]) -> Added:
        """Store labels from outside, all of them or none.

        What stands here already is a duplicate; of two labels by one rater on one step the newer one stands. Raises as `check`.
        """
        for label in labels:
            await self.check(label)
        known = {(_key(one), one.rater): one for one in await self.labels()}
        new: dict[tuple[str, str], Done] = {}
        duplicates = older = 0
        for label in sorted(labels, key=lambda one: one.at):
            key = (_key(label), label.rater)
            stands = new.get(key) or known.get(key)
            if stands is not None and _same(stands, label):
                duplicates += 1
            elif stands is not None and label.at <= stands.at:
                older += 1
            else:
                new[key] = label
        if new:
            await self._threads.write(self._store.record_all, list(new.values()))
            for name in sorted({label.rater for label in new.values()}):
                await self.use(name)
        return Added(len(new), duplicates, older)


def questions(known: Catalogue, action: str, counts: Sequence[ViolationCount]) -> tuple[Question, ...]:
    """The checklist of an action: the most frequent first, once there are charges enough to tell, else as the catalogue has it."""
    often = {count.violation: 0 for count in counts}
    for count in counts:
        if count.action == action:
            often[count.violation] += count.count
    enough = sum(often.values()) >= FREQUENT_FROM
    found: list[Question] = []
    for violation in sorted(checklist(known, action), key=lambda one: -often.get(one.id, 0) if enough else 0):
        term = violation.term(action)
        if term is None:
            continue
        found += [Question(violation, subject, term.shared) for subject in term.weights or ("",)]
    return tuple(found)


def rater_name(text: str) -> str:
    """A name as it is stored. Raises UsageError."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"{text[:LONGEST_NAME]!r} is no name for a rater", hint=f"1 to {LONGEST_NAME} printable characters")
    return name


def _key(label: Done) -> str:
    return f"{label.run_id}/{label.step}"


def _same(one: Done, other: Done) -> bool:
    return one.model_copy(update={"seq": 0}) == other.model_copy(update={"seq": 0})


def _check(store: Store, known: Catalogue, label: Done) -> None:
    steps = {row.step: row for row in store.steps(label.run_id)}
    row = steps.get(label.step)
    if row is None or row.state is not StepState.SCORED:
        scored = ", ".join(str(step) for step, one in steps.items() if one.state is StepState.SCORED)
        raise WrongField("step", f"run {label.run_id} has no scored step {label.step}", hint=f"scored: {scored or 'none'}")
    if rater_name(label.rater) != label.rater:
        raise WrongField("rater", f"{label.rater!r} has blanks at its ends or two in a row")
    for mark in marks_of(label) if isinstance(label, LabelRecorded) else ():
        violation = known.by_id.get(mark.violation)
        term = violation.term(row.action) if violation else None
        if term is None:
            unknown = UnknownName("violation", mark.violation, tuple(one.id for one in checklist(known, row.action)))
            raise WrongField("violations", f"{mark.violation!r} is no violation of {row.action}", hint=unknown.hint)
        if mark.subject and mark.subject not in term.weights:
            known_ones = ", ".join(term.weights) or "none"
            raise WrongField("marks", f"{mark.violation} has no subject {mark.subject!r}", hint=f"known: {known_ones}")
