"""The audit of the judge on its screen, and a mutant opened down to what was charged."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from sitegen_tui.domain.audits import AuditReport, AuditRow, AuditWanted, MutantKey, Outcome, Planted, Share
from sitegen_tui.domain.violations import Layer
from sitegen_tui.services.auditing import Auditing
from sitegen_tui.tui.screens import audit as audit_screen
from sitegen_tui.tui.screens.audit import AuditScreen
from sitegen_tui.tui.screens.error import ErrorDialog
from sitegen_tui.tui.screens.mutant import MutantScreen
from sitegen_tui.tui.widgets.audit_table import ALL, AuditTable, WrongList, interval_bar
from sitegen_tui.tui.widgets.bars import hints
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.findings_list import FindingsList
from sitegen_tui.tui.widgets.text_pane import TextPane
from tests.tui.terminal import Open, app_of, shown, until

ROBOTS = MutantKey(
    suite="single",
    template="safari-lodge",
    requirements="thornveld-01",
    action="add-seo-meta",
    faults=("seo-robots-nofollow",),
)


def _share(hits: int, n: int) -> Share:
    return Share(hits=hits, n=n, value=hits / n, low=max(0.0, hits / n - 0.2), high=min(1.0, hits / n + 0.2))


def _outcome(key: MutantKey, *, missed: tuple[str, ...] = (), extra: tuple[str, ...] = ()) -> Outcome:
    planted = tuple(Planted(violation=one, grade="subtle") for one in missed)
    return Outcome(key=key, planted=planted, missed=missed, extra=extra, layers=(Layer.STATIC,), places=("index.html:7",))


REPORT = AuditReport(
    seed=3,
    sample=40,
    layers=(Layer.STATIC,),
    rubric=1,
    note="no browser was found",
    mutants={"single": 40},
    overall=AuditRow(violation="", recall=_share(37, 40), precision=_share(37, 39)),
    rows=(
        AuditRow(violation="seo.robots-wrong", recall=_share(1, 3), precision=_share(1, 1)),
        AuditRow(violation="seo.title-missing", recall=_share(3, 3), precision=_share(3, 3)),
        AuditRow(violation="contact.phone-wrong", recall=_share(2, 2), precision=_share(2, 4)),
    ),
    nulls=Share(hits=0, n=0),
    wrong=(
        _outcome(ROBOTS, missed=("seo.robots-wrong",)),
        _outcome(ROBOTS.model_copy(update={"seed": 1}), extra=("contact.phone-wrong",)),
    ),
)


def _auditing(pilot: Pilot[None]) -> Auditing:
    services = app_of(pilot).services
    assert services is not None
    return services.auditing


async def _open(pilot: Pilot[None], report: AuditReport | None = REPORT) -> AuditScreen:
    auditing = _auditing(pilot)
    auditing.report = report
    auditing.revision += 1
    await until(pilot, lambda: "audit" in {hint.words for hint in hints(pilot.app.screen) if hint.enabled})
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, AuditScreen))
    screen = pilot.app.screen
    assert isinstance(screen, AuditScreen)
    return screen


async def test_before_the_first_audit_it_says_what_to_do(opened: Open) -> None:
    async with opened() as pilot:
        await _open(pilot, None)
        await until(pilot, lambda: "has not been audited" in shown(pilot))
        assert {"audit a sample, everything", "back"} <= {hint.words for hint in hints(pilot.app.screen) if hint.enabled}
        assert "stop" not in {hint.words for hint in hints(pilot.app.screen) if hint.enabled}


async def test_r_audits_a_sample_and_counts_it_by_violation(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_screen, "SAMPLE", 4)
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot, None)
        await pilot.press("f")
        await until(pilot, lambda: "the next one by files alone" in shown(pilot))
        await pilot.press("r")
        auditing = screen.auditing
        assert auditing is not None
        assert auditing.running
        await until(pilot, lambda: not auditing.running, 240)
        assert auditing.report is not None
        assert sum(auditing.report.mutants.values()) == 4
        await until(pilot, lambda: "4 mutants" in shown(pilot))
        table = screen.query_one(AuditTable)
        assert table.cursor_key == ALL
        assert [row.violation for row in table.rows[1:]] == [row.violation for row in auditing.report.rows]
        assert "static, rubric" in shown(pilot).split("\n")[0]
        services = app_of(pilot).services
        assert services is not None
        assert await services.last_audit() == auditing.report
        auditing.report = None
        await pilot.press("escape", "a")
        await until(pilot, lambda: "4 mutants" in shown(pilot))


async def test_an_audit_is_stopped_and_goes_on_behind_other_screens(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, None)
        auditing = screen.auditing
        assert auditing is not None
        await pilot.press("f", "R", "escape")
        assert not isinstance(pilot.app.screen, AuditScreen)
        await until(pilot, lambda: auditing.done >= 1, 240)
        await pilot.press("a")
        await until(pilot, lambda: f" of {auditing.total}" in shown(pilot).split("\n")[0])
        await pilot.press("c")
        await until(pilot, lambda: not auditing.running)
        assert auditing.report is not None
        assert 1 <= sum(auditing.report.mutants.values()) < auditing.total


async def test_the_mutants_follow_the_violation_under_the_cursor(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        screen = await _open(pilot)
        table, wrong = screen.query_one(AuditTable), screen.query_one(WrongList)
        assert len(wrong.rows) == 2
        assert "37 of 40" in shown(pilot)
        table.move_to("seo.robots-wrong", by_person=True)
        await until(pilot, lambda: [row.missed for row in wrong.rows] == [("seo.robots-wrong",)])
        await until(pilot, lambda: "open" in {hint.words for hint in hints(screen) if hint.enabled})
        table.move_to("seo.title-missing", by_person=True)
        await until(pilot, lambda: not wrong.rows and "no browser was found" in shown(pilot))
        await until(pilot, lambda: "open" not in {hint.words for hint in hints(screen) if hint.enabled})
        await pilot.press("w")
        await until(pilot, lambda: [row.violation for row in table.rows] == ["", "seo.robots-wrong", "contact.phone-wrong"])


async def test_enter_opens_a_mutant_as_a_diff_with_what_it_is_charged(opened: Open) -> None:
    async with opened(size=(160, 48)) as pilot:
        await _open(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MutantScreen))
        screen = pilot.app.screen
        assert isinstance(screen, MutantScreen)
        await until(pilot, lambda: screen.query_one(DiffView).rows is not None, 120)
        assert screen.opened is not None
        found = {charge.finding.violation for charge in screen.opened.charges if charge.amount}
        assert found == {"seo.robots-wrong"}
        assert "seo.robots-wrong" in shown(pilot)
        assert "judged rightly" in shown(pilot).split("\n")[0]
        assert str(ROBOTS) in screen.query_one("#planted", TextPane).text
        findings = screen.query_one(FindingsList)
        findings.focus()
        await pilot.press("i")
        await until(pilot, lambda: "The rule" in shown(pilot))
        await pilot.press("escape", "enter")
        charge = screen.charge
        assert charge is not None
        assert screen.query_one(DiffView).place() == (charge.finding.evidence.side, charge.finding.evidence.line)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, AuditScreen)


async def test_a_mutant_that_is_not_there_any_more_is_a_dialog(opened: Open) -> None:
    gone = ROBOTS.model_copy(update={"faults": ("seo-never-there",)})
    async with opened() as pilot:
        await _open(pilot, REPORT.model_copy(update={"wrong": (_outcome(gone, missed=("seo.robots-wrong",)),)}))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog), 120)
        assert "seo-never-there" in shown(pilot)


async def test_an_audit_that_fails_says_why(opened: Open) -> None:
    async with opened() as pilot:
        screen = await _open(pilot, None)
        auditing = screen.auditing
        assert auditing is not None
        auditing.start(AuditWanted(templates=("no-such-template",)))
        await until(pilot, lambda: isinstance(pilot.app.screen, ErrorDialog), 120)
        assert "no-such-template" in shown(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (40, 12)])
async def test_every_line_of_the_audit_fills_the_terminal_exactly(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as pilot:
        await _open(pilot)
        for key in ("down", "w", "tab"):
            await pilot.press(key)
            assert {cell_len(line) for line in shown(pilot).split("\n")} == {size[0]}
        assert shown(pilot).split("\n")[-1].rstrip().endswith("? help")


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 0), (1, 2), (40, 41)])
def test_an_interval_is_drawn_in_its_room_with_its_share_inside(hits: int, n: int) -> None:
    share = _share(hits, n) if n else Share(hits=0, n=0)
    for width in (3, 12, 21):
        bar = interval_bar(share, width)
        assert len(bar) == (width if n else 0)
        if n:
            assert bar.index("●") == round(hits / n * (width - 1))
