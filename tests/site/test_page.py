"""The files of a site read together."""

from __future__ import annotations

import pytest

from sitegen_tui.site.page import CSS, HTML, JS, Page, content_hash


def test_absent_files_read_as_empty() -> None:
    page = Page({})
    assert (page.html.text, page.css.text, page.js, page.references) == ("", "", "", ())


def test_assets_and_editable_files_exist() -> None:
    page = Page({HTML: ""}, ["assets/a.png"])
    assert page.exists("assets/a.png")
    assert page.exists(HTML)
    assert not page.exists(CSS)


def test_style_elements_are_stylesheets_of_the_page() -> None:
    text = "<head><style>\n.a { background: url(x.png) }</style></head>"
    page = Page({HTML: text, CSS: ".b { top: 0 }"})
    assert [(sheet.file, [rule.prelude for rule in sheet.css.rules]) for sheet in page.sheets] == [(CSS, [".b"]), (HTML, [".a"])]
    (reference,) = page.references
    assert (reference.path, text[reference.span.start : reference.span.end]) == ("x.png", "x.png")
    assert page.place(HTML, reference.span.start).line == 2


@pytest.mark.parametrize("file", [HTML, CSS, JS])
def test_places_in_every_file(file: str) -> None:
    assert Page({file: "a\nbc"}).place(file, 3) == (2, 2)


def test_contents_are_named_by_their_bytes() -> None:
    assert content_hash("é") == content_hash("é".encode())
    assert content_hash("\ud800") != content_hash("")
