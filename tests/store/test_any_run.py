"""Whatever happens in a run, what is stored tells the same as what happened: folded, summed, verified, in any batches."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.events import (
    AttemptFinished,
    Event,
    FileChange,
    LabelRecorded,
    OutputApplied,
    OverrideRecorded,
    StepFailed,
    StepScored,
    StepStarted,
)
from sitegen_tui.domain.runs import Attempt, Message, Usage
from sitegen_tui.domain.violations import Layer
from sitegen_tui.services.views import folded
from sitegen_tui.store import Store

TEXT = st.one_of(st.text(max_size=40), st.text(min_size=250, max_size=400))
VALUES = st.floats(-15, 10, allow_nan=False)
LAYERS = st.sampled_from([(Layer.STATIC,), (Layer.STATIC, Layer.RENDERED), (Layer.RENDERED, Layer.STATIC)])


@dataclass
class Told:
    """What a reader with a pencil would note of a run: scores by step, and what failed."""

    scores: dict[int, float] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)
    overrides: dict[int, float | None] = field(default_factory=dict)

    def value(self, step: int) -> float | None:
        override = self.overrides.get(step)
        return override if override is not None else self.scores.get(step)


@st.composite
def runs(draw: st.DrawFn, scripted: ModuleType, script: Any) -> tuple[list[tuple[Event, dict[str, bytes]]], Told]:
    """A run that is started, fails, is killed, goes on, is finished, labelled and overridden, as it may come."""
    told = Told()
    items = [script.started()]
    for _ in range(draw(st.integers(0, 5))):
        step = draw(st.integers(1, 4))
        action = script.run.actions[step - 1]
        told.scores.pop(step, None)
        told.failed.discard(step)
        told.overrides.pop(step, None)
        items.append((StepStarted(**script.at(), step=step, action=action), {}))
        fate = draw(st.sampled_from(["scored", "scored", "failed", "killed early", "killed late"]))
        if fate != "killed early":
            messages = tuple(Message(role="user", content=text) for text in draw(st.lists(TEXT, max_size=2)))
            usage = Usage(input_tokens=draw(st.integers(0, 9)), usd=draw(st.none() | st.floats(0, 1)))
            attempt = Attempt(number=1, messages=messages, reply=draw(TEXT), reasoning=draw(TEXT), usage=usage)
            items.append((AttemptFinished(**script.at(), step=step, attempt=attempt), {}))
            if draw(st.booleans()):
                items.append(_output(draw, scripted, script, step))
        if fate == "scored":
            told.scores[step] = draw(VALUES)
            score = scripted.score(told.scores[step], rubric=draw(st.integers(1, 2)), layers=draw(LAYERS))
            items.append((StepScored(**script.at(), step=step, action=action, score=score), {}))
        elif fate == "failed":
            told.failed.add(step)
            items.append((StepFailed(**script.at(), step=step, action=action, reason=draw(TEXT)), {}))
        if fate in ("scored", "failed") and draw(st.booleans()):
            told.overrides[step] = draw(st.none() | VALUES)
            items.append(
                (
                    OverrideRecorded(**script.at(), step=step, author="ann", reason=draw(TEXT), value=told.overrides[step]),
                    {},
                )
            )
            items.append((LabelRecorded(**script.at(), step=step, rater="bo", violations=("a.b",)), {}))
        if draw(st.booleans()):
            items.append(script.finished(draw(st.sampled_from(["finished", "incomplete", "interrupted", "cancelled"]))))
            items.append(script.started(step))
    return items, told


def _output(draw: st.DrawFn, scripted: ModuleType, script: Any, step: int) -> tuple[Event, dict[str, bytes]]:
    path = draw(st.sampled_from(["index.html", "css/styles.css", "new.html"]))
    before = script.site.get(path)
    after = draw(st.none() | st.text(max_size=300).map(str.encode))
    if after is None:
        script.site.pop(path, None)
    else:
        script.site[path] = after
    told = (
        FileChange(
            path=path,
            before=None if before is None else scripted.sha(before),
            after=None if after is None else scripted.sha(after),
        ),
    )
    # Isolated steps report changes against their own beginning, which need not be the tree before.
    changes = told if draw(st.booleans()) else ()
    event = OutputApplied(**script.at(), step=step, site=script.tree(), changes=changes, edits=())
    return event, {} if after is None else {scripted.sha(after): after}


@settings(max_examples=100)
@given(data=st.data())
def test_what_is_stored_tells_the_same(scripted: ModuleType, heat: Any, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "runs.db") as store:
        _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
        told: dict[str, Told] = {}
        for plan in plans:
            items, told[plan.run_id] = data.draw(runs(scripted, scripted.Script(plan, size=600)))
            at = 0
            while at < len(items):
                size = data.draw(st.integers(1, 7))
                batch = items[at : at + size]
                store.append([event for event, _ in batch], {sha: c for _, more in batch for sha, c in more.items()})
                at += size
            events = [event for event, _ in items]
            for reader in (store, Store.open(store.path, read_only=True)):
                stored = reader.events(plan.run_id)
                assert stored == events
                assert folded(plan.run_id, stored) == folded(plan.run_id, events)
            reader.close()
        assert store.verify() == []
        for run_id, noted in told.items():
            values = [noted.value(step) for step in range(1, 17)]
            scored = [value for value in values if value is not None]
            run = store.run(run_id)
            rows = {step.step: step for step in store.steps(run_id)}
            for step in folded(run_id, store.events(run_id)).steps:
                row = rows.get(step.step)
                assert step.value == (row.value if row else None)
                assert step.state == (row.state if row else "waiting")
            assert run.steps_done == len(scored)
            assert abs(run.total - sum(scored)) < 1e-9
            assert run.unscored == sum(noted.value(step) is None for step in noted.failed)
            cells = [cell for cell in heat(store) if cell.model == run.model]
            assert sum(cell.n for cell in cells) == len(scored)
            assert sum(cell.unscored for cell in cells) == run.unscored
            assert abs(sum((cell.mean or 0.0) * cell.n for cell in cells) - sum(scored)) < 1e-6
