"""Replies made to be slow: each of these would take minutes if any step were worse than about linear."""

from __future__ import annotations

import pytest

from sitegen_tui.site.protocol import apply_reply, parse_reply, repair_prompt, whole_file_prompt
from sitegen_tui.site.protocol.limits import MAX_BLOCKS

HEADER = "FILE: index.html\n"
SEARCH, DIVIDER, REPLACE = "<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n"
FILES = {"index.html": "".join(f"<p class='c'>line {number} &amp; more</p>\n" for number in range(2_000))}


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param("<" * 1_000_000, id="marker characters"),
        pytest.param("=" * 1_000_000, id="divider characters"),
        pytest.param("`#* " * 250_000, id="wrappers of a header"),
        pytest.param("\n" * 1_000_000, id="line feeds"),
        pytest.param(HEADER + SEARCH * 100_000, id="opening markers"),
        pytest.param(HEADER + "".join("<" * (5 + n % 5) + " SEARCH\n" for n in range(100_000)), id="of all lengths"),
        pytest.param(HEADER + SEARCH + DIVIDER * 100_000, id="dividers"),
        pytest.param(HEADER + ("<<<<<<< CONTENT\n" + DIVIDER * 100) * 1_000, id="open files of dividers"),
        pytest.param("<think>" * 100_000, id="opening tags in a line"),
        pytest.param("<think>\n" * 100_000, id="opening tags"),
        pytest.param("</think>\n" * 100_000, id="closing tags"),
        pytest.param("<think>\n</think>\n" * 50_000, id="pairs of tags"),
        pytest.param("<think>\n</reasoning>\n" * 50_000, id="pairs that do not match"),
        pytest.param(("<think" + " " * 30) * 50_000, id="tags that never end"),
        pytest.param(HEADER * 100_000, id="headers"),
        pytest.param("*** Update File: index.html\n" * 100_000, id="patch headers"),
        pytest.param("*** Update File: index.html\n" + "@@\n-a\n+b\n" * 100_000, id="hunks"),
        pytest.param("*** Update File: index.html\n" + "-a\n\n" * 200_000, id="an endless hunk"),
        pytest.param(HEADER + SEARCH + "`" * 1_000_000 + "\n" + DIVIDER + REPLACE, id="an endless fence"),
        pytest.param(HEADER + SEARCH + "&" * 1_000_000 + "\n" + DIVIDER + REPLACE, id="references that never end"),
    ],
)
def test_a_hostile_reply_is_refused_and_changes_nothing(reply: str) -> None:
    parsed = parse_reply(reply)
    outcome = apply_reply(FILES, parsed)
    assert outcome.files == {}
    assert outcome.applied == ()
    assert set(outcome.protocol) & {"protocol.unparseable", "protocol.truncated"}
    assert len(outcome.rejected) <= MAX_BLOCKS + 1
    assert len(repair_prompt(outcome, FILES)) < 20_000
    assert whole_file_prompt(outcome, FILES)


def test_searching_big_files_many_times_is_bounded() -> None:
    page = {"index.html": "".join(f"<i>{n}</i>\n" for n in range(60_000))}
    edits = "".join(f"{SEARCH}  <i>{n}</i>\n{DIVIDER}<b>{n}</b>\n{REPLACE}" for n in range(MAX_BLOCKS))
    outcome = apply_reply(page, parse_reply(HEADER + edits))
    assert {refused.reason for refused in outcome.rejected} == {"too-large"}
    assert len(outcome.applied) + len(outcome.rejected) == MAX_BLOCKS
    assert outcome.files["index.html"].startswith("<b>0</b>\n")
