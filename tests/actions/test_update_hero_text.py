"""Action 8: the hero's copy, word for word."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import HTML
from sitegen_tui.actions.update_hero_text import ACTION
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap


@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, pair: Pair) -> None:
        gold.assert_gold_is_clean(ACTION, pair)

    def test_line_endings_stay(self, pair: Pair) -> None:
        gold.assert_works_with_crlf(ACTION, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, pair: Pair) -> None:
        assert {"hero-subheadline-kept", "hero-cta-href"} <= gold.assert_faults_are_charged(ACTION, pair)

    def test_hostile_input_raises_nothing(self, pair: Pair) -> None:
        gold.assert_survives_hostile_input(ACTION, pair)

    def test_an_untouched_hero_fails_everything_but_the_heading(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        found = ids(gold.judge(ACTION, pair, before, before))
        assert found == sorted(["text.missing"] * 3 + ["text.cta-href-wrong", "text.placeholder-left"])


BLANK: Pair = ("blank-site", "harbour-books-01")
HEADLINE = "Stories that came in on the tide"


def test_entities_and_white_space_do_not_matter() -> None:
    assert judge_swap(ACTION, BLANK, (HEADLINE, "\n  Stories that&nbsp;came in on the&#32;tide ")) == []


def test_inline_markup_inside_the_headline_does_not_matter() -> None:
    assert judge_swap(ACTION, BLANK, (HEADLINE, "Stories <em>that came in</em> on the tide")) == []


def test_a_lost_hook_is_found_again_by_its_text() -> None:
    assert judge_swap(ACTION, BLANK, (' data-slot="hero-headline"', "")) == []


def test_a_second_h1_is_charged_once() -> None:
    assert judge_swap(ACTION, BLANK, ("<h2>From the bench</h2>", "<h1>From the bench</h1>")) == ["text.heading-level-wrong"]


def test_other_letter_case_is_not_verbatim() -> None:
    assert judge_swap(ACTION, BLANK, (HEADLINE, HEADLINE.title())) == ["text.not-verbatim"]


def test_curly_quotes_are_typography() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML]
    assert "second-hand" in text
    assert judge_swap(ACTION, BLANK, ("second-hand", "second–hand")) == ["text.typography-changed"]


def test_the_line_of_a_wrong_text_is_named() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML].replace(HEADLINE, "Stories from the sea")
    (found,) = judge_after(ACTION, BLANK, {HTML: text})
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "Stories from the sea" in row)
    assert (found.evidence.line, found.evidence.expected, found.section) == (line, HEADLINE, "hero")


def test_lorem_ipsum_is_a_placeholder() -> None:
    found = judge_swap(ACTION, BLANK, (HEADLINE, "Lorem ipsum dolor sit"))
    assert found == ["text.not-verbatim", "text.placeholder-left"]
