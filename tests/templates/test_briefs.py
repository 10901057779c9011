"""The shipped briefs, each with its template: what makes a run's sixteen actions mean something."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from sitegen_tui.content.library import Library
from sitegen_tui.content.lint import errors_of, lint_requirements
from sitegen_tui.domain.colour import contrast, delta_e2000
from sitegen_tui.domain.template import COLOUR_ROLES
from tests.actions.gold import Pair
from tests.templates.shelf import EVERY_PAIR, ROOT, asset_folder, brief, colour, css, folder, manifest, page, strings

pytestmark = pytest.mark.parametrize("pair", EVERY_PAIR, ids="-".join)


def test_the_lint_finds_no_error(pair: Pair) -> None:
    assert errors_of(lint_requirements(asset_folder(pair), Library((ROOT,)))) == ()


def test_old_and_new_palette_cannot_be_confused(pair: Pair) -> None:
    old, new = manifest(pair[0]).palette_old, brief(pair).brand.colours
    assert {value.lower() for value in old.values()}.isdisjoint(value.lower() for value in new.values())
    for role in COLOUR_ROLES:
        assert delta_e2000(colour(old[role]), colour(new[role])) >= 10, role


def test_traps_open_with_the_brand_and_only_then(pair: Pair) -> None:
    told, new = manifest(pair[0]), brief(pair).brand.colours
    for trap in told.traps:
        branded = contrast(colour(new[trap.foreground]), colour(new[trap.ground]))
        assert 2.2 <= branded <= 4.4, trap.id
        assert branded < (3 if trap.kind == "control" else 4.5), trap.id
        own = contrast(colour(told.palette_old[trap.foreground]), colour(told.palette_old[trap.ground]))
        assert own >= (3 if trap.kind == "control" else 4.5), trap.id
        best = max(contrast(colour(one), colour(new[trap.ground])) for one in new.values())
        assert best >= 4.5, "a palette colour must be able to mend it"
        rule = re.search(rf"^{re.escape(trap.css_selector)}\s*\{{([^}}]*)\}}", css(pair[0]), re.MULTILINE)
        assert rule, trap.css_selector
        assert told.tokens[trap.foreground] in rule[1]


def test_the_brief_asks_for_another_arrangement(pair: Pair) -> None:
    told, wanted = manifest(pair[0]), brief(pair).layout
    assert wanted.hero.pattern != told.hero.baseline
    assert wanted.hero.pattern in told.hero_recipes
    for directive in wanted.sections:
        section = told.section(directive.section)
        assert section
        assert section.baseline != directive.pattern
        assert directive.pattern in told.section_recipes[directive.section]


def test_the_brief_changes_every_section_picture(pair: Pair) -> None:
    told, wanted = manifest(pair[0]), brief(pair).images
    assert {one.section for one in wanted.sections} == {section.id for section in told.sections if section.background}
    assert any(one.path == "none" for one in wanted.sections)


def test_no_skeleton_string_is_a_string_of_the_brief(pair: Pair) -> None:
    soup = page(pair[0])
    for tag in soup(["script", "style"]):
        tag.decompose()
    shown = {" ".join(text.split()) for text in soup.stripped_strings}
    values = {value for tag in soup.find_all(True) for value in tag.attrs.values() if isinstance(value, str)}
    ignore = {manifest(pair[0]).id, "website", "index, follow", "site.webmanifest", "AA"}
    asked = {text for text in strings(brief(pair).model_dump(mode="json")) if len(text) > 3} - ignore
    sections = {section.id for section in manifest(pair[0]).sections} | {"footer"}
    assert (shown & asked) == set()
    assert {one for one in values & asked if not one.startswith("#")} <= sections, "anchors and section ids are alike on purpose"


def test_assets_exist_and_have_the_stated_size(pair: Pair) -> None:
    asked, place = brief(pair), asset_folder(pair)
    for logo in (asked.logos.header, asked.logos.footer):
        text = (place / logo.path).read_text("utf-8")
        assert f'width="{logo.width}" height="{logo.height}"' in text
        assert logo.height <= logo.max_height
    assert Image.open(place / asked.favicon.apple_touch).size == (180, 180)
    assert asked.favicon.png32
    assert Image.open(place / asked.favicon.png32).size == (32, 32)
    assert asked.favicon.svg
    assert 'viewBox="0 0 64 64"' in (place / asked.favicon.svg).read_text("utf-8")
    assert Image.open(place / asked.seo.og.image.removeprefix(asked.seo.canonical)).size == (1200, 630)
    assert asked.images.hero
    pictures = [asked.images.hero.path, *(one.path for one in asked.images.sections if one.path != "none")]
    assert all(Image.open(place / path).width == 1280 for path in pictures)
    own = {path.relative_to(folder(pair[0])) for path in (folder(pair[0]) / "assets").rglob("*") if path.is_file()}
    brought = {path.relative_to(place) for path in (place / "assets").rglob("*") if path.is_file()}
    assert own.isdisjoint(brought), "unpacking a brief's assets must not write over the skeleton's"
