"""An audit in the background: progress, a report that adds up, and mutants made again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import pairwise

import pytest

from sitegen_tui.domain.audits import AuditProgress, AuditReport, AuditWanted, MutantKey
from sitegen_tui.domain.ports import Sight
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.errors import UsageError
from sitegen_tui.services.audit import audit, rebuilt, report
from sitegen_tui.services.root import Services
from tests.actions import gold
from tests.looking import Look

SMALL = AuditWanted(sample=8, seed=3, suites=("single", "protocol", "null"))


class KeptEyes:
    """The eyes of the tests: what Chromium saw, measured once; counts what was asked for."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.asked: list[str] = []

    async def look(self, pairing: Pairing, texts: Mapping[str, str]) -> Sight:
        self.asked.append(pairing.template)
        probe = self._look(gold.brief((pairing.template, pairing.requirements)), texts)
        return Sight(probe=probe.model_dump_json().encode(), pictures={})


def _run(wanted: AuditWanted, eyes: KeptEyes | None = None) -> list[AuditProgress | AuditReport]:
    async def collect() -> list[AuditProgress | AuditReport]:
        return [event async for event in audit(wanted, InlineWorkers(), eyes, note="" if eyes else "no browser")]

    return asyncio.run(collect())


def test_progress_comes_for_each_mutant_and_the_report_last() -> None:
    *steps, last = _run(SMALL)
    assert isinstance(last, AuditReport)
    assert [one.done for one in steps if isinstance(one, AuditProgress)] == list(range(1, 9))
    assert sum(last.mutants.values()) == 8
    assert (last.layers, last.note) == (("static",), "no browser")


def test_the_report_adds_up() -> None:
    *steps, last = _run(AuditWanted(sample=25, seed=1))
    assert isinstance(last, AuditReport)
    outcomes = [one.outcome for one in steps if isinstance(one, AuditProgress)]
    assert report(AuditWanted(sample=25, seed=1), outcomes, seen=False, note="no browser") == last
    assert sum(row.recall.n for row in last.rows) == last.overall.recall.n
    assert sum(row.recall.hits for row in last.rows) == last.overall.recall.hits
    for row in last.rows:
        assert sum(share.n for share in row.by_grade.values()) == row.recall.n
        for share in (row.recall, row.precision):
            if share.value is not None:
                assert share.low is not None
                assert share.high is not None
                assert share.low <= share.value <= share.high
    assert last.holds, [(str(one.key), one.missed, one.extra) for one in last.wrong]


def test_a_browser_judges_too_where_there_is_one(look: Look) -> None:
    eyes = KeptEyes(look)
    wanted = AuditWanted(sample=1, violations=("layout.nav-bulleted",), grades=("realistic",), templates=("blank-site",))
    *_, last = _run(wanted, eyes)
    assert isinstance(last, AuditReport)
    assert last.layers == ("static", "rendered")
    assert [row.violation for row in last.rows if row.recall.hits] == ["layout.nav-bulleted"]
    assert eyes.asked == ["blank-site"] * 3


def test_a_mutant_is_opened_from_its_key() -> None:
    key = MutantKey.read("single/blank-site/harbour-books-01/add-seo-meta/link-misspelt/0")
    opened = asyncio.run(rebuilt(key, InlineWorkers(), None))
    assert opened.mutant.after != opened.mutant.gold
    assert [charge.finding.violation for charge in opened.judgement.charges if charge.amount] == ["regress.link-broken"]
    assert opened.outcome.right


def test_a_fault_that_does_not_apply_is_told() -> None:
    key = MutantKey.read("single/blank-site/harbour-books-01/swap-fonts/responsive-columns-fixed/0")
    with pytest.raises(UsageError, match="planted"):
        asyncio.run(rebuilt(key, InlineWorkers(), None))


def test_an_audit_is_stored_and_found_again(tmp_path) -> None:
    async def both() -> tuple[AuditReport | None, AuditReport | None]:
        async with await Services.open(tmp_path / "runs.db") as services:
            assert await services.last_audit() is None
            made = [event async for event in services.audit(AuditWanted(sample=2), files_alone=True)][-1]
            assert isinstance(made, AuditReport)
        async with await Services.open(tmp_path / "runs.db", drive=False) as services:
            return made, await services.last_audit()

    made, found = asyncio.run(both())
    assert found == made


def test_mutants_of_a_step_follow_one_another() -> None:
    wanted = AuditWanted(sample=120, seed=4, templates=("blank-site",), suites=("single",))
    steps = [one.outcome.key for one in _run(wanted) if isinstance(one, AuditProgress)]
    visited = [(key.template, key.requirements, key.action) for key in steps]
    changes = sum(one != other for one, other in pairwise(visited))
    # Those that did not apply are made up for by a second, shorter round.
    assert changes < 2 * len(set(visited)) < 80
    assert len(set(steps)) == 120
