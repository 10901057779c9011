"""Edits by range leave every other character as it is; places count lines as editors do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.site.source import LineMap, OverlapError, Place, SourceText, Span, Splices

TEXTS = st.text(alphabet=st.sampled_from("ab\r\n\t é😀\0\ufeff"), max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[tuple[Span, str]]]:
    """A text and replacements that do not overlap, in any order."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=10)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    edits = [(span, draw(TEXTS)) for span in spans]
    return text, draw(st.permutations(edits))


@given(edited())
def test_what_is_not_named_stays(case: tuple[str, list[tuple[Span, str]]]) -> None:
    text, edits = case
    splices = Splices(text)
    for span, new in edits:
        splices.replace(span, new)
    expected = text
    for span, new in sorted(edits, reverse=True):
        expected = expected[: span.start] + new + expected[span.end :]
    assert splices.result() == expected
    assert splices.empty is all(text[span.start : span.end] == new for span, new in edits)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), TEXTS), max_size=8))
def test_insertions_at_one_place_keep_their_order(text: str, inserts: list[tuple[int, str]]) -> None:
    splices = Splices(text)
    for offset, new in inserts:
        splices.insert(min(offset, len(text)), new)
    expected = "".join(
        "".join(new for offset, new in inserts if min(offset, len(text)) == at) + text[at : at + 1] for at in range(len(text) + 1)
    )
    assert splices.result() == expected


def test_an_insertion_stands_in_front_of_what_is_replaced_there() -> None:
    splices = Splices("abc")
    splices.replace(Span(1, 2), "X")
    splices.insert(1, "(")
    splices.insert(2, ")")
    assert splices.result() == "a(X)c"


def test_overlapping_edits_are_refused() -> None:
    splices = Splices("abcdef")
    splices.replace(Span(0, 3), "x")
    splices.delete(Span(2, 4))
    with pytest.raises(OverlapError):
        splices.result()


@given(TEXTS)
def test_places_count_lines_and_columns_from_one(text: str) -> None:
    lines = LineMap(text)
    for offset in range(len(text) + 1):
        before = text[:offset]
        assert lines.place(offset) == Place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


@pytest.mark.parametrize(("text", "newline"), [("", "\n"), ("a", "\n"), ("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n"), ("\r\n", "\r\n")])
def test_the_first_line_tells_the_line_ending(text: str, newline: str) -> None:
    assert SourceText(text).newline == newline
