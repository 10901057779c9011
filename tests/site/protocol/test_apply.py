"""Applying edits: the ladder, line endings, places, bounds, and what is left alone."""

from __future__ import annotations

import pickle

import pytest

from sitegen_tui.domain.edits import ApplyOutcome, EditBlock, ParsedReply
from sitegen_tui.site.protocol import apply_reply, parse_reply
from sitegen_tui.site.protocol.limits import MAX_FILE_BYTES

PAGE = "index.html"


def block(search: str, replace: str, path: str = PAGE) -> str:
    return f"FILE: {path}\n<<<<<<< SEARCH\n{search}=======\n{replace}>>>>>>> REPLACE\n"


def whole(text: str, path: str = PAGE) -> str:
    return f"FILE: {path}\n<<<<<<< CONTENT\n{text}>>>>>>> CONTENT\n"


def apply(text: str | None, reply: str, path: str = PAGE) -> ApplyOutcome:
    return apply_reply({} if text is None else {path: text}, parse_reply(reply))


@pytest.mark.parametrize(
    ("before", "search", "replace", "after", "rung"),
    [
        pytest.param("a\nb\nc\n", "b\n", "B\n", "a\nB\nc\n", "exact", id="line"),
        pytest.param("a\nb\nc\n", "b\n", "", "a\nc\n", "exact", id="deletion leaves no blank line"),
        pytest.param("b\nbb\n", "b\n", "B\n", "B\nbb\n", "exact", id="a line is not found inside another"),
        pytest.param("a\nb", "b\n", "B\n", "a\nB", "exact", id="missing final line feed stays missing"),
        pytest.param("a\nb\n", "b\n\n", "b\n", "a\nb", "exact", id="final line feed removed"),
        pytest.param("a\nb", "b\n", "b\n\n", "a\nb\n", "exact", id="final line feed added"),
        pytest.param("<p>one two</p>\n", "two\n", "2\n", "<p>one 2</p>\n", "exact", id="inside a line"),
        pytest.param("<p>one two</p>\n", "one \n", "", "<p>two</p>\n", "exact", id="deletion inside a line"),
        pytest.param("  <p>a</p>\n", "<p>a</p>\n", "<p>b</p>\n", "  <p>b</p>\n", "whitespace", id="indented by file"),
        pytest.param("<p>a</p>\n", "  <p>a</p>\n", "  <p>b</p>\n", "<p>b</p>\n", "whitespace", id="dedented by file"),
        pytest.param(
            "    <ul>\n      <li>a</li>\n    </ul>\n",
            "<ul>\n  <li>a</li>\n</ul>\n",
            "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n",
            "    <ul>\n      <li>a</li>\n      <li>b</li>\n    </ul>\n",
            "whitespace",
            id="added lines are indented, shared ones keep the file's bytes",
        ),
        pytest.param("\ta {\n\t}\n", "  a {\n  }\n", "  b {\n  }\n", "\tb {\n\t}\n", "whitespace", id="tabs"),
        pytest.param("a  {  b }\n", "a { b }\n", "c { b }\n", "c { b }\n", "whitespace", id="inner runs"),
        pytest.param("x\na   b\ny\n", "x\na b\ny\n", "x\na b\nz\n", "x\na   b\nz\n", "whitespace", id="context kept"),
        pytest.param("a\nb", " b\n", " c\n", "a\nc", "whitespace", id="no final line feed is invented"),
        pytest.param("a\nb\n", "\n\nb\n\n", "\nB\n\n", "a\nB\n", "blank-lines", id="blank edges dropped"),
        pytest.param("x\nab\n", "\na\n", "c\n", "x\ncb\n", "blank-lines", id="a blank edge never joins lines"),
        pytest.param("a\n  b\n", "\nb\n", "B\n", "a\n  B\n", "blank-lines", id="blank edges and indentation"),
        pytest.param(
            "<a class='x'>Q &amp; A</a>\n",
            '<a class="x">Q & A</a>\n',
            '<a class="y">Q & A</a>\n',
            '<a class="y">Q & A</a>\n',
            "normalised",
            id="quotes and references",
        ),
        pytest.param("<p>it’s</p>\n", "<p>it&rsquo;s</p>\n", "<p>is</p>\n", "<p>is</p>\n", "normalised", id="named"),
        pytest.param("a\r\nb\r\n", "b\n", "B\nC\n", "a\r\nB\r\nC\r\n", "exact", id="CRLF is kept"),
        pytest.param("a\r\nb", "b\n", "B\n", "a\r\nB", "exact", id="CRLF without final line end"),
        pytest.param("a\nb\n", "b\r\n", "B\r\n", "a\nB\n", "exact", id="SEARCH with CRLF in a file with LF"),
    ],
)
def test_an_edit_is_made_on_its_rung(before: str, search: str, replace: str, after: str, rung: str) -> None:
    outcome = apply(before, block(search, replace))
    assert outcome.files == {PAGE: after}
    assert [made.rung for made in outcome.applied] == [rung]
    assert outcome.repaired is (rung != "exact")
    assert outcome.protocol == (() if rung == "exact" else ("protocol.repaired",))


@pytest.mark.parametrize(
    ("before", "search", "reason"),
    [
        ("a\nb\n", "c\n", "not-found"),
        ("the quick brown fox jumps\n", "the quick brown fox jumped\n", "not-found"),
        ("a\nx\na\n", "a\n", "ambiguous"),
        ("a\na\na\n", "a\na\n", "ambiguous"),
        ("  a\nx\n    a\n", "a\n", "ambiguous"),
        ("xax\nyay\n", "a\n", "ambiguous"),
        ("a\n\nb\na\n", "\na\n\n", "ambiguous"),
        ("&lt;b&gt;\n", "<b>\n", "not-found"),
        ("&amp;lt;\n", "&lt;\n", "not-found"),
        ("a\u00a0b\n", "a b\n", "not-found"),
        ("a\n", "", "empty-search"),
        ("a\n", " \n\n", "empty-search"),
        (None, "a\n", "not-found"),
    ],
)
def test_an_edit_without_one_place_changes_nothing(before: str | None, search: str, reason: str) -> None:
    outcome = apply(before, block(search, "new\n"))
    assert outcome.files == {}
    assert [refused.reason for refused in outcome.rejected] == [reason]
    assert outcome.protocol == ("protocol.unparseable",)


def test_character_references_are_decoded_in_markup_only() -> None:
    outcome = apply(
        "a::after { content: '&amp;' }\n", block("a::after { content: '&' }\n", "x\n", "css/styles.css"), "css/styles.css"
    )
    assert [refused.reason for refused in outcome.rejected] == ["not-found"]


@pytest.mark.parametrize("search", ["a\n", "nowhere\n", "", "  b\n"])
def test_an_edit_that_asks_for_no_change_is_no_failure(search: str) -> None:
    outcome = apply("a\nb\n", block(search, search))
    assert outcome.files == {}
    assert outcome.rejected == outcome.protocol == ()
    assert len(outcome.applied) == 1


@pytest.mark.parametrize("before", [None, ""])
@pytest.mark.parametrize("search", ["", "\n"])
def test_an_empty_search_makes_a_file_that_is_not_there(before: str | None, search: str) -> None:
    outcome = apply(before, block(search, "{\n}\n", "site.webmanifest"), "site.webmanifest")
    assert outcome.files == {"site.webmanifest": "{\n}\n"}
    assert outcome.protocol == ()


def test_a_whole_file_and_then_edits_of_it_are_made_in_order() -> None:
    outcome = apply("old\n", block("old\n", "older\n") + whole("a\nb\n") + block("b\n", "c\nd\n"))
    assert outcome.files == {PAGE: "a\nc\nd\n"}
    places = [(made.rung, made.after_start_line, made.after_end_line) for made in outcome.applied]
    assert places == [("exact", 0, 0), ("whole", 1, 3), ("exact", 2, 3)]


def test_a_whole_file_takes_the_line_endings_of_the_one_it_replaces() -> None:
    assert apply("a\r\nb\r\n", whole("a\nc\n")).files == {PAGE: "a\r\nc\r\n"}


def test_places_are_those_of_the_file_as_the_reply_leaves_it() -> None:
    reply = block("d\n", "D1\nD2\n") + block("a\n", "") + block("b\n", "B1\nB2\nB3\n") + block("e\n", "")
    outcome = apply("a\nb\nc\nd\ne\n", reply)
    assert outcome.files == {PAGE: "B1\nB2\nB3\nc\nD1\nD2\n"}
    lines = outcome.files[PAGE].split("\n")
    shown = [lines[made.after_start_line - 1 : made.after_end_line] for made in outcome.applied]
    assert shown == [["D1", "D2"], [], ["B1", "B2", "B3"], []]


def test_a_failed_block_leaves_the_other_blocks_of_its_file_standing() -> None:
    outcome = apply("a\nb\n", block("a\n", "A\n") + block("zzz\n", "y\n") + block("b\n", "B\n"))
    assert outcome.files == {PAGE: "A\nB\n"}
    assert outcome.protocol == ("protocol.partial-apply",)


def test_only_allowed_and_editable_paths_are_changed() -> None:
    files = {PAGE: "a\n", "js/main.js": "a\n", "assets/a.svg": "a\n"}
    reply = parse_reply(block("a\n", "b\n") + block("a\n", "b\n", "js/main.js"))
    outcome = apply_reply(files, reply, allowed=[PAGE])
    assert outcome.files == {PAGE: "b\n"}
    assert [refused.reason for refused in outcome.rejected] == ["outside-write-set"]
    forged = EditBlock(path="assets/a.svg", kind="search-replace", search="a\n", replace="b\n", line=1)
    outcome = apply_reply(files, ParsedReply(blocks=(forged,)), allowed=["assets/a.svg"])
    assert outcome.files == {}
    assert [refused.reason for refused in outcome.rejected] == ["unknown-path"]


def test_a_file_may_not_grow_over_its_limit() -> None:
    line = "é" * 1000 + "\n"
    outcome = apply("a\n", whole(line * (MAX_FILE_BYTES // 1900)) + block("a\n", line * (MAX_FILE_BYTES // 1900)))
    assert outcome.files == {}
    assert [refused.reason for refused in outcome.rejected] == ["too-large", "too-large"]


def test_a_failed_block_shows_the_nearest_lines() -> None:
    page = "".join(f"<p>line {word}</p>\n" for word in ["one", "two", "three", "four", "five", "six", "seven", "eight"])
    missing = apply(page, block("<p>line five</p>\n<p>line sixteen</p>\n<p>line seven</p>\n", "x\n")).rejected[0]
    assert len(missing.nearest) == 5
    assert {"<p>line five</p>", "<p>line seven</p>"} <= set(missing.nearest)
    twice = apply("a 1\nb\n a 2\n", block("a\n", "x\n")).rejected[0]
    assert twice.nearest == ("a 1", " a 2")
    assert "1, 3" in twice.detail


def test_an_outcome_survives_pickle_and_json() -> None:
    outcome = apply("a\nb\n", block("a\n", "A\n") + block("c\n", "C\n"))
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    assert ApplyOutcome.model_validate_json(outcome.model_dump_json()) == outcome
