"""Colours: every CSS spelling, published vectors of contrast and difference, and finding them in values."""

from __future__ import annotations

import pytest
import tinycss2.color4
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.colour import Colour, ciede2000, contrast, delta_e2000, find_colours
from sitegen_tui.domain.colour_names import NAMED

CHANNEL = st.integers(0, 255)
COLOURS = st.builds(Colour, CHANNEL, CHANNEL, CHANNEL)


def colour(text: str) -> Colour:
    parsed = Colour.parse(text)
    assert parsed is not None, text
    return parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#abc", "#aabbcc"),
        ("#ABCD", "#aabbccdd"),
        ("#12aBc0", "#12abc0"),
        ("#12abc080", "#12abc080"),
        ("rgb(1,2,3)", "#010203"),
        ("RGB( 1 , 2 , 3 )", "#010203"),
        ("rgba(255, 0, 0, .5)", "#ff000080"),
        ("rgba(255, 0, 0, 50%)", "#ff000080"),
        ("rgb(100%, 0%, 20%)", "#ff0033"),
        ("rgb(1 2 3)", "#010203"),
        ("rgb(1 2 3/50%)", "#01020380"),
        ("rgba(100% 2 none / none)", "#ff020000"),
        ("rgb(300 -5 1e2)", "#ff0064"),
        ("rgb(/* red */ 9 8 7)", "#090807"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("hsl(120deg 100 25 / 1)", "#008000"),
        ("hsla(0.5turn 100% 50%)", "#00ffff"),
        ("hsl(3.14159265rad 100% 50%)", "#00ffff"),
        ("hsl(200grad 100% 50%)", "#00ffff"),
        ("hsl(-120 100% 50%)", "#0000ff"),
        ("hwb(0 0% 0%)", "#ff0000"),
        ("hwb(120 50% 50% / 50%)", "#80808080"),
        ("hwb(0 80% 80%)", "#808080"),
        ("RebeccaPurple", "#663399"),
        ("  navy ", "#000080"),
        ("transparent", "#00000000"),
    ],
)
def test_every_spelling_of_a_colour_is_read(text: str, expected: str) -> None:
    assert colour(text).hex == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "currentColor",
        "var(--red)",
        "linear-gradient(red, blue)",
        "#12",
        "#12345",
        "#ggg",
        "rgb(1,2)",
        "rgb(1,2,3,4,5)",
        "rgb(1, 2%, 3)",
        "rgb(none, 1, 2)",
        "rgb(1 2 3 / )",
        "rgb(1 2 3 / 1 / 1)",
        "rgb(1deg 2 3)",
        "rgb(1. 2 3)",
        "hsl(120, 100, 25)",
        "hsl(120% 100% 25%)",
        "hwb(0, 0%, 0%)",
        "rgb(calc(1) 2 3)",
        "red blue",
        "redd",
        "rgb(١ 2 3)",
        "#" + "a" * 5000,
    ],
)
def test_what_is_no_colour_is_none(text: str) -> None:
    assert Colour.parse(text) is None


def test_the_names_are_those_of_css() -> None:
    assert len(NAMED) == 148
    for name in NAMED:
        other = tinycss2.color4.parse_color(name)
        assert other is not None
        assert colour(name).rgb == tuple(round(channel * 255) for channel in other.coordinates)


@settings(max_examples=200)
@given(hue=st.integers(-720, 720), second=st.integers(0, 100), third=st.integers(0, 100))
@pytest.mark.parametrize("name", ["hsl", "hwb"])
def test_hue_spellings_agree_with_another_parser(name: str, hue: int, second: int, third: int) -> None:
    text = f"{name}({hue} {second}% {third}%)"
    other = tinycss2.color4.parse_color(text)
    assert other is not None
    expected = Colour(*(channel * 255 for channel in other.to("srgb").coordinates))
    assert colour(text).same(expected, tolerance=1)


@given(one=COLOURS)
def test_a_written_colour_reads_back_as_itself(one: Colour) -> None:
    assert colour(one.hex) == one
    assert colour(f"rgb({one.r} {one.g} {one.b})") == one


@given(text=st.text(max_size=60))
def test_no_text_upsets_the_reader(text: str) -> None:
    for start, end, found in find_colours(text):
        assert Colour.parse(text[start:end]) == found


def test_sameness_allows_one_step_a_channel_and_two_hundredths_of_alpha() -> None:
    base = Colour(100, 100, 100, 0.5)
    assert base.same(Colour(101, 99, 100, 0.52))
    assert not base.same(Colour(102, 100, 100, 0.5))
    assert not base.same(Colour(100, 100, 100, 0.53))
    assert base.same_rgb(Colour(100, 100, 101, 1.0))


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#777", "#fff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#ffffff", "#D8973C", 2.50),
        ("#8A7A66", "#FBF7F0", 3.89),
        ("#8A7A66", "#EFE4D2", 3.30),
        ("#D8973C", "#FBF7F0", 2.34),
    ],
)
def test_contrast_has_the_known_ratios(first: str, second: str, ratio: float) -> None:
    assert contrast(colour(first), colour(second)) == pytest.approx(ratio, abs=0.005)


@given(a=COLOURS, b=COLOURS)
def test_contrast_does_not_care_for_order(a: Colour, b: Colour) -> None:
    assert contrast(a, b) == contrast(b, a)
    assert 1 <= contrast(a, b) <= 21.0001


def test_a_translucent_text_is_measured_as_painted() -> None:
    assert contrast(colour("rgb(0 0 0 / 0)"), colour("white")) == 1
    assert contrast(colour("rgb(0 0 0 / 50%)"), colour("white")) == pytest.approx(3.95, abs=0.03)


def test_painting_over() -> None:
    assert colour("rgb(255 0 0 / 50%)").over(colour("blue")).hex == "#800080"
    assert colour("lime").over(colour("blue")) == colour("lime")
    assert colour("transparent").over(colour("blue")) == colour("blue")
    both = colour("rgb(255 0 0 / 50%)").over(colour("rgb(0 0 255 / 50%)"))
    assert both.a == 0.75
    assert both.r == pytest.approx(170)


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
        ((50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.4900, -0.0010), (50, -2.4900, 0.0009), 7.1792),
        ((50, 2.4900, -0.0010), (50, -2.4900, 0.0011), 7.2195),
        ((50, -0.0010, 2.4900), (50, 0.0009, -2.4900), 4.8045),
        ((50, -0.0010, 2.4900), (50, 0.0011, -2.4900), 4.7461),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (56, -27, -3), 31.9030),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_colour_difference_has_the_published_values(
    first: tuple[float, float, float], second: tuple[float, float, float], difference: float
) -> None:
    assert ciede2000(first, second) == pytest.approx(difference, abs=5e-5)
    assert ciede2000(second, first) == pytest.approx(difference, abs=5e-5)


def test_black_and_white_are_a_hundred_apart() -> None:
    assert delta_e2000(colour("black"), colour("white")) == pytest.approx(100, abs=0.01)


@given(a=COLOURS, b=COLOURS)
def test_difference_is_symmetric_and_zero_only_for_the_same(a: Colour, b: Colour) -> None:
    assert delta_e2000(a, b) == pytest.approx(delta_e2000(b, a), abs=1e-9)
    assert (delta_e2000(a, b) < 1e-9) == (a == b)


@pytest.mark.parametrize(
    ("value", "literals"),
    [
        ("1px solid Red", ["Red"]),
        ("linear-gradient(90deg, #fff 10%, rgba(1, 2, 3, .5), navy)", ["#fff", "rgba(1, 2, 3, .5)", "navy"]),
        ("var(--red)", []),
        ("var(--x, tan)", ["tan"]),
        ("url(red.png) no-repeat blue", ["blue"]),
        ("url( '#fff)' ) #fff", ["#fff"]),
        ("'red' \"blue\"", []),
        ("url(red", []),
        ("'red", []),
        ("#abcdefg #abc-d 1red red-ish darkred", ["darkred"]),
        ("red/* blue */tan", ["red", "tan"]),
        ("rgb(var(--r) 2 3 / 1)", []),
        ("color-mix(in srgb, red, #000 20%)", ["red", "#000"]),
        ("rgb(from green r g b)", ["green"]),
        ("0 0 4px rgb(0 0 0/.2), 0 0 1px TRANSPARENT", ["rgb(0 0 0/.2)", "TRANSPARENT"]),
        ("red(blue)", ["blue"]),
        ("@red \\red", []),
    ],
)
def test_colours_are_found_inside_a_value(value: str, literals: list[str]) -> None:
    assert [value[start:end] for start, end, _ in find_colours(value)] == literals


def test_finding_stays_quick_on_hostile_text() -> None:
    # Each of these would not end within the life of the machine if the search backtracked.
    for hostile in ("é" * 20_000, "rgb(" * 20_000, '"' + "\\a" * 20_000, "url(" * 20_000 + "\\", "a-" * 20_000):
        assert list(find_colours(hostile)) == []
