"""Pages are read as browsers read them, and every element and attribute knows where it stands."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.site.html import (
    HtmlFile,
    attribute,
    classes,
    escape_attribute,
    escape_text,
    inside,
    normal_text,
    parse_html,
    text_of,
)


def outer(text: str, selector: str, n: int = 0) -> str | None:
    """The source of the n-th element that matches."""
    page = HtmlFile(text)
    span = page.outer(page.select(selector)[n])
    return None if span is None else page.source(span)


def inner(text: str, selector: str, n: int = 0) -> str | None:
    """The source between the tags of the n-th element that matches."""
    page = HtmlFile(text)
    span = page.inner(page.select(selector)[n])
    return None if span is None else page.source(span)


@pytest.mark.parametrize(
    ("text", "selector", "n", "whole", "content"),
    [
        ("<p>a</p>", "p", 0, "<p>a</p>", "a"),
        ("<p>a<p>b", "p", 0, "<p>a", "a"),
        ("\r\r\n<p>a\r</p>", "p", 0, "<p>a\r</p>", "a\r"),
        ("<p>a<p>b", "p", 1, "<p>b", "b"),
        ("<div>\r\n<p>a\r\n</p>\r\n</div>", "p", 0, "<p>a\r\n</p>", "a\r\n"),
        ("<ul><li>a<li>b</ul>", "li", 1, "<li>b", "b"),
        ("<table><tr><td>a<tr><td>b</table>", "td", 0, "<td>a", "a"),
        ("<table><tr><td>a<tr><td>b</table>", "tr", 1, "<tr><td>b", "<td>b"),
        ("<svg><path/>t</svg>", "path", 0, "<path/>", ""),
        ("<svg><g><path/></g><a/></svg>", "g", 0, "<g><path/></g>", "<path/>"),
        ("<p>a<br/>b</p>", "br", 0, "<br/>", ""),
        ("<body><p></body></html><p>z", "p", 0, "<p>", ""),
        ("<p>😀<b>é</b>", "b", 0, "<b>é</b>", "é"),
        ("a\0<p>b", "p", 0, "<p>b", "b"),
        ("<title>a<b>c</title>", "title", 0, "<title>a<b>c</title>", "a<b>c"),
        ("<select><option>a<option>b</select>", "option", 0, "<option>a", "a"),
        ("<dl><dt>a<dd>b</dl>", "dt", 0, "<dt>a", "a"),
        ("<b>x<p>y</b>z</p>", "p", 0, "<p>y</b>z</p>", "y</b>z"),
    ],
)
def test_ranges_of_elements(text: str, selector: str, n: int, whole: str, content: str) -> None:
    assert outer(text, selector, n) == whole
    assert inner(text, selector, n) == content


def test_elements_that_the_parser_supplies_have_no_range() -> None:
    page = HtmlFile("<p>x")
    assert [page.start_tag(e) is None for e in page.elements] == [True, True, True, False]
    assert page.outer(page.elements[0]) is None


@pytest.mark.parametrize(
    ("source", "name", "written", "value", "quote"),
    [
        ("a='x'", "a", "a='x'", "x", "'"),
        ('a = "y&amp;z"', "a", 'a = "y&amp;z"', "y&amp;z", '"'),
        ("a=x/y", "a", "a=x/y", "x/y", ""),
        ("A\r\n=\r\n'x'", "a", "A\r\n=\r\n'x'", "x", "'"),
        ("a=1 a=2", "a", "a=1", "1", ""),
        ('a=""', "a", 'a=""', "", '"'),
        ("a='b=c'", "a", "a='b=c'", "b=c", "'"),
        ('x="a=1" a="2>3"', "a", 'a="2>3"', "2>3", '"'),
    ],
)
def test_ranges_of_attributes(source: str, name: str, written: str, value: str, quote: str) -> None:
    page = HtmlFile(f"\r\n<p {source}>")
    element = page.one("p")
    assert element is not None
    span = page.attribute_span(element, name)
    found = page.value_span(element, name)
    assert span is not None
    assert found is not None
    assert page.source(span) == written
    assert (page.source(found[0]), found[1]) == (value, quote)


def test_attributes_of_foreign_elements_keep_their_case_and_have_ranges() -> None:
    page = HtmlFile('<svg viewBox="0 0 1 1">')
    found = page.value_span(page.select("svg")[0], "viewBox")
    assert found is not None
    assert page.source(found[0]) == "0 0 1 1"


def test_attributes_without_value_and_absent_ones() -> None:
    page = HtmlFile("<input disabled class='a  b'>")
    element = page.select("input")[0]
    assert attribute(element, "disabled") == ""
    assert attribute(element, "checked") is None
    assert page.value_span(element, "disabled") is None
    assert page.attribute_span(element, "checked") is None
    assert classes(element) == {"a", "b"}


def test_text_is_compared_without_markup_scripts_and_spelling_of_spaces() -> None:
    page = HtmlFile("<p> a&nbsp;&#160;b\n<b>c</b><script>x</script><style>y</style><template>z</template> e&#x301; </p>")
    assert text_of(page.select("p")[0]) == "a b c é"
    assert text_of(HtmlFile("<p>a<br>b</p>").select("p")[0]) == "a b"
    assert normal_text("\u00a0a \t\r\n b ") == "a b"


def test_comments_are_those_of_the_page_only() -> None:
    page = HtmlFile(
        '<!-- a --><p title="<!-- b -->">x<!--c--></p><script><!-- d --></script><textarea><!-- e --></textarea><!----><!-- f'
    )
    assert [(page.source(span), text) for span, text in page.comments()] == [
        ("<!-- a -->", " a "),
        ("<!--c-->", "c"),
        ("<!---->", ""),
    ]


@pytest.mark.parametrize(
    "selector", ["", "a:has(b", "[x=", "a>", "\0", "a\ud800", "#1", "@media", "&:hover", "::x::y", "a:unknown"]
)
def test_what_is_no_selector_matches_nothing(selector: str) -> None:
    assert HtmlFile("<a href=x>").select(selector) == ()


def test_a_pseudo_element_names_its_element() -> None:
    page = HtmlFile("<p class=a><p>")
    assert page.select(".a::before") == page.select(".a:after") == page.select(".a")


def test_inside_counts_the_element_itself() -> None:
    page = HtmlFile("<div><p><b></b></p></div><i></i>")
    div, b, i = page.select("div")[0], page.select("b")[0], page.select("i")[0]
    assert inside(b, div)
    assert inside(div, div)
    assert not inside(div, b)
    assert not inside(i, div)


def test_errors_say_where() -> None:
    assert HtmlFile("<!DOCTYPE html>\r\n<p a=1 a=2>").errors == (("duplicate-attribute", 2, 9),)


@given(st.text())
def test_escaped_text_and_values_read_back(text: str) -> None:
    text = "".join(c for c in text if c not in "\r\0" and not "\ud800" <= c <= "\udfff")
    for quote in ('"', "'"):
        page = HtmlFile(f"<p a={quote}{escape_attribute(text, quote)}{quote}>x{escape_text(text)}</p>")
        element = page.select("p")[0]
        assert (attribute(element, "a"), element.text) == (text, "x" + text)


def pieces(text: str) -> list[str]:
    """Pieces of pages, parted by white space; a tab stands for the space within one."""
    return [piece.replace("\t", " ") for piece in re.split("[ \n]+", text.strip())]


TAGS = """
<p> </p> <div\ta=1\tb='2'\tC="3"\td> </div> <li> <ul> </ul> <table> <tr> <td> </table> <br/>
<svg\tviewBox='1'> <path/> </svg> <template> </template> <!-- --> <script> </script> <b> </b>
<a\thref=x> </a> <img\tsrc=a.png/> &amp; &nbsp <body> </body> </html> <head> <title> <select>
<option> <form> <button> <!doctype\thtml> <style> </style> <math> <mi> <x-y\ta=b> <p\ta=1\ta=2>
"""
PIECES = st.sampled_from([*"<>&/='\" \r\n\0é😀x", "\r\n", *pieces(TAGS)])


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_ranges_lie_in_it(text: str) -> None:
    page = HtmlFile(text)
    for element in page.elements:
        start = page.start_tag(element)
        whole, content = page.outer(element), page.inner(element)
        if start is None or whole is None or content is None:
            assert start is whole is content is None
            continue
        assert page.source(start).startswith("<")
        assert page.source(start)[1:].lower().startswith(element.tag.lower().replace("\ufffd", "\0"))
        assert 0 <= whole.start == start.start <= start.end <= content.start <= content.end <= whole.end <= len(text)
        end = page.end_tag(element)
        assert end is None or page.source(end).startswith("</")
        for name in element.attrs:
            span = page.attribute_span(element, name)
            assert span is not None
            assert start.start < span.start < span.end <= start.end
            assert page.source(span).lower().startswith(name.lower().replace("\ufffd", "\0"))
            found = page.value_span(element, name)
            if found is not None and not set(page.source(found[0])) & set("&\r\0"):
                assert page.source(found[0]) == attribute(element, name)
        text_of(element)
    assert [e.tag for e in HtmlFile(text.replace("\r\n", "\n")).elements] == [e.tag for e in page.elements]
    for span, comment in page.comments():
        assert page.source(span).startswith("<!--")
        assert comment in page.source(span)


WELL_FORMED = """
x y&amp;z <p> </p> <div\tclass='a\tb'> </div> <li> <ul> </ul> <b> </b> <i> </i> <a\thref=u> </a> <br> <img\talt=q>
<table><tr><td>z</td></tr></table> <h1> </h1> <span\tdata-x> </span> <section\tid=s> </section>
<!--\tc\t--> <svg> <g> </g> </svg> <dl> <dt> <dd> </dl>
"""
SAFE = st.sampled_from([" ", *pieces(WELL_FORMED)])


@settings(max_examples=200)
@given(st.lists(SAFE, max_size=30).map("".join))
def test_the_tree_is_the_one_another_parser_builds(text: str) -> None:
    text = f"<!DOCTYPE html><html><head><title>t</title></head><body>{text}"
    theirs = [
        (element.tag, dict(element.attrib))
        for element in html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False).iter()
        if isinstance(element.tag, str)
    ]
    ours = [(e.tag, {name: attribute(e, name) for name in e.attrs}) for e in HtmlFile(text).elements]
    assert [(tag.rsplit("}")[-1], attributes) for tag, attributes in theirs] == ours


@pytest.mark.parametrize(
    "unit", ["<", "<div>", "<!--", "-->", "<!-- x -->", "<p>", "<a href=x ", "&", "<table>", "<b><p>", "<script>", "</"]
)
def test_hostile_repetitions_are_read(unit: str) -> None:
    # A hundred thousand characters take moments when reading is linear and minutes when it is not.
    text = unit * (100_000 // len(unit))
    page = HtmlFile(text)
    assert all(span.end <= len(text) for span, _ in page.comments())
    body = page.tag("body")
    assert body is not None
    assert len(text_of(body)) <= len(text)


def test_pages_are_parsed_once() -> None:
    assert parse_html("<p>once") is parse_html("<p>once")
