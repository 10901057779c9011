"""The shipped templates: what a run rests on must hold in the files themselves."""

from __future__ import annotations

import re
from itertools import chain

import pytest
import tinycss2
import turbohtml

from sitegen_tui.content.lint import errors_of, lint_template
from sitegen_tui.domain.template import OPTIONAL_SLOTS, SLOTS
from tests.templates.shelf import TEMPLATES, colour, css, folder, hit, html, manifest, page

ADDRESS = re.compile(r"^(#|https?:|mailto:|tel:)")

pytestmark = pytest.mark.parametrize("template", TEMPLATES)


def test_the_lint_finds_no_error(template: str) -> None:
    assert errors_of(lint_template(folder(template))) == ()


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
    large = manifest(template).tier >= 4
    assert sizes["index.html"] <= (18 if large else 16) * 1024
    assert sizes["css/styles.css"] <= (18 if large else 14) * 1024
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
