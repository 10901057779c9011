"""Each rule for requirements: a planted fault is found in its field, with the mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen_tui.content.library import Library
from sitegen_tui.content.lint import errors_of, lint_requirements

FILE = "requirements.yaml"

FAULTS = [
    # old, new, field, mend
    ('primary: "#7A4A21", ', "", "brand.colours", "add primary"),
    ("#7A4A21", "#5B2333", "brand.colours.primary", "the skeleton does not have"),
    ("#7A4A21", "#5C2434", "brand.colours.primary", "at least 10 away from #5b2333"),
    ('text: "#1E1710"', 'text: "#5F584F"', "brand.colours.accent", "darken or lighten"),
    ("#8A7A66", "#2A2A26", "brand.colours.text_muted", "or the template's trap"),
    ("#8A7A66", "#F0E8DC", "brand.colours.text_muted", "or the template's trap"),
    ("#D8973C", "#B07A30", "brand.colours.accent", "bring it below 3"),
    ("family: Karla", "family: mulish", "brand.fonts.body.family", "choose another family"),
    ("    body: {family: Karla, fallback: sans-serif, weights: [400]}\n", "", "brand.fonts", "add body"),
    ("weights: [600]", "weights: [6000]", "brand.fonts.heading.weights", "write 100 to 900"),
    ("assets/new/light.svg", "assets/new/pale.svg", "logos.footer.path", "mend the path"),
    ("width: 100, height: 20}", "width: 120, height: 20}", "logos.header.path", "state its own"),
    ("max_height: 40", "max_height: 90", "logos.header.max_height", "lower it"),
    ("png32: assets/new/32.png", "png32: assets/new/180.png", "favicon.png32", "make it of that size"),
    ("png32: assets/new/32.png", "png32: assets/new/hero.png", "favicon.png32", "make the icon square"),
    ("png32: assets/new/32.png, ", "", "favicon", "add svg, ico or png32"),
    (", manifest: site.webmanifest", "", "favicon.manifest", "add manifest: site.webmanifest"),
    ("  hero: {path: assets/new/hero.png, overlay_alpha_min: 0.4}\n", "", "images", "add hero"),
    ("overlay_alpha_min: 0.4", "overlay_alpha_min: 0.9", "images.hero.overlay_alpha_min", "lower it"),
    ("overlay_alpha_min: 0.5", "overlay_alpha_min: 0.9", "images.sections[1].overlay_alpha_min", "lower it"),
    ("section: contact, path", "section: contakt, path", "images.sections[1].section", "did you mean contact?"),
    ("section: contact, path", "section: goods, path", "images.sections[1].section", "about, contact"),
    ("section: contact, path", "section: about, path", "images.sections[1].section", "keep one"),
    ("section: contact, path", "section: about, path", "images.sections", "path: none"),
    ("path: none", "path: assets/new/hero.png", "images.sections", "give one section path: none"),
    ("pattern: left", "pattern: centred", "layout.hero.pattern", "choose another pattern"),
    ("pattern: left", "pattern: bottom-left", "layout.hero.pattern", "use one of: left"),
    ("pattern: left", "pattern: card-overlap", "layout.hero.overlap_px", "card-overlap only"),
    ("pattern: grid", "pattern: list", "layout.sections[0].pattern", "choose another pattern"),
    ("pattern: grid", "pattern: bento", "layout.sections[0].pattern", "use one of: grid"),
    ("section: goods", "section: good", "layout.sections[0].section", "did you mean goods?"),
    ("section: goods", "section: about", "layout.sections[0].pattern", "add section_recipes.about"),
    ("section: goods", "section: contact", "layout.sections[0].section", "use one of: goods, about, footer"),
    ("desktop: 2", "desktop: 3", "layout.sections[0].columns.desktop", "ask for 2 at most"),
    ("eyebrow: By the canal, ", "", "content.hero", "add eyebrow"),
    ("[We grow what we sell.]", "[We grow.], stats: [{value: '9', label: beds}]", "content.about.stats", "remove stats"),
    ('href: "#goods"', 'href: "#"', "content.hero.primary_cta.href", "name a section"),
    ('href: "#goods"', 'href: "#good"', "content.hero.primary_cta.href", "did you mean #goods?"),
    ("Green Stall | Vegetables", "Green stall | Vegetables", "seo.title", "name in it exactly"),
    ("© 2026 Green Stall", "© 2026 Greens", "contact.copyright", "name in it exactly"),
    ("og: {site_name: Green Stall", "og: {site_name: Stall", "seo.og.site_name", "write Green Stall"),
    ("alt: Green Stall", "alt: Logo", "logos.header.alt", "write Green Stall"),
    ("Green Stall | Vegetables by the canal", "Green Stall | Leaves", "seo.title", "write 30 to 60"),
    ("every morning from eight until noon.", "early" * 30, "seo.description", "write 70 to 160"),
    ("canonical: https:", "canonical: http:", "seo.canonical", "write it whole"),
    ("canonical: https://stall.example/", "canonical: /", "seo.canonical", "write it whole"),
    ('url: "https://stall.example/"}', 'url: "https://stall.example/x"}', "seo.og.url", "write https://stall.example/"),
    ("  canonical:", "  robots: noindex\n  canonical:", "seo.robots", "write index, follow"),
    ("new/og.png", "new/gone.png", "seo.og.image", "mend the address"),
    ("new/og.png", "new/hero.png", "seo.og.image", "make it 1200 by 630"),
    ("display: 01632 960111", "display: 01632 960112", "contact.phone.display", "make them agree"),
    ("headline: Leaves and roots", "headline: Papers  and tea", "content.hero.headline", "word it otherwise"),
    ("hello@stall.example", "a@b.example", "contact.email", "word it otherwise"),
    ("template: kiosk", "template: kiosc", "template", "did you mean kiosk?"),
    ("id: stall-01", "id: stall-02", "id", "write id: stall-01"),
    ("industry: retail", "industries: retail", "business.industries", "did you mean industry?"),
]  # fmt: skip


def test_requirements_in_order_have_no_findings(shelf: Any) -> None:
    assert shelf.lint_requirements() == ()
    assert lint_requirements(shelf.pack / FILE, shelf.library) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[2]}:{fault[1][:20]}")
def test_a_planted_fault_is_found_with_its_mend(shelf: Any, fault: tuple[str, str, str, str]) -> None:
    old, new, name, mend = fault
    shelf.spoil(shelf.pack / FILE, old, new)
    findings = shelf.lint_requirements()
    there = [finding for finding in findings if finding.file == FILE and finding.field == name]
    assert any(mend in finding.mend for finding in there), findings
    assert all(finding.line for finding in there)


def test_a_recipe_without_a_scroll_cue_cannot_be_asked_for_one(shelf: Any) -> None:
    shelf.spoil(shelf.template / "template.yaml", ", scroll_cue: \"<a href='#goods'>More</a>\"", "")
    (finding,) = shelf.lint_requirements()
    assert (finding.field, finding.mend) == ("layout.hero.scroll_cue", "write false, or add scroll_cue to the recipe")


def test_a_hero_that_is_low_at_the_left_is_not_asked_to_be_at_the_left(shelf: Any) -> None:
    shelf.spoil(shelf.template / "template.yaml", "baseline: centred", "baseline: bottom-left")
    (finding,) = shelf.lint_requirements()
    assert (finding.field, finding.mend) == ("layout.hero.pattern", "choose another pattern")


def test_an_unused_asset_is_warned_of_and_one_of_the_skeleton_refused(shelf: Any) -> None:
    (shelf.pack / "assets/old.png").write_bytes((shelf.pack / "assets/new/32.png").read_bytes())
    told = {(finding.severity, finding.mend) for finding in shelf.lint_requirements()}
    assert told == {("warning", "remove it or name it"), ("error", "give it another name")}


def test_a_picture_that_is_none_is_told(shelf: Any) -> None:
    (shelf.pack / "assets/new/hero.png").write_bytes(b"no picture")
    (finding,) = shelf.lint_requirements()
    assert (finding.field, finding.mend) == ("images.hero.path", "make the file again")


def test_a_broken_template_is_named_as_the_cause(shelf: Any) -> None:
    shelf.spoil(shelf.template / "template.yaml", "tier: 2", "tier: two")
    (finding,) = shelf.lint_requirements()
    assert finding.field == "template"
    assert "mend the template first" in finding.mend


def test_files_outside_assets_are_refused(shelf: Any) -> None:
    (shelf.pack / "index.html").write_text("x")
    (finding,) = shelf.lint_requirements()
    assert (finding.file, finding.mend) == ("index.html", "move it into assets/ or remove it")


def test_a_file_of_another_name_is_told_where_to_go(shelf: Any) -> None:
    (shelf.pack / FILE).rename(shelf.root / "brief.yaml")
    (finding,) = lint_requirements(shelf.root / "brief.yaml", shelf.library)
    assert (finding.file, finding.mend) == ("brief.yaml", "move it to requirements/NAME/requirements.yaml")


def test_a_folder_without_requirements_says_what_to_add(tmp_path: Path) -> None:
    (finding,) = lint_requirements(tmp_path, Library(()))
    assert finding.mend == "add requirements.yaml"


def test_what_ships_with_the_program_has_no_errors() -> None:
    library = Library.default()
    assert library.requirements_ids()
    for name in library.requirements_ids():
        assert errors_of(lint_requirements(library.requirements_folder(name), library)) == (), name
