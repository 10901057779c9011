"""Writing replies: as small as they can be, and exact where that is hard."""

from __future__ import annotations

import pytest

from sitegen_tui.site.protocol import apply_reply, format_edits, parse_reply

MARKERS = "".join(f"{'<' * n} SEARCH\n{'=' * n}\n{'>' * n} REPLACE\n{'>' * n} CONTENT\n" for n in range(5, 10))


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a\nb\nc\n", "a\nB\nc\n", id="line"),
        pytest.param("a\n", "top\na\n", id="insertion at the top"),
        pytest.param("a\n", "a\nend\n", id="insertion at the end"),
        pytest.param("a\n" * 40, "a\n" * 20 + "b\n" + "a\n" * 20, id="repeated lines"),
        pytest.param("a\nb\n", "a\nb", id="final line feed removed"),
        pytest.param("a\nb", "a\nb\n", id="final line feed added"),
        pytest.param("a\r\nb\r\n", "a\r\nc\r\n", id="CRLF"),
        pytest.param("a\r\nb\r\n", "a\nb\n", id="CRLF to LF"),
        pytest.param("a\nb\n", "a\r\nb\r\n", id="LF to CRLF"),
        pytest.param("a\rb\r", "a\rc\r", id="CR"),
        pytest.param("a\nb\n", "a\n=======\nb\n", id="a divider"),
        pytest.param("x\n" + MARKERS, "y\n" + MARKERS, id="markers of every length beside the change"),
        pytest.param("x\n", MARKERS, id="markers of every length"),
        pytest.param(MARKERS, "x\n", id="markers of every length removed"),
        pytest.param("```html\na\n```\n", "a\n", id="fences removed"),
        pytest.param("a\n", "```\na\n```\n", id="fences added"),
        pytest.param("a\n", "", id="emptied"),
        pytest.param("", "a\n", id="filled"),
        pytest.param("\n\n", "\n", id="blank"),
        pytest.param(None, "{}\n", id="new"),
        pytest.param(None, "", id="new and empty"),
        pytest.param(None, " ", id="new and a blank without line feed"),
    ],
)
def test_a_written_reply_is_exact(before: str | None, after: str, whole: bool) -> None:
    path = "site.webmanifest"
    files = {} if before is None else {path: before}
    parsed = parse_reply(format_edits(files, {path: after}, whole=whole))
    outcome = apply_reply(files, parsed)
    assert parsed.rejected == outcome.rejected == outcome.protocol == ()
    assert outcome.files == {path: after}


def test_edits_quote_no_more_than_makes_them_unique() -> None:
    before = {"index.html": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>x</p>\n"}
    after = {"index.html": "<ul>\n<li>a</li>\n<li>c</li>\n</ul>\n<p>y</p>\n"}
    blocks = parse_reply(format_edits(before, after)).blocks
    assert [(block.search, block.replace) for block in blocks] == [
        ("<li>b</li>\n", "<li>c</li>\n"),
        ("<p>x</p>\n", "<p>y</p>\n"),
    ]


def test_whole_files_are_one_block_each() -> None:
    after = {"index.html": "a\n", "css/styles.css": "b\n"}
    blocks = parse_reply(format_edits({}, after, whole=True)).blocks
    assert [(block.path, block.kind, block.replace) for block in blocks] == [
        ("index.html", "whole-file", "a\n"),
        ("css/styles.css", "whole-file", "b\n"),
    ]


def test_nothing_is_written_where_nothing_differs() -> None:
    files = {"index.html": "a\n", "assets/logo.svg": "<svg/>"}
    assert format_edits(files, dict(files)) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"index.html": "a\n"}, {}),
        ({}, {"assets/a.svg": "x"}),
        ({}, {"index.html": "x" * 2_000_000}),
        ({}, {"index.html": "\ud800\n"}),
    ],
)
def test_what_no_reply_can_do_is_an_error(before: dict[str, str], after: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no reply can"):
        format_edits(before, after)
