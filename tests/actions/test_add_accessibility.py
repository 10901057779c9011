"""Action 15: what a keyboard and a screen reader need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen_tui.actions.add_accessibility import ACTION
from sitegen_tui.actions.base import CSS, HTML
from tests.actions import gold
from tests.actions.gold import PAIRS, Pair, ids, judge_after, judge_swap

BLANK: Pair = ("blank-site", "harbour-books-01")
SAFARI: Pair = ("safari-lodge", "thornveld-01")
SKIP = '<a class="skip-link" href="#main">Skip to main content</a>'
FIELD = '<input type="email" placeholder="Email" aria-label="Email">'


@pytest.mark.parametrize("pair", PAIRS)
class TestContract:
    def test_the_reference_edit_satisfies_every_check_and_is_idempotent(self, pair: Pair) -> None:
        gold.assert_gold_is_clean(ACTION, pair)

    def test_line_endings_stay(self, pair: Pair) -> None:
        gold.assert_works_with_crlf(ACTION, pair)

    def test_each_fault_is_charged_with_its_violations_only(self, pair: Pair) -> None:
        # Whether a skip link comes into sight only a browser can tell.
        told_by_files = tuple(fault for fault in ACTION.faults if fault.id != "access-skip-unseen")
        assert gold.assert_faults_are_charged(replace(ACTION, faults=told_by_files), pair)

    def test_hostile_input_raises_nothing(self, pair: Pair) -> None:
        gold.assert_survives_hostile_input(ACTION, pair)

    def test_an_untouched_page_earns_its_heading_order_only(self, pair: Pair) -> None:
        before = gold.gold_before(pair, ACTION.id)
        names = {"skip-link-missing", "landmarks-wrong", "name-missing", "alt-missing", "lang-missing", "reduced-motion"}
        assert set(ids(gold.judge(ACTION, pair, before, before))) == {f"a11y.{name}" for name in names}


def test_pictures_without_alternatives_share_the_weight() -> None:
    before = gold.gold_before(SAFARI, ACTION.id)
    found = [f for f in gold.judge(ACTION, SAFARI, before, before) if f.violation == "a11y.alt-missing"]
    assert len(found) == 10
    assert {f.instances for f in found} == {10}
    assert len({f.subject for f in found}) == 10


@pytest.mark.parametrize(
    ("piece", "other"),
    [
        (SKIP, '<ul><li><a href="#main" class="sr">Zum Inhalt</a></li></ul>'),
        (SKIP, SKIP.replace("#main", "#start")),
        (FIELD, "<label>Email <input type=email></label>"),
        (FIELD, '<label for="e">Email</label><input id="e" type="email">'),
        (FIELD, '<span id="l">Email</span><input aria-labelledby="l" type="email">'),
        (FIELD, '<input title="Email" type="email"><input type="hidden" name="x"><input type="submit">'),
        ('aria-label="Main"', 'aria-labelledby="m"><b id="m" hidden>Main menu</b'),
        ('<main id="main">', '<div role="main" id="main">'),
        ("<h2>From the bench</h2>", '<h4 aria-level="2">From the bench</h4>'),
        ('lang="en-GB"', "lang=en-gb"),
    ],
)
def test_every_right_way_of_doing_it_costs_nothing(piece: str, other: str) -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML]
    assert piece in text
    text = text.replace(piece, other)
    if "#start" in other:
        text = text.replace('<section class="hero', '<section id="start" class="hero')
    if 'role="main"' in other:
        text = text.replace("</main>", "</div>")
    assert ids(judge_after(ACTION, BLANK, {HTML: text})) == []


@pytest.mark.parametrize(
    ("piece", "other", "violation"),
    [
        (SKIP, '<a href="https://harbourlane.example/">Home</a>' + SKIP, "a11y.skip-link-missing"),
        (SKIP, SKIP.replace("Skip to main content", ""), "a11y.name-missing"),
        (SKIP, SKIP.replace("#main", "#contact"), "a11y.skip-link-missing"),
        (SKIP, f"<div hidden>{SKIP}</div>", "a11y.skip-link-missing"),
        (FIELD, '<input type="email" placeholder="Email">', "a11y.name-missing"),
        (FIELD, FIELD + '<a href="#about"><svg viewBox="0 0 1 1"></svg></a>', "a11y.name-missing"),
        ("</footer>", "</footer><nav><a href='#about'>About</a></nav>", "a11y.landmarks-wrong"),
        ("</footer>", "</footer><nav aria-label='Main'><a href='#about'>About</a></nav>", "a11y.landmarks-wrong"),
        ("<footer ", '<footer role="presentation" ', "a11y.landmarks-wrong"),
        ("<h3>Doors</h3>", "<h3>Doors</h3><h5>More</h5>", "a11y.heading-order"),
    ],
)
def test_each_wrong_one_is_charged(piece: str, other: str, violation: str) -> None:
    found = set(judge_swap(ACTION, BLANK, (piece, other)))
    # A link without text is a skip link without text as well.
    assert found - {"a11y.skip-link-missing"} == {violation} - {"a11y.skip-link-missing"}
    assert violation in found


@pytest.mark.parametrize(
    ("alt", "right"),
    [('alt=""', True), ('alt="Bench"', True), ('alt="bench.jpg"', False), ('alt="assets/images/bench"', False), ("", False)],
)
def test_an_alternative_may_be_empty_but_no_file_name(alt: str, right: bool) -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML]
    start = text.index('<img src="assets/images/bench.jpg"')
    end = text.index(">", start)
    text = text[:start] + f'<img src="assets/images/bench.jpg" {alt}' + text[end:]
    assert ids(judge_after(ACTION, BLANK, {HTML: text})) == ([] if right else ["a11y.alt-missing"])


def test_a_menu_gets_its_name_and_what_it_opens() -> None:
    text = gold.gold_after(BLANK, ACTION.id)[HTML]
    assert (
        '<button class="menu" aria-expanded="false" data-slot="menu-button" aria-controls="site-menu" aria-label="Open menu">'
        in text
    )
    assert '<ul class="nav" data-slot="nav" id="site-menu">' in text


def test_a_heading_that_skips_a_level_keeps_its_tag() -> None:
    before = dict(gold.gold_before(BLANK, ACTION.id))
    before[HTML] = before[HTML].replace("<h3>Doors</h3>", "<h3>Doors</h3><h5>Hinges</h5>")
    after = before | ACTION.edit(before, gold.brief(BLANK))
    assert '<h5 aria-level="4">Hinges</h5>' in after[HTML]
    assert gold.judge(ACTION, BLANK, before, after) == []


def test_the_pictures_alternatives_come_from_their_headings() -> None:
    text = gold.gold_after(SAFARI, ACTION.id)[HTML]
    assert 'src="assets/images/tent-ridge.jpg" width="720" height="504" alt="Ridge tent"' in text
    assert text.count(", picture 2") == 1


def test_motion_may_be_asked_for_the_other_way_round() -> None:
    css = (
        gold.gold_before(BLANK, ACTION.id)[CSS]
        + "\n@media (prefers-reduced-motion: no-preference) { a { transition: color 1s; } }\n"
    )
    assert ids(judge_after(ACTION, BLANK, {CSS: css})) == []


@pytest.mark.parametrize(
    "swaps",
    [
        ((SKIP, SKIP.replace("#main", "./index.html#main")),),
        (('<main id="main">', '<a id="main"></a><main>'),),
        (('<main id="main">', '<div id="main"><main>'), ("</main>", "</main></div>")),
        ((SKIP, '<a href="#menu-bar">Skip to the menu</a>' + SKIP), ("<nav ", '<nav id="menu-bar" ')),
        (("<form>", '<button style="display: none"></button><form>'),),
    ],
)
def test_other_ways_to_the_content_and_what_nobody_meets_cost_nothing(swaps: tuple[tuple[str, str], ...]) -> None:
    assert judge_swap(ACTION, BLANK, *swaps) == []


def test_a_linked_picture_without_alternative_is_one_mistake() -> None:
    text = gold.gold_after(SAFARI, ACTION.id)[HTML]
    start = text.index('<img src="assets/images/gallery-2.jpg"')
    end = text.index(">", start)
    plain = '<img src="assets/images/gallery-2.jpg"'
    bare, empty = (text[:start] + image + text[end:] for image in (plain, plain + ' alt=""'))
    assert ids(judge_after(ACTION, SAFARI, {HTML: bare})) == ["a11y.alt-missing"]
    # Nothing is left that the link could be called.
    assert ids(judge_after(ACTION, SAFARI, {HTML: empty})) == ["a11y.name-missing"]


def test_findings_keep_their_subjects_when_something_is_put_in_front() -> None:
    files = gold.gold_before(SAFARI, ACTION.id)
    moved = {**files, HTML: files[HTML].replace("<main>", '<a href="#top">Up</a><img src="x.png" alt=""><i></i><main>')}
    found = gold.judge(ACTION, SAFARI, files, files)
    assert {f.subject for f in found} == {f.subject for f in gold.judge(ACTION, SAFARI, moved, moved)}


def test_an_emptied_page_has_earned_nothing() -> None:
    found = gold.judge(ACTION, SAFARI, gold.gold_before(SAFARI, ACTION.id), {HTML: "", CSS: ""})
    assert {f.violation.removeprefix("a11y.") for f in found} == {
        "skip-link-missing",
        "landmarks-wrong",
        "name-missing",
        "alt-missing",
        "lang-missing",
        "heading-order",
        "reduced-motion",
    }
