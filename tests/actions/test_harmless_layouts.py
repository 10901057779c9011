"""Other right ways to the arrangement of hero and sections: whatever the means, the same geometry costs nothing."""

from __future__ import annotations

import re

import pytest

from sitegen_tui.actions.base import HTML
from tests.actions.gold import Pair
from tests.looking import GEOMETRY, Change, Look, css, judged_swap, shown, swap

SAFARI: Pair = ("safari-lodge", "thornveld-01")
BLANK: Pair = ("blank-site", "harbour-books-01")
WIDE, SLIM = "@media (min-width: 1024px)", "@media (max-width: 767px)"
MIDDLE = "@media (min-width: 768px) and (max-width: 1023px)"
OFFERS, ITEMS = '[data-section="offers"]', '[data-items="offers"]'
SUITES = ".suites.is-grid .suites__items"
HERO, ACTIONS = ".hero.is-bottom-left", ".hero.is-bottom-left .hero__actions"


def _flexed(group: str, item: str, gap: int) -> str:
    """Rules for three, two and one flex items in a row."""

    def basis(columns: int) -> str:
        return f"{item} {{ flex: 0 0 calc((100% - {gap * (columns - 1)}px) / {columns}); min-width: 0; }}"

    wrap = f"{group} {{ display: flex !important; flex-wrap: wrap; }}"
    return f"{wrap} {basis(3)} {MIDDLE} {{ {basis(2)} }} {SLIM} {{ {basis(1)} }}"


def _contained(holder: str, group: str) -> str:
    """Rules by which the columns follow the width of what holds the group, instead of the window's."""

    def columns(number: int) -> str:
        return f"{group} {{ grid-template-columns: repeat({number}, minmax(0, 1fr)) !important; }}"

    return (
        f"{holder} {{ container-type: inline-size; }} {columns(1)} "
        f"@container (min-width: 560px) {{ {columns(2)} }} @container (min-width: 900px) {{ {columns(3)} }}"
    )


def _areas(group: str, item: str) -> str:
    """Rules that name the places of three items."""
    names = " ".join(f"{item}:nth-child({number}) {{ grid-area: {name}; }}" for number, name in enumerate("abc", 1))
    return (
        f'{WIDE} {{ {group} {{ grid-template: "a b c" auto / 1fr 1fr 1fr; }} {names} }} '
        f'{MIDDLE} {{ {group} {{ grid-template: "a b" auto "c ." auto / 1fr 1fr; }} {names} }}'
    )


def _wrapped_items(files: dict[str, str]) -> dict[str, str]:
    """Every suite in a wrapper of its own."""
    wrapped = re.sub(r'(<article class="suite".*?</article>)', r'<div class="cell">\1</div>', files[HTML], flags=re.DOTALL)
    return {**files, HTML: wrapped}


@pytest.mark.parametrize(
    ("pair", "change"),
    [
        (SAFARI, css(_flexed(SUITES, ".suites.is-grid .suite", 24))),
        (BLANK, css(_flexed(ITEMS, f"{ITEMS} > [data-item]", 24))),
        (SAFARI, css(_areas(SUITES, ".suites.is-grid .suite"))),
        (BLANK, css(_areas(f"{OFFERS}.is-grid {ITEMS}", f"{ITEMS} > [data-item]"))),
        (SAFARI, css(f"{SUITES} {{ display: inline-grid; width: 100%; }}")),
        (BLANK, css(f"{ITEMS} {{ display: inline-grid !important; width: 100%; vertical-align: top; }}")),
        (SAFARI, _wrapped_items),
        (SAFARI, css(f"{SUITES} {{ width: min(100%, 1160px); gap: clamp(24px, 3vw, 40px); margin: 0 auto; }}")),
        (BLANK, css(f"{ITEMS} {{ width: clamp(200px, 100%, 1400px); gap: max(24px, 2vw) !important; }}")),
        (SAFARI, css(_contained(".suites .wrap", SUITES))),
        (BLANK, css(_contained(OFFERS, ITEMS))),
        (
            SAFARI,
            css(f"{SUITES} {{ inline-size: 100%; margin-inline: auto; row-gap: 26px; column-gap: 25px; padding-block: 2px; }}"),
        ),
        (BLANK, css(f"{ITEMS} {{ inline-size: 100%; margin-block: 4px; padding-inline: 6px; }}")),
        (SAFARI, css(f"{SUITES} {{ grid-auto-rows: 1fr; align-items: start; }}")),
        (BLANK, css('[data-items="footer"] { justify-items: start; align-items: end; }')),
    ],
    ids=[
        "flex",
        "flex-blank",
        "areas",
        "areas-blank",
        "inline-grid",
        "inline-grid-blank",
        "wrapped-items",
        "min",
        "clamp-blank",
        "container",
        "container-blank",
        "logical",
        "logical-blank",
        "equal-rows",
        "footer-alignment-blank",
    ],
)
def test_another_way_to_the_same_sections_costs_nothing(look: Look, pair: Pair, change: Change) -> None:
    found = judged_swap(look, pair, "apply-sections-layout", change, want=GEOMETRY)
    assert found.score.value == 10.0, shown(found)


@pytest.mark.parametrize(
    ("pair", "change"),
    [
        (
            SAFARI,
            css(
                f'{HERO} {{ display: grid; grid-template: ". ." 1fr "text ." auto / auto 1fr; }} .hero__text {{ grid-area: text; }}'
            ),
        ),
        (BLANK, css(".hero.is-left { display: flex !important; align-items: center; justify-content: flex-start; }")),
        (SAFARI, css(f"{HERO} .hero__text {{ width: auto; inline-size: clamp(240px, 100%, 640px); max-inline-size: 640px; }}")),
        (BLANK, css(".hero.is-left .text { max-width: none; width: min(100%, 600px); }")),
        (SAFARI, css(f"{HERO} {{ min-height: 0; min-block-size: 92vh; }} {HERO} .hero__text {{ margin-inline-end: auto; }}")),
        (BLANK, css(".hero.is-left { min-height: max(80svh, 320px); text-align: start; }")),
        (
            SAFARI,
            css(
                f".hero__text {{ container-type: inline-size; }} {ACTIONS} {{ flex-direction: row; }} "
                f"@container (max-width: 500px) {{ {ACTIONS} {{ flex-direction: column; }} }}"
            ),
        ),
        (SAFARI, swap('<div class="hero__actions">', '<div class="calls"><div class="hero__actions">')),
        (BLANK, css(".hero.is-left .text { position: relative; inset-inline-start: 0; padding-inline-end: 24px; }")),
    ],
    ids=["areas", "flex-blank", "clamp", "min-blank", "logical", "svh-blank", "container", "wrapper", "relative-blank"],
)
def test_another_way_to_the_same_hero_costs_nothing(look: Look, pair: Pair, change: Change) -> None:
    def closed(files: dict[str, str]) -> dict[str, str]:
        # A wrapper that was opened around the calls is closed behind them.
        opened = re.search(r'<div class="calls">.*?</div>', files[HTML], flags=re.DOTALL)
        return {**files, HTML: f"{files[HTML][: opened.end()]}</div>{files[HTML][opened.end() :]}"} if opened else files

    found = judged_swap(look, pair, "apply-hero-layout", lambda files: closed(change(files)), want=GEOMETRY)
    assert found.score.value == 10.0, shown(found)
