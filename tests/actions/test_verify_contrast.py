"""Action 16: what is hard to see, mended from the palette."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import CSS, Brief
from sitegen_tui.actions.verify_contrast import ACTION
from sitegen_tui.domain.colour import Colour, contrast
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
        assert gold.assert_faults_are_charged(ACTION, pair) == {fault.id for fault in ACTION.faults}

    def test_hostile_input_raises_nothing(self, pair: Pair) -> None:
        gold.assert_survives_hostile_input(ACTION, pair)

    def test_no_trap_is_left(self, pair: Pair) -> None:
        brief = gold.brief(pair)
        assert [trap.id for trap in brief.manifest.traps if painted(gold.gold_before(pair, ACTION.id)[CSS], brief, trap.id) < 4.5]
        css = gold.gold_after(pair, ACTION.id)[CSS]
        for trap in brief.manifest.traps:
            assert painted(css, brief, trap.id) >= (3.0 if trap.kind == "control" else 4.5), trap.id


def painted(css: str, brief: Brief, trap_id: str) -> float:
    """The contrast of what a trap's rule says with the trap's ground."""
    trap = next(trap for trap in brief.manifest.traps if trap.id == trap_id)
    block = css[css.index(f"\n{trap.css_selector} {{") :]
    block = block[: block.index("}")]
    name = trap.property if f"{trap.property}:" in block else trap.property.removesuffix("-color")
    value = block[block.index(f" {name}:") :].split(";")[0]
    role = next(role for role, token in brief.manifest.tokens.items() if f"var({token})" in value)
    colours = {role: Colour.parse(value) for role, value in brief.requirements.brand.colours.items()}
    fore, ground = colours[role], colours[trap.ground]
    assert fore is not None
    assert ground is not None
    return contrast(fore, ground)


def test_a_token_is_exchanged_where_it_stands() -> None:
    css = gold.gold_after(SAFARI, ACTION.id)[CSS]
    assert ".btn--primary { background-color: var(--c-accent); color: var(--c-text); }" in css
    assert ".btn--primary:hover { background-color: var(--c-primary); color: var(--c-inverse); }" in css
    assert "border: 1px solid var(--c-text); background: none;" in gold.gold_after(BLANK, ACTION.id)[CSS]


def test_what_can_be_seen_is_left_alone() -> None:
    files = dict(gold.gold_before(SAFARI, ACTION.id))
    files[CSS] = files[CSS].replace(".about__link { color: var(--c-accent)", ".about__link { color: #3a2a10")
    assert ".about__link { color: #3a2a10" in ACTION.edit(files, gold.brief(SAFARI))[CSS]


def test_overlays_become_strong_enough_for_any_picture() -> None:
    brief = gold.brief(SAFARI)
    css = gold.gold_after(SAFARI, ACTION.id)[CSS]
    text = Colour.parse(brief.requirements.brand.colours["inverse"])
    assert text is not None
    for rule in (".hero__overlay", ".experiences::before", ".contact::before"):
        value = css[css.index(f"\n{rule} {{") :].split("background-color: ")[1].split(";")[0]
        layer = Colour.parse(value)
        assert layer is not None
        assert layer.a <= brief.requirements.contrast.max_overlay_alpha
        assert contrast(text, layer.over(Colour(255, 255, 255))) >= 4.5


def test_an_overlay_may_not_be_raised_where_that_is_not_allowed() -> None:
    brief = gold.brief(SAFARI)
    rules = brief.requirements.contrast.model_copy(update={"allow": ("swap_text_token",)})
    strict = Brief(brief.requirements.model_copy(update={"contrast": rules}), brief.manifest, brief.assets)
    assert (
        ".experiences::before { background-color: rgba(30, 23, 16, 0.55); }"
        in ACTION.edit(gold.gold_before(SAFARI, ACTION.id), strict)[CSS]
    )


@pytest.mark.parametrize("value", ["rgb(216 151 60)", "#d8973c", "#D8973CFF", "var(--gold)"])
def test_another_spelling_of_a_brand_colour_alters_nothing(value: str) -> None:
    swap = ("--c-accent: #D8973C;", f"--gold: #D8973C; --c-accent: {value};")
    assert judge_swap(ACTION, SAFARI, swap, file=CSS) == []


def test_a_token_taken_out_or_redefined_further_down_is_altered() -> None:
    assert judge_swap(ACTION, SAFARI, ("  --c-accent: #D8973C;\n", ""), file=CSS) == ["contrast.brand-altered"]
    css = gold.gold_after(SAFARI, ACTION.id)[CSS] + ":root { --c-accent: #8A5A10; }\n"
    (found,) = judge_after(ACTION, SAFARI, {CSS: css})
    assert (found.violation, found.subject, found.evidence.measured) == ("contrast.brand-altered", "accent", "#8A5A10")


def test_a_local_token_and_one_that_was_wrong_before_cost_nothing() -> None:
    css = gold.gold_after(SAFARI, ACTION.id)[CSS] + ".suite { --c-text-muted: var(--c-text); }\n"
    assert judge_after(ACTION, SAFARI, {CSS: css}) == []
    before = dict(gold.gold_before(SAFARI, ACTION.id))
    before[CSS] = before[CSS].replace("--c-accent: #D8973C", "--c-accent: #123456")
    assert ids(gold.judge(ACTION, SAFARI, before, before)) == []


@pytest.mark.parametrize(
    ("block", "violations"),
    [
        ("body { --c-accent: #8A5A10; }", ["contrast.brand-altered"]),
        ("@media (min-width: 1px) { :root { --c-accent: #8A5A10; } }", ["contrast.brand-altered"]),
        ("@media (min-width: 1px) { :root { --c-accent: #d8973c; } }", []),
        ("@media (prefers-contrast: more) { :root { --c-accent: #8A5A10; } }", []),
        ("@media print { :root { --c-accent: #000; } }", []),
        (".voices { --c-accent: var(--c-inverse); }", []),
    ],
)
def test_an_override_for_the_whole_page_alters_the_brand(block: str, violations: list[str]) -> None:
    css = f"{gold.gold_after(SAFARI, ACTION.id)[CSS]}\n{block}\n"
    assert ids(judge_after(ACTION, SAFARI, {CSS: css})) == violations
