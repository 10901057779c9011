"""Reading replies: the grammar, every leniency, and what is refused."""

from __future__ import annotations

import pytest

from sitegen_tui.site.protocol import parse_reply
from sitegen_tui.site.protocol.limits import MAX_BLOCKS, MAX_REPLY_CHARS

BLOCK = "<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n"
PLAIN = "FILE: index.html\n" + BLOCK


def edits(reply: str) -> list[tuple[str, str, str]]:
    parsed = parse_reply(reply)
    assert parsed.rejected == ()
    return [(block.path, block.search, block.replace) for block in parsed.blocks]


@pytest.mark.parametrize(
    "reply",
    [
        PLAIN,
        PLAIN.rstrip("\n"),
        PLAIN.replace("\n", "\r\n"),
        "Sure, here is the edit.\n\n" + PLAIN + "\nThat is all.",
        "```html\n" + PLAIN + "```\n",
        "FILE: index.html\n```html\n" + BLOCK + "```\n",
        "FILE: `index.html`\n" + BLOCK,
        "`FILE: index.html`\n" + BLOCK,
        "**FILE: index.html**\n" + BLOCK,
        "**FILE:** `index.html`\n" + BLOCK,
        "### FILE: index.html\n" + BLOCK,
        "#### **`FILE: index.html`**\n" + BLOCK,
        "file: index.html\n" + BLOCK,
        "File:index.html\n" + BLOCK,
        "EDIT: index.html\n" + BLOCK,
        "edit: index.html\n" + BLOCK,
        "FILE: index.html\nI change one line.\n\n" + BLOCK,
        "FILE: index.html\n<<<<< SEARCH\nold\n=====\nnew\n>>>>> REPLACE\n",
        "FILE: index.html\n<<<<<<<<< SEARCH\nold\n=========\nnew\n>>>>>>>>> REPLACE\n",
        "FILE: index.html\n<<<<<<< SEARCH\nold\n=====\nnew\n>>>>>>>>> REPLACE\n",
        "FILE: index.html\n<<<<<< SEARCH  \nold\n======= \nnew\n>>>>>>> REPLACE\t\n",
        "FILE: index.html\n<<<<<<< SEARCH\n```html\nold\n```\n=======\n```html\nnew\n```\n>>>>>>> REPLACE\n",
        "FILE: index.html\n<<<<<<< SEARCH\n```html\nold\n=======\nnew\n```\n>>>>>>> REPLACE\n",
        "FILE: index.html\n<<<<<<< SEARCH\nold\n=======\nnew\n```\n>>>>>>> REPLACE\n",
        "*** Begin Patch\n*** Update File: index.html\n@@\n-old\n+new\n*** End Patch\n",
        "*** Update File: index.html\n-old\n+new\n*** End Patch",
        "```\n*** Update File: index.html\n@@ <body>\n-old\n+new\n```\n",
        "<think>plan</think>\n" + PLAIN,
        "<think>plan</think>" + PLAIN,
        "plan</think>" + PLAIN,
        "FILE: css/styles.css\n" + BLOCK + "\n</think>\n" + PLAIN,
        "<<<<<<< SEARCH\nfirst thought\n</think>\n" + PLAIN,
        "<THINKING>\nFILE: js/main.js\n" + BLOCK + "</THINKING>\n" + PLAIN,
        "<reasoning>\n<<<<<<< SEARCH\n<think>\n=======\n</reasoning>\n" + PLAIN,
        "<think>\na <think> b\n</think>\n" + BLOCK + "</think>\n" + PLAIN,
        "<think>\n" + PLAIN + "</think>\n" + PLAIN,
        "I leave the <think> element as it is.\n" + PLAIN,
    ],
)
def test_a_reply_is_read_as_the_one_edit_it_means(reply: str) -> None:
    parsed = parse_reply(reply)
    done = parsed.blocks
    assert [(block.path, block.search, block.replace) for block in done] == [("index.html", "old\n", "new\n")]
    assert not parsed.truncated
    assert not parsed.empty
    lines = reply.split("\n")
    assert lines[done[0].line - 1].lstrip("`")[:1] in {"<", "-", "p"}


def test_several_edits_and_files_keep_their_order() -> None:
    whole = "FILE: css/styles.css\n<<<<<<< CONTENT\na\n=======\nb\n>>>>>>> CONTENT\n"
    parsed = parse_reply(PLAIN + BLOCK + whole + PLAIN)
    assert [(block.path, block.kind, block.line) for block in parsed.blocks] == [
        ("index.html", "search-replace", 2),
        ("index.html", "search-replace", 7),
        ("css/styles.css", "whole-file", 13),
        ("index.html", "search-replace", 19),
    ]
    assert parsed.blocks[2].replace == "a\n=======\nb\n"


def test_line_numbers_count_the_thought_that_was_dropped() -> None:
    parsed = parse_reply("<think>\n1\n2\n</think>\n" + PLAIN)
    assert parsed.blocks[0].line == 6
    assert parsed.thinking == len("<think>\n1\n2\n</think>")


def test_tags_of_thought_inside_a_block_are_content() -> None:
    block = "FILE: index.html\n<<<<<<< SEARCH\n<think>\n=======\n</think>\n>>>>>>> REPLACE\n"
    assert edits(PLAIN + block)[1] == ("index.html", "<think>\n", "</think>\n")


def test_thought_between_blocks_is_dropped_with_its_markers() -> None:
    parsed = parse_reply(PLAIN + "<think>\nFILE: js/main.js\n" + BLOCK + "</think>\n" + BLOCK)
    assert [block.path for block in parsed.blocks] == ["index.html", "index.html"]


@pytest.mark.parametrize("reply", ["<think>\n" + PLAIN, PLAIN + "<thinking>\nhm", "so <reasoning>\n" + PLAIN])
def test_thought_that_never_closes_leaves_an_empty_cut_reply(reply: str) -> None:
    parsed = parse_reply(reply)
    assert (parsed.blocks, parsed.rejected) == ((), ())
    assert parsed.empty
    assert parsed.truncated
    assert not parsed.unterminated


def test_markers_of_another_length_are_content() -> None:
    inside = "<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n"
    reply = f"FILE: index.html\n<<<<<<<<< SEARCH\nold\n=========\n{inside}>>>>>>>>> REPLACE\n"
    assert edits(reply) == [("index.html", "old\n", inside)]


def test_a_fence_at_the_edge_of_search_alone_is_content_so_that_a_leaked_one_can_be_removed() -> None:
    reply = "FILE: index.html\n<<<<<<< SEARCH\n```html\n<!DOCTYPE html>\n=======\n<!DOCTYPE html>\n>>>>>>> REPLACE\n"
    assert edits(reply) == [("index.html", "```html\n<!DOCTYPE html>\n", "<!DOCTYPE html>\n")]


def test_a_fence_around_a_whole_file_is_removed() -> None:
    assert edits("FILE: js/main.js\n<<<<<<< CONTENT\n```js\nrun();\n```\n>>>>>>> CONTENT\n") == [("js/main.js", "", "run();\n")]


def test_patch_hunks_become_edits_and_added_files_blocks_without_search() -> None:
    reply = (
        "*** Begin Patch\n*** Update File: index.html\n@@ main\n <p>\n-a\n+b\n\n </p>\n@@\n-c\n*** End of File\n"
        "*** Add File: site.webmanifest\n+{\n+}\n*** End Patch\n"
    )
    assert edits(reply) == [
        ("index.html", "<p>\na\n\n</p>\n", "<p>\nb\n\n</p>\n"),
        ("index.html", "c\n", ""),
        ("site.webmanifest", "", "{\n}\n"),
    ]


@pytest.mark.parametrize(
    ("reply", "reason", "cut"),
    [
        (BLOCK, "unknown-path", False),
        ("FILE: index.html\n<<<<<<< SEARCH\nold\n=======\nne", "unterminated", True),
        ("FILE: index.html\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPL", "unterminated", True),
        ("FILE: index.html\n<<<<<<< CONTENT\n<html>", "unterminated", True),
        ("FILE: index.html\n<<<<<<< SEA", "unterminated", True),
        ("FILE: index.html\n<<<<<", "unterminated", True),
        ("*** Update File: index.html\n-old\n+ne", "unterminated", True),
        ("FILE: index.html\n<<<<<<< SEARCH\nold\n>>>>>>> REPLACE\n", "malformed", False),
        ("FILE: index.html\n<<<<<<< SEARCH\nold\n=======\na\n=======\nb\n>>>>>>> REPLACE\n", "malformed", False),
        ("*** Delete File: index.html\n", "malformed", False),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(reply: str, reason: str, cut: bool) -> None:
    parsed = parse_reply(reply)
    assert parsed.blocks == ()
    assert [block.reason for block in parsed.rejected] == [reason]
    assert parsed.unterminated is parsed.truncated is cut


def test_a_block_that_never_ends_costs_only_itself_when_another_begins() -> None:
    parsed = parse_reply("FILE: index.html\n<<<<<<< SEARCH\nold\n=======\nnew\nFILE: js/main.js\n" + BLOCK)
    assert [(block.reason, block.line) for block in parsed.rejected] == [("malformed", 2)]
    assert [block.path for block in parsed.blocks] == ["js/main.js"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/etc/passwd", "bad-path"),
        ("/index.html", "bad-path"),
        ("~/index.html", "bad-path"),
        ("../index.html", "bad-path"),
        ("css/../../index.html", "bad-path"),
        ("css\\styles.css", "bad-path"),
        ("..\\index.html", "bad-path"),
        ("C:/index.html", "bad-path"),
        ("C:index.html", "bad-path"),
        ("index.html\x00.png", "bad-path"),
        ("index\x1b[31m.html", "bad-path"),
        ("%2e%2e/index.html", "bad-path"),
        ("..%2findex.html", "bad-path"),
        ("%252e%252e/index.html", "bad-path"),
        ("file:///index.html", "bad-path"),
        ("https://site.example/index.html", "bad-path"),
        ("．．/index.html", "bad-path"),
        ("./index.html", "unknown-path"),
        ("INDEX.HTML", "unknown-path"),
        ("index.html/", "unknown-path"),
        ("css//styles.css", "unknown-path"),
        ("styles.css", "unknown-path"),
        ("assets/logo.svg", "unknown-path"),
        ("index.html -> /etc/passwd", "unknown-path"),
        ("", "unknown-path"),
        ("a" * 5000, "unknown-path"),
    ],
)
def test_other_paths_are_refused_by_every_dialect(path: str, reason: str) -> None:
    for reply in (
        f"FILE: {path}\n{BLOCK}",
        f"FILE: {path}\n<<<<<<< CONTENT\nx\n>>>>>>> CONTENT\n",
        f"*** Update File: {path}\n-old\n+new\n*** End Patch\n",
    ):
        parsed = parse_reply(reply)
        assert parsed.blocks == ()
        assert [block.reason for block in parsed.rejected] == [reason]
        assert len(parsed.rejected[0].path) <= 240
        assert "\x1b" not in parsed.rejected[0].path


def test_a_header_without_a_block_after_it_is_no_failure() -> None:
    assert parse_reply("File: see below for what I changed\n" + PLAIN).rejected == ()


@pytest.mark.parametrize(("finish", "cut"), [("length", True), ("max_tokens", True), ("stop", False), (None, False)])
def test_a_provider_that_stopped_at_its_limit_has_cut_the_reply(finish: str | None, cut: bool) -> None:
    parsed = parse_reply(PLAIN, finish_reason=finish)
    assert len(parsed.blocks) == 1
    assert parsed.truncated is cut


def test_lengths_mix_after_a_long_marker_only_when_the_reply_is_known_to_be_whole() -> None:
    reply = "FILE: index.html\n<<<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n"
    assert parse_reply(reply).unterminated
    assert parse_reply(reply, finish_reason="stop").blocks[0].replace == "new\n"


def test_lone_surrogates_never_reach_a_file() -> None:
    assert edits(PLAIN.replace("new", "n\ud800w")) == [("index.html", "old\n", "n\ufffdw\n")]


def test_an_oversized_reply_is_refused_unread() -> None:
    parsed = parse_reply(PLAIN + "x" * 50_000_000)
    assert parsed.blocks == ()
    assert [block.reason for block in parsed.rejected] == ["too-large"]
    assert parse_reply(PLAIN + "x" * (MAX_REPLY_CHARS - len(PLAIN))).blocks


def test_blocks_over_the_limit_are_summed_up_in_one() -> None:
    patch = "*** Update File: index.html\n" + "@@\n-a\n+b\n" * 5_000 + "*** End Patch\n"
    for reply in (PLAIN * 5_000, "FILE: index.html\n" + "<<<<<<< SEARCH\n" * 5_000, patch):
        parsed = parse_reply(reply + PLAIN)
        assert len(parsed.blocks) + len(parsed.rejected) == MAX_BLOCKS + 1
        assert parsed.rejected[-1].reason == "too-large"


def test_a_model_and_its_json_are_the_same() -> None:
    parsed = parse_reply(PLAIN + "FILE: nowhere\n" + BLOCK)
    assert type(parsed).model_validate_json(parsed.model_dump_json()) == parsed
