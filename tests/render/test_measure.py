from __future__ import annotations

import pytest

from sitegen_tui.domain.probes import Box, Probe, ProbeWants
from sitegen_tui.render.probe import Renderer
from tests.render.pages import manifest, site, svg

pytestmark = pytest.mark.asyncio(loop_scope="session")

STYLES = ProbeWants(views=("desktop",), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)
GEOMETRY = STYLES.model_copy(update={"views": ("desktop", "tablet", "mobile", "narrow")})
CARDS = '<section id="cards"><h2>Our cards</h2><div class="list">' + "".join(
    f'<div class="card"><h3>Card {n}</h3><p>Words</p></div>' for n in (1, 2, 3)
)
CARDS += "</div></section>"
GRID = """.list { display: grid; gap: 20px; grid-template-columns: repeat(3, 1fr) }
@media (max-width: 1023px) { .list { grid-template-columns: repeat(2, 1fr) } }
@media (max-width: 767px) { .list { grid-template-columns: 1fr } }"""


async def test_tokens_are_resolved_to_colours_and_what_is_no_colour_to_none(renderer: Renderer) -> None:
    css = ":root { --primary: rgb(10 20 30 / 50%); --accent: var(--secondary); --muted: 3px; --surface: oklch(1 0 0) }"
    found = await renderer.probe(site("<p>x</p>", css), manifest(), want=STYLES)
    tokens = found.views["desktop"].tokens
    assert tokens["primary"] == "#0a141e80"
    assert tokens["accent"] == "#203040"
    assert tokens["text_muted"] is None
    assert tokens["surface"] == "#ffffff"


async def test_a_token_that_a_section_overrides_is_told_for_that_section_only(renderer: Renderer) -> None:
    found = await renderer.probe(site(CARDS, "#cards { --accent: #00ff00 }"), manifest(), want=STYLES)
    assert found.views["desktop"].local_tokens == {"cards": {"accent": "#00ff00"}}


async def test_layers_show_pictures_gradients_colours_shadows_and_pseudo_elements(renderer: Renderer) -> None:
    css = """.hero { position: relative; height: 300px; background: linear-gradient(rgba(1,2,3,.5), #040506),
        url(../p.svg) 30% 40% / cover no-repeat;
      box-shadow: 0 0 9px rgba(7, 8, 9, .25) }
      .hero::before { content: ""; position: absolute; inset: 0; background: rgba(16, 32, 48, .4) }
      #about::after { background: #ff0000 }"""
    page = site('<div class="hero"></div><section id="about">About</section>', css, p_svg=svg(40, 30, "red"))
    painted = (await renderer.probe(page, manifest(), want=STYLES)).views["desktop"].painted
    hero = painted[".hero"]
    assert hero.picture == "p.svg"
    assert hero.gradient == ("#01020380", "#040506")
    assert (hero.images[1].size, hero.images[1].position, hero.images[1].repeat) == ("cover", "30% 40%", "no-repeat")
    assert hero.shadows == ("#07080940",)
    assert painted[".hero::before"].colour == "#10203066"
    assert painted[".hero::before"].visible
    assert painted[".hero::before"].box == Box(0, 0, 1280, 300)
    assert not painted["#about::after"].found


async def test_a_picture_that_is_not_there_is_not_loaded_and_is_listed_as_missing(renderer: Renderer) -> None:
    page = site('<div class="hero"></div>', ".hero { height: 9px; background: url(/no/where.jpg) }")
    found = await renderer.probe(page, manifest(), want=STYLES)
    image = found.views["desktop"].painted[".hero"].images[0]
    assert (image.path, image.loaded) == ("no/where.jpg", False)
    assert found.missing == ("no/where.jpg",)


async def test_a_background_that_no_selector_of_the_manifest_names_is_found(renderer: Renderer) -> None:
    page = site(
        '<section id="about"><i class="bg"></i></section>',
        ".bg { display: block; height: 5px; background: url(../p.svg) }",
        p_svg=svg(4, 4, "red"),
    )
    (found,) = (await renderer.probe(page, manifest(), want=STYLES)).views["desktop"].backgrounds
    assert (found.section, found.picture, found.visible) == ("about", "p.svg", True)


async def test_root_relative_references_mean_the_root_of_the_site(renderer: Renderer) -> None:
    found = await renderer.probe(
        site('<img id="top-logo" src="/a/l.svg" alt="L">', a__l_svg=svg(20, 10, "blue")), manifest(), want=STYLES
    )
    logo = found.views["desktop"].logos["header"].picture
    assert logo is not None
    assert (logo.source, logo.decoded, logo.natural, logo.alt) == ("a/l.svg", True, (20, 10), "L")
    assert found.missing == ()


async def test_first_families_are_counted_though_no_font_is_loaded(renderer: Renderer) -> None:
    page = site("<h1>One</h1><h2>Two</h2><h2 style='font-family: Lora'>Three</h2><p>Body</p>")
    fonts = (await renderer.probe(page, manifest(), want=STYLES)).views["desktop"].fonts
    assert fonts["heading"].families == {"Fraunces": 2, "Lora": 1}
    assert fonts["body"].families == {"Karla": 2}


async def test_logos_are_told_distorted_oversized_or_hidden(renderer: Renderer) -> None:
    body = '<img id="top-logo" src="l.svg" width="100" height="20"><img id="foot-logo" src="l.svg" hidden>'
    logos = (await renderer.probe(site(body, l_svg=svg(20, 10, "blue")), manifest(), want=STYLES)).views["desktop"].logos
    assert logos["header"].picture is not None
    assert logos["header"].picture.box[2:] == (100, 20)
    assert logos["header"].distortion == pytest.approx(1.5)
    assert logos["footer"].picture is not None
    assert not logos["footer"].picture.visible


async def test_columns_and_gaps_of_items_by_view(renderer: Renderer) -> None:
    found = await renderer.probe(site(CARDS, GRID), manifest(), want=GEOMETRY)
    assert {name: view.columns["cards"] for name, view in found.views.items()} == {
        "desktop": 3,
        "tablet": 2,
        "mobile": 1,
        "narrow": 1,
    }
    group = found.views["desktop"].groups["cards"]
    assert (group.gap_x, group.gap_y, group.order) == (20, None, (0, 1, 2))
    assert found.views["mobile"].groups["cards"].gap_y == 20
    assert [item.label for item in group.items] == ["Card 1", "Card 2", "Card 3"]
    assert found.responsive_groups == {"cards"}


async def test_items_are_met_in_the_order_that_is_seen(renderer: Renderer) -> None:
    found = await renderer.probe(site(CARDS, GRID + ".card:first-child { order: 5 }"), manifest(), want=GEOMETRY)
    assert found.views["desktop"].groups["cards"].order == (1, 2, 0)
    assert found.views["tablet"].groups["cards"].columns == 1, "the first item of the page stands alone in the last row"


async def test_a_layout_without_media_queries_has_the_same_columns_everywhere(renderer: Renderer) -> None:
    found = await renderer.probe(
        site(CARDS, ".list { display: grid; grid-template-columns: repeat(3, 1fr) }"), manifest(), want=GEOMETRY
    )
    assert {view.columns["cards"] for view in found.views.values()} == {3}
    assert found.responsive_groups == frozenset()


async def test_the_side_of_an_items_picture(renderer: Renderer) -> None:
    items = {"container": "#cards .list", "item": ".card", "count": 2, "media": "img"}
    wanted = manifest(sections=[{"id": "cards", "selector": "#cards", "heading": "", "items": items}])
    card = '<div class="card"><img src="p.svg"><p>Some words here</p></div>'
    css = ".card { display: flex } .card:nth-child(2) { flex-direction: row-reverse } .card:nth-child(3) { display: block }"
    page = site(f'<section id="cards"><div class="list">{card * 3}</div></section>', css, p_svg=svg(200, 100, "red"))
    items_seen = (await renderer.probe(page, wanted, want=STYLES)).views["desktop"].groups["cards"].items
    assert [item.media_side for item in items_seen] == ["left", "right", "above"]


async def test_a_carousel_scrolls_and_snaps(renderer: Renderer) -> None:
    css = ".list { display: flex; overflow-x: auto; scroll-snap-type: x mandatory } .card { flex: 0 0 60% }"
    found = await renderer.probe(site(CARDS, css), manifest(), want=STYLES)
    group = found.views["desktop"].groups["cards"]
    assert (group.scrolls, group.snap, group.columns) == (True, "x mandatory", 3)
    assert found.views["desktop"].overflow == 0


async def test_sections_are_found_by_id_or_heading_when_their_hook_is_gone(renderer: Renderer) -> None:
    sections = [
        {"id": "cards", "selector": "[data-section=cards]", "heading": ""},
        {"id": "about", "selector": "[data-section=about]", "heading": "All about us"},
        {"id": "gone", "selector": "[data-section=gone]", "heading": "Nothing like it"},
    ]
    page = site('<div id="cards">Cards</div><section><h2>All  About us</h2><p>Text</p></section>')
    seen = (await renderer.probe(page, manifest(sections=sections), want=STYLES)).views["desktop"].sections
    assert [seen[name].found_by for name in ("cards", "about", "gone")] == ["id", "heading", ""]


async def test_a_collapsed_and_an_emptied_section(renderer: Renderer) -> None:
    page = site(
        '<section id="cards">Words that nobody sees</section><section id="about"></section>',
        "#cards { height: 0; overflow: hidden }",
    )
    seen = (await renderer.probe(page, manifest(), want=STYLES)).views["desktop"].sections
    assert seen["cards"].box is not None
    assert seen["cards"].box.h == 0
    assert not seen["cards"].visible
    assert seen["about"].text_length == 0


async def test_bullets_in_the_navigation(renderer: Renderer) -> None:
    nav = '<ul id="nav"><li>One</li><li>Two</li></ul>'
    bulleted = await renderer.probe(site(nav), manifest(), want=STYLES)
    plain = await renderer.probe(site(nav, "#nav { list-style: none }"), manifest(), want=STYLES)
    flex = await renderer.probe(site(nav, "#nav li { display: block }"), manifest(), want=STYLES)
    shut = await renderer.probe(site(nav, "#nav { display: none }"), manifest(), want=STYLES)
    shut_plain = await renderer.probe(site(nav, "#nav { display: none; list-style: none }"), manifest(), want=STYLES)
    found = (bulleted, plain, flex, shut, shut_plain)
    assert [one.views["desktop"].nav.markers for one in found] == [2, 0, 0, 2, 0]
    assert bulleted.views["desktop"].nav.styles == ("list-item disc",)


async def test_a_page_wider_than_one_window_only(renderer: Renderer) -> None:
    found = await renderer.probe(site('<div style="width: 500px">wide</div>'), manifest(), want=GEOMETRY)
    assert {name: view.overflow for name, view in found.views.items()} == {"desktop": 0, "tablet": 0, "mobile": 125, "narrow": 180}


async def test_texts_over_one_another_overlap_and_neighbours_do_not(renderer: Renderer) -> None:
    body = """<p>First line of a text</p><p style="margin-top: -38px">Second line over it</p>
      <h1 style="line-height: 1">Two<br>lines</h1><p>Next <b>bold</b> words</p>"""
    view = (await renderer.probe(site(body), manifest(), want=STYLES)).views["desktop"]
    pairs = [(view.texts[one.first].text, view.texts[one.second].text) for one in view.overlaps]
    assert pairs == [("First line of a text", "Second line over it")]


async def test_clipped_text_is_told_from_text_hidden_on_purpose_and_from_text_to_scroll_to(renderer: Renderer) -> None:
    body = """<p style="height: 12px; overflow: hidden; line-height: 24px">Cut in half</p>
      <span style="position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)">For screen readers</span>
      <div style="height: 30px; overflow: auto"><p style="margin: 60px 0 0">Scroll to me</p></div><p>Whole</p>"""
    texts = (await renderer.probe(site(body), manifest(), want=STYLES)).views["desktop"].texts
    clipped = {text.text: text.clipped for text in texts}
    assert clipped["Whole"] == 0
    assert clipped["Cut in half"] == pytest.approx(0.5, abs=0.1)
    assert "For screen readers" not in [text.text for text in texts if text.clipped > 0]
    assert clipped.get("Scroll to me", 0) == 0


async def test_a_texts_colour_has_the_opacity_of_all_its_ancestors(renderer: Renderer) -> None:
    body = (
        '<div style="opacity: .5"><p style="opacity: .5; color: rgba(255, 0, 0, .8)">Faint</p></div><p style="opacity: 0">None</p>'
    )
    texts = (await renderer.probe(site(body), manifest(), want=STYLES)).views["desktop"].texts
    assert [(text.text, text.colour) for text in texts] == [("Faint", "#ff000033")]


async def test_the_heros_geometry_parts_and_extras(renderer: Renderer) -> None:
    css = """.hero { min-height: 92vh; position: relative } .cue { position: absolute; bottom: 0; width: 9px; height: 9px }
      .hero-text { max-width: 400px; text-align: center; margin-left: 50px }"""
    body = '<div class="hero"><div class="hero-text"><h1>Head</h1></div><i class="cue" aria-hidden="true"></i></div>'
    hero = (await renderer.probe(site(body, css), manifest(), want=STYLES)).views["desktop"].hero
    assert hero.box == Box(0, 0, 1280, 736)
    assert (hero.text and hero.text[:1], hero.text and hero.text.w) == ((50,), 400)
    assert (hero.align, hero.max_width, hero.min_height) == ("center", "400px", "736px")
    assert [part.name for part in hero.parts] == ["hero-headline"]
    assert [(part.name, part.hidden_to_readers) for part in hero.extras] == [("i.cue", True)]


async def test_animations_are_seen_at_their_end(renderer: Renderer) -> None:
    css = """p { animation: in 5s 2s both } @keyframes in { from { opacity: 0 } to { opacity: 1 } }
      b { animation: spin 1s infinite } @keyframes spin { from { opacity: .1 } }"""
    texts = (await renderer.probe(site("<p>Fades in</p><b>Turns</b>", css), manifest(), want=STYLES)).views["desktop"].texts
    assert [text.colour for text in texts] == ["#111111", "#111111"]


async def test_a_page_cannot_lie_to_the_measurement(renderer: Renderer) -> None:
    lies = """window.getComputedStyle = () => ({});
      Element.prototype.getBoundingClientRect = () => ({ left: 0, top: 0, width: 1, height: 1 });
      JSON.stringify = () => "{}"; Array.prototype.map = () => []; document.querySelector = () => null; window.probe = null;"""
    honest = await renderer.probe(site(CARDS, GRID), manifest(), want=GEOMETRY)
    lying = await renderer.probe(site(CARDS, GRID, lies), manifest(), want=GEOMETRY)
    assert lying.failure is None
    assert lying.views == honest.views


async def test_script_errors_and_rejections_are_listed_with_their_place(renderer: Renderer) -> None:
    js = "Promise.reject(new Error('nobody minds'));\n\nmissing.call();"
    found = await renderer.probe(site("<p>x</p>", js=js), manifest(), want=STYLES)
    told = {(error.message, error.file, error.line) for error in found.errors}
    assert ("ReferenceError: missing is not defined", "js/main.js", 3) in told
    assert any("nobody minds" in message for message, _, _ in told)
    broken = await renderer.probe(site("<p>x</p>", js="function ("), manifest(), want=STYLES)
    assert [error.message.partition(":")[0] for error in broken.errors] == ["SyntaxError"]


async def test_a_probe_is_a_value_that_survives_json_and_repeats_exactly(renderer: Renderer) -> None:
    page = site(CARDS + '<ul id="nav"><li><a href="#cards">Go</a></li></ul>', GRID)
    first = await renderer.probe(page, manifest())
    second = await renderer.probe(page, manifest())
    assert first.failure is None
    assert Probe.model_validate_json(first.model_dump_json(exclude_defaults=True)) == first
    assert second == first
