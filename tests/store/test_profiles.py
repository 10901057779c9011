"""What is kept for views tells the same as a plain recount of steps, findings and attempts, whatever was run again."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sitegen_tui.domain.events import AttemptFinished, Event, FindingReported, OverrideRecorded, StepFailed, StepScored, StepStarted
from sitegen_tui.domain.findings import Charge, Evidence, Finding
from sitegen_tui.domain.insights import Conditions, Scope
from sitegen_tui.domain.runs import Attempt, Usage, total_usage
from sitegen_tui.domain.violations import Kind, Severity
from sitegen_tui.stats.score_table import ScoreTable
from sitegen_tui.store import Store
from sitegen_tui.store.migrations import MIGRATIONS

SEEDS = range(6)
GROUPS = {"first": ("apply-colours", "swap-fonts"), "last": ("replace-favicon",)}


def _charge(chance: random.Random, action: str) -> Charge:
    finding = Finding(
        violation=chance.choice(("html.broken", "css.broken")),
        subject=action,
        message="not so",
        evidence=Evidence(file="index.html", line=1),
        provenance=chance.choice(("own", "inherited")),
    )
    amount = chance.choice((0.0, 0.1, 0.7))
    kind = chance.choice((Kind.COMPLETION, Kind.REGRESSION))
    return Charge(finding=finding, kind=kind, severity=Severity.MINOR, nominal=0.7, amount=amount)


def _events(chance: random.Random, scripted: ModuleType, script: Any) -> Iterator[Event]:
    """Steps one to five in turn, some of them run again, failed, judged under another rubric or overridden."""
    for step in (1, 2, 3, 4, 5, *chance.choices(range(1, 6), k=chance.randint(0, 3))):
        action = script.run.actions[step - 1]
        yield StepStarted(**script.at(), step=step, action=action)
        made: list[Attempt] = []
        for number in range(1, chance.randint(1, 2) + 1):
            usage = Usage(input_tokens=chance.randint(0, 9), usd=chance.choice((None, 0.1, 0.0003)))
            error = chance.choice(("", "", "refused"))
            first = chance.choice((None, chance.uniform(1, 9)))
            purpose = chance.choice(("edit", "repair"))
            took = chance.uniform(1, 99)
            made.append(Attempt(number=number, purpose=purpose, usage=usage, error=error, first_token_ms=first, total_ms=took))
            yield AttemptFinished(**script.at(), step=step, attempt=made[-1])
        for _ in range(chance.randint(0, 3)):
            yield FindingReported(**script.at(), step=step, charge=_charge(chance, action))
        fate = chance.choice(("scored", "scored", "scored", "failed", "left"))
        if fate == "scored":
            value = round(chance.uniform(-3, 8), 2)
            score = scripted.score(value, rubric=chance.choice((1, 1, 1, 2)), assessed=8.0)
            usage, ms = total_usage(made), sum(one.total_ms for one in made)
            yield StepScored(**script.at(), step=step, action=action, score=score, usage=usage, model_ms=ms)
        elif fate == "failed":
            yield StepFailed(**script.at(), step=step, action=action, reason="refused")
        if fate != "left" and chance.random() < 0.3:
            value = chance.choice((None, round(chance.uniform(-3, 8), 2)))
            yield OverrideRecorded(**script.at(), step=step, author="ann", reason="seen", value=value)


def _play(store: Store, scripted: ModuleType, seed: int) -> None:
    chance = random.Random(seed)
    _, plans = store.create_experiment(scripted.plan(repeats=3), created_at=scripted.START)
    for plan in plans:
        script = scripted.Script(plan, size=600)
        event, blobs = script.started()
        store.append([event], blobs)
        events = list(_events(chance, scripted, script))
        while events:
            size = chance.randint(1, 9)
            store.append(events[:size])
            events = events[size:]


@pytest.fixture(params=SEEDS)
def played(request: pytest.FixtureRequest, store: Store, scripted: ModuleType) -> Store:
    """Six runs of two models, of each seed other ones."""
    _play(store, scripted, request.param)
    return store


def _conditions(store: Store) -> set[Conditions]:
    """All that any step was judged under."""
    some = store.samples.groups(Scope())[0].conditions
    return {
        some.model_copy(update={"rubric": step.rubric, "layers": step.layers, "full": step.full})
        for run in store.runs()
        for step in store.steps(run.run_id)
        if step.value is not None
    }


def _steps(store: Store, conditions: Conditions) -> list[tuple[Any, Any]]:
    """Scored steps of those conditions with their runs."""
    return [
        (run, step)
        for run in store.runs()
        for step in store.steps(run.run_id)
        if step.value is not None
        and (step.rubric, step.layers, step.full) == (conditions.rubric, conditions.layers, conditions.full)
    ]


def test_the_database_is_what_its_events_tell(played: Store) -> None:
    assert played.verify() == []


def test_dollars_and_waiting_are_those_of_scored_steps(played: Store) -> None:
    for conditions in _conditions(played):
        usd, ms, priced = Counter[Any](), Counter[Any](), Counter[Any]()
        for run, step in _steps(played, conditions):
            key = (run.model, step.action)
            ms[key] += step.model_ms
            if step.usage.usd is not None and not step.usage.unpriced:
                usd[key] += step.usage.usd
                priced[key] += 1
        cells = {(cell.model, cell.action): cell.sums for cell in played.samples.cells(Scope(), conditions) if cell.sums.n}
        assert cells.keys() == ms.keys()
        for key, sums in cells.items():
            assert sums.priced == priced[key]
            assert sums.usd / 1e12 == pytest.approx(usd[key])
            assert sums.model_ms / 1e6 == pytest.approx(ms[key])


def test_lost_points_are_those_of_scored_steps(played: Store) -> None:
    for conditions in _conditions(played):
        count, charged, amount = Counter[Any](), Counter[Any](), Counter[Any]()
        for run, step in _steps(played, conditions):
            for row in played.charges(run_id=run.run_id, action=step.action):
                key = (row.violation, run.model, row.action, row.kind, row.provenance)
                count[key] += 1
                charged[key] += row.amount > 0
                amount[key] += row.amount
        lost = played.samples.charges(Scope(), conditions)
        found = {(one.violation, one.model, one.action, one.kind, one.provenance): one for one in lost}
        assert {key: one.count for key, one in found.items()} == count
        assert {key: one.charged for key, one in found.items()} == {key: charged[key] for key in count}
        assert {key: one.amount for key, one in found.items()} == pytest.approx({key: amount[key] for key in count})


def _by_run(table: ScoreTable) -> dict[str, dict[str, float]]:
    return {run: table.of_run(place) for place, run in enumerate(table.runs)}


def test_scores_side_by_side_are_those_of_the_steps(played: Store) -> None:
    for conditions in _conditions(played):
        told: dict[str, dict[str, float]] = defaultdict(dict)
        for run, step in _steps(played, conditions):
            told[run.run_id][step.action] = step.value
        assert _by_run(played.samples.scores(Scope(), conditions)) == told
        narrow = played.samples.scores(Scope(actions=("swap-fonts",)), conditions)
        assert _by_run(narrow) == {
            run: {"swap-fonts": scores["swap-fonts"]} for run, scores in told.items() if "swap-fonts" in scores
        }
        means: dict[tuple[str, str], list[float]] = defaultdict(list)
        for run_id, scores in told.items():
            for group, actions in GROUPS.items():
                if set(actions) <= scores.keys():
                    means[played.run(run_id).model, group].append(sum(scores[one] for one in actions) / len(actions))
        found = {(one.model, one.group): one for one in played.samples.whole(Scope(), conditions, GROUPS)}
        assert {key: one.n for key, one in found.items()} == {key: len(own) for key, own in means.items()}
        for key, one in found.items():
            assert (one.total, one.squares) == pytest.approx((sum(means[key]), sum(mean * mean for mean in means[key])))


@pytest.mark.parametrize("below", [None, 5.0])
def test_first_wrong_steps_are_those_of_a_recount(played: Store, below: float | None) -> None:
    for group in played.samples.groups(Scope()):
        for first in played.samples.firsts(Scope(), group.conditions, below):
            wrong: list[int] = []
            steps = played.steps(first.run_id)
            for step in steps:
                charges = played.charges(run_id=first.run_id, action=step.action)
                own = any(row.provenance == "own" and row.amount > 0 for row in charges)
                low = step.value is not None and below is not None and step.value < below * step.assessed / 10
                if step.value is not None and (own if below is None else low):
                    wrong.append(step.step)
            unscored = [step.step for step in steps if step.value is None]
            assert (first.wrong, first.unscored) == (min(wrong, default=None), min(unscored, default=None))
            assert first.steps_done == sum(step.value is not None for step in steps)


def test_attempts_are_all_that_were_made(played: Store) -> None:
    runs = {run.run_id: run.model for run in played.runs()}
    every = played.attempts(list(runs))
    for group in played.samples.groups(Scope()):
        own = {run.run_id for run in played.samples.runs(Scope(), group.conditions)}
        for one in played.samples.attempts(Scope(), group.conditions):
            made = [row for row in every if row.run_id in own and runs[row.run_id] == one.model]
            done = [row for row in made if not row.failed]
            assert (one.attempts, one.failed) == (len(made), len(made) - len(done))
            assert one.repairs == sum(row.purpose == "repair" for row in made)
            assert one.input_tokens == sum(row.usage.input_tokens for row in made)
            assert list(one.total_ms) == sorted(row.total_ms for row in done)
            assert list(one.first_ms) == sorted(row.first_token_ms for row in done if row.first_token_ms is not None)


def test_an_older_database_gets_all_of_it_from_what_it_has(path: Path, scripted: ModuleType) -> None:
    tables = ("sums", "loss_sums", "run_scores", "run_attempts")

    def kept(store: Store) -> dict[str, set[Any]]:
        return {table: set(store.connections.conn.execute(f"SELECT * FROM {table}")) for table in tables}

    with Store.open(path) as store:
        for seed in SEEDS:
            _play(store, scripted, seed)
        before = kept(store)
    with closing(sqlite3.connect(path)) as conn, conn:
        for table in tables[1:]:
            conn.execute(f"DROP TABLE {table}")
        conn.execute("DROP INDEX idx_runs_twin")
        conn.execute("DROP TABLE twins")
        conn.execute("ALTER TABLE steps DROP COLUMN output")
        for column in ("settings", "twin"):
            conn.execute(f"ALTER TABLE runs DROP COLUMN {column}")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name IN ('m011_losses', 'm012_profiles', 'm016_twins', 'm017_several')")
        conn.execute(f"PRAGMA user_version = {[one.__name__ for one in MIGRATIONS].index('m011_losses')}")
    with Store.open(path) as store:
        assert kept(store) == before
        assert all(before.values())
        assert store.verify() == []
