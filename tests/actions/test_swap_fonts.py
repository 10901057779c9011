"""Action 2: families, tokens and their loader."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import CSS, HTML
from sitegen_tui.actions.swap_fonts import ACTION
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
HREF = "https://fonts.googleapis.com/css2?family=Fraunces:wght@600&amp;family=Karla:wght@400;700&amp;display=swap"


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

    def test_an_untouched_site_earns_nothing(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        names = ("face-not-loaded", "variable-missed", "old-source-left", "weight-missing", "fallback-missing", "display-missing")
        assert set(ids(gold.judge(ACTION, pair, before, before))) == {f"fonts.{name}" for name in names}


def test_one_link_is_rewritten_and_all_else_in_the_head_stays() -> None:
    before, after = (
        files[HTML].splitlines() for files in (gold.gold_before(SAFARI, ACTION.id), gold.gold_after(SAFARI, ACTION.id))
    )
    (changed,) = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed.strip() == f'<link rel="stylesheet" href="{HREF}">'


@pytest.mark.parametrize(
    "href",
    [
        "https://fonts.googleapis.com/css?family=Karla:400,700|Fraunces:600&display=swap",
        "https://fonts.googleapis.com/css2?display=swap&family=Karla:ital,wght@0,400;0,700;1,400&family=Fraunces:wght@300..900",
        "https://fonts.bunny.net/css?family=karla:400,700|fraunces:600&display=swap",
    ],
)
def test_every_way_of_asking_is_right(href: str) -> None:
    assert judge_swap(ACTION, SAFARI, (HREF, href)) == []


@pytest.mark.parametrize(
    "rule",
    [
        '@import url("https://fonts.googleapis.com/css2?family=Fraunces:wght@600&family=Karla:wght@400;700&display=swap");',
        "@import 'https://fonts.googleapis.com/css2?family=Fraunces:wght@600&family=Karla:wght@400;700&display=swap';",
        '@font-face { font-family: "Fraunces"; src: url(x.woff2); font-weight: 100 900; font-display: swap }'
        "@font-face { font-family: Karla; src: url(y.woff2); font-weight: 400; font-display: swap }"
        "@font-face { font-family: Karla; src: url(z.woff2); font-weight: bold; font-display: swap }",
    ],
)
def test_imports_and_font_faces_load_as_well(rule: str) -> None:
    files = gold.gold_after(SAFARI, ACTION.id)
    link = f'  <link rel="stylesheet" href="{HREF}">\n'
    assert link in files[HTML]
    changes = {HTML: files[HTML].replace(link, ""), CSS: rule + "\n" + files[CSS]}
    assert judge_after(ACTION, SAFARI, changes) == []


def test_two_links_share_the_work() -> None:
    split = (
        HREF.replace("&amp;family=Karla:wght@400;700", "")
        + '"><link rel=stylesheet href="'
        + HREF.replace("Fraunces:wght@600&amp;family=", "")
    )
    assert judge_swap(ACTION, SAFARI, (HREF, split)) == []


def test_one_family_forgotten_is_one_charge() -> None:
    assert judge_swap(ACTION, SAFARI, ("&amp;family=Karla:wght@400;700", "")) == ["fonts.face-not-loaded"]


def test_a_preloaded_old_font_file_is_an_old_source() -> None:
    old = '<link rel="preload" as="font" href="assets/fonts/lora-600.woff2" crossorigin>'
    assert judge_swap(ACTION, SAFARI, ("</head>", old + "</head>")) == ["fonts.old-source-left"]


@pytest.mark.parametrize("value", ["Fraunces, serif", "'Fraunces' , Georgia,  serif", "var(--serif, x), serif"])
def test_a_token_may_be_written_in_any_way(value: str) -> None:
    css = (
        gold.gold_after(SAFARI, ACTION.id)[CSS].replace('"Fraunces", serif', value).replace(":root {", ":root { --serif: Fraunces;")
    )
    assert judge_after(ACTION, SAFARI, {CSS: css}) == []


def test_a_literal_family_in_a_rule_leaves_the_token_wrong() -> None:
    css = gold.gold_after(BLANK, ACTION.id)[CSS].replace('--font-body: "Figtree"', '--font-body: "Cabin"')
    css = css.replace("font: 17px/1.6 var(--font-body)", 'font: 17px/1.6 "Figtree", sans-serif')
    assert "fonts.variable-missed" in ids(judge_after(ACTION, BLANK, {CSS: css}))


def test_a_site_without_loader_gets_one_in_front_of_its_stylesheet() -> None:
    files = dict(gold.gold_before(SAFARI, ACTION.id))
    line = next(line for line in files[HTML].splitlines() if "css2?family" in line)
    files[HTML] = files[HTML].replace(line + "\n", "")
    html = ACTION.edit(files, gold.brief(SAFARI))[HTML]
    assert f'  <link rel="stylesheet" href="{HREF}">\n  <link rel="stylesheet" href="css/styles.css">' in html


def test_other_families_of_the_link_stay_and_old_faces_go() -> None:
    files = dict(gold.gold_before(SAFARI, ACTION.id))
    files[HTML] = files[HTML].replace("&amp;display", "&amp;family=Material+Icons&amp;display")
    files[CSS] = '@import url("https://fonts.googleapis.com/css2?family=Lora&display=swap");\n' + files[CSS]
    files[CSS] += '\n@font-face {\n  font-family: "Mulish";\n  src: url("m.woff2");\n}\n.x { font-family: "Lora", serif; }\n'
    after = files | ACTION.edit(files, gold.brief(SAFARI))
    assert "family=Karla:wght@400;700&amp;family=Material+Icons:wght@400&amp;display=swap" in after[HTML]
    assert "@import" not in after[CSS]
    assert "@font-face" not in after[CSS]
    assert '.x { font-family: "Fraunces", serif; }' in after[CSS]
    assert gold.judge(ACTION, SAFARI, files, after) == []
    assert ACTION.edit(after, gold.brief(SAFARI)) == {}


def test_a_loader_taken_out_altogether_is_one_mistake() -> None:
    link = f'  <link rel="stylesheet" href="{HREF}">\n'
    assert set(judge_swap(ACTION, SAFARI, (link, ""))) == {"fonts.face-not-loaded"}
