import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sitegen_tui.tui.text import LONGEST_LINE, clipped, fit, fit_middle, one_line, safe, wrap

ANY = st.text(st.characters(codec=None), max_size=80)


@given(ANY)
def test_safe_text_has_nothing_that_moves_the_cursor_or_hides(text: str) -> None:
    for character in safe(text):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert not "\u202a" <= character <= "\u202e"
        assert not "\u2066" <= character <= "\u2069"


@given(ANY)
def test_safe_text_can_be_written_to_a_terminal(text: str) -> None:
    safe(text).encode("utf-8")


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert safe("\x1b[31mred\x07") == "␛[31mred␇"


def test_brackets_are_left_as_they_are() -> None:
    assert safe("input[type=text] [/]") == "input[type=text] [/]"


@given(ANY, st.integers(1, 60), st.booleans())
def test_fitted_text_has_exactly_the_width(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(safe(text), width, right=right)) == width


@given(ANY, st.integers(5, 60))
def test_text_cut_in_the_middle_is_never_wider(text: str, width: int) -> None:
    assert cell_len(fit_middle(safe(text).replace(" ", ""), width)) <= width + 1


@given(ANY, st.integers(4, 40))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    pieces = list(wrap(safe(text), width))
    assert "".join(pieces) == safe(text)
    assert all(cell_len(piece) <= width for piece in pieces)


def test_what_is_left_out_of_a_long_line_is_counted() -> None:
    assert clipped("x" * (LONGEST_LINE + 1234)).endswith("1,234 more characters")


def test_line_breaks_become_blanks_in_one_line() -> None:
    assert one_line("a\nb\r\nc") == "a b c"
