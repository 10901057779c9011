"""Action 1: the palette everywhere."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.apply_colours import ACTION
from sitegen_tui.actions.base import CSS, HTML
from sitegen_tui.domain.colour import Colour
from sitegen_tui.site.colours import colour_places
from sitegen_tui.site.page import Page
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")


@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, pair: Pair) -> None:
        gold.assert_gold_is_clean(ACTION, pair)

    def test_line_endings_stay(self, pair: Pair) -> None:
        gold.assert_works_with_crlf(ACTION, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, pair: Pair) -> None:
        # The blank site's one literal that the manifest does not name is in a drawing.
        lacking = {"colours-literal-kept"} if pair == BLANK else set[str]()
        assert gold.assert_faults_are_charged(ACTION, pair) == {fault.id for fault in ACTION.faults} - lacking

    def test_hostile_input_raises_nothing(self, pair: Pair) -> None:
        gold.assert_survives_hostile_input(ACTION, pair)

    def test_an_untouched_site_earns_nothing(self, pair: Pair) -> None:
        found = ids(gold.judge(ACTION, pair, gold.start(pair), gold.start(pair)))
        assert found.count("colours.hardcoded-old") >= 2
        assert "colours.theme-color-missed" in found

    def test_every_alpha_stays(self, pair: Pair) -> None:
        before, after = (Page(files) for files in (gold.start(pair), gold.gold_after(pair, ACTION.id)))
        assert [place.colour.a for place in colour_places(before)] == [place.colour.a for place in colour_places(after)]

    def test_the_directive_names_every_value(self, pair: Pair) -> None:
        brief = gold.brief(pair)
        told = ACTION.directive(brief.requirements, brief.manifest)
        for role, token in brief.manifest.tokens.items():
            assert token in told
            assert brief.requirements.brand.colours[role] in told


def test_literals_follow_their_role_and_tokens_stay_tokens() -> None:
    css = gold.gold_after(SAFARI, ACTION.id)[CSS]
    assert "--c-primary: #7A4A21;" in css
    assert "border-top: 4px solid #D8973C;" in css
    assert "background-color: rgba(251, 247, 240, 0.9);" in css
    assert "linear-gradient(135deg, #2F4A3C, #7A4A21)" in css
    assert "linear-gradient(90deg, var(--c-primary), var(--c-accent), var(--c-secondary))" in css


@pytest.mark.parametrize("value", ["#7a4a21", "rgb(122, 74, 33)", "rgb(122 74 33 / 1)", "hsl(28 57.4% 30.4%)"])
def test_any_notation_of_the_right_colour_is_right(value: str) -> None:
    assert judge_swap(ACTION, SAFARI, ("--c-primary: #7A4A21;", f"--c-primary: {value};"), file=CSS) == []
    assert judge_swap(ACTION, SAFARI, ('content="#7A4A21"', f'content="{value}"')) == []


@pytest.mark.parametrize("value", ["#5b2333", "#5B2333cc", "rgb(91, 35, 51)", "rgba(91 35 51 / 30%)", "RGB(91,35,51)"])
def test_an_old_colour_is_found_in_any_notation(value: str) -> None:
    css = gold.gold_after(SAFARI, ACTION.id)[CSS].replace("4px solid #D8973C", f"4px solid {value}")
    (found,) = judge_after(ACTION, SAFARI, {CSS: css})
    assert found.violation == "colours.hardcoded-old"
    assert found.evidence.quote == value
    assert found.evidence.line == css[: css.index(value)].count("\n") + 1


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: #5B2333">x</p>',
        "<p style='font-family:&quot;Lora&quot;;background:rgba(91,35,51,.2)'>x</p>",
        '<svg><path stroke="rgb(91 35 51)"/></svg>',
        "<style>.x { color: #5b2333 }</style>",
    ],
)
def test_an_old_colour_in_the_page_is_found(markup: str) -> None:
    assert judge_swap(ACTION, SAFARI, ("</main>", markup + "</main>")) == ["colours.hardcoded-old"]


def test_what_only_mentions_a_colour_is_none() -> None:
    css = gold.gold_after(SAFARI, ACTION.id)[CSS]
    css += '\n/* was #5B2333 */\n.x::before { content: "#5B2333"; background-image: url("x.svg#5B2333"); }\n'
    assert judge_after(ACTION, SAFARI, {CSS: css}) == []
    assert judge_swap(ACTION, SAFARI, ('<p class="kicker">', '<p class="kicker" data-x="#5B2333" title="#5B2333">')) == []


def test_a_derived_colour_is_reported_under_its_name_in_the_manifest() -> None:
    css = gold.gold_after(SAFARI, ACTION.id)[CSS].replace("rgba(30, 23, 16, 0.35)", "rgba(46, 21, 56, 0.35)")
    assert [found.subject for found in judge_after(ACTION, SAFARI, {CSS: css})] == ["hero-overlay"]
    css = gold.gold_after(SAFARI, ACTION.id)[CSS].replace("--c-accent: #D8973C", "--c-accent: #A23E1C")
    assert [found.subject for found in judge_after(ACTION, SAFARI, {CSS: css})] == ["accent"]


def test_a_page_without_theme_colour_gets_one_and_is_told_so() -> None:
    html = gold.start(BLANK)[HTML].replace('  <meta name="theme-color" content="#6B2D1E">\n', "")
    files = gold.start(BLANK) | {HTML: html}
    assert '  <meta name="theme-color" content="#14506B">\n</head>' in ACTION.edit(files, gold.brief(BLANK))[HTML]
    assert ids(judge_after(ACTION, BLANK, {HTML: html.replace("#6B2D1E", "#14506B")})) == ["colours.theme-color-missed"]


def test_a_literal_beside_the_property_it_came_from_is_no_bypass() -> None:
    assert judge_swap(ACTION, SAFARI, ("4px solid #D8973C", "4px solid var(--c-accent)"), file=CSS) == []
    swapped = ("border-color: var(--c-inverse); color", "border: 1px solid #fff; border-color: var(--c-inverse); color")
    assert judge_swap(ACTION, SAFARI, swapped, file=CSS) == []


def test_a_bypass_through_a_shorthand_is_found() -> None:
    swapped = ("background-color: var(--c-accent); color", "background: #D8973C; color")
    assert judge_swap(ACTION, SAFARI, swapped, file=CSS) == ["colours.literal-bypass"]


def test_a_lost_token_comes_back() -> None:
    files = gold.start(BLANK) | {CSS: gold.start(BLANK)[CSS].replace("  --c-accent: #8A4A10;\n", "")}
    css = ACTION.edit(files, gold.brief(BLANK))[CSS]
    (token,) = Page({CSS: css}).css.custom_properties["--c-accent"]
    assert Colour.parse(token[1].value) == Colour.parse("#E08A5B")
