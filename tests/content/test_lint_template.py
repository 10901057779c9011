"""Each rule for templates: a planted fault is found in its file and field, with the mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen_tui.content.library import Library
from sitegen_tui.content.lint import difficulty_of, errors_of, lint_template

YAML, PAGE, CSS = "template.yaml", "index.html", "css/styles.css"

FAULTS = [
    # file, old, new, found in, field, mend
    (YAML, "  accent: --c-accent\n", "", YAML, "tokens", "add accent: --c-accent"),
    (YAML, '  inverse: "#FCE4D2"\n', "", YAML, "palette_old", "the skeleton's colour for inverse"),
    (YAML, "accent: --c-accent", "accent: --c-primary", YAML, "tokens.accent", "a token of its own"),
    (YAML, '  body: {token: --font-body, family: Mulish, applies_to: body}\n', "", YAML, "fonts", "add body"),
    (YAML, "id: foot,", "id: band,", YAML, "derived.gradients[1].id", "another id"),
    (PAGE, '<section id="contact">', '<section id="about">', PAGE, "", "another id"),
    (YAML, "  copyright: .copy", "  copyrigth: .copy", YAML, "slots.copyrigth", "did you mean copyright?"),
    (YAML, "  copyright: .copy\n", "", YAML, "slots", "add copyright:"),
    (YAML, "  copyright: .copy", "  copyright: .nowhere", YAML, "slots.copyright", "name an element that index.html has"),
    (YAML, "  copyright: .copy", "  copyright: .btn", YAML, "slots.copyright", "make it more exact"),
    (YAML, "  copyright: .copy", '  copyright: ".a[["', YAML, "slots.copyright", "mend its syntax"),
    (YAML, "  hero-eyebrow: .eyebrow\n", "", YAML, "slots", "add hero-eyebrow to hero and slots"),
    (YAML, "text: .hero .text", "text: .foot", YAML, "hero.text", "inside hero.selector"),
    (PAGE, "<h2>Our goods</h2>", "<h1>Our goods</h1>", PAGE, "", "have one h1"),
    (YAML, "  baseline: centred", "  baseline: centred\n  preload: true", YAML, "hero.preload", "preload: false"),
    (YAML, '  background: {selector: .hero, overlay: ".hero::before"}\n', "", YAML, "hero", "add hero.background"),
    (YAML, "heading: Our goods", "heading: Their goods", YAML, "sections[0].heading", "copy the heading"),
    (YAML, "item: article, count: 2", "item: article, count: 3", YAML, "sections[0].items.count", "count: 2"),
    (YAML, 'item: article, count: 2', 'item: .gone, count: 2', YAML, "sections[0].items.item", "name an element"),
    (YAML, "count: 2}", "count: 2, media: img}", YAML, "sections[0].items.media", "give each item its picture"),
    (PAGE, ' data-items="goods"', "", PAGE, "", 'data-items="goods"'),
    (YAML, "  - id: contact\n", "  - id: contacts\n", YAML, "sections", "add the section contact"),
    (YAML, '    background: {selector: "#contact"}\n', "", YAML, "sections", "give another section a picture"),
    (YAML, '    items: {container: "#about .facts", item: li, count: 2}\n', "", YAML, "sections", "mark groups"),
    (YAML, '    items: {container: "#about .facts", item: li, count: 2}\n', "", YAML, "sections[1].baseline", "none"),
    (YAML, '"header img"', '"header nav"', YAML, "logos.header.selector", "name the img element"),
    (PAGE, 'alt="Old Kiosk" ', "", PAGE, "logos.header", "add all three"),
    (YAML, "tier: 2", "tier: 3", PAGE, "logos.header", "add srcset"),
    (YAML, "assets/old-32.png,", "assets/gone.png,", YAML, "icons.old[0]", "add the file"),
    (PAGE, 'rel="apple-touch-icon"', 'rel="prefetch"', YAML, "icons.old", "rel=apple-touch-icon"),
    (YAML, "  manifest: site.webmanifest\n", "", YAML, "icons", "add icons.manifest"),
    (YAML, "manifest: site.webmanifest", "manifest: gone.webmanifest", YAML, "icons.manifest", "mend the path"),
    (PAGE, "<html>", '<html lang="en">', PAGE, "", "remove it"),
    (PAGE, "</head>", '<meta property="og:title" content="x"></head>', PAGE, "", "remove it"),
    (PAGE, "<body>", '<body><a href="#goods">Skip to goods</a>', PAGE, "", "remove it"),
    (PAGE, 'content="#5B2333"', 'content="#5B2334"', PAGE, "theme_color", "write #5B2333"),
    (PAGE, '<meta name="theme-color" content="#5B2333">', "", YAML, "theme_color", "theme_color: false"),
    (PAGE, "<ul><li><a href=\"#goods\">Goods</a></li></ul>", "<a href=\"#goods\">Goods</a>", PAGE, "", "ul and li"),
    (PAGE, '<form><input type="email"></form>', '<input type="email">', PAGE, "", "add a form"),
    (PAGE, ' fill="#5B2333"', "", PAGE, "", "a fill of palette_old"),
    (YAML, "steps: [{do: click, target: .menu}]", "steps: [{do: click}]", YAML, "behaviours[0].steps[0]", "target:"),
    (YAML, "target: .menu}", "target: .gone}", YAML, "behaviours[0].steps[0].target", "name an element"),
    (YAML, 'value: "200"}', "value: far}", YAML, "behaviours[1].steps[0].value", 'value: "200"'),
    (YAML, "state: has-class, value: open", "state: has-class", YAML, "behaviours[0].expect[0]", "add value"),
    (YAML, "state: has-class, value: open", "state: attribute, value: x", YAML, "behaviours[0].expect[0]", "aria"),
    (YAML, "hooks: [.menu]", "hooks: [.gone]", YAML, "behaviours[0].hooks[0]", "name an element"),
    (YAML, "{{min_height}}", "{{min_heigth}}", YAML, "hero_recipes.left.css", "did you mean min_height?"),
    (YAML, '"{{scope}} .items', '".hero .items', YAML, "section_recipes.goods.grid.css", "begin its selectors"),
    (YAML, "gap: {{gap}}; }", "gap: {{gap}}; } }", YAML, "section_recipes.goods.grid.css", "mend the CSS"),
    (YAML, "section_recipes:\n  goods:", "section_recipes:\n  godos:", YAML, "section_recipes.godos", "mean goods?"),
    (PAGE, "js/main.js", "js/mian.js", PAGE, "", "mend the path"),
    (PAGE, 'href="#goods">Look', 'href="#wares">Look', PAGE, "", 'add id="wares"'),
    (PAGE, "<main>", "<main><!--" + "x" * 17_000 + "-->", PAGE, "", "shorten it"),
    (CSS, ".sub {", ".sub } {", CSS, "", "mend it"),
    (CSS, ".sub {", ".sub { color;", CSS, "", "mend it"),
    (CSS, "--c-text: #2E1538;", "", CSS, "tokens.text", "add --c-text: #2E1538;"),
    (CSS, "--c-text: #2E1538;", "--c-text: #2E1539;", CSS, "tokens.text", "make them agree"),
    (CSS, '--font-body: "Mulish", sans-serif;', "", CSS, "fonts.body.token", 'add --font-body: "Mulish"'),
    (CSS, '"Lora", serif', '"Bitter", serif', YAML, "fonts.heading.family", "write Bitter"),
    (CSS, '"Lora", serif', '"Lora"', CSS, "", "end it with serif"),
    (PAGE, "family=Lora", "family=Bitter", YAML, "fonts.heading.family", "add Lora to the Google Fonts"),
    (CSS, "var(--c-primary), #A23E1C", "#A23E1C, var(--c-primary)", YAML, "derived.gradients[0].roles", "in order"),
    (CSS, "linear-gradient(90deg, var(--c-primary), #A23E1C)", "none", YAML, "derived.gradients[0]", "mend selector"),
    (CSS, "background-color: rgba(46, 21, 56, .6)", "opacity: .6", YAML, "derived.overlays[0]", "mend selector"),
    (CSS, "(46, 21, 56, .6)", "(46, 21, 56, .7)", YAML, "derived.overlays[0].alpha", "write alpha: 0.7"),
    (CSS, "rgba(226, 192, 170, .9)", "#fff", YAML, "derived.tints[1]", "mend selector"),
    (YAML, "scroll_y: 200", "scroll_y: 0", YAML, "derived.tints", "scroll_y: 200"),
    (YAML, '    - {id: foot, selector: footer, roles: [secondary, primary]}\n', "", YAML, "derived.gradients", "add"),
    (CSS, "@media (max-width: 767px)", "@media (max-width: 600px)", CSS, "", "@media (max-width: 767px)"),
    (CSS, "#contact {", "#contact p {", YAML, "sections[2].background.selector", "background-image is the picture"),
    (CSS, '"../assets/old.png"', '"../assets/new.png"', CSS, "", "mend the path"),
    (YAML, 'overlay: "#about::before"', 'overlay: "#about::after"', YAML, "sections[1].background.overlay", "mend"),
    (YAML, 'css_selector: ".btn"', 'css_selector: ".button"', YAML, "traps[0].css_selector", "as it is written there"),
    (YAML, "foreground: text_muted, ground: background", "foreground: primary, ground: surface", YAML,
     "traps[1].foreground", "name the role"),
    (PAGE, 'class="sub"', 'class="sub" aria-hidden="true"', YAML, "traps[1].selector", "take aria-hidden away"),
    (YAML, "state: hover, ", "", YAML, "traps", "state: hover"),
    (YAML, "kind: control, ", "", YAML, "traps", "kind: control"),
    (YAML, "  - {id: muted, ", "  # {id: muted, ", YAML, "traps", "add or remove traps"),
    (YAML, "foreground: inverse, ground: accent", "foreground: accent, ground: text", YAML, "traps[0]", "palette_old"),
]  # fmt: skip


def test_a_template_in_order_has_no_findings(shelf: Any) -> None:
    assert shelf.lint_template() == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[3]}:{fault[4]}:{fault[2][:20]}")
def test_a_planted_fault_is_found_with_its_mend(shelf: Any, fault: tuple[str, str, str, str, str, str]) -> None:
    file, old, new, found_in, name, mend = fault
    shelf.spoil(shelf.template / file, old, new)
    findings = shelf.lint_template()
    there = [finding for finding in findings if finding.file == found_in and finding.field == name]
    assert any(mend in finding.mend for finding in there), findings
    assert all(finding.message and finding.mend for finding in findings)


def test_a_finding_names_the_line_of_the_field(shelf: Any) -> None:
    shelf.spoil(shelf.template / YAML, "  copyright: .copy", "  copyright: .gone")
    text = (shelf.template / YAML).read_text()
    (finding,) = shelf.lint_template()
    assert text.splitlines()[finding.line - 1] == "  copyright: .gone"


def test_the_plainest_tier_is_only_warned_of_low_counts(shelf: Any) -> None:
    shelf.spoil(shelf.template / YAML, "  hero-eyebrow: .eyebrow\n", "")
    shelf.spoil(shelf.template / YAML, "  manifest: site.webmanifest\n", "")
    assert {finding.severity for finding in shelf.lint_template()} == {"error"}
    shelf.spoil(shelf.template / YAML, "tier: 2", "tier: 1")
    assert {finding.severity for finding in shelf.lint_template()} == {"warning"}


def test_unreadable_and_misnamed_pictures_are_told(shelf: Any) -> None:
    (shelf.template / "assets/old.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (shelf.template / "assets/logo.jpg").write_bytes((shelf.template / "assets/old-32.png").read_bytes())
    told = {finding.file: finding.mend for finding in shelf.lint_template()}
    assert told == {"assets/old.png": "make the file again", "assets/logo.jpg": "name it .png"}


def test_an_oblong_icon_is_told(shelf: Any) -> None:
    (shelf.template / "assets/old-32.png").write_bytes((shelf.template / "assets/old.png").read_bytes())
    (finding,) = shelf.lint_template()
    assert (finding.file, finding.field, finding.mend) == ("assets/old-32.png", "icons.old[0]", "make the icon square")
    assert finding.message == "is 64 by 32"


def test_a_folder_without_the_page_files_says_which_to_add(tmp_path: Path) -> None:
    mends = [finding.mend for finding in lint_template(tmp_path)]
    assert mends[0] == "add template.yaml"
    assert [mend.split(";")[0] for mend in mends[1:]] == ["add index.html", "add css/styles.css", "add js/main.js"]


def test_what_ships_with_the_program_has_no_errors() -> None:
    library = Library.default()
    assert library.template_ids()
    for template_id in library.template_ids():
        assert errors_of(lint_template(library.template_folder(template_id))) == (), template_id


def test_a_tier_that_is_not_what_is_counted_is_warned_of(shelf: Any) -> None:
    counted = difficulty_of(shelf.library.template("kiosk").manifest, shelf.library).tier
    shelf.spoil(shelf.template / YAML, "tier: 2", f"tier: {counted}")
    assert [one for one in lint_template(shelf.template, Library((shelf.root,))) if one.field == "tier"] == []
    other = 5 if counted < 5 else 4
    shelf.spoil(shelf.template / YAML, f"tier: {counted}", f"tier: {other}")
    (finding,) = [one for one in lint_template(shelf.template, Library((shelf.root,))) if one.field == "tier"]
    assert finding.severity == "warning"
    assert f"tier {counted}" in finding.message
    assert finding.line
