"""The judge audited: mutants made and judged in the workers, looked at by a browser where there is one, told as it goes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from itertools import islice

from sitegen_tui.domain.audits import (
    GRADES,
    SUITES,
    AuditProgress,
    AuditReport,
    AuditRow,
    AuditWanted,
    Grade,
    MutantKey,
    Outcome,
    Share,
    Suite,
)
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ports import Eyes, Workers
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.violations import Layer
from sitegen_tui.errors import UsageError
from sitegen_tui.judge import audit as judging
from sitegen_tui.judge.audit import Mutant, Sights, Tally
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.stats.proportions import wilson

AT_ONCE = 3
"""Mutants in the making at a time: one more than a browser has tabs, so that none of them waits for the judge."""


@dataclass(frozen=True)
class Opened:
    """A mutant with its judgement, for a person to look at: the diff from gold to it is what was planted."""

    mutant: Mutant
    judgement: Judgement
    outcome: Outcome


@dataclass(frozen=True)
class Looks:
    """What a browser saw of a step, as JSON: it travels to the process that judges, and no other has to read it."""

    before: bytes
    after: bytes
    start: bytes


async def audit(
    wanted: AuditWanted, workers: Workers, eyes: Eyes | None, *, note: str = ""
) -> AsyncGenerator[AuditProgress | AuditReport]:
    """Progress for each mutant that was judged, in no certain order, and the report at the end.

    Without `eyes` the files alone are judged; `note` says why. Memory is bounded: no mutant outlives its judgement. Raises
    UnknownName, and RenderUnavailable when the browser goes away.
    """
    keys = await workers.call(judging.keys, wanted)
    total = len(keys) if wanted.sample is None else min(wanted.sample, len(keys))
    outcomes: list[Outcome] = []
    dealt = iter(keys)
    waiting: deque[MutantKey] = deque()
    running: set[asyncio.Task[Outcome | None]] = set()
    try:
        while True:
            while len(running) < AT_ONCE:
                if not waiting:
                    # More than once only where faults did not apply.
                    waiting.extend(sorted(islice(dealt, total - len(outcomes) - len(running)), key=_by_step))
                if not waiting:
                    break
                key = waiting.popleft()
                running.add(asyncio.create_task(outcome_of(key, workers, eyes), name=f"audit {key}"))
            if not running:
                break
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                outcome = task.result()
                if outcome is not None:
                    outcomes.append(outcome)
                    yield AuditProgress(done=len(outcomes), total=total, outcome=outcome)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    yield report(wanted, outcomes, seen=eyes is not None, note=note)


def _by_step(key: MutantKey) -> tuple[str, str, int]:
    """Mutants of one step follow one another: what a browser saw before it and of the start is still known then."""
    return key.template, key.requirements, ACTION_IDS.index(key.action)


async def outcome_of(key: MutantKey, workers: Workers, eyes: Eyes | None) -> Outcome | None:
    """What a mutant is charged with, against what was planted; None where its fault does not apply."""
    made = await workers.call(judging.mutant, key)
    if made is None:
        return None
    looks = None if eyes is None else await _looks(made, eyes)
    return await workers.call(_judged, key, looks)


async def rebuilt(key: MutantKey, workers: Workers, eyes: Eyes | None) -> Opened:
    """A mutant made again from its key and judged. Raises UnknownName, or UsageError where its fault does not apply."""
    made = await workers.call(judging.mutant, key)
    if made is None:
        raise UsageError(f"nothing can be planted so: {key}", hint="the fault does not apply to this step")
    looks = None if eyes is None else await _looks(made, eyes)
    return await workers.call(_opened, key, looks)


def report(wanted: AuditWanted, outcomes: Sequence[Outcome], *, seen: bool, note: str = "") -> AuditReport:
    """Everything counted: per violation, over all, over the harmless changes."""
    layers = (Layer.STATIC, Layer.RENDERED) if seen else (Layer.STATIC,)
    planted = [outcome for outcome in outcomes if outcome.key.suite != "null"]
    nulls = [outcome for outcome in outcomes if outcome.key.suite == "null"]
    tallies = judging.tallied(planted)
    rows = [_row(violation, [tally]) for violation, tally in tallies.items()]
    order = {violation.id: place for place, violation in enumerate(catalogue().violations)}
    made: dict[Suite, int] = {suite: sum(1 for one in outcomes if one.key.suite == suite) for suite in SUITES}
    asked = judging.plantable(layers).intersection(wanted.violations or order)
    there = {one.violation for outcome in planted for one in outcome.planted}
    return AuditReport(
        seed=wanted.seed,
        sample=wanted.sample,
        layers=layers,
        rubric=catalogue().rubric_version,
        note=note,
        mutants={suite: number for suite, number in made.items() if number},
        overall=_row("", list(tallies.values())),
        rows=tuple(sorted(rows, key=lambda row: order[row.violation])),
        nulls=_share(sum(1 for outcome in nulls if outcome.charged), len(nulls)),
        wrong=tuple(sorted((one for one in outcomes if not one.right), key=lambda one: str(one.key))),
        unplanted=tuple(sorted(asked - there, key=lambda one: order[one])),
    )


def _row(violation: str, tallies: Sequence[Tally]) -> AuditRow:
    n = sum(sum(tally.planted.values()) for tally in tallies)
    found = sum(sum(tally.found.values()) for tally in tallies)
    extra = sum(tally.extra for tally in tallies)
    by_grade: dict[Grade, tuple[int, int]] = {
        grade: (sum(tally.found[grade] for tally in tallies), sum(tally.planted[grade] for tally in tallies)) for grade in GRADES
    }
    return AuditRow(
        violation=violation,
        recall=_share(found, n),
        precision=_share(found, found + extra),
        by_grade={grade: _share(*counts) for grade, counts in by_grade.items() if counts[1]},
    )


def _share(hits: int, n: int) -> Share:
    ends = wilson(hits, n)
    if ends is None:
        return Share(hits=hits, n=n)
    return Share(hits=hits, n=n, value=hits / n, low=ends[0], high=ends[1])


async def _looks(made: Mutant, eyes: Eyes) -> Looks:
    pairing = made.key.pairing
    seen = await asyncio.gather(*(eyes.look(pairing, files) for files in (made.before, made.after, made.start)))
    return Looks(*(one.probe for one in seen))


def _judged(key: MutantKey, looks: Looks | None) -> Outcome | None:
    made = judging.mutant(key)
    if made is None:
        return None
    sights = sights_of(looks)
    return judging.compare(made, judging.judge(made, sights), sights)


def _opened(key: MutantKey, looks: Looks | None) -> Opened:
    made = judging.mutant(key)
    if made is None:
        raise UsageError(f"nothing can be planted so: {key}", hint="the fault does not apply to this step")
    sights = sights_of(looks)
    judgement = judging.judge(made, sights)
    return Opened(made, judgement, judging.compare(made, judgement, sights))


def sights_of(looks: Looks | None) -> Sights | None:
    """What a browser saw, read where it is judged."""
    return Sights(*map(Probe.model_validate_json, (looks.before, looks.after, looks.start))) if looks is not None else None
