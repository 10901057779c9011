"""Templates proven: gold holds, what spoils it is named with its line, what cannot be tried is told."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sitegen_tui.content.shelf import open_shelf
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.ports import Sight
from sitegen_tui.domain.proofs import IdleScore, PairProof, ProofReport, ProofWanted
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.errors import UnknownName
from sitegen_tui.judge.proving import pairings
from sitegen_tui.services.proving import prove
from tests.actions import gold
from tests.looking import Look

ROOT = Path(__file__).resolve().parents[2]
BLANK = ProofWanted(templates=("blank-site",), requirements=("harbour-books-01",), renders=2)


class KeptEyes:
    """The eyes of the tests: what Chromium saw, measured once; counts how often everything is looked at afresh."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.rounds = 0

    def afresh(self) -> KeptEyes:
        self.rounds += 1
        return self

    async def look(self, pairing: Pairing, texts: Mapping[str, str]) -> Sight:
        probe = self._look(gold.brief((pairing.template, pairing.requirements)), texts)
        return Sight(probe=probe.model_dump_json().encode(), pictures={})


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    """A shelf of its own with the small template and its brief."""
    for kind, name in (("templates", "blank-site"), ("requirements", "harbour-books-01")):
        shutil.copytree(ROOT / kind / name, tmp_path / kind / name)
    open_shelf((tmp_path,))
    yield tmp_path
    open_shelf(())


def _proven(wanted: ProofWanted, eyes: KeptEyes | None = None) -> ProofReport:
    async def collect() -> list[PairProof | ProofReport]:
        return [event async for event in prove(wanted, InlineWorkers(), eyes)]

    *pairs, report = asyncio.run(collect())
    assert isinstance(report, ProofReport)
    assert tuple(pairs) == report.pairs
    return report


def test_the_small_template_holds_in_the_browser(look: Look) -> None:
    eyes = KeptEyes(look)
    report = _proven(BLANK, eyes)
    (pair,) = report.pairs
    assert report.holds, pair
    assert (pair.gold, pair.assessed, pair.tier, eyes.rounds) == (160.0, 160.0, 1, 2)
    assert {(one.action, one.left) for one in pair.idle} == {(action, left) for action in ACTION_IDS for left in ("start", "gold")}
    assert report.layers == ("static", "rendered")


def test_what_the_reference_cannot_do_is_named_with_its_action(shelf: Path) -> None:
    manifest = shelf / "templates" / "blank-site" / "template.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("about-body: ", "about-body: .nowhere "), "utf-8")
    (pair,) = _proven(BLANK).pairs
    assert not pair.holds
    assert "text.missing" in {one.finding.violation for one in pair.findings}
    assert {one.action for one in pair.findings} == {"update-about-text"}
    assert pair.gold < pair.assessed


def test_what_cannot_be_read_is_told_and_the_others_are_tried(shelf: Path) -> None:
    shutil.copytree(shelf / "templates" / "blank-site", shelf / "templates" / "broken-site")
    report = _proven(ProofWanted(templates=("blank-site", "broken-site"), requirements=("harbour-books-01",)))
    first, second = report.pairs
    assert (first.holds, second.holds, report.holds) == (True, False, False)
    assert "not the folder's name" in second.error


def test_named_templates_go_with_named_briefs_and_else_with_their_own(shelf: Path) -> None:
    assert pairings(ProofWanted()) == (Pairing(template="blank-site", requirements="harbour-books-01"),)
    assert pairings(ProofWanted(templates=("blank-site",))) == pairings(ProofWanted(requirements=("harbour-books-01",)))
    with pytest.raises(UnknownName):
        pairings(ProofWanted(templates=("nowhere",)))
    with pytest.raises(UnknownName):
        pairings(ProofWanted(requirements=("nobody",)))


@pytest.mark.parametrize(("value", "sound"), [(0.0, True), (2.0, True), (2.01, False), (-0.01, False)])
def test_doing_nothing_earns_between_nothing_and_two(value: float, sound: bool) -> None:
    assert IdleScore(action="swap-fonts", left="gold", value=value).sound is sound
    pair = PairProof(
        pairing=Pairing(template="a", requirements="b"),
        gold=160.0,
        assessed=160.0,
        idle=(IdleScore(action="swap-fonts", left="start", value=value),),
    )
    assert pair.holds is sound


def test_a_readable_skeleton_leaves_contrast_nothing_to_do() -> None:
    assert IdleScore(action="verify-contrast", left="start", value=10.0).sound
    assert not IdleScore(action="verify-contrast", left="gold", value=10.0).sound
