"""What holds for every pair of texts: nothing is lost, numbers agree, and git applies what we print."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.diffs import FileDiff, line_body
from sitegen_tui.site.diff import diff_texts
from sitegen_tui.site.diff_match import intern_ids, match_ids
from sitegen_tui.site.diff_output import to_json, unified_text
from sitegen_tui.site.diff_rows import DiffRows, hunks
from sitegen_tui.site.diff_words import word_diff

PIECES = ["<p>", "</p>", "a", "b", "word", " ", "  ", "\n", "\n", "\r\n", "\r", "}", "{", "é", "\U0001f600", "\u2028", "<", '"']
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | TEXTS
WILD = st.text(st.characters(categories=None) | st.sampled_from("\ud800\udfff\0\r\n \t\U0010ffff"), max_size=60)
PATHS = st.sampled_from(["index.html", "css/styles.css", "js/main.js", "notes"])


def patched(diff: FileDiff, *, reverse: bool = False) -> str:
    source, target = (diff.after_lines, diff.before_lines) if reverse else (diff.before_lines, diff.after_lines)
    result: list[str] = []
    position = 0
    for block in diff.blocks:
        a, b, c, d = block[:4]
        if reverse:
            a, b, c, d = c, d, a, b
        result += source[position:a]
        result += target[c:d]
        position = b
    return "".join(result + source[position:])


@given(PATHS, WILD | TEXTS, WILD | TEXTS)
@settings(max_examples=300)
def test_blocks_turn_one_text_into_the_other_and_back(path: str, before: str, after: str) -> None:
    diff = diff_texts(path, before, after)
    json.dumps(to_json(diff))
    if diff.binary:
        assert "\0" in before + after
        return
    assert patched(diff) == after
    assert patched(diff, reverse=True) == before


@given(TEXTS, TEXTS, st.none() | st.integers(0, 4), st.sampled_from(["unified", "split"]))
@settings(max_examples=300)
def test_rows_agree_with_the_lines_they_number(before: str, after: str, context: int | None, layout: str) -> None:
    diff = diff_texts("index.html", before, after)
    rows = DiffRows(diff, hunks(diff, context), "split" if layout == "split" else "unified")
    left: list[int] = []
    right: list[int] = []
    for place, row in enumerate(rows):
        if row.left_number is not None:
            left.append(row.left_number)
            assert row.left == line_body(diff.before_lines[row.left_number - 1])
            assert rows.row_of("before", row.left_number) == place
        if row.right_number is not None:
            right.append(row.right_number)
            assert row.right == line_body(diff.after_lines[row.right_number - 1])
            assert rows.row_of("after", row.right_number) == place
        if row.kind == "equal":
            assert (row.left, row.left_ending) == (row.right, row.right_ending)
        if row.kind == "changed":
            assert (row.left, row.left_ending) != (row.right, row.right_ending)
    assert left == sorted(set(left))
    assert right == sorted(set(right))
    for block in diff.blocks:
        assert set(range(block.before_start + 1, block.before_end + 1)) <= set(left)
        assert set(range(block.after_start + 1, block.after_end + 1)) <= set(right)
    if context is None:
        assert left == list(range(1, len(diff.before_lines) + 1))
        assert right == list(range(1, len(diff.after_lines) + 1))


def without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    kept: list[str] = []
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        kept.append(text[position:start])
        position = end
    return "".join([*kept, text[position:]])


@given(WILD | TEXTS, WILD | TEXTS)
@settings(max_examples=300)
def test_outside_the_marked_words_two_lines_are_equal(left: str, right: str) -> None:
    words = word_diff(left, right)
    if words.highlighted:
        # A joined phrase may take in blanks that differ in place but never text that does.
        assert without(left, words.left) == without(right, words.right)
    else:
        assert left != right
        assert (words.left, words.right) == ((), ())


@pytest.mark.parametrize(("token_limit", "piece_limit"), [(0, 10_000), (0, 0), (10, 30)])
@given(TEXTS, TEXTS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_coarse_steps_mark_valid_ranges_too(
    monkeypatch: pytest.MonkeyPatch, token_limit: int, piece_limit: int, left: str, right: str
) -> None:
    monkeypatch.setattr("sitegen_tui.site.diff_words.TOKEN_LIMIT", token_limit)
    monkeypatch.setattr("sitegen_tui.site.diff_words.PIECE_LIMIT", piece_limit)
    words = word_diff(left, right)
    if words.highlighted:
        assert without(left, words.left) == without(right, words.right)
    assert words.coarse or left == right or token_limit


@given(st.lists(st.integers(0, 6), max_size=60), st.lists(st.integers(0, 6), max_size=60), st.integers(2, 9))
@settings(max_examples=300)
def test_every_way_of_matching_pairs_equal_items_in_order(a: list[int], b: list[int], window: int) -> None:
    best = sum(length for _, _, length in match_ids(a, b).runs)
    for matching in (match_ids(a, b), match_ids(a, b, exact_cells=8, window=window)):
        i = j = 0
        for start_a, start_b, length in matching.runs:
            assert start_a >= i
            assert start_b >= j
            assert length > 0
            assert a[start_a : start_a + length] == b[start_b : start_b + length]
            i, j = start_a + length, start_b + length
        assert i <= len(a)
        assert j <= len(b)
        assert sum(length for _, _, length in matching.runs) <= best


def test_more_different_lines_than_unicode_has_characters_still_match() -> None:
    count = 1_150_000
    a, b = list(range(count)), list(range(count))
    b[55_300], b[1_114_111] = -1, -2
    assert [length for _, _, length in match_ids(a, b).runs] == [55_300, 1_058_810, count - 1_114_112]


def test_ids_in_the_surrogate_range_are_ids_like_any_other() -> None:
    lines = [f"l{number}" for number in range(60_000)]
    swapped = [line for pair in zip(lines[1::2], lines[::2], strict=True) for line in pair]
    a, b = intern_ids(lines, swapped)
    assert sum(length for _, _, length in match_ids(a, b).runs) == 30_000


def git_applies(folder: Path, diff: FileDiff, before: str | None, after: str | None) -> None:
    target = folder / diff.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if before is not None:
        target.write_bytes(before.encode())
    patch = unified_text(diff).encode()
    if not patch:
        assert before == after
        return
    for arguments, expected in (([], after), (["--reverse"], before)):
        command = ["git", "apply", "--whitespace=nowarn", *arguments, "-"]
        done = subprocess.run(command, input=patch, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode() + patch.decode()
        assert (target.read_bytes() if target.exists() else None) == (None if expected is None else expected.encode())


@given(before=st.none() | ANY_TEXT, after=st.none() | ANY_TEXT)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_git_applies_the_unified_text_in_both_directions(tmp_path: Path, before: str | None, after: str | None) -> None:
    if "\0" in (before or "") + (after or ""):
        return
    git_applies(tmp_path, diff_texts("css/styles.css", before, after), before, after)


@pytest.mark.parametrize("path", ["a b.txt", 'quo"te.txt', "tab\there.txt", "ümlaut.txt", "index.html"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb", "a\nb\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\n" * 30, "a\n" * 12 + "b\n" + "a\n" * 18),
        (None, "new"),
        (None, ""),
        ("old\n", None),
        ("", "x"),
    ],
)
def test_git_applies_odd_names_and_endings(tmp_path: Path, path: str, before: str | None, after: str | None) -> None:
    git_applies(tmp_path, diff_texts(path, before, after), before, after)
