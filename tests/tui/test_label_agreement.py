"""A whole session by keys alone, and the agreement on the screen held against a recount from the exported labels."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

from click.testing import CliRunner
from sklearn.metrics import cohen_kappa_score
from textual.pilot import Pilot

from sitegen_tui.cli.main import program
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.people import checklist
from sitegen_tui.services.root import Services
from sitegen_tui.store import Store
from sitegen_tui.tui.insights.agreement import Pane
from sitegen_tui.tui.insights.agreement_words import hundredths
from sitegen_tui.tui.screens.insights import InsightsScreen
from sitegen_tui.tui.screens.label import LabelScreen
from sitegen_tui.tui.widgets.checklist import KEYS
from tests.tui.terminal import Open, app_of, shown, until, wanted

STEPS = 30


async def label_all(pilot: Pilot[None], found: dict[str, frozenset[str]]) -> None:
    """Mark what a judge found in most steps, and something else now and then, by keys."""
    chance = random.Random(5)
    await pilot.press("l")
    await until(pilot, lambda: "Who labels?" in shown(pilot))
    await pilot.press(*"mara", "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, LabelScreen))
    screen = pilot.app.screen
    assert isinstance(screen, LabelScreen)
    for number in range(STEPS):
        done = number
        await until(pilot, lambda: not screen.busy and screen.current is not None)
        task = screen.current
        assert task is not None
        keyed = dict(zip(KEYS, task.questions, strict=False))
        for key, question in keyed.items():
            right = question.violation.id in found[task.item.key] and not question.subject
            if chance.random() < (0.8 if right else 0.02):
                await pilot.press(key)
        await pilot.press("enter")
        await until(pilot, lambda done=done: not screen.busy and screen.progress is not None and screen.progress.done == done + 1)
    await pilot.press("escape")


def judged(database: Path) -> dict[str, frozenset[str]]:
    """What the checkers found in each step that this step caused itself and no other finding explains."""
    with Store.open(database) as store:
        runs = {row.run_id: range(1, 17) for row in store.runs()}
        return {
            f"{one.run_id}/{one.step}": frozenset(
                entry.charge.finding.violation
                for entry in one.charges
                if not entry.charge.reason.startswith(("explained", "an earlier step did it"))
            )
            for one in store.judgings(runs)
        }


async def test_thirty_steps_by_keys_and_the_agreement_on_the_screen_is_that_of_the_exported_labels(
    opened: Open, tmp_path: Path
) -> None:
    database = tmp_path / "whole.db"
    async with await Services.open(database) as services:
        from sitegen_tui.domain.pipeline import ACTION_IDS

        plan = await services.plan(wanted("simulated/erratic", "simulated/reckless", actions=ACTION_IDS))
        await services.wait(await services.start(plan))
    found = judged(database)
    async with opened((120, 48), db=database) as pilot:
        await label_all(pilot, found)
        file = tmp_path / "labels.jsonl"
        told = await asyncio.to_thread(CliRunner().invoke, program, ["--db", str(database), "label", "export", "-o", str(file)])
        assert told.exit_code == 0
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        assert len(rows) == STEPS
        app_of(pilot).push_screen(InsightsScreen(view="agreement"))
        await until(pilot, lambda: isinstance(pilot.app.screen, InsightsScreen) and pilot.app.screen.frame is not None)
        assert isinstance(pilot.app.screen, InsightsScreen)
        pane = pilot.app.screen.pane
        assert isinstance(pane, Pane)
        await until(pilot, lambda: "mara and checkers" in shown(pilot))
        lines = shown(pilot).split("\n")
    pair = next(line for line in lines if "mara and checkers" in line and "by id" not in line)
    assert pair.split("checkers")[1].split()[0] == str(STEPS)
    known, checked = catalogue(), 0
    for line in lines:
        cells = line.partition("│")[2].replace("▌", " ").split()
        if len(cells) < 9 or cells[0] not in known.by_id:
            continue
        violation, both, first, second, neither, agree, kappa, *_ = cells
        steps = [row for row in rows if violation in {one.id for one in checklist(known, row["action"])}]
        a = [violation in row["violations"] for row in steps]
        b = [violation in found[f"{row['run']}/{row['step']}"] for row in steps]
        pairs = list(zip(a, b, strict=True))
        counts = [pairs.count(one) for one in ((True, True), (True, False), (False, True), (False, False))]
        if "S" not in known.by_id[violation].channels:
            continue
        assert [int(cell) for cell in (both, first, second, neither)] == counts
        assert agree == f"{100 * (counts[0] + counts[3]) / len(pairs):.1f}"
        if kappa != "N/A":
            assert kappa == hundredths(float(cohen_kappa_score(a, b)))
        checked += 1
    assert checked >= 8
