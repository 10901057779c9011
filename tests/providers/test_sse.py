"""Server-sent events from bytes, held against a parser of other people's."""

from __future__ import annotations

from itertools import pairwise

import httpx
import pytest
from httpx_sse import EventSource
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.providers import sse
from sitegen_tui.providers.sse import Events

LINES = st.sampled_from(
    [
        b"data: a",
        b"data:b",
        b"data",
        b"data:",
        b"data:  c",
        b": comment",
        b"event: x",
        b"id: 1",
        b"retry: 9",
        b"dat",
        b"datax: y",
        b"",
        b"",
    ]
) | st.text("dat: \u00e9\U0001f642{}", max_size=8).map(str.encode)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


def told(raw: bytes, cuts: list[int]) -> list[str]:
    events, found = Events(), []
    places = sorted({0, len(raw), *(cut % (len(raw) + 1) for cut in cuts)})
    for start, end in pairwise(places):
        found += events.feed(raw[start:end])
    return found + events.end()


@given(lines=st.lists(st.tuples(LINES, ENDS), max_size=20), cuts=st.lists(st.integers(0, 400), max_size=12))
def test_events_are_those_of_httpx_sse_wherever_the_network_cuts(lines: list[tuple[bytes, bytes]], cuts: list[int]):
    raw = b"".join(line + end for line, end in lines) + b"\n\n"
    response = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=raw)
    expected = [event.data for event in EventSource(response).iter_sse()]
    # What has no data tells nothing; an event that is only a name is none to us.
    assert [data for data in told(raw, cuts) if data] == [data for data in expected if data]


def test_an_event_without_its_empty_line_is_told_at_the_end():
    events = Events()
    assert events.feed(b"data: a\n\ndata: b") == ["a"]
    assert events.end() == ["b"]
    assert events.end() == []


@pytest.mark.parametrize("raw", [b"data: " + b"x" * 2000, b"data: xxxxxxxx\n" * 200, b": " + b"x" * 2000])
def test_what_is_held_is_bounded(raw: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sse, "LONGEST_EVENT", 1000)
    events = Events()
    found = [data for at in range(0, len(raw), 100) for data in events.feed(raw[at : at + 100])]
    assert events.overlong
    assert found == events.feed(b"\n\ndata: more\n\n") == events.end() == []


def test_what_is_read_before_is_told_when_an_event_is_too_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sse, "LONGEST_EVENT", 1000)
    events = Events()
    assert events.feed(b"data: so far\n\n" + b"data: " + b"x" * 2000 + b"\n\n") == ["so far"]
    assert events.overlong
