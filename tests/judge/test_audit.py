"""The audit: mutants that a key makes again, outcomes compared with what was planted, and checks whose breaking it shows."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from sitegen_tui.actions import registry
from sitegen_tui.actions.registry import ACTIONS, action
from sitegen_tui.domain.audits import AuditWanted, MutantKey, Outcome
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.judge import audit, evaluate, gold
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.faults.compound import may_explain, merged

SAFARI = ("safari-lodge", "thornveld-01")


def _key(suite: str, action_id: str, *faults: str, seed: int = 0) -> MutantKey:
    return MutantKey.read(f"{suite}/{SAFARI[0]}/{SAFARI[1]}/{action_id}/{'+'.join(faults)}/{seed}")


def _outcome(key: MutantKey) -> Outcome:
    made = audit.mutant(key)
    assert made is not None, key
    return audit.compare(made, audit.judge(made))


class TestKeys:
    def test_a_key_is_read_as_it_was_written(self) -> None:
        for key in audit.keys(AuditWanted(seed=4))[:40]:
            assert MutantKey.read(str(key)) == key

    @pytest.mark.parametrize("text", ["", "single/a/b/c", "twice/a/b/c/d/1", "single/a/b/c/d/x"])
    def test_other_text_is_refused(self, text: str) -> None:
        with pytest.raises(UsageError, match="mutant"):
            MutantKey.read(text)

    def test_a_key_makes_the_same_mutant_every_time_and_a_seed_another(self) -> None:
        keys = [_key("single", "add-seo-meta", "text-one-word", seed=seed) for seed in range(6)]
        texts = [made.after["index.html"] for key in keys if (made := audit.mutant(key)) is not None]
        again = [made.after["index.html"] for key in keys if (made := audit.mutant(key)) is not None]
        assert texts == again
        assert len(set(texts)) > 1

    def test_a_small_sample_holds_as_many_violations_as_it_can(self) -> None:
        keys = audit.keys(AuditWanted(seed=1, suites=("single", "protocol")))[:30]
        assert len({key.faults for key in keys}) == 30

    def test_what_is_asked_for_is_all_there_is(self) -> None:
        wanted = AuditWanted(violations=("regress.link-broken",), grades=("subtle",), templates=("blank-site",))
        assert {(key.faults, key.template) for key in audit.keys(wanted)} == {(("link-misspelt",), "blank-site")}

    @pytest.mark.parametrize("wanted", [AuditWanted(templates=("nowhere",)), AuditWanted(violations=("html.burnt",))])
    def test_what_is_not_there_is_told(self, wanted: AuditWanted) -> None:
        with pytest.raises(UnknownName):
            audit.keys(wanted)

    def test_faults_that_are_not_there_are_told(self) -> None:
        for suite in ("single", "protocol", "null", "compound"):
            with pytest.raises(UnknownName):
                audit.mutant(_key(suite, "add-seo-meta", "no-such-fault"))


class TestOutcomes:
    def test_a_planted_fault_that_is_found_is_right(self) -> None:
        outcome = _outcome(_key("single", "add-seo-meta", "link-misspelt"))
        assert (outcome.right, list(outcome.charged)) == (True, ["regress.link-broken"])
        (place,) = outcome.places
        made = audit.mutant(outcome.key)
        assert made is not None
        line = int(place.partition(":")[2]) - 1
        assert made.after["index.html"].splitlines()[line] != made.gold["index.html"].splitlines()[line]

    def test_what_only_a_browser_sees_is_not_planted_for_files_alone(self) -> None:
        outcome = _outcome(_key("single", "swap-fonts", "nav-list-style"))
        assert (outcome.planted, outcome.right) == ((), True)

    def test_what_only_a_browser_shows_of_an_id_that_files_show_too_is_no_miss_of_files_alone(self) -> None:
        outcome = _outcome(_key("single", "add-accessibility", "access-skip-unseen"))
        assert (outcome.planted, outcome.missed) == ((), ())

    def test_a_fault_that_is_missed_and_one_charged_besides_are_told(self) -> None:
        made = audit.mutant(_key("single", "add-seo-meta", "link-misspelt"))
        assert made is not None
        blind = replace(made, after=made.gold)
        assert audit.compare(blind, audit.judge(blind)).missed == ("regress.link-broken",)
        unlooked = replace(made, planted=())
        assert audit.compare(unlooked, audit.judge(unlooked)).extra == ("regress.link-broken",)

    def test_what_a_site_lacks_because_of_a_reply_is_not_charged_besides(self) -> None:
        outcome = _outcome(_key("protocol", "add-seo-meta", "reply-prose"))
        assert outcome.right
        assert {"protocol.unparseable", "seo.title-wrong"} <= set(outcome.charged)

    def test_harmless_changes_plant_nothing(self) -> None:
        outcome = _outcome(_key("null", "apply-colours", "null-minified"))
        assert (outcome.planted, outcome.charged, outcome.right) == ((), {}, True)


class TestCompound:
    def test_several_faults_are_each_charged_what_they_cost_alone(self) -> None:
        alone = ("link-misspelt", "html-unclosed", "undone-alt", "file-letter-missing")
        made = audit.mutant(_key("compound", "add-structured-data", *alone, seed=2))
        assert made is not None
        violations = {one.violation for one in made.planted}
        assert len(violations) == 4
        together = _outcome(made.key)
        assert together.right
        assert set(together.charged) == violations
        points = {one: catalogue().by_id[one].terms[0].points for one in violations}
        assert together.charged == points

    def test_random_compounds_miss_nothing_and_charge_nothing_besides(self) -> None:
        keys = audit.keys(AuditWanted(seed=0, suites=("compound",)))[:10]
        outcomes = [audit.compare(made, audit.judge(made)) for key in keys if (made := audit.mutant(key)) is not None]
        assert len(outcomes) > 5
        assert not [f"{one.key}: missed {one.missed}, extra {one.extra}" for one in outcomes if not one.right]

    def test_changes_that_meet_are_not_put_together(self) -> None:
        files = {"a": "".join(f"{line}\n" for line in range(30))}
        one, other = {"a": files["a"].replace("5\n", "five\n", 1)}, {"a": files["a"].replace("7\n", "seven\n", 1)}
        far = {"a": files["a"].replace("20\n", "twenty\n", 1)}
        assert merged(files, [one, other]) is None
        both = merged(files, [one, far])
        assert both is not None
        assert {"five", "twenty"} <= set(both["a"].split())

    def test_dominance_of_the_catalogue_is_told_from_a_miss(self) -> None:
        rubric = catalogue()
        assert may_explain(rubric, "add-seo-meta", "layout.section-lost", "regress.text-lost")
        assert not may_explain(rubric, "add-seo-meta", "layout.section-lost", "seo.title-wrong")
        assert not may_explain(rubric, "add-seo-meta", "regress.link-broken", "regress.text-lost")


class TestBrokenParts:
    """Whoever breaks the judge or the reference sees it here."""

    def _recall(self, action_id: str) -> float:
        names = [fault.id for fault in action(action_id).faults]
        outcomes = [
            audit.compare(made, audit.judge(made))
            for name in names
            if (made := audit.mutant(_key("single", action_id, name))) is not None
        ]
        tallies = audit.tallied(outcomes).values()
        return sum(sum(one.found.values()) for one in tallies) / sum(sum(one.planted.values()) for one in tallies)

    def test_a_check_that_finds_nothing_lowers_recall(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self._recall("update-contact") == 1.0
        deaf = replace(action("update-contact"), checks=(lambda step: (),))
        monkeypatch.setitem(registry._BY_ID, "update-contact", deaf)
        assert self._recall("update-contact") == 0.0

    def test_a_reference_edit_that_forgets_something_fails_on_gold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lazy = replace(action("add-seo-meta"), edit=lambda files, brief: {})
        monkeypatch.setitem(registry._BY_ID, "add-seo-meta", lazy)
        gold._gold.cache_clear()
        try:
            outcome = _outcome(_key("null", "add-seo-meta", "null-comments"))
        finally:
            gold._gold.cache_clear()
        assert "seo.title-wrong" in outcome.extra


def test_the_whole_of_gold_is_free() -> None:
    for one in ACTIONS:
        before, after = gold.gold_before(*SAFARI, one.id), gold.gold_after(*SAFARI, one.id)
        given = evaluate.StepInput(one.id, before, after, audit.brief_of(*SAFARI), start=gold.gold_start(*SAFARI))
        assert not [charge for charge in evaluate.evaluate(given).charges if charge.amount], one.id


def test_chance_is_the_seed_alone() -> None:
    assert audit.keys(AuditWanted(seed=9)) == audit.keys(AuditWanted(seed=9))
    assert audit.keys(AuditWanted(seed=9)) != audit.keys(AuditWanted(seed=10))
    assert Random("0 x").random() == Random("0 x").random()
