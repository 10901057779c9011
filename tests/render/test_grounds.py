"""The one colour behind words is told where it is the only one, and never where something else may lie there."""

from __future__ import annotations

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from sitegen_tui.render.contrast import Area, Patch
from sitegen_tui.render.grounds import plain_ground, plain_ring

SIZE = 20
WIDE, HIGH = 240, SIZE
INK = (40, 30, 20, 1.0)
GROUND = (250, 246, 238)
WHOLE = Area(0, 0, WIDE, HIGH)


def page(
    *,
    ink: tuple[int, int, int] = (40, 30, 20),
    ground: tuple[int, int, int] = GROUND,
    under: tuple[tuple[int, int, int, int], tuple[int, int, int]] | None = None,
    over: tuple[tuple[int, int, int, int], tuple[int, int, int]] | None = None,
) -> Patch:
    """Words on a ground, with a rectangle under or over them."""
    image = Image.new("RGB", (WIDE, HIGH), ground)
    draw = ImageDraw.Draw(image)
    if under is not None:
        draw.rectangle(under[0], fill=under[1])
    draw.text((2, 0), "Three ways to hear it", font=ImageFont.load_default(SIZE), fill=ink)
    if over is not None:
        draw.rectangle(over[0], fill=over[1])
    return Patch(WHOLE, numpy.asarray(image))


def told(patch: Patch, ink: tuple[float, float, float, float] = INK) -> tuple[int, ...] | None:
    found = plain_ground(patch, [WHOLE], ink, SIZE)
    return None if found is None else tuple(int(level) for level in found[0])


def test_words_on_a_plain_colour_have_that_colour_behind_them() -> None:
    assert told(page()) == GROUND


def test_words_half_transparent_are_told_by_what_their_ink_becomes() -> None:
    half = tuple(round((a + b) / 2) for a, b in zip((40, 30, 20), GROUND, strict=True))
    assert told(page(ink=(half[0], half[1], half[2])), (40, 30, 20, 0.5)) == GROUND


def test_words_in_the_colour_of_their_ground_stand_on_it() -> None:
    assert told(page(ink=GROUND), (*GROUND, 1.0)) == GROUND


def test_an_underline_is_ink() -> None:
    assert told(page(over=((2, 18, 180, 18), (40, 30, 20)))) == GROUND


@pytest.mark.parametrize(
    "plate",
    [
        pytest.param((200, 120, 60), id="another colour"),
        pytest.param((40, 30, 20), id="the colour of the ink"),
        pytest.param((145, 138, 129), id="half way between ground and ink"),
        pytest.param((249, 245, 237), id="almost the ground"),
    ],
)
def test_a_plate_under_a_quarter_of_the_words_is_seen(plate: tuple[int, int, int]) -> None:
    assert told(page(under=((0, 0, WIDE // 4, HIGH), plate))) is None


@pytest.mark.parametrize("colour", [(40, 30, 20), (150, 150, 150)])
def test_a_bar_as_thick_as_a_stroke_is_no_stroke(colour: tuple[int, int, int]) -> None:
    assert told(page(under=((0, 16, WIDE, 19), colour))) is None


def test_words_over_a_gradient_or_a_picture_are_left_to_a_capture() -> None:
    across = numpy.linspace(180, 250, WIDE).astype(numpy.uint8)
    assert told(Patch(WHOLE, numpy.broadcast_to(across[None, :, None], (HIGH, WIDE, 3)).copy())) is None
    speckled = numpy.random.default_rng(1).integers(0, 256, (HIGH, WIDE, 3), dtype=numpy.uint8)
    assert told(Patch(WHOLE, speckled)) is None


def test_words_outside_the_picture_are_left_to_a_capture() -> None:
    assert plain_ground(page(), [Area(0, 10, WIDE, HIGH + 10)], INK, SIZE) is None
    assert plain_ground(page(), [], INK, SIZE) is None


def test_a_ring_has_the_colour_that_most_of_it_has() -> None:
    ring = [Area(0, 0, WIDE, 3), Area(0, 17, WIDE, 20)]
    found = plain_ring(page(), ring)
    assert found is not None
    assert tuple(found[0]) == GROUND
    assert plain_ring(page(under=((0, 0, WIDE, 3), (10, 10, 10))), ring) is None
