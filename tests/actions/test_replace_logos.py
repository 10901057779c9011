"""Actions 3 and 4: the right mark in header and footer."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import CSS, HTML, Action
from sitegen_tui.actions.replace_footer_logo import ACTION as FOOTER
from sitegen_tui.actions.replace_header_logo import ACTION as HEADER
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")


@pytest.mark.parametrize("action", [HEADER, FOOTER], ids=lambda action: action.id)
@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, action: Action, pair: Pair) -> None:
        gold.assert_gold_is_clean(action, pair)

    def test_line_endings_stay(self, action: Action, pair: Pair) -> None:
        gold.assert_works_with_crlf(action, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, action: Action, pair: Pair) -> None:
        place = action.id.split("-")[1]
        expected = {f"{place}-logo-{name}" for name in ("old-src", "other-variant", "wrong-path", "alt-word", "alt-variant")}
        assert expected <= gold.assert_faults_are_charged(action, pair)

    def test_hostile_input_raises_nothing(self, action: Action, pair: Pair) -> None:
        gold.assert_survives_hostile_input(action, pair)

    def test_an_untouched_logo_earns_nothing(self, action: Action, pair: Pair) -> None:
        before = gold.gold_before(pair, action.id)
        place = action.id.split("-")[1]
        whole = {"src-wrong", "alt-wrong"} | ({"old-left", "dims-missing"} if place == "header" else set())
        assert set(ids(gold.judge(action, pair, before, before))) == {f"logo.{place}-{name}" for name in whole}


def test_the_old_high_density_picture_is_found() -> None:
    src = 'src="assets/logos/thornveld-dark.svg"'
    assert judge_swap(HEADER, SAFARI, (src, src + ' srcset="assets/logos/emberpan-dark-2x.svg 2x"')) == ["logo.header-old-left"]


@pytest.mark.parametrize(
    "src",
    ["./assets/logos/harbour-dark.svg", "/assets/logos/harbour-dark.svg", "assets/logos/harbour%2Ddark.svg?v=2"],
)
def test_every_spelling_of_the_path_is_right(src: str) -> None:
    assert judge_swap(HEADER, BLANK, ("assets/logos/harbour-dark.svg", src)) == []


def test_attribute_order_and_quotes_do_not_matter() -> None:
    old = '<img src="assets/logos/harbour-dark.svg" alt="Harbour Lane Books" width="160" height="40" data-slot="header-logo">'
    new = "<img height=40 width=160 data-slot='header-logo' alt='Harbour&nbsp;Lane Books' src=assets/logos/harbour-dark.svg>"
    assert judge_swap(HEADER, BLANK, (old, new)) == []


def test_a_link_around_the_logo_and_a_lost_hook_cost_nothing_here() -> None:
    assert judge_swap(HEADER, BLANK, (' data-slot="header-logo"', "")) == []


def test_the_required_logo_at_twice_the_density_is_accepted() -> None:
    src = 'src="assets/logos/thornveld-dark.svg"'
    assert judge_swap(HEADER, SAFARI, (src, src + ' srcset="assets/logos/thornveld-dark.svg 2x"')) == []


def test_a_name_that_is_nearly_right_is_called_a_variant() -> None:
    text = gold.gold_after(BLANK, HEADER.id)[HTML].replace('alt="Harbour Lane Books" width', 'alt="Harbour Books" width')
    (found, *rest) = [f for f in judge_after(HEADER, BLANK, {HTML: text}) if f.violation == "logo.header-alt-wrong"]
    assert not rest
    assert "variant" in found.message
    assert found.evidence.measured == "Harbour Books"


def test_the_header_logo_in_the_footer_is_named_as_such() -> None:
    text = gold.gold_after(BLANK, FOOTER.id)[HTML].replace("harbour-light.svg", "harbour-dark.svg")
    (found,) = judge_after(FOOTER, BLANK, {HTML: text})
    assert found.violation == "logo.footer-src-wrong"
    assert "another ground" in found.message


def test_a_logo_left_out_fails_everything() -> None:
    text = gold.gold_after(BLANK, HEADER.id)[HTML]
    start = text.index("<img")
    text = text[:start] + text[text.index(">", start) + 1 :]
    found = {f.violation for f in judge_after(HEADER, BLANK, {HTML: text})}
    assert found == {f"logo.header-{name}" for name in ("src-wrong", "alt-wrong", "old-left", "dims-missing")}


def test_a_lower_footer_logo_lowers_the_rule_that_limited_the_old_one() -> None:
    before, after = gold.gold_before(SAFARI, FOOTER.id)[CSS], gold.gold_after(SAFARI, FOOTER.id)[CSS]
    old = ".site-footer__logo { max-height: 48px; width: auto; margin: 0 auto; }"
    assert old in before
    assert after == before.replace(old, old.replace("48px", "40px"))


def test_a_rule_that_sizes_the_logo_is_overruled() -> None:
    files = dict(gold.gold_before(BLANK, HEADER.id))
    files[CSS] += ".top img { height: 90px; }\n"
    after = HEADER.edit(files, gold.brief(BLANK))
    assert after[CSS].endswith('[data-slot="header-logo"] { max-height: 40px; width: auto; }\n')
    assert HEADER.edit(files | after, gold.brief(BLANK)) == {}
