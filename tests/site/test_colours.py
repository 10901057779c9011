"""Every colour literal of a page is found where it stands."""

from __future__ import annotations

from sitegen_tui.site.colours import colour_places
from sitegen_tui.site.page import CSS, HTML, Page


def found(html: str = "", css: str = "") -> list[tuple[str, str, str]]:
    """File, property and text of every place, read back through its span."""
    page = Page({HTML: html, CSS: css})
    return [(place.file, place.name, page.files[place.file][place.span.start : place.span.end]) for place in colour_places(page)]


def test_stylesheets_are_read_in_every_block() -> None:
    css = ":root{--a:#123}\n@media (width<1px){.x{border:1px solid rgb(1 2 3/.5)}}\n@keyframes k{from{color:hsl(1 2% 3%)}}"
    assert found(css=css) == [(CSS, "--a", "#123"), (CSS, "border", "rgb(1 2 3/.5)"), (CSS, "color", "hsl(1 2% 3%)")]


def test_style_elements_attributes_and_drawings_are_read() -> None:
    html = (
        "<style>\n.x{color:#abc}</style>\r\n<p style='font:1em &quot;A&quot;;color:#112233;background:url(#fff)'>"
        '<svg><path fill="#010203" stroke=none /><stop STOP-COLOR="rgba(1,2,3,.4)"/></svg>'
    )
    assert found(html) == [
        (HTML, "color", "#abc"),
        (HTML, "color", "#112233"),
        (HTML, "fill", "#010203"),
        (HTML, "stop-color", "rgba(1,2,3,.4)"),
    ]


def test_names_of_other_things_are_no_colours() -> None:
    assert found(css=".x{animation:red 1s;font-family:Tan;grid-area:navy;content:'#fff'}/* #123456 */") == []
