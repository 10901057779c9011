"""Actions 3 and 4 as a browser sees them: the logo shown, its size, shape and contrast, one cause once, and what costs nothing."""

from __future__ import annotations

import pytest

from sitegen_tui.actions.base import HTML, Step, page_of
from sitegen_tui.actions.checks.logos_seen import FOOTER_CHECKS, HEADER_CHECKS
from sitegen_tui.domain.probes import Failure, Probe, ProbeWants
from tests.actions import gold
from tests.actions.gold import Pair
from tests.looking import Change, Look, charged, css, judged, judged_swap, shown, swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
HEADER, FOOTER = "replace-header-logo", "replace-footer-logo"
PIXELS = ProbeWants(
    views=("desktop", "mobile"), contrast=("desktop",), states=False, focus=False, behaviours=False, axe=False, tints=False
)
MARK = '[data-slot="header-logo"]'
FOOT = '[data-slot="footer-logo"]'
SOURCE = 'src="assets/logos/harbour-dark.svg"'
LOW = {"logo.footer-low-contrast": 1.0}


@pytest.mark.parametrize("action", [HEADER, FOOTER])
@pytest.mark.parametrize("pair", [SAFARI, BLANK])
def test_an_untouched_logo_earns_nothing(look: Look, pair: Pair, action: str) -> None:
    before = gold.gold_before(pair, action)
    found = judged(look, pair, action, before, before, PIXELS)
    assert found.score.value == 0.0, shown(found)


@pytest.mark.parametrize("action", [HEADER, FOOTER])
def test_a_logo_that_is_gone_fails_everything(look: Look, action: str) -> None:
    html = gold.gold_after(BLANK, action)[HTML]
    start = html.rindex("<img", 0, html.index(f'data-slot="{action.split("-")[1]}-logo"'))
    gone = html[:start] + html[html.index(">", start) + 1 :]
    found = judged(look, BLANK, action, gold.gold_before(BLANK, action), {**gold.gold_after(BLANK, action), HTML: gone}, PIXELS)
    assert found.score.completion == 10.0, shown(found)
    assert found.score.value <= 0.0


@pytest.mark.parametrize(
    ("action", "pair", "change"),
    [
        (HEADER, BLANK, swap(SOURCE, 'src="./assets/logos/harbour-dark.svg?v=2"')),
        (HEADER, BLANK, css(f"{MARK} {{ width: 120px; height: auto; }}")),
        (HEADER, BLANK, css(f"{MARK} {{ box-sizing: border-box; height: 40px; width: auto; padding: 4px; }}")),
        (HEADER, BLANK, css(f"{MARK} {{ width: 100px; height: 40px; object-fit: contain; }}")),
        (HEADER, BLANK, swap(SOURCE, f'{SOURCE} srcset="assets/logos/harbour-dark.svg 1x, assets/logos/harbour-dark.svg 2x"')),
        (FOOTER, SAFARI, css(f"{FOOT} {{ opacity: 0.9; }}")),
        (FOOTER, SAFARI, css(f"{FOOT} {{ filter: brightness(0) invert(1); }}")),
        (FOOTER, SAFARI, css(f"{FOOT} {{ background: var(--c-text); }}")),
    ],
    ids=["spelling", "smaller", "padding", "contained", "srcset", "a-little-pale", "whitened", "dark-plate"],
)
def test_another_way_to_show_the_logo_costs_nothing(look: Look, action: str, pair: Pair, change: Change) -> None:
    found = judged_swap(look, pair, action, change, want=PIXELS)
    assert found.score.value == 10.0, shown(found)


@pytest.mark.parametrize(
    ("action", "pair", "change", "expected"),
    [
        (HEADER, BLANK, css(f"{MARK} {{ visibility: hidden; }}"), {"logo.header-not-rendered": 2.5}),
        (HEADER, BLANK, css(f"{MARK} {{ height: 4px; width: auto; }}"), {"logo.header-not-rendered": 2.5}),
        (HEADER, BLANK, css(f"{MARK} {{ position: absolute; left: -9999px; }}"), {"logo.header-not-rendered": 2.5}),
        (
            HEADER,
            BLANK,
            swap('width="160" height="40" data-slot="header', 'width="160" height="60" data-slot="header'),
            {"logo.header-oversize": 1.0},
        ),
        (
            HEADER,
            BLANK,
            swap('width="160" height="40" data-slot="header', 'width="140" height="40" data-slot="header'),
            {"logo.header-oversize": 1.0},
        ),
        (
            HEADER,
            SAFARI,
            css("@media (max-width: 767px) { .brand__mark { max-height: none; height: 56px; } }"),
            {"logo.header-oversize": 1.0},
        ),
        (FOOTER, SAFARI, css(f"{FOOT} {{ opacity: 0.3; }}"), LOW),
        (FOOTER, SAFARI, css(f"{FOOT} {{ background: #fff; padding: 8px; }}"), LOW),
        (FOOTER, SAFARI, css(f"{FOOT} {{ filter: brightness(0); }}"), LOW),
    ],
    ids=[
        "invisible",
        "tiny",
        "off-screen",
        "high-by-attributes",
        "narrow-by-attributes",
        "on-phones",
        "pale",
        "white-plate",
        "blackened",
    ],
)
def test_a_fault_is_charged_once_and_nothing_else(
    look: Look, action: str, pair: Pair, change: Change, expected: dict[str, float]
) -> None:
    found = judged_swap(look, pair, action, change, want=PIXELS)
    assert charged(found) == expected, shown(found)


def test_a_lost_hook_does_not_make_the_logo_unseen(look: Look) -> None:
    found = judged_swap(look, BLANK, HEADER, swap(' data-slot="header-logo"', ""), want=PIXELS)
    assert not [name for name in charged(found) if name.startswith("logo.")], shown(found)


def test_a_logo_that_the_template_hides_on_phones_may_stay_hidden(look: Look) -> None:
    hidden = css(f"@media (max-width: 767px) {{ {MARK} {{ display: none; }} }}")
    brief = gold.brief(BLANK)
    start, after = hidden(dict(gold.start(BLANK))), hidden(dict(gold.gold_after(BLANK, HEADER)))
    page = page_of(after, brief)
    for skeleton, expected in ((start, []), (gold.start(BLANK), ["logo.header-not-rendered"])):
        sights = [look(brief, files, PIXELS) for files in (skeleton, after)]
        step = Step(page_of(skeleton, brief), page, brief, page_of(skeleton, brief), seen_start=sights[0])
        assert [found.violation for check in HEADER_CHECKS for found in check(step, sights[0], sights[1])] == expected


def test_evidence_names_file_box_window_and_line(look: Look) -> None:
    found = judged_swap(look, SAFARI, HEADER, css(".brand__mark { max-height: none; height: 60px; width: auto; }"), want=PIXELS)
    (charge,) = found.charges
    evidence = charge.finding.evidence
    assert evidence.measured.startswith("240x60 px, the file 192x48; at desktop; box 240x60")
    assert evidence.expected == "48 px high at most, not distorted"
    assert "thornveld-dark.svg" in gold.gold_after(SAFARI, HEADER)[HTML].splitlines()[(evidence.line or 0) - 1]


@pytest.mark.parametrize(
    "probe",
    [
        Probe(wants=ProbeWants()),
        Probe(wants=ProbeWants(), failure=Failure(kind="no-page", stage="load", detail="the site has no index.html")),
    ],
    ids=["nothing", "failure"],
)
def test_a_page_that_could_not_be_looked_at_fails_everything(probe: Probe) -> None:
    brief = gold.brief(SAFARI)
    page = page_of(gold.gold_after(SAFARI, FOOTER), brief)
    step = Step(page, page, brief, page)
    assert len([found for check in (*HEADER_CHECKS, *FOOTER_CHECKS) for found in check(step, probe, probe)]) == 5


def test_hostile_pages_raise_nothing(look: Look) -> None:
    brief = gold.brief(SAFARI)
    sight = look(brief, gold.start(SAFARI), PIXELS)
    for files in gold.hostile(gold.gold_after(SAFARI, FOOTER)):
        step = Step(page_of(gold.start(SAFARI), brief), page_of(files, brief), brief, page_of({}, brief), seen_start=sight)
        for check in (*HEADER_CHECKS, *FOOTER_CHECKS):
            list(check(step, sight, sight))


def test_a_wrong_file_that_is_not_there_is_not_charged_as_unseen_besides(look: Look) -> None:
    wrong = swap("assets/logos/harbour-light.svg", "assets/logos/harbor-light.svg")
    found = judged_swap(look, BLANK, FOOTER, wrong, want=PIXELS)
    assert charged(found) == {"logo.footer-src-wrong": 4.0, "assets.not-found": 2.5}, shown(found)


def test_later_work_that_hides_a_logo_has_undone_it(look: Look) -> None:
    found = judged_swap(look, BLANK, "add-seo-meta", css(f"{FOOT} {{ display: none; }}"), want=PIXELS)
    assert charged(found) == {"scope.file-touched": 1.0, "regress.undone": 1.5}, shown(found)
    (charge,) = [one for one in found.charges if one.finding.violation == "regress.undone"]
    assert charge.finding.subject == "replace-footer-logo: logo.footer-not-rendered"
