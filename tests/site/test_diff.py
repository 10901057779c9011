"""Behaviour of the diff of files and sites: lines, words, hunks, rows, outputs."""

from __future__ import annotations

import json
import pickle

import pytest

from sitegen_tui.domain.diffs import FileDiff, split_lines
from sitegen_tui.site.diff import diff_sites, diff_texts
from sitegen_tui.site.diff_output import to_json
from sitegen_tui.site.diff_rows import DiffRows, counterpart, hunk_of, hunks
from sitegen_tui.site.diff_words import word_diff

PAGE = """<body>
  <header id="top">
    <h1>Hello</h1>
  </header>
  <section class="hero">
    <p>One two three</p>
  </section>

  <section class="about">
    <p>We were here since 1980.</p>
  </section>
</body>
"""


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def added_text(diff: FileDiff) -> list[str]:
    return [line for block in diff.blocks for line in diff.after_lines[block.after_start : block.after_end]]


def test_an_inserted_section_is_one_block_of_whole_elements() -> None:
    section = '  <section id="new">\n    <p>N</p>\n  </section>\n\n'
    diff = diff_texts("index.html", PAGE, PAGE.replace('  <section class="about">', section + '  <section class="about">'))
    assert "".join(added_text(diff)) == section
    assert [block.heading for block in diff.blocks] == ["section#new"]
    assert diff.stats == (1, 4, 0)


def test_a_changed_line_ending_is_a_pair_that_says_so() -> None:
    diff = diff_texts("a.css", "a\nb\nc\n", "a\r\nb\nc\n")
    row = DiffRows(diff, hunks(diff, 0), "split")[1]
    assert (row.kind, row.left, row.right) == ("changed", "a", "a")
    assert (row.left_ending, row.right_ending, row.ending_changed) == ("\n", "\r\n", True)


def test_a_lost_final_newline_is_a_changed_ending() -> None:
    diff = diff_texts("a.css", "a\nb\n", "a\nb")
    removed, added = DiffRows(diff, hunks(diff, 0))[1:]
    assert removed.ending_changed
    assert added.ending_changed
    assert (removed.left_ending, added.right_ending) == ("\n", "")


def test_lines_end_at_newline_only() -> None:
    assert split_lines("a\rb\u2028c\x0cd\ne") == ["a\rb\u2028c\x0cd\n", "e"]


@pytest.mark.parametrize(
    ("before", "after", "status", "added", "removed"),
    [
        (None, "a\nb\n", "added", 2, 0),
        ("a\nb\n", None, "deleted", 0, 2),
        ("", "a", "changed", 1, 0),
        ("a", "", "changed", 0, 1),
        (None, "", "added", 0, 0),
        ("", "", "same", 0, 0),
        (None, None, "same", 0, 0),
    ],
)
def test_missing_and_empty_files(before: str | None, after: str | None, status: str, added: int, removed: int) -> None:
    diff = diff_texts("a.txt", before, after)
    assert (diff.status, diff.stats.added, diff.stats.removed) == (status, added, removed)


@pytest.mark.parametrize("content", [b"\x89PNG\0\r\n", b"caf\xe9", "nul \0 in a string"])
def test_binary_files_report_size_and_hash_only(content: bytes | str) -> None:
    diff = diff_texts("assets/x.png", b"text", content)
    assert diff.binary
    assert diff.before is not None
    assert diff.before.size == 4
    assert diff.after is not None
    assert len(diff.after.sha256) == 64
    assert (diff.before_text, diff.after_text, diff.blocks) == (None, None, ())
    assert hunks(diff, None) == ()


def test_similar_lines_of_a_replaced_block_are_paired_in_order() -> None:
    before = "  color: red;\n  margin: 0 auto;\n  padding: 4px 8px;\n"
    after = "  color: blue;\n  /* ---- */\n  margin: 0 4px;\n  padding: 4px 12px;\n"
    diff = diff_texts("a.css", before, after)
    pairs = [(pair.before, pair.after) for block in diff.blocks for pair in block.pairs]
    assert pairs == [(0, 0), (1, 2), (2, 3)]


def test_words_that_changed_are_marked_and_phrases_stay_together() -> None:
    left, right = '<a href="#a" class="btn btn-primary">Book</a>', '<a href="#b" class="btn btn-wide">Book now</a>'
    words = word_diff(left, right)
    assert marked(left, words.left) == ["a", "primary"]
    assert marked(right, words.right) == ["b", "wide", " now"]
    left, right = "padding: 12px 4px;", "padding: 16px 8px;"
    assert marked(left, word_diff(left, right).left) == ["12px 4px"]


def test_unlike_lines_get_no_confetti() -> None:
    words = word_diff("Our lodge, a fine place: stay.", "Call, then come: bring (two) boots.")
    assert (words.highlighted, words.left, words.right) == (False, (), ())


def test_a_huge_line_keeps_precise_words_where_little_changed() -> None:
    rules = [f".c{number}{{margin:{number}px;color:#{number:06x}}}" for number in range(70_000)]
    left = "".join(rules)
    rules[100], rules[60_000] = ".first{}", ".second{}"
    right = "".join(rules)
    words = word_diff(left, right)
    assert words.coarse
    assert words.highlighted
    assert sum(end - start for start, end in words.right) < 100


def test_a_line_beyond_every_limit_is_one_range() -> None:
    left, right = "a;" * 4_200_000 + "x", "start" + "b;" * 4_200_000 + "x"
    words = word_diff(left, right)
    assert words.coarse
    assert not words.highlighted


def test_a_finding_maps_to_its_hunk_and_row_and_back() -> None:
    before = "".join(f"line {number}\n" for number in range(1, 101))
    after = before.replace("line 20\n", "line twenty\n").replace("line 80\n", "line 80\nnew\n")
    diff = diff_texts("a.txt", before, after)
    found = hunks(diff, 3)
    assert [hunk.header for hunk in found] == ["@@ -17,7 +17,7 @@", "@@ -78,6 +78,7 @@"]
    assert hunk_of(found, "after", 81) == 1
    assert hunk_of(found, "after", 50) is None
    for layout in ("unified", "split"):
        rows = DiffRows(diff, found, layout)
        for side in ("before", "after"):
            shown = [rows.row_of(side, number) for number in range(120)]
            for number, row in enumerate(shown):
                assert row is None or rows.line_of(row, side) == number
        place = rows.row_of("after", 81)
        assert place is not None
        assert rows[place].right == "new"
    assert counterpart(diff, "after", 90) == 89
    assert counterpart(diff, "before", 90) == 91
    assert counterpart(diff, "after", 81) is None
    assert counterpart(diff, "after", 20) == 20


def test_a_finding_on_an_unchanged_line_can_be_shown() -> None:
    before = "".join(f"line {number}\n" for number in range(1, 101))
    diff = diff_texts("a.txt", before, "first\n" + before)
    found = hunks(diff, 2, show=[("after", 51), ("before", 100), ("after", 999), ("after", 1)])
    assert [hunk.header for hunk in found] == ["@@ -1,2 +1,3 @@", "@@ -48,5 +49,5 @@", "@@ -98,3 +99,3 @@"]
    assert all(hunk_of(found, "after", number) is not None for number in (1, 51, 101))


def test_stepping_goes_from_change_to_change_in_the_whole_file() -> None:
    before = "".join(f"line {number}\n" for number in range(1, 101))
    diff = diff_texts("a.txt", before, before.replace("line 20\n", "").replace("line 80\n", "line 80\nnew\n"))
    rows = DiffRows(diff, hunks(diff, None))
    assert len(rows) == 101
    first = rows.next_change(0)
    assert first is not None
    assert rows[first].left == "line 20"
    second = rows.next_change(first)
    assert second is not None
    assert rows[second].right == "new"
    assert rows.next_change(second) is None
    assert rows.previous_change(second) == first
    narrow = DiffRows(diff, hunks(diff, 1))
    assert [narrow[row].kind for row in narrow.hunk_rows] == ["hunk", "hunk"]
    assert narrow.next_hunk(narrow.hunk_rows[0]) == narrow.hunk_rows[1]
    assert narrow.previous_hunk(narrow.hunk_rows[1]) == narrow.hunk_rows[0]


def test_side_by_side_puts_unlike_lines_in_one_row() -> None:
    diff = diff_texts("a.txt", "alpha beta\nsame\n", "12345 67890\n(((())))\nsame\n")
    rows = DiffRows(diff, hunks(diff, None), "split")
    assert [row.kind for row in rows] == ["replaced", "added", "equal"]
    assert (rows[0].left_number, rows[0].right_number) == (1, 1)


@pytest.mark.parametrize(
    ("path", "text", "line", "heading"),
    [
        ("index.html", PAGE, 5, "section.hero"),
        ("index.html", PAGE, 2, "header#top"),
        ("css/styles.css", "/* a */\n@media (max-width: 767px) {\n  .hero, .b {\n    color: red;\n  }\n}\n", 3,
         "@media (max-width: 767px) › .hero, .b"),
        ("css/styles.css", ".a{color:red}\n.b{color:blue}\n", 1, ".b"),
        ("js/main.js", "function open() {\n  go();\n}\nconst close = () => {\n  stop();\n};\n", 4, "close"),
        ("notes.txt", "a\nb\n", 1, ""),
        ("index.html", "<section id='a'><div <<\" ' <p>\n</p></section>\n", 1, "section#a"),
    ],
)  # fmt: skip
def test_headings_name_the_enclosing_place(path: str, text: str, line: int, heading: str) -> None:
    lines = split_lines(text)
    changed = [*lines[:line], lines[line].replace("\n", " x\n"), *lines[line + 1 :]]
    assert [block.heading for block in diff_texts(path, text, "".join(changed)).blocks] == [heading]


def test_a_site_lists_changed_files_page_first() -> None:
    before = {"js/main.js": b"a", "css/styles.css": b"a\n", "index.html": b"a", "same.txt": b"s", "assets/a.png": b"\0"}
    after = {"js/main.js": b"b", "css/styles.css": b"a\nb\n", "index.html": b"b", "same.txt": b"s", "assets/b.png": b"\0"}
    site = diff_sites(before, after)
    assert [(file.path, file.status) for file in site.files] == [
        ("index.html", "changed"),
        ("css/styles.css", "changed"),
        ("js/main.js", "changed"),
        ("assets/a.png", "deleted"),
        ("assets/b.png", "added"),
    ]
    assert site.stats == (5, 3, 2)
    assert site.file("same.txt") is None


def test_a_diff_survives_json_and_pickling() -> None:
    site = diff_sites({"index.html": PAGE.encode()}, {"index.html": PAGE.replace("two", "2").encode()})
    assert site.files[0].after_lines
    copy = pickle.loads(pickle.dumps(site))
    assert copy == site
    assert "after_lines" not in copy.files[0].__dict__
    data = json.loads(json.dumps(to_json(site)))
    rows = data["files"][0]["hunks"][0]["rows"]
    changed = [row for row in rows if row["kind"] in ("removed", "added")]
    assert [row["text"][slice(*row["words"][0])] for row in changed] == ["two", "2"]
    assert data["stats"] == {"files": 1, "added": 1, "removed": 1}
