"""A secret that a reply repeats, in pieces of any size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.providers.veil import Veil
from sitegen_tui.settings import redact, remember

SECRET = "sk-abcab-sk-abcabd"


def cut(text: str, sizes: list[int]) -> list[str]:
    """The text in pieces of these sizes, round and round."""
    pieces: list[str] = []
    at = turn = 0
    while at < len(text):
        size = sizes[turn % len(sizes)]
        pieces.append(text[at : at + size])
        at, turn = at + size, turn + 1
    return pieces


@given(
    st.lists(st.sampled_from([SECRET, SECRET[:-1], SECRET[:4], "s", "k-", "abc", "so"]), max_size=8),
    st.lists(st.integers(1, 7), min_size=1, max_size=5),
)
def test_pieces_are_redacted_as_the_whole_is(parts: list[str], sizes: list[int]):
    remember(SECRET)
    text = "".join(parts)
    veil = Veil()
    told = "".join(veil.over(piece) for piece in cut(text, sizes)) + veil.rest()
    assert told == redact(text)
    assert SECRET not in told


def test_what_cannot_be_a_secret_is_not_held_back():
    remember(SECRET)
    assert Veil().over("plain words, nothing more") == "plain words, nothing more"
