"""What a page refers to is found wherever it stands, and names the file that a browser would ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.site.css import CssFile
from sitegen_tui.site.html import HtmlFile
from sitegen_tui.site.references import css_references, html_references, resolve, srcset_references


@pytest.mark.parametrize(
    ("raw", "from_page", "from_sheet"),
    [
        ("a.png", "a.png", "css/a.png"),
        ("./a.png", "a.png", "css/a.png"),
        (" a.png\n", "a.png", "css/a.png"),
        ("../a.png", None, "a.png"),
        ("/a.png", "a.png", "a.png"),
        ("a%20b.png?v=1#x", "a b.png", "css/a b.png"),
        ("b/../a.png", "a.png", "css/a.png"),
        ("#top", None, None),
        ("?x", None, None),
        ("", None, None),
        ("//host/a.png", None, None),
        ("HTTPS://host/a.png", None, None),
        ("data:image/png;base64,AA", None, None),
        ("mailto:a@b.example", None, None),
    ],
)
def test_paths(raw: str, from_page: str | None, from_sheet: str | None) -> None:
    assert resolve(raw, "index.html") == from_page
    assert resolve(raw, "css/styles.css") == from_sheet


@given(st.text(), st.sampled_from(["index.html", "css/styles.css"]))
def test_no_path_leaves_the_site(raw: str, file: str) -> None:
    path = resolve(raw, file)
    assert path is None or not path.startswith(("/", ".."))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png,\n  b.png 480w", ["a.png", "b.png"]),
        ("data:image/png;base64,AA== 1x, a.png 100w", ["data:image/png;base64,AA==", "a.png"]),
        ("a,b.png 2x", ["a,b.png"]),
        ("a photo of lions, b.png 2x", ["a photo of lions", "b.png"]),
        ("a.png 1x", ["a.png"]),
        (" , ", []),
    ],
)
def test_candidates_of_a_srcset(value: str, names: list[str]) -> None:
    assert list(srcset_references(value)) == names


@given(st.text(alphabet=st.sampled_from("ab, \n1x")))
def test_candidates_are_in_the_srcset(value: str) -> None:
    for raw in srcset_references(value):
        assert raw.split()[0] in value


def test_references_of_a_page_with_kind_and_place() -> None:
    text = """<head><link rel="icon" href="i.svg"><link rel=stylesheet href=s.css><link rel="preload" as="image" href="p.jpg">
    <link rel=manifest href=m.json><link rel=canonical href="https://x.example/"></head>
    <img src="a.png" srcset="b.png 2x"><a href='c.html'></a><video poster="d.jpg" src="e.mp4"></video><script src="f.js"></script>
    <p style="background: url('g.png')"></p><object data=h.pdf></object>
    <svg><use href="#i"/><image xlink:href="j.png"/></svg><p data="no">"""
    page = HtmlFile(text)
    found = list(html_references(page))
    assert [(r.raw, r.kind) for r in found] == [
        ("i.svg", "icon"),
        ("s.css", "stylesheet"),
        ("p.jpg", "image"),
        ("m.json", "manifest"),
        ("https://x.example/", "other"),
        ("a.png", "image"),
        ("b.png", "image"),
        ("c.html", "link"),
        ("e.mp4", "media"),
        ("d.jpg", "image"),
        ("f.js", "script"),
        ("g.png", "image"),
        ("h.pdf", "media"),
        ("#i", "image"),
        ("j.png", "image"),
    ]
    for reference in found:
        assert reference.raw in page.source(reference.span)


def test_references_of_a_stylesheet_stand_where_they_say() -> None:
    text = "/* é */ .a{background:url( 'x.png' ) , url(y.png)} @font-face{src:url(z.woff2)} .b{&:hover{background:url(w.png)}}"
    sheet = CssFile(text)
    found = list(css_references(sheet, "css/styles.css", 100))
    assert [(r.raw, r.kind, r.path) for r in found] == [
        ("x.png", "image", "css/x.png"),
        ("y.png", "image", "css/y.png"),
        ("z.woff2", "font", "css/z.woff2"),
        ("w.png", "image", "css/w.png"),
    ]
    assert [text[r.span.start - 100 : r.span.end - 100] for r in found] == ["x.png", "y.png", "z.woff2", "w.png"]
