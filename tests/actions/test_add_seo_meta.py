"""Action 13: the head's metadata."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.add_seo_meta import ACTION
from sitegen_tui.actions.base import HTML
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

BLANK: Pair = ("blank-site", "harbour-books-01")
CANONICAL = '<link rel="canonical" href="https://harbourlane.example/">'
ROBOTS = '<meta name="robots" content="index, follow">'
CARD = '<meta name="twitter:card" content="summary_large_image">'


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

    def test_an_untouched_head_earns_charset_and_h1_only(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        names = ["title-wrong", "description-wrong", "canonical-wrong", "robots-wrong", "duplicate-tag"]
        names += ["og-wrong"] * 6 + ["twitter-wrong"] * 2
        assert ids(gold.judge(ACTION, pair, before, before)) == sorted(f"seo.{name}" for name in names)


@pytest.mark.parametrize(
    ("piece", "other"),
    [
        (CANONICAL, "<link HREF=https://HarbourLane.example REL=Canonical>"),
        (ROBOTS, '<meta content="follow,INDEX" name="Robots">'),
        (CARD, '<meta property="twitter:card" content="summary_large_image">'),
        (CARD, CARD + '<meta name="twitter:title" content="Harbour Lane Books | Bookshop by the ferry">'),
        ("<title>Harbour Lane Books |", "<title>\n Harbour&#32;Lane&nbsp;Books &vert;"),
        ('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'),
        ("<svg ", "<svg><title>Menu</title></svg><svg "),
        (CARD, CARD + '<meta property="og:image:width" content="1200"><meta property="og:locale" content="en_GB">'),
    ],
)
def test_every_right_way_of_writing_it_costs_nothing(piece: str, other: str) -> None:
    assert judge_swap(ACTION, BLANK, (piece, other)) == []


@pytest.mark.parametrize(
    ("piece", "other", "violations"),
    [
        (CANONICAL, CANONICAL + CANONICAL, ["seo.duplicate-tag"]),
        (CANONICAL, CANONICAL.replace("https:", "http:"), ["seo.canonical-wrong"]),
        ('property="og:type"', 'name="og:type"', ["seo.og-wrong"]),
        (ROBOTS, ROBOTS + '<meta name="googlebot" content="noindex">', ["seo.noindex"]),
        (ROBOTS, ROBOTS.replace("index, follow", "index"), ["seo.robots-wrong"]),
        (CARD, CARD.replace("summary_large_image", "summary"), ["seo.twitter-wrong"]),
        (CARD, CARD + '<meta name="twitter:image" content="https://cdn.example/other.jpg">', ["seo.twitter-wrong"]),
        ('<meta charset="utf-8">', f'<!--{"x" * 1024}--><meta charset="utf-8">', ["seo.charset-viewport"]),
        ("width=device-width", "width=1024", ["seo.charset-viewport"]),
        ("<h2>From the bench</h2>", "<h1>From the bench</h1>", ["seo.h1-count"]),
        ("<title>Harbour Lane Books |", "<title>Harbor Lane Books |", ["seo.title-wrong"]),
    ],
)
def test_each_wrong_one_is_charged_once(piece: str, other: str, violations: list[str]) -> None:
    assert judge_swap(ACTION, BLANK, (piece, other)) == violations


def test_tags_that_are_there_are_updated_and_second_ones_taken_out() -> None:
    before = dict(gold.gold_before(BLANK, ACTION.id))
    stale = '<meta name="description" content="Old">\n  <meta name="description" content="Older">\n  '
    stale += '<meta content="Old" property="og:title">\n  '
    before[HTML] = before[HTML].replace('<meta name="theme-color"', stale + '<meta name="theme-color"')
    after = before | ACTION.edit(before, gold.brief(BLANK))
    assert gold.judge(ACTION, BLANK, before, after) == []
    assert "Older" not in after[HTML]
    assert '<meta content="Harbour Lane Books | Bookshop by the ferry" property="og:title">' in after[HTML]


def test_a_late_or_missing_character_set_is_moved_to_the_front() -> None:
    for charset in ("", f'<!--{"x" * 1100}--><meta charset="utf-8">'):
        before = dict(gold.gold_before(BLANK, ACTION.id))
        before[HTML] = before[HTML].replace('<meta charset="utf-8">', charset)
        after = before | ACTION.edit(before, gold.brief(BLANK))
        assert gold.judge(ACTION, BLANK, before, after) == []
        assert ACTION.edit(after, gold.brief(BLANK)) == {}


def test_a_nearly_right_site_name_is_called_a_variant() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML].replace(
        '"og:site_name" content="Harbour Lane', '"og:site_name" content="Harbour'
    )
    (found,) = judge_after(ACTION, BLANK, {HTML: text})
    assert (found.subject, found.message) == ("og:site_name", "og:site_name varies the name")
