"""What a model is told: the rules, the repair turn, the whole-file turn."""

from __future__ import annotations

from sitegen_tui.site.protocol import (
    EDITABLE_PATHS,
    apply_reply,
    parse_reply,
    protocol_rules,
    repair_prompt,
    whole_file_fits,
    whole_file_prompt,
)

FILES = {"index.html": "<h1>One</h1>\n<p>Two three</p>\n", "css/styles.css": "a {}\n"}


def edit(search: str, path: str = "index.html") -> str:
    return f"FILE: {path}\n<<<<<<< SEARCH\n{search}\n=======\nnew\n>>>>>>> REPLACE\n"


def test_the_example_in_the_rules_is_itself_valid() -> None:
    parsed = parse_reply(protocol_rules())
    assert [(block.path, block.kind) for block in parsed.blocks] == [
        ("index.html", "search-replace"),
        ("css/styles.css", "whole-file"),
    ]
    assert parsed.rejected == ()
    assert all(path in protocol_rules() for path in EDITABLE_PATHS)


def test_the_repair_turn_lists_what_failed_with_the_lines_as_they_are_now() -> None:
    outcome = apply_reply(FILES, parse_reply(edit("<h1>One</h1>") + edit("<p>Two thirty</p>") + edit("x", "../a")))
    prompt = repair_prompt(outcome, FILES)
    assert "1 of your edits was applied" in prompt
    assert "not-found" in prompt
    assert "  | <p>Two three</p>" in prompt
    assert "  | <h1>One</h1>" not in prompt
    assert "bad-path" in prompt
    assert protocol_rules() in prompt


def test_the_repair_turn_says_when_nothing_could_be_read_or_the_reply_was_cut() -> None:
    assert "No edit could be read" in repair_prompt(apply_reply(FILES, parse_reply("Done!")), FILES)
    cut = apply_reply(FILES, parse_reply("<think>hm"))
    assert "cut off" in repair_prompt(cut, FILES)


def test_the_repair_turn_is_bounded() -> None:
    reply = "".join(edit(f"missing {number}") for number in range(100))
    prompt = repair_prompt(apply_reply(FILES, parse_reply(reply)), FILES)
    assert "... and 80 more." in prompt


def test_the_whole_file_turn_shows_the_failed_files_in_the_form_it_asks_for() -> None:
    outcome = apply_reply(FILES, parse_reply(edit("<h1>One</h1>") + edit("nowhere")))
    shown = parse_reply(whole_file_prompt(outcome, FILES))
    assert [(block.path, block.replace) for block in shown.blocks] == [("index.html", "new\n<p>Two three</p>\n")]


def test_the_whole_file_turn_shows_every_file_when_no_block_names_one() -> None:
    outcome = apply_reply(FILES, parse_reply("prose"))
    shown = parse_reply(whole_file_prompt(outcome, FILES))
    assert {block.path: block.replace for block in shown.blocks} == FILES


def test_a_file_fits_when_the_output_limit_leaves_room_for_it() -> None:
    assert whole_file_fits("x" * 9_000, 4_000)
    assert not whole_file_fits("x" * 9_000, 3_800)
