"""Action 5: icon links and web manifest."""

from __future__ import annotations

import json

import pytest

from sitegen_tui.actions.base import HTML
from sitegen_tui.actions.replace_favicon import ACTION
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

BLANK: Pair = ("blank-site", "harbour-books-01")
SAFARI: Pair = ("safari-lodge", "thornveld-01")
SVG = '<link rel="icon" href="assets/icons/harbour.svg" type="image/svg+xml">'
PNG = '<link rel="icon" href="assets/icons/harbour-32.png" sizes="32x32" type="image/png">'
APPLE = '<link rel="apple-touch-icon" href="assets/icons/harbour-180.png" sizes="180x180">'


@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, pair: Pair) -> None:
        gold.assert_gold_is_clean(ACTION, pair)

    def test_line_endings_stay(self, pair: Pair) -> None:
        gold.assert_works_with_crlf(ACTION, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, pair: Pair) -> None:
        applied = gold.assert_faults_are_charged(ACTION, pair)
        manifest = {fault.id for fault in ACTION.faults if "favicon.manifest-mismatch" in fault.violations}
        asked = bool(gold.brief(pair).requirements.favicon.manifest)
        assert applied == {fault.id for fault in ACTION.faults} - (set[str]() if asked else manifest)

    def test_hostile_input_raises_nothing(self, pair: Pair) -> None:
        gold.assert_survives_hostile_input(ACTION, pair)

    def test_untouched_icons_earn_nothing(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        names = ["apple-touch-wrong", "icon-wrong", "not-found", "old-left", "type-sizes-wrong"]
        names += ["manifest-mismatch"] if gold.brief(pair).requirements.favicon.manifest else []
        assert ids(gold.judge(ACTION, pair, before, before)) == sorted(f"favicon.{name}" for name in names)


@pytest.mark.parametrize(
    ("piece", "other"),
    [
        (SVG, "<LINK HREF='./assets/icons/harbour.svg' TYPE=image/svg+xml SIZES=any REL='Icon'>"),
        (SVG, '<link rel="shortcut icon" href="/assets/icons/harbour.svg?v=2">'),
        (PNG, PNG.replace(' type="image/png"', "").replace('"32x32"', '"16x16 32x32"')),
        (APPLE, APPLE.replace(' sizes="180x180"', ' type="image/png"')),
        (SVG + "\n  " + APPLE, APPLE + SVG),
    ],
)
def test_every_right_way_of_linking_costs_nothing(piece: str, other: str) -> None:
    if piece not in gold.gold_after(BLANK, ACTION.id)[HTML]:
        piece, other = SVG, f"{SVG}<!-- icons -->"
    assert judge_swap(ACTION, BLANK, (piece, other)) == []


@pytest.mark.parametrize(
    ("piece", "other", "violations"),
    [
        (SVG, "", ["favicon.icon-wrong"]),
        (PNG, "", ["favicon.type-sizes-wrong"]),
        (PNG, PNG.replace('sizes="32x32"', 'sizes="64x64"'), ["favicon.type-sizes-wrong"]),
        (SVG, SVG.replace("<link", '<link sizes="32x32"'), ["favicon.type-sizes-wrong"]),
        (PNG, PNG.replace("harbour-32", "marlow-32"), ["favicon.old-left"]),
        (APPLE, APPLE.replace("harbour-180", "harbour-192"), ["favicon.not-found"]),
        (APPLE, APPLE.replace("harbour-180", "marlow-180"), ["favicon.apple-touch-wrong"]),
        (APPLE, APPLE + '<link rel="mask-icon" href="assets/icons/marlow.svg">', ["favicon.old-left"]),
        (APPLE, APPLE + '<link rel="icon" href="css/styles.css">', ["favicon.not-found"]),
        (APPLE, APPLE + '<link rel="icon" href="assets/images/harbour-fog.jpg">', ["favicon.not-found"]),
    ],
)
def test_each_wrong_one_is_charged_once(piece: str, other: str, violations: list[str]) -> None:
    assert judge_swap(ACTION, BLANK, (piece, other)) == violations


def test_a_page_without_icon_links_earns_nothing() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML]
    for link in (SVG, PNG, APPLE):
        text = text.replace(link, "")
    names = ["apple-touch-wrong", "icon-wrong", "not-found", "old-left", "type-sizes-wrong"]
    assert ids(judge_after(ACTION, BLANK, {HTML: text})) == [f"favicon.{name}" for name in names]


def test_missing_links_are_put_in_and_superfluous_ones_taken_out() -> None:
    before = gold.gold_before(SAFARI, ACTION.id)
    head = before[HTML].replace(
        '<link rel="apple-touch-icon" href="assets/icons/emberpan-180.png" sizes="180x180">',
        '<link rel="mask-icon" href="assets/icons/emberpan.svg" color="#000">',
    )
    after = before | ACTION.edit(before | {HTML: head}, gold.brief(SAFARI))
    assert "mask-icon" not in after[HTML]
    assert after[HTML].count('rel="apple-touch-icon"') == 1
    assert gold.judge(ACTION, SAFARI, before, after) == []


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Thornveld"},
        {"short_name": "Emberpan"},
        {"icons": []},
        {"icons": [{"src": "assets/icons/emberpan.svg"}]},
        {"icons": 4},
    ],
)
def test_a_web_manifest_that_is_not_the_businesss_is_found(change: dict[str, object]) -> None:
    manifest = json.loads(gold.gold_after(SAFARI, ACTION.id)["site.webmanifest"])
    text = json.dumps(manifest | change)
    assert ids(judge_after(ACTION, SAFARI, {"site.webmanifest": text})) == ["favicon.manifest-mismatch"]


def test_a_web_manifest_written_otherwise_is_accepted() -> None:
    manifest = {"icons": [{"src": "./assets/icons/thornveld-180.png", "purpose": "any"}], "name": "Thornveld Ridge Lodge"}
    assert judge_after(ACTION, SAFARI, {"site.webmanifest": json.dumps(manifest)}) == []


def test_the_web_manifest_keeps_what_it_is_not_about() -> None:
    before, after = gold.gold_before(SAFARI, ACTION.id), gold.gold_after(SAFARI, ACTION.id)
    assert '"display": "browser"' in before["site.webmanifest"]
    assert after["site.webmanifest"].count("\n") == before["site.webmanifest"].count("\n")
    assert json.loads(after["site.webmanifest"])["display"] == "browser"


@pytest.mark.parametrize("text", ["", "{", "[" * 9000, '{"icons": ' + "[" * 9000, "\x00", '{"name": NaN}', "null"])
def test_a_broken_web_manifest_is_one_finding(text: str) -> None:
    assert ids(judge_after(ACTION, SAFARI, {"site.webmanifest": text})) == ["favicon.manifest-mismatch"]
