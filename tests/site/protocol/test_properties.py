"""Properties for any text: no exception, nothing outside the site, nothing touched that was not asked for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.edits import ApplyOutcome, EditBlock, ParsedReply
from sitegen_tui.site.protocol import (
    EDITABLE_PATHS,
    apply_reply,
    format_edits,
    parse_reply,
    repair_prompt,
    whole_file_prompt,
)

LINES = st.sampled_from(
    [
        "", " ", "  ", "a", "  a", "\ta", "a b", "a  b", "<p>x</p>", "<p class='x'>&amp;</p>", '<p class="x">&</p>',
        "b", "é ✓ 🦁", "```", "```html", "~~~", "FILE: index.html", "FILE: ../x", "<think>", "</think>", "<reasoning>",
        "<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE", "<<<<<<< CONTENT", ">>>>>>> CONTENT",
        "<<<<< SEARCH", "=====", ">>>>>>>>> REPLACE", "=========", "========", "<<<<<<<< CONTENT", ">>>>>> CONTENT",
        "*** Begin Patch", "*** Update File: index.html", "*** End Patch", "@@", "-a", "+a", "+", " a",
        "\x00", "a\rb", "piece", "\x85", "\u2028",
    ]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", ""])
LINED = st.lists(st.tuples(LINES, ENDS), max_size=12).map(lambda parts: "".join(line + end for line, end in parts))
UNIX = st.lists(LINES, max_size=12).map("\n".join)
DOS = st.lists(LINES.filter(lambda line: "\r" not in line), max_size=12).map("\r\n".join)
TEXTS = st.one_of(LINED, UNIX, UNIX.map(lambda text: text + "\n"), DOS, st.text(max_size=40))
SITES = st.dictionaries(st.sampled_from(EDITABLE_PATHS), TEXTS, max_size=3)


def applied(before: dict[str, str], reply: str) -> ApplyOutcome:
    parsed = parse_reply(reply)
    assert parsed.rejected == ()
    assert not parsed.truncated
    return apply_reply(before, parsed)


@settings(max_examples=300)
@given(SITES, st.one_of(TEXTS, st.lists(LINED, max_size=6).map("".join)), st.sampled_from([None, "stop", "length"]))
def test_any_text_is_read_and_applied_inside_the_site(files: dict[str, str], reply: str, finish: str | None) -> None:
    parsed = parse_reply(reply, finish_reason=finish)
    kept = dict(files)
    outcome = apply_reply(files, parsed)
    assert files == kept
    assert set(outcome.files) <= set(EDITABLE_PATHS)
    assert all(files.get(path) != text for path, text in outcome.files.items())
    assert len(outcome.applied) + len(outcome.rejected) == len(parsed.blocks) + len(parsed.rejected)
    assert all(1 <= block.line <= reply.count("\n") + 1 for block in (*outcome.applied, *outcome.rejected))
    assert repair_prompt(outcome, files)
    assert whole_file_prompt(outcome, files)


@settings(max_examples=300)
@given(SITES, SITES, st.booleans())
def test_written_edits_give_exactly_the_files_they_were_written_for(
    before: dict[str, str], after: dict[str, str], whole: bool
) -> None:
    after = {**before, **after}
    outcome = applied(before, format_edits(before, after, whole=whole)) if after != before else None
    assert {**before, **(outcome.files if outcome else {})} == after
    assert outcome is None or outcome.protocol == ()


@settings(max_examples=200)
@given(TEXTS, TEXTS, TEXTS, st.data())
def test_text_outside_the_matched_lines_keeps_its_bytes(above: str, wanted: str, below: str, data: st.DataObject) -> None:
    above, below = above + "\nABOVE\n", "BELOW\n" + below
    own = wanted.replace("\r", "").split("\n")
    spaces = data.draw(st.sampled_from(["", " ", "\t", "    "]))
    blank = data.draw(st.sampled_from([[], [], [""], [" ", ""]]))
    search = [line if not line.strip() else spaces + line.strip(" \t") for line in own]
    search = [*blank, *search, *blank[:1]]
    wrote = "".join(line + "\n" for line in search)
    block = EditBlock(path="index.html", kind="search-replace", search=wrote, replace="NEW\n", line=1)
    before = above + "".join(line + "\n" for line in own) + below
    outcome = apply_reply({"index.html": before}, ParsedReply(blocks=(block,)))
    after = outcome.files.get("index.html", before)
    if outcome.applied:
        assert after.startswith(above)
        assert after.endswith(below)
        assert "NEW" in after[len(above) : len(after) - len(below)]
    else:
        assert after == before


@settings(max_examples=150)
@given(SITES, SITES, st.booleans(), st.data())
def test_a_cut_reply_applies_its_complete_blocks_and_no_other(
    before: dict[str, str], after: dict[str, str], whole: bool, data: st.DataObject
) -> None:
    reply = format_edits(before, {**before, **after}, whole=whole)
    blocks = parse_reply(reply).blocks
    cut = data.draw(st.integers(0, len(reply)))
    parsed = parse_reply(reply[:cut])
    assert parsed.blocks == blocks[: len(parsed.blocks)]
    assert set(apply_reply(before, parsed).files) <= set(EDITABLE_PATHS)
