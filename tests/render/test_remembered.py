"""What a renderer remembers changes nothing that it says: every site looks as it does to one that has seen nothing yet."""

from __future__ import annotations

import pytest

from sitegen_tui.render.contrast import Area, Patch
from sitegen_tui.render.probe import Renderer
from sitegen_tui.render.remembered import Kept, Remembered, digest
from sitegen_tui.render.tab import Tab
from tests.render.pages import manifest as plain_manifest
from tests.render.pages import site, svg
from tests.render.test_determinism import differing

pytestmark = pytest.mark.asyncio(loop_scope="session")

BODY = """<header><img id="top-logo" src="logo.svg" alt="Logo" width="120" height="30">
<button class="toggle" aria-expanded="false">Menu</button><ul id="nav" hidden><li><a href="#cards">Cards</a></li></ul></header>
<div class="hero"><div class="hero-text"><h1 data-slot="hero-headline">A plain title</h1></div></div>
<section id="cards"><h2>Our cards</h2><div class="list"><div class="card">One</div><div class="card">Two</div></div>
<a class="btn" href="#about">Go on</a></section><section id="about"><h2>About us</h2><p>Words on a picture.</p>
<input aria-label="Name"></section><footer>Small print</footer>"""
CSS = """.hero { min-height: 300px; background: linear-gradient(90deg, #ffffff, #ccddee); } .card { padding: 20px; }
#about { background-image: url(../ground.svg); position: relative; } .btn { color: #a04000; }
.btn:hover { color: #006000; } ul { list-style: none }"""
JS = """const toggle = document.querySelector('.toggle'), nav = document.querySelector('#nav');
toggle.addEventListener('click', () => { nav.hidden = !nav.hidden; });"""
CHANGES = {
    "the same once more": ("", ""),
    "another headline": ("A plain title", "Quite another title"),
    "another ink": (".card { padding: 20px; }", ".card { padding: 20px; color: #767676; }"),
    "another ground": ("#ccddee", "#203040"),
    "a veil over words": (
        "position: relative; }",
        "position: relative; } #about::after { content: ''; position: absolute; inset: 0; background: #eee; }",
    ),
    "words as pale as their ground": ("Small print", '<span style="color: #fff">Small print</span>'),
    "a button that does nothing": ("nav.hidden = !nav.hidden", "nav.hidden = true"),
    "a menu that stays hidden": ("ul { list-style: none }", "ul { list-style: none; display: none }"),
    "a hover that nobody can read": ("color: #006000", "color: #fefefe"),
    "something over the button": (".card {", ".toggle::after { content: ''; position: fixed; inset: 0; } .card {"),
}
MANIFEST = plain_manifest(
    behaviours=[
        {
            "id": "menu",
            "steps": [{"do": "click", "target": ".toggle"}],
            "expect": [{"target": "#nav", "state": "visible"}],
        }
    ],
    slots={"nav": "#nav", "hero-headline": ".hero h1"},
)
FILES = {"logo_svg": svg(120, 30, "#203040"), "ground_svg": svg(40, 40, "#e8e0d0")}


def changed(old: str, new: str) -> dict[str, bytes]:
    assert old in BODY + CSS + JS
    return site(BODY.replace(old, new), CSS.replace(old, new), JS.replace(old, new), **FILES)


@pytest.fixture
def captures(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The windows that were captured."""
    made: list[tuple[int, int]] = []
    capture = Tab.capture_window

    async def counted(self: Tab, width: int, height: int) -> bytes:
        made.append((width, height))
        return await capture(self, width, height)

    monkeypatch.setattr(Tab, "capture_window", counted)
    return made


@pytest.mark.parametrize("name", CHANGES)
async def test_a_site_looks_the_same_to_one_that_has_seen_another(renderer: Renderer, name: str) -> None:
    files = changed(*CHANGES[name])
    renderer.memory = Remembered()
    fresh = await renderer.probe(files, MANIFEST)
    renderer.memory = Remembered()
    await renderer.probe(changed("", ""), MANIFEST)
    assert fresh.failure is None
    assert differing(fresh, await renderer.probe(files, MANIFEST)) == []


async def test_what_was_seen_is_neither_captured_nor_driven_again(renderer: Renderer, captures: list[tuple[int, int]]) -> None:
    renderer.memory = Remembered()
    first = await renderer.probe(changed("", ""), MANIFEST)
    once = len(captures)
    laps: dict[str, float] = {}
    again = await renderer.probe(changed("Our cards", "Our cards"), MANIFEST, laps=laps)
    assert first.behaviours["menu"].works
    assert again.behaviours == first.behaviours
    assert "behaviours" not in laps
    assert len(captures) - once < once


async def test_a_behaviour_that_failed_is_tried_again(renderer: Renderer) -> None:
    renderer.memory = Remembered()
    for _ in range(2):
        laps: dict[str, float] = {}
        broken = await renderer.probe(changed("nav.hidden = !nav.hidden", "nav.hidden = true"), MANIFEST, laps=laps)
        assert not broken.behaviours["menu"].works
        assert "behaviours" in laps


async def test_what_was_asked_for_longest_ago_is_forgotten() -> None:
    kept = Kept[int](2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


async def test_a_digest_tells_pixels_and_shapes_but_not_where_they_lie() -> None:
    numpy = pytest.importorskip("numpy")
    pixels = numpy.arange(6 * 8 * 3, dtype=numpy.uint8).reshape(6, 8, 3)
    page = Patch(Area(0, 0, 8, 6), numpy.concatenate([pixels, pixels], axis=0)[:6])
    twice = Patch(Area(0, 0, 8, 12), numpy.concatenate([pixels, pixels], axis=0))
    assert digest(twice, [Area(1, 1, 4, 3)]) == digest(twice, [Area(1, 7, 4, 9)])
    assert digest(twice, [Area(1, 1, 4, 3)]) != digest(twice, [Area(1, 1, 3, 4)])
    assert digest(twice, [Area(1, 1, 4, 3), Area(1, 3, 4, 5)]) != digest(twice, [Area(1, 1, 4, 3)])
    assert digest(page, [Area(1, 1, 4, 30)]) is None
    assert digest(None, [Area(0, 0, 1, 1)]) is None
