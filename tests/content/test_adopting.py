"""Sites that were not made for this program: brought together, their parts found, or refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sitegen_tui.content.adopting.gathering import find_root
from sitegen_tui.content.adopting.proposing import Adoption, adopt
from sitegen_tui.content.library import Library, read_template
from sitegen_tui.content.page import Page
from sitegen_tui.content.starting import write_brief, write_template
from sitegen_tui.errors import ContentError, UsageError

FRAMEWORK = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><title>Tall Pines Camp</title>
<meta name="description" content="A camp">
<meta property="og:title" content="Camp">
<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="https://cdn.example/lib.css">
<link rel="stylesheet" href="css/grid.css">
<link rel="stylesheet" href="theme/theme.css" media="screen">
<style>.late { color: #884422; }</style>
</head>
<body id="top">
<nav class="navbar" id="mainNav"><a class="navbar-brand" href="#top"><img src="img/mark.svg" alt="Pines"></a>
<button class="navbar-toggler" aria-expanded="false">Menu</button>
<ul class="navbar-nav"><li><a href="#about">About</a></li><li><a href="#tents">Tents</a></li></ul></nav>
<header class="masthead"><div class="row"><h1>Sleep under the tall pines</h1>
<p>Forty pitches, one lake and no road noise at all.</p><a class="btn btn-primary" href="#tents">Choose a pitch</a></div></header>
<section id="about"><div class="col"><h2>Our story</h2><hr>
<p>The camp has been here since the railway was built.</p>
<p>We plant two trees for every tent.</p><a href="#tents">On</a></div></section>
<section id="tents"><h2>Tents</h2><div class="row">
<div class="col-4"><h3>Small</h3><p>For two.</p></div><div class="col-4"><h3>Large</h3><p>For six.</p></div>
<div class="col-4"><h3>Hut</h3><p>With a stove.</p></div></div></section>
<section id="contact"><h2>Get in touch</h2><p><a href="mailto:hi@pines.example">hi@pines.example</a></p>
<p><a href="tel:+441632960011">01632 960011</a></p><address>1 Lake Road</address><p>Open daily from 8 to 20</p></section>
<footer><p>Copyright © 2024 Tall Pines</p></footer>
<script src="js/one.js"></script><script>window.second = 2;</script>
</body></html>
"""

BARE = "<title>Notes</title><h1>Notes</h1><p>Some words that stand here.</p>"


def _site(folder: Path, **extra: str) -> Path:
    files = {
        "index.html": FRAMEWORK,
        "css/grid.css": ":root{--bs-primary:#0d6efd;--bs-body-bg:#fff}\n@import url(other.css);\nbody{font-family:Lato}",
        "css/other.css": ".row{background:url('../img/leaf.png')}",
        "theme/theme.css": ".masthead{background-image:url(../img/leaf.png);color:#234123}\nh1{color:#234123}\n#fee{margin:0}",
        "js/one.js": "var first = 1\nonscroll = () => document.querySelector('#mainNav').classList.toggle('shrunk')",
        "img/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
        "favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
        "img/leaf.png": "not really a picture",
        **extra,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


@pytest.fixture
def pines(tmp_path: Path) -> Adoption:
    return adopt(_site(tmp_path / "pines"), "tall-pines")


def test_styles_and_scripts_are_brought_together_with_their_paths(pines: Adoption) -> None:
    css, page, script = (pines.files[name].decode() for name in ("css/styles.css", "index.html", "js/main.js"))
    assert css.index(".row") < css.index("body{") < css.index(".masthead") < css.index(".late")
    assert css.count('url("../img/leaf.png")') == 2
    assert "@import" not in css
    assert "@media screen" in css
    assert page.count('href="css/styles.css"') == 1
    assert "theme.css" not in page
    assert "grid.css" not in page
    assert "https://cdn.example/lib.css" in page
    assert script.index("first = 1") < script.index("window.second")
    assert page.count("<script") == 1
    assert "css/grid.css" not in pines.files
    assert any("cdn.example" in note for note in pines.notes)


def test_what_actions_add_is_taken_out_and_paths_are_relative(pines: Adoption) -> None:
    page = pines.files["index.html"].decode()
    assert "lang=" not in page
    assert "description" not in page
    assert "og:title" not in page
    assert 'href="favicon.svg"' in page
    assert "<title>Tall Pines Camp</title>" in page


def test_parts_are_found_and_each_selector_finds_one(pines: Adoption) -> None:
    told = pines.manifest
    page = Page.parse(pines.files["index.html"].decode(), pines.files["css/styles.css"].decode())
    found = {name: page.select(selector) or () for name, selector in told.slots.items()}
    texts = {name: tags[0].get_text(" ", strip=True) for name, tags in found.items() if len(tags) == 1}
    assert texts["hero-headline"] == "Sleep under the tall pines"
    assert texts["hero-primary-cta"] == "Choose a pitch"
    assert texts["about-heading"] == "Our story"
    assert texts["about-body"].startswith("The camp has been here")
    assert texts["about-body"].endswith("every tent.")
    assert texts["contact-email"] == "hi@pines.example"
    assert texts["contact-hours"] == "Open daily from 8 to 20"
    assert texts["copyright"] == "Copyright © 2024 Tall Pines"
    assert {"header-logo", "nav", "menu-button", "contact-phone", "contact-address"} <= set(texts)
    assert {section.id for section in told.sections} == {"about", "tents", "contact"}
    tents = told.section("tents")
    assert tents is not None
    assert tents.items is not None
    assert (tents.items.count, tents.baseline) == (3, "grid")
    assert told.hero.background is not None
    assert [one.id for one in told.behaviours] == ["header-scrolled"]


def test_colours_keep_their_names_or_get_one_that_the_sheet_uses(pines: Adoption) -> None:
    css, told = pines.files["css/styles.css"].decode(), pines.manifest
    assert (told.tokens["primary"], told.palette_old["primary"]) == ("--bs-primary", "#0D6EFD")
    assert told.tokens["background"] == "--bs-body-bg"
    name = next(role for role, value in told.palette_old.items() if value == "#234123")
    assert f"{told.tokens[name]}: #234123;" in css
    assert css.count(f"var({told.tokens[name]})") == 2
    assert "#fee{" in css, "a selector is no colour"


def test_what_is_lacking_is_listed_with_how_to_add_it(pines: Adoption) -> None:
    lacks = {one.what: one.how for one in pines.lacks}
    assert 'data-slot="footer-logo"' in lacks["the footer logo"]
    assert 'data-slot="contact-socials"' in lacks["the slot contact-socials"]
    assert "the slot hero-headline" not in lacks


def test_a_run_has_all_that_it_needs(pines: Adoption, tmp_path: Path) -> None:
    write_template(pines.files, tmp_path / "templates" / "tall-pines")
    write_brief(pines.brief, tmp_path / "requirements" / "tall-pines-01")
    library = Library((tmp_path,))
    assert read_template(tmp_path / "templates" / "tall-pines")[1] == ()
    pack = library.pack(library.default_pack("tall-pines"))
    assert {one.section for one in pack.requirements.layout.sections} <= {one.id for one in pines.manifest.sections}
    assert pack.requirements.content.hero.eyebrow is None
    assert yaml.safe_load(pines.files["template.yaml"])["id"] == "tall-pines"


def test_the_folder_is_left_as_it_was(tmp_path: Path) -> None:
    folder = _site(tmp_path / "pines")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    adopt(folder, "tall-pines")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_bare_html_is_adopted_with_a_long_list(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BARE)
    found = adopt(tmp_path, "notes")
    assert found.manifest.name == "Notes"
    assert {"css/styles.css", "js/main.js"} <= set(found.files)
    assert {"the slot nav", "a section about", "a colour for primary"} <= {one.what for one in found.lacks}
    assert b'data-slot="hero-headline"' in found.files["index.html"]


@pytest.mark.parametrize("place", ["dist", "public", "some/deep/folder"])
def test_the_page_is_found_where_sites_are_built(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / place / "index.html").write_text(BARE)
    (tmp_path / "node_modules" / "x").mkdir(parents=True)
    (tmp_path / "node_modules" / "x" / "index.html").write_text("")
    assert find_root(tmp_path) == tmp_path / place


def _two_pages(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(BARE)


def _page(folder: Path, text: str) -> None:
    (folder / "index.html").write_text(text)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: None, "there is no index.html"),
        (_two_pages, "several folders: one, two"),
        (lambda folder: _page(folder, BARE + '<link rel="stylesheet" href="gone.css">'), "gone.css, which is not there"),
        (lambda folder: _page(folder, BARE + '<script src="../up.js"></script>'), "outside the site's folder"),
        (lambda folder: _page(folder, BARE + '<img src="../up.png">'), "outside its folder"),
        (lambda folder: _page(folder, BARE + '<script type="module">import "./x.js"</script>'), "imports other modules"),
        (lambda folder: (folder / "index.html").write_bytes(b"<h1>\xff\xfe</h1>"), "not UTF-8"),
    ],
)
def test_what_cannot_be_adopted_is_refused_with_the_reason(tmp_path: Path, make: object, reason: str) -> None:
    make(tmp_path)  # type: ignore[operator]
    with pytest.raises(ContentError, match=reason):
        adopt(tmp_path, "mine")


def test_sheets_that_import_one_another_are_refused(tmp_path: Path) -> None:
    _page(tmp_path, BARE + '<link rel="stylesheet" href="a.css">')
    (tmp_path / "a.css").write_text('@import "b.css";')
    (tmp_path / "b.css").write_text('@import "a.css";')
    with pytest.raises(ContentError, match="without an end"):
        adopt(tmp_path, "mine")


def test_a_name_that_is_no_id_is_refused(tmp_path: Path) -> None:
    _page(tmp_path, BARE)
    with pytest.raises(UsageError):
        adopt(tmp_path, "My Site")
