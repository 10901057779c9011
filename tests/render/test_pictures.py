"""Small pictures and picture diffs: on pages a browser took, and on drawings whose truth is known."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from sitegen_tui.domain.pictures import Raster, page_width, spot_of
from sitegen_tui.domain.probes import Box, ProbeWants
from sitegen_tui.render.pictures import MARK, difference, shrink
from sitegen_tui.render.probe import Renderer
from tests.render.pages import manifest, site

WHITE, INK, RED = (255, 255, 255), (20, 24, 30), (200, 30, 30)
PARAGRAPHS = "".join(f"<p>Paragraph {n} about harbours, boats and number {n * n * 7}.</p>" for n in range(30))


def page(height: int = 900, width: int = 400, shift: int = 0) -> Image.Image:
    """A page of different lines of words; those below row 200 are `shift` pixels lower."""
    image = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(image)
    for line, top in enumerate(range(10, 800, 22)):
        draw.text(
            (12, top + (shift if top > 200 else 0)), f"line {line} with {line * line * 37} words {'x' * (line % 9)}", fill=INK
        )
    return image


def png(image: Image.Image) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def jpeg(image: Image.Image) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=82)
    return kept.getvalue()


def boxed(box: tuple[int, int, int, int], colour: tuple[int, int, int] = RED, height: int = 900) -> Image.Image:
    image = page(height)
    x, y, w, h = box
    ImageDraw.Draw(image).rectangle((x, y, x + w - 1, y + h - 1), fill=colour)
    return image


def redness(raster: Raster, x: int, y: int) -> int:
    red, green, _ = raster.pixel(x, y)
    return red - green


def test_a_picture_is_averaged_to_the_width_that_was_asked_for() -> None:
    image = Image.new("RGB", (200, 100), (0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 9, 99), fill=WHITE)
    small = shrink(png(image), 10)
    assert (small.width, small.height) == (10, 5)
    assert small.pixel(0, 2) == (127, 127, 127)
    assert small.pixel(1, 2) == (0, 0, 0)


def test_a_region_begins_at_a_row_of_the_page_and_ends_with_it() -> None:
    image = Image.new("RGB", (100, 400), WHITE)
    ImageDraw.Draw(image).rectangle((0, 200, 99, 399), fill=INK)
    assert shrink(png(image), 50, 10, 200).pixel(0, 0) == INK
    assert shrink(png(image), 50, 10, 190).pixel(0, 0) == WHITE
    assert shrink(png(image), 50, 500, 300).height == 50
    assert shrink(png(image), 50, 500, 9_999).height == 1


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff" + b"\0" * 90])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="picture"):
        shrink(content, 40)


def test_a_picture_cut_off_in_the_middle_is_refused() -> None:
    with pytest.raises(ValueError, match="picture"):
        shrink(jpeg(page())[:3000], 40)


def test_the_same_picture_has_no_difference() -> None:
    found = difference(png(page()), png(page()))
    assert found.facts.share == 0
    assert found.facts.regions == ()
    assert max(redness(found.picture, x, y) for x in range(0, 400, 7) for y in range(0, 900, 7)) == 0


def test_noise_of_compression_and_smoothing_is_no_change() -> None:
    assert difference(png(page()), jpeg(page())).facts.regions == ()
    moved = Image.new("RGB", (400, 900), WHITE)
    moved.paste(page(), (1, 0))
    assert difference(png(page()), png(moved)).facts.share < 0.001


@settings(max_examples=25)
@given(x=st.integers(0, 340), y=st.integers(0, 840), w=st.integers(12, 60), h=st.integers(12, 60))
def test_a_changed_box_is_found_where_it_is_and_nothing_else(x: int, y: int, w: int, h: int) -> None:
    found = difference(jpeg(page()), jpeg(boxed((x, y, w, h))))
    (region,) = found.facts.regions
    # Changes are counted in cells of 16 pixels: the haze that JPEG draws around a small box may reach into the next one.
    assert abs(region.x - x) <= 16
    assert abs(region.y - y) <= 16
    assert abs(region.right - min(400, x + w)) <= 16
    assert abs(region.bottom - min(900, y + h)) <= 16
    assert found.facts.share == pytest.approx(w * h / (400 * 900), abs=0.004)


def test_what_only_moved_down_is_no_change_and_the_page_has_grown() -> None:
    taller = page(950, shift=50)
    found = difference(png(page()), png(taller))
    assert found.facts.taller == 50
    assert found.facts.share < 0.06
    assert all(region.bottom < 330 for region in found.facts.regions)
    below = boxed((20, 600, 100, 30), height=950)
    below.paste(taller, (0, 0))
    ImageDraw.Draw(below).rectangle((20, 600, 119, 629), fill=RED)
    changed = difference(png(page()), png(below)).facts.regions
    assert any(abs(region.y - 600) <= 1 and abs(region.h - 30) <= 2 for region in changed)


def test_where_rows_are_gone_a_line_marks_the_place() -> None:
    found = difference(png(page(950, shift=50)), png(page()))
    assert found.facts.taller == -50
    assert found.facts.share > 0
    assert any(region.w == 400 and 160 < region.y < 330 for region in found.facts.regions)
    cut = difference(png(page()), png(page().crop((0, 0, 400, 500))))
    assert any(region.w == 400 and region.bottom >= 498 for region in cut.facts.regions)
    assert cut.facts.share == pytest.approx(400 / 900, abs=0.02)


def test_pictures_of_different_widths_differ_at_the_side() -> None:
    wide = Image.new("RGB", (480, 900), INK)
    wide.paste(page(), (0, 0))
    (region,) = difference(png(page()), png(wide)).facts.regions
    assert region == Box(400, 0, 80, 900) or region.x in (400, 401)


def test_a_thin_change_is_still_seen_in_a_small_picture() -> None:
    found = difference(png(page()), png(boxed((100, 400, 120, 4))), width=40)
    assert found.picture.width == 40
    assert max(redness(found.picture, x, 40) for x in range(11, 21)) > 60
    assert redness(found.picture, 30, 70) == 0
    whole = difference(png(page()), png(boxed((0, 300, 400, 300), INK)), width=40).picture
    assert redness(whole, 20, 45) > (MARK[0] - MARK[1]) * 0.7


def test_a_box_is_read_from_what_a_rendered_finding_measured() -> None:
    spot = spot_of("2.31 against #ffffff; at mobile; box 327x48.5 at 24,-118.25")
    assert spot is not None
    assert (spot.view, spot.shown, spot.box) == ("mobile", "mobile", Box(24, -118.25, 327, 48.5))
    narrow = spot_of("at narrow; box 1x2 at 3,4")
    assert narrow is not None
    assert narrow.shown is None
    assert spot_of("at desktop") is None
    assert spot_of("12 px wider; box 4x4 at 1,1") is None


@pytest.mark.parametrize(("width", "height", "size"), [(0, 1, 0), (2, 2, 11), (1, 1, 4)])
def test_a_raster_is_filled_exactly(width: int, height: int, size: int) -> None:
    with pytest.raises(ValueError, match="no picture"):
        Raster(width, height, bytes(size))


def test_a_raster_is_cropped_at_its_edges() -> None:
    raster = Raster(3, 2, bytes(range(18)))
    assert raster.crop(1, 1, 9, 9) == Raster(2, 1, bytes(range(12, 18)))


async def photographed(renderer: Renderer, body: str) -> bytes:
    """The desktop picture that is kept of a page."""
    pictures: dict[str, bytes] = {}
    want = ProbeWants(views=("desktop",), contrast=(), states=False, focus=False, tints=False, behaviours=False, axe=False)
    seen = await renderer.probe(site(body), manifest(), want=want, pictures=pictures)
    assert seen.failure is None
    return pictures["desktop"]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_page_that_a_browser_took_differs_only_where_it_was_edited(renderer: Renderer) -> None:
    edited = PARAGRAPHS.replace("Paragraph 12 about harbours", "Another thing about lakes")
    before, same, after, grown = [
        await photographed(renderer, body)
        for body in (
            f"<h1>Harbour</h1>{PARAGRAPHS}",
            f"<h1>Harbour</h1>{PARAGRAPHS}",
            f"<h1>Harbour</h1>{edited}",
            f"<h1>Harbour</h1><h2>New</h2>{edited}",
        )
    ]
    assert difference(before, same, page=page_width("desktop")).facts.share == 0
    facts = difference(before, after, page=page_width("desktop")).facts
    (region,) = facts.regions
    assert region.h < 32
    assert region.x < 30
    assert facts.share < 0.01
    facts = difference(before, grown, page=page_width("desktop")).facts
    assert facts.taller > 20
    assert facts.share < 0.05


def test_places_are_in_css_pixels_whatever_the_scale_of_the_picture() -> None:
    half, after = (image.resize((200, 450), Image.Resampling.BOX) for image in (page(), boxed((100, 300, 120, 80))))
    (region,) = difference(png(half), png(after), page=400).facts.regions
    assert abs(region.x - 100) <= 4
    assert abs(region.y - 300) <= 4
    assert abs(region.w - 120) <= 8
    assert shrink(png(after), 100, 4, 300, page=400).pixel(40, 1) == RED
