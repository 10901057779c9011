"""Action 9: the about copy, paragraph by paragraph."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import HTML
from sitegen_tui.actions.update_about_text import ACTION
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

BLANK: Pair = ("blank-site", "harbour-books-01")
SAFARI: Pair = ("safari-lodge", "thornveld-01")
FIRST = "Harbour Lane Books opened in 1994 in a net loft, and the beams still smell of tar when it rains."
SECOND = "We buy from readers within ten miles, mend what we can, and give the rest to the lifeboat fair."
BOTH = f"<p>{FIRST}</p>\n        <p>{SECOND}</p>"


@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, pair: Pair) -> None:
        gold.assert_gold_is_clean(ACTION, pair)

    def test_line_endings_stay(self, pair: Pair) -> None:
        gold.assert_works_with_crlf(ACTION, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, pair: Pair) -> None:
        applied = gold.assert_faults_are_charged(ACTION, pair)
        assert {"about-paragraph-kept", "about-paragraphs-merged", "about-paragraph-paraphrase"} <= applied

    def test_hostile_input_raises_nothing(self, pair: Pair) -> None:
        gold.assert_survives_hostile_input(ACTION, pair)

    def test_untouched_copy_earns_nothing(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        about = gold.brief(pair).requirements.content.about
        expected = ["text.missing"] * len(about.paragraphs)
        expected += ["text.about-heading-wrong", "text.structure-wrong", "text.placeholder-left"]
        expected += ["text.stat-wrong"] if about.stats else []
        assert ids(gold.judge(ACTION, pair, before, before)) == sorted(expected)


def test_a_third_paragraph_of_the_template_is_taken_out_with_its_line() -> None:
    before, after = gold.gold_before(SAFARI, ACTION.id)[HTML], gold.gold_after(SAFARI, ACTION.id)[HTML]
    assert "same iron plate" in before
    assert "same iron plate" not in after
    assert len(after.splitlines()) == len(before.splitlines()) - 1


def test_paragraphs_too_few_are_cloned() -> None:
    files = dict(gold.gold_before(BLANK, ACTION.id))
    files[HTML] = files[HTML].replace("\n        <p>Then we make one piece.</p>", "")
    after = ACTION.edit(files, gold.brief(BLANK))
    assert BOTH in after[HTML]


@pytest.mark.parametrize(
    "other",
    [
        f'<div class="a">{FIRST}</div><div>{SECOND}</div>',
        f"<p>{FIRST.replace('net loft', '<strong>net loft</strong>')}</p>\n<p>\n  {SECOND}\n</p>",
        f"<p>{FIRST.replace('in a net', 'in&#32;a&nbsp;net')}</p><p>{SECOND}",
        f"<blockquote><p>{FIRST}</p></blockquote><ul><li>{SECOND}</li></ul>",
    ],
)
def test_any_blocks_in_order_will_do(other: str) -> None:
    assert judge_swap(ACTION, BLANK, (BOTH, other)) == []


def test_a_lost_hook_costs_nothing_here() -> None:
    assert judge_swap(ACTION, BLANK, (' data-slot="about-body"', "")) == []


def test_breaks_instead_of_blocks_are_a_matter_of_structure_only() -> None:
    assert judge_swap(ACTION, BLANK, (BOTH, f"<p>{FIRST}<br><br>{SECOND}</p>")) == ["text.structure-wrong"]


def test_a_paragraph_split_in_two_is_a_matter_of_structure_only() -> None:
    halves = FIRST.replace("loft, and", "loft,</p><p>and")
    assert judge_swap(ACTION, BLANK, (BOTH, f"<p>{halves}</p><p>{SECOND}</p>")) == ["text.structure-wrong"]


def test_a_paragraph_of_the_models_own_is_a_matter_of_structure() -> None:
    assert judge_swap(ACTION, BLANK, (BOTH, BOTH + "<p>Come and see us soon.</p>")) == ["text.structure-wrong"]


def test_one_lost_paragraph_is_charged_once() -> None:
    (found,) = judge_after(ACTION, BLANK, {HTML: gold.gold_after(BLANK, ACTION.id)[HTML].replace(f"<p>{SECOND}</p>", "")})
    assert (found.violation, found.subject, found.instances) == ("text.missing", "paragraph-2", 2)


def test_a_wholly_other_text_in_its_place_is_not_verbatim() -> None:
    found = judge_swap(ACTION, BLANK, (SECOND, "Ferry timetables hang by the till, dogs are welcome."))
    assert found == ["text.not-verbatim"]


def test_an_emptied_section_earns_nothing() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML]
    start, end = text.index('<section id="about"'), text.index('<section id="contact"')
    found = judge_after(ACTION, BLANK, {HTML: text[:start] + '<section id="about" data-section="about"></section>' + text[end:]})
    assert set(ids(found)) == {"text.missing", "text.about-heading-wrong", "text.structure-wrong", "text.placeholder-left"}


def test_figures_may_stand_in_any_markup() -> None:
    text = gold.gold_after(SAFARI, ACTION.id)[HTML]
    start = text.index('<div class="stats"')
    end = text.index("</div>\n        </div>", start)
    listed = '<dl class="stats" data-slot="about-stats"><dt>9</dt><dd>suites</dd><dt>1987</dt><dd>founded</dd></dl>'
    assert judge_after(ACTION, SAFARI, {HTML: text[:start] + listed + text[end:]}) == []


def test_a_figure_under_the_wrong_label_is_found() -> None:
    assert judge_swap(ACTION, SAFARI, ("data-stat-value>9<", "data-stat-value>1987<")) == ["text.stat-wrong"]
