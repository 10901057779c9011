"""The shipped templates and their briefs: what a run rests on must hold in the files themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import PIL
import pytest
import tinycss2
import turbohtml
import yaml
from bs4 import BeautifulSoup
from PIL import Image, ImageChops, ImageStat

from sitegen_tui.content.library import Library
from sitegen_tui.content.lint import errors_of, lint_requirements, lint_template
from sitegen_tui.domain.colour import Colour, contrast, delta_e2000, find_colours
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import COLOUR_ROLES, OPTIONAL_SLOTS, SLOTS, Manifest

ROOT = Path(__file__).resolve().parents[2]
PAIRS = {"blank-site": "harbour-books-01", "safari-lodge": "thornveld-01"}
PSEUDO = re.compile(r"::(before|after)$")
DRAWN_WITH = "13.0.0"
"""Another Pillow brings another encoder, which packs the same picture into other bytes."""

ADDRESS = re.compile(r"^(#|https?:|mailto:|tel:)")

pytestmark = pytest.mark.parametrize("template", sorted(PAIRS))


def manifest(template: str) -> Manifest:
    return Manifest.model_validate(yaml.safe_load((folder(template) / "template.yaml").read_text("utf-8")))


def brief(template: str) -> Requirements:
    path = ROOT / "requirements" / PAIRS[template] / "requirements.yaml"
    return Requirements.model_validate(yaml.safe_load(path.read_text("utf-8")))


def folder(template: str) -> Path:
    return ROOT / "templates" / template


def html(template: str) -> str:
    return (folder(template) / "index.html").read_text("utf-8")


def css(template: str) -> str:
    return (folder(template) / "css" / "styles.css").read_text("utf-8")


def page(template: str) -> BeautifulSoup:
    return BeautifulSoup(html(template), "html5lib")


def hit(soup: BeautifulSoup, selector: str) -> int:
    return len(soup.select(PSEUDO.sub("", selector)))


def colour(text: str) -> Colour:
    return next(one for _, _, one in find_colours(text))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(strings(one) for one in value.values())
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(strings(one) for one in value)


def asset_folder(template: str) -> Path:
    return ROOT / "requirements" / PAIRS[template]


def test_the_lint_finds_no_error(template: str) -> None:
    library = Library((ROOT,))
    assert errors_of(lint_template(folder(template))) == ()
    assert errors_of(lint_requirements(ROOT / "requirements" / PAIRS[template], library)) == ()


def test_files_are_clean_text(template: str) -> None:
    names = [
        name for name in ("index.html", "css/styles.css", "js/main.js", "template.yaml") if (folder(template) / name).is_file()
    ]
    for name in names:
        data = (folder(template) / name).read_bytes()
        assert b"\r" not in data
        assert b"\t" not in data
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")
        assert not re.search(rb" +\n", data)


def test_sizes_stay_within_their_budget(template: str) -> None:
    sizes = {name: (folder(template) / name).stat().st_size for name in ("index.html", "css/styles.css", "js/main.js")}
    if template == "blank-site":
        assert sum(sizes.values()) <= 6000
    assert sizes["index.html"] <= 16 * 1024
    assert sizes["css/styles.css"] <= 14 * 1024
    everything = [path for path in folder(template).rglob("*") if path.is_file() and path.name != "template.yaml"]
    assert sum(path.stat().st_size for path in everything) <= 400 * 1024


def test_html_and_css_parse_without_an_error(template: str) -> None:
    assert list(turbohtml.parse(html(template)).errors) == []
    rules = tinycss2.parse_stylesheet(css(template), skip_comments=True, skip_whitespace=True)
    inner = [
        tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        for rule in rules
        if rule.type == "at-rule" and rule.content is not None
    ]
    every = [*rules, *chain.from_iterable(inner)]
    blocks = [
        tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        for rule in every
        if rule.type == "qualified-rule"
    ]
    assert [node.message for node in [*every, *chain.from_iterable(blocks)] if node.type == "error"] == []


def test_each_selector_of_the_manifest_matches(template: str) -> None:
    soup, told = page(template), manifest(template)
    for name, selector in told.slots.items():
        assert hit(soup, selector) == 1, name
    for selector in (told.hero.selector, told.hero.text, *(logo.selector for logo in told.logos.values())):
        assert hit(soup, selector) == 1, selector
    for section in (*told.sections, *((told.footer,) if told.footer else ())):
        (element,) = soup.select(section.selector)
        if section.heading:
            assert " ".join(element.select_one("h1, h2").get_text().split()) == section.heading
        if section.background:
            assert hit(soup, section.background.selector) == 1
            assert section.background.overlay
            assert hit(soup, section.background.overlay) == 1
        if section.items:
            (container,) = soup.select(section.items.container)
            items = container.select(section.items.item)
            assert len(items) == section.items.count
            if section.items.media:
                assert all(len(item.select(section.items.media)) == 1 for item in items)
    derived = (*told.derived.gradients, *told.derived.overlays, *told.derived.tints)
    steps = [step.target for behaviour in told.behaviours for step in behaviour.steps if step.target]
    expected = [one.target for behaviour in told.behaviours for one in behaviour.expect]
    hooks = [hook for behaviour in told.behaviours for hook in behaviour.hooks]
    fonts = [font.applies_to for font in told.fonts.values()]
    for selector in (
        *(one.selector for one in derived),
        *(trap.selector for trap in told.traps),
        *steps,
        *expected,
        *hooks,
        *fonts,
    ):
        assert hit(soup, selector) >= 1, selector


def test_every_slot_section_and_group_is_told(template: str) -> None:
    soup, told = page(template), manifest(template)
    assert set(SLOTS) - OPTIONAL_SLOTS <= set(told.slots)
    assert {tag["data-slot"] for tag in soup.select("[data-slot]")} == set(told.slots)
    assert {tag["data-section"] for tag in soup.select("[data-section]")} == {
        "header",
        "hero",
        "footer",
        *(section.id for section in told.sections),
    }
    groups = {section.id for section in (*told.sections, told.footer) if section and section.items}
    assert {tag["data-items"] for tag in soup.select("[data-items]")} == groups


def test_slots_have_the_shape_that_editing_relies_on(template: str) -> None:
    soup, told = page(template), manifest(template)
    (body,) = soup.select(told.slots["about-body"])
    assert {child.name for child in body.find_all(recursive=False)} == {"p"}
    assert soup.select_one(told.slots["contact-email"])["href"] == "mailto:" + soup.select_one(told.slots["contact-email"]).text
    assert soup.select_one(told.slots["contact-phone"])["href"].startswith("tel:+")
    assert {child.name for child in soup.select_one(told.slots["contact-socials"]).find_all(recursive=False)} == {"a"}
    if "about-stats" in told.slots:
        for stat in soup.select_one(told.slots["about-stats"]).find_all(recursive=False):
            assert len(stat.select("[data-stat-value]")) == len(stat.select("[data-stat-label]")) == 1


def test_the_business_is_named_in_five_places(template: str) -> None:
    soup, told = page(template), manifest(template)
    name = soup.select_one(told.slots["contact-name"]).text
    assert name in soup.title.text
    assert name in soup.select_one(told.slots["copyright"]).text
    assert [soup.select_one(logo.selector)["alt"] for logo in told.logos.values()] == [name, name]


def test_counts_make_every_action_mean_something(template: str) -> None:
    told, text = manifest(template), css(template)
    small = template == "blank-site"
    root = re.search(r":root\s*\{([^}]*)\}", text)
    assert root
    assert len(re.findall(r"--[\w-]+\s*:", root[1])) >= 10
    assert len(told.derived.gradients) >= (1 if small else 2)
    assert len(told.derived.overlays) >= 2
    assert {tint.scroll_y > 0 for tint in told.derived.tints} == {False, True}
    assert sum(1 for section in told.sections if section.background) >= 2
    assert sum(1 for section in (*told.sections, told.footer) if section and section.items) >= (2 if small else 3)
    assert len(told.behaviours) >= 2
    assert 4 <= len(told.traps) <= 8
    assert any(trap.kind == "control" for trap in told.traps)
    assert any(trap.state == "hover" for trap in told.traps)
    assert {int(width) for width in re.findall(r"max-width:\s*(\d+)px\)", text)} == {767, 1023}
    if not small:
        assert told.icons.manifest
        assert all(soup["srcset"] for soup in page(template).select("[data-slot$=-logo]"))
        assert hit(page(template), "form .field") >= 3


def test_what_later_actions_add_is_missing(template: str) -> None:
    soup = page(template)
    assert soup.html.get("lang") is None
    for selector in ('meta[name="description"]', 'meta[property^="og:"]', 'meta[name^="twitter:"]', 'link[rel="canonical"]'):
        assert soup.select(selector) == []
    assert soup.select('script[type="application/ld+json"]') == []
    assert soup.body.find(["a", "header"]).name == "header", "a skip link would come first"
    assert any(not image.has_attr("alt") for image in soup.select("img"))
    assert soup.select_one(manifest(template).slots["menu-button"]).get("aria-label") is None
    assert "prefers-reduced-motion" not in css(template)


def test_old_colours_stand_where_the_manifest_says(template: str) -> None:
    told = manifest(template)
    for role, token in told.tokens.items():
        value = re.search(rf"{re.escape(token)}:\s*([^;]+);", css(template))
        assert value
        assert colour(value[1]) == colour(told.palette_old[role])
    assert f'content="{told.palette_old["primary"]}"' in html(template)
    literals = re.sub(r":root\s*\{[^}]*\}", "", css(template))
    assert any(old.lower() in literals.lower() for old in told.palette_old.values()), "a literal the tokens do not reach"
    assert any(f'fill="{old}"' in html(template) for old in told.palette_old.values()), "an inline drawing to recolour"


def test_old_and_new_palette_cannot_be_confused(template: str) -> None:
    old, new = manifest(template).palette_old, brief(template).brand.colours
    assert {value.lower() for value in old.values()}.isdisjoint(value.lower() for value in new.values())
    for role in COLOUR_ROLES:
        assert delta_e2000(colour(old[role]), colour(new[role])) >= 10, role


def test_traps_open_with_the_brand_and_only_then(template: str) -> None:
    told, new = manifest(template), brief(template).brand.colours
    for trap in told.traps:
        branded = contrast(colour(new[trap.foreground]), colour(new[trap.ground]))
        assert 2.2 <= branded <= 4.4, trap.id
        assert branded < (3 if trap.kind == "control" else 4.5), trap.id
        own = contrast(colour(told.palette_old[trap.foreground]), colour(told.palette_old[trap.ground]))
        assert own >= (3 if trap.kind == "control" else 4.5), trap.id
        best = max(contrast(colour(one), colour(new[trap.ground])) for one in new.values())
        assert best >= 4.5, "a palette colour must be able to mend it"
        rule = re.search(rf"^{re.escape(trap.css_selector)}\s*\{{([^}}]*)\}}", css(template), re.MULTILINE)
        assert rule, trap.css_selector
        assert told.tokens[trap.foreground] in rule[1]


def test_the_brief_asks_for_another_arrangement(template: str) -> None:
    told, wanted = manifest(template), brief(template).layout
    assert wanted.hero.pattern != told.hero.baseline
    assert wanted.hero.pattern in told.hero_recipes
    for directive in wanted.sections:
        section = told.section(directive.section)
        assert section
        assert section.baseline != directive.pattern
        assert directive.pattern in told.section_recipes[directive.section]


def test_the_brief_changes_every_section_picture(template: str) -> None:
    told, wanted = manifest(template), brief(template).images
    assert {one.section for one in wanted.sections} == {section.id for section in told.sections if section.background}
    assert any(one.path == "none" for one in wanted.sections)


def test_no_skeleton_string_is_a_string_of_the_brief(template: str) -> None:
    soup = page(template)
    for tag in soup(["script", "style"]):
        tag.decompose()
    shown = {" ".join(text.split()) for text in soup.stripped_strings}
    values = {value for tag in soup.find_all(True) for value in tag.attrs.values() if isinstance(value, str)}
    ignore = {manifest(template).id, "website", "index, follow", "site.webmanifest", "AA"}
    asked = {text for text in strings(brief(template).model_dump(mode="json")) if len(text) > 3} - ignore
    sections = {section.id for section in manifest(template).sections} | {"footer"}
    assert (shown & asked) == set()
    assert {one for one in values & asked if not one.startswith("#")} <= sections, "anchors and section ids are alike on purpose"


def test_assets_exist_and_have_the_stated_size(template: str) -> None:
    asked, place = brief(template), asset_folder(template)
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
    own = {path.relative_to(folder(template)) for path in (folder(template) / "assets").rglob("*") if path.is_file()}
    brought = {path.relative_to(place) for path in (place / "assets").rglob("*") if path.is_file()}
    assert own.isdisjoint(brought), "unpacking a brief's assets must not write over the skeleton's"


def test_references_of_the_skeleton_resolve(template: str) -> None:
    soup, place = page(template), folder(template)
    links = [tag.get(name) for tag in soup.find_all(True) for name in ("src", "href") if tag.get(name)]
    links += [part.split()[0] for tag in soup.select("[srcset]") for part in tag["srcset"].split(",")]
    for link in links:
        if link.startswith("#"):
            assert soup.select(link), link
        elif not ADDRESS.match(link):
            assert (place / link).is_file(), link
    for path in re.findall(r"url\(\"?([^)\"]+)\"?\)", css(template)):
        assert (place / "css" / path).resolve().is_file(), path
    used = set(links) | {path.removeprefix("../") for path in re.findall(r"url\(\"?([^)\"]+)\"?\)", css(template))}
    spare = {path.relative_to(place).as_posix() for path in (place / "assets").rglob("*") if path.is_file()} - used
    assert spare <= set(manifest(template).icons.old)


def test_drawing_again_gives_the_committed_bytes(template: str, drawn: Path) -> None:
    for place in (folder(template), asset_folder(template)):
        committed = [path for path in (place / "assets").rglob("*") if path.is_file()]
        again = drawn / place.relative_to(ROOT) / "assets"
        assert len(committed) == sum(1 for path in again.rglob("*") if path.is_file())
        for path in committed:
            fresh = again / path.relative_to(place / "assets")
            if path.suffix == ".svg" or PIL.__version__ == DRAWN_WITH:
                assert fresh.read_bytes() == path.read_bytes(), path
            else:
                apart = ImageChops.difference(Image.open(fresh).convert("RGB"), Image.open(path).convert("RGB"))
                assert max(ImageStat.Stat(apart).mean) < 1, path


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("drawn")
    subprocess.run([sys.executable, str(ROOT / "templates" / "make_assets.py"), str(target)], check=True)
    return target
