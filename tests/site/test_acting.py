"""Sites that act alike have one key; whatever a script, an event or visibility could tell apart has two, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.domain.template import Behaviour, Expectation
from sitegen_tui.site.acting import LARGEST, acting_css
from sitegen_tui.site.acting import acting_key as key_of

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Inn</title>
<link rel="preconnect" href="https://fonts.example"><link rel="stylesheet" href="https://fonts.example/css?family=Lora">
<link rel="stylesheet" href="css/styles.css"></head>
<body><button class="toggle">Menu</button><ul id="nav" hidden><li><a href="#rooms">Rooms</a></li></ul>
<h1 data-slot="hero-headline">Sleep well</h1><a data-slot="hero-primary-cta" href="#rooms">Look</a>
<div data-slot="about-body"><p>Since 1871.</p></div>
<img src="a.jpg" alt="A room" width="600" height="400"><a href="mailto:a@inn.example">Write</a>
<p id="count">2</p><script src="js/main.js"></script></body></html>
"""
CSS = """:root { --ink: #123456; --face: "Lora", serif; --gap: 8px; }
@font-face { font-family: Lora; src: url(lora.woff2); }
.toggle { color: var(--ink); display: block; border-color: red; }
@media (max-width: 700px) { #nav { background-color: #fff; position: fixed } }
"""
JS = "document.querySelector('.toggle').addEventListener('click', () => { nav.hidden = false; count.textContent = '3'; });"


OPENS = Behaviour.model_validate(
    {"id": "opens", "steps": [{"do": "click", "target": ".toggle"}], "expect": [{"target": "#nav", "state": "visible"}]}
)


def expects(target: str, state: str, value: str) -> Behaviour:
    return OPENS.model_copy(
        update={"expect": (*OPENS.expect, Expectation.model_validate({"target": target, "state": state, "value": value}))}
    )


def acting_key(files: dict[str, bytes], behaviour: Behaviour = OPENS) -> str | None:
    return key_of(files, [behaviour])


def site(page: str = PAGE, css: str = CSS, js: str = JS, **more: bytes) -> dict[str, bytes]:
    return {"index.html": page.encode(), "css/styles.css": css.encode(), "js/main.js": js.encode(), "assets/a.jpg": b"x", **more}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Sleep well", "Wake up by the sea"),
        ('cta" href="#rooms"', 'cta" href="#contact"'),
        ("<p>Since 1871.</p>", "<p>Since 1871.</p><p>Still <em>here</em>.</p>"),
        ('src="a.jpg" alt="A room" width="600"', 'src="b.jpg" alt="Another room" width="500"'),
        ("a@inn.example", "b@inn.example"),
        ("<title>Inn</title>", '<title>Inn by the sea</title><meta name="description" content="An inn">'),
        ("family=Lora", "family=Karla"),
        ('<link rel="preconnect" href="https://fonts.example">', '<link rel="preload" as="image" href="a.jpg">'),
    ],
)
def test_copy_pictures_and_metadata_make_no_difference(old: str, new: str) -> None:
    assert old in PAGE
    assert acting_key(site(PAGE.replace(old, new))) == acting_key(site())
    assert acting_key(site()) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("--ink: #123456", "--ink: rgb(1 2 3 / 50%)"),
        ('"Lora", serif', '"Karla", "Lora", sans-serif'),
        ("url(lora.woff2)", "url(karla.woff2)"),
        ("border-color: red", "border-color: blue; box-shadow: 0 0 2px red"),
        ("background-color: #fff;", "background: url(a.jpg) center / cover;"),
        (".toggle {", ".hero::before { background-color: rgb(0 0 0 / 40%); }\n.toggle {"),
    ],
)
def test_paint_makes_no_difference(old: str, new: str) -> None:
    assert old in CSS
    assert acting_key(site(css=CSS.replace(old, new))) == acting_key(site())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rooms</a>", "Rooms and suites</a>"),
        ('id="nav"', 'id="menu"'),
        (" hidden", ""),
        ('<p id="count">2</p>', '<p id="count">5</p>'),
        ("</h1>", '<span class="over"></span></h1>'),
        ('<h1 data-slot="hero-headline"', '<h1 data-slot="hero-headline" style="display: none"'),
        ('<li><a href="#rooms"', '<li><a href="#bar"'),
        ('<button class="toggle">', '<button class="toggle" disabled>'),
        ("css/styles.css", "css/other.css"),
    ],
)
def test_structure_words_of_the_frame_and_what_hides_make_one(old: str, new: str) -> None:
    assert old in PAGE
    assert acting_key(site(PAGE.replace(old, new))) != acting_key(site())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("display: block", "display: none"),
        ("--gap: 8px", "--gap: 80px"),
        ("position: fixed", "position: fixed; opacity: 0"),
        ("max-width: 700px", "max-width: 70px"),
        ("color: var(--ink);", "color: var(--ink"),
        ("#nav {", "nav {"),
    ],
)
def test_layout_makes_one(old: str, new: str) -> None:
    assert old in CSS
    assert acting_key(site(css=CSS.replace(old, new))) != acting_key(site())


def test_another_script_or_another_file_makes_one() -> None:
    assert acting_key(site(js=JS + "\n")) != acting_key(site())
    assert acting_key(site(**{"data.json": b"1"})) != acting_key(site(**{"data.json": b"2"}))
    assert acting_key(site(**{"assets/b.jpg": b"x"})) != acting_key(site())
    assert acting_key({**site(), "assets/a.jpg": b"y"}) == acting_key(site())


@pytest.mark.parametrize(
    "reads",
    [
        "if (count.textContent === '2') go();",
        "h1.innerText",
        "x.innerHTML",
        "picture.src.endsWith('x')",
        "if (img.alt) go()",
        "big.src = small.src;",
        "open(link.href)",
        "hero.offsetHeight",
        "h1.getBoundingClientRect().top",
        "new IntersectionObserver(go)",
    ],
)
def test_a_script_that_may_read_what_is_left_out_has_no_key(reads: str) -> None:
    assert acting_key(site(js=JS + reads)) is None


def test_a_script_that_only_writes_or_copies_a_picture_has_one() -> None:
    assert acting_key(site(js=JS + "picture.src = item.getAttribute('href'); picture.alt = small.alt;")) is not None
    described = expects("img", "attribute", "alt=A room")
    assert acting_key(site(js=JS + "picture.alt = small.alt;"), described) is None


@pytest.mark.parametrize(
    ("old", "new", "behaviour"),
    [
        ("Sleep well", "Wake up", expects("h1", "text", "Sleep")),
        ("Sleep well", "Wake up", expects("body", "text", "Sleep")),
        ('src="a.jpg"', 'src="b.jpg"', expects("img", "attribute", "src=a.jpg")),
        ('cta" href="#rooms"', 'cta" href="#bar"', expects("[data-slot=hero-primary-cta]", "attribute", "href=#rooms")),
    ],
)
def test_all_of_what_is_expected_of_counts(old: str, new: str, behaviour: Behaviour) -> None:
    assert acting_key(site(PAGE.replace(old, new))) == acting_key(site())
    assert acting_key(site(PAGE.replace(old, new)), behaviour) != acting_key(site(), behaviour)


def test_a_page_with_a_script_in_it_and_one_without_a_page_have_none() -> None:
    assert acting_key(site(PAGE.replace("</body>", "<script>go()</script></body>"))) is None
    assert acting_key({"css/styles.css": b""}) is None


def test_a_stylesheet_is_told_by_what_moves_and_hides() -> None:
    assert acting_css("a { color: red }\nb { fill: none; margin: 0 }") == acting_css("b { margin: 0 }")
    assert "display: none" in acting_css("a { color: red; display: none }")
    assert acting_css("a { margin: 0; color: red; }") == acting_css("a{margin: 0}")


def test_no_page_is_too_deep_and_no_stylesheet_too_odd() -> None:
    deep = PAGE.replace("<h1", "<div>" * 5000 + "<h1", 1)
    assert acting_key(site(deep)) not in (None, acting_key(site()))
    odd = "@font-face { @font-face { a: b; color: red } color: blue; { color: red } } a { b { color: red; { c: d } } } }}}{{{"
    assert acting_key(site(css=odd)) is not None
    assert acting_key(site(css="a{b:c}" * (LARGEST // 5))) is None


@given(
    st.lists(st.sampled_from([*"{}();:,@#.\"'/*<>! a", "color:", "red", "--x:", "@font-face{", "@media print{", "url(", "/*"])).map(
        "".join
    )
)
def test_any_text_is_a_stylesheet(text: str) -> None:
    assert isinstance(acting_css(text), str)
    assert acting_key(site(css=text)) is not None
