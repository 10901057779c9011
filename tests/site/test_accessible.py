"""Accessible names, focus order and heading levels as markup gives them."""

from __future__ import annotations

import pytest

from sitegen_tui.site.accessible import accessible_name, focusable, heading_level, hidden
from sitegen_tui.site.html import parse_html


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ('<button id="x" aria-label="Open">Menu</button>', "Open"),
        ('<b id="l">Search</b> <i id="k">here</i><button id="x" aria-labelledby="l k gone">Go</button>', "Search here"),
        ('<a id="x" href="/"><img alt="Harbour Lane"></a>', "Harbour Lane"),
        ('<a id="x" href="/"><span aria-hidden="true">*</span><svg><title>Home</title></svg></a>', "Home"),
        ('<a id="x" href="/" title="Home"><svg></svg></a>', "Home"),
        ('<label>Name <input id="x"></label>', "Name"),
        ('<label for="x">Note</label><textarea id="x" placeholder="?"></textarea>', "Note"),
        ('<input id="x" placeholder="Email">', ""),
        ('<input id="x" type="submit">', "Submit"),
        ('<input id="x" type="button">', ""),
        ('<input id="x" type="image" alt="Send">', "Send"),
        ('<a id="x" href="/"><img></a>', ""),
    ],
)
def test_a_name_comes_from_where_a_screen_reader_takes_it(markup: str, name: str) -> None:
    html = parse_html(f"<!DOCTYPE html><body>{markup}</body>")
    assert accessible_name(html, html.ids["x"][0]) == name


@pytest.mark.parametrize(
    ("markup", "reached"),
    [
        ('<a id="x" href="#a">', True),
        ('<a id="x">', False),
        ('<div id="x" tabindex="0">', True),
        ('<a id="x" href="#a" tabindex="-1">', False),
        ('<button id="x" disabled>', False),
        ('<input id="x" type="hidden">', False),
        ('<div hidden><button id="x">', False),
        ('<div id="x">', False),
    ],
)
def test_the_tab_key_reaches_what_markup_lets_it(markup: str, reached: bool) -> None:
    html = parse_html(f"<!DOCTYPE html><body>{markup}")
    assert focusable(html.ids["x"][0]) is reached


@pytest.mark.parametrize(
    ("markup", "level"),
    [
        ("<h3 id=x>", 3),
        ('<h5 id=x aria-level="2">', 2),
        ('<div id=x role="heading" aria-level="4">', 4),
        ('<h2 id=x role="presentation">', 0),
        ("<p id=x>", 0),
        ('<h2 id=x aria-level="²">', 2),
    ],
)
def test_a_headings_level_is_its_tag_or_what_aria_says(markup: str, level: int) -> None:
    html = parse_html(f"<!DOCTYPE html><body>{markup}")
    assert heading_level(html.ids["x"][0]) == level


def test_what_is_hidden_from_readers_may_still_take_focus() -> None:
    html = parse_html('<!DOCTYPE html><body><div aria-hidden="true"><a id="x" href="/">')
    element = html.ids["x"][0]
    assert hidden(element)
    assert focusable(element)
