import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.events import StepStarted, TokenDelta
from sitegen_tui.services.hub import DELTA_LIMIT, EventHub

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def durable(run, seq):
    return StepStarted(run_id=run, seq=seq, at=AT, step=1, action="apply-colours")


def delta(run, seq, text, attempt=1, reasoning=False):
    return TokenDelta(run_id=run, seq=seq, at=AT, step=1, attempt=attempt, text=text, reasoning=reasoning)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("durable"), st.sampled_from("ab"), st.just("")),
        st.tuples(st.just("delta"), st.sampled_from("ab"), st.text("xyz", min_size=1, max_size=4)),
        st.tuples(st.just("drain"), st.just("a"), st.just("")),
    ),
    max_size=60,
)


def told(events, run):
    """What a run's events say: durable ones by number, tokens between them joined."""
    said = []
    for event in events:
        if event.run_id != run:
            continue
        if isinstance(event, TokenDelta) and said and isinstance(said[-1], str):
            said[-1] += event.text
        else:
            said.append(event.text if isinstance(event, TokenDelta) else event.seq)
    return said


@given(ACTS)
@settings(max_examples=200)
def test_whoever_reads_slowly_is_told_the_same_in_the_same_order(acts):
    async def scenario():
        hub = EventHub()
        slow = hub.subscribe()
        sent, heard, numbers = [], [], {"a": 0, "b": 0}
        for kind, run, text in acts:
            if kind == "drain":
                heard += slow.drain()
                continue
            if kind == "durable":
                numbers[run] += 1
            event = durable(run, numbers[run]) if kind == "durable" else delta(run, numbers[run], text)
            sent.append(event)
            await hub.publish([event])
        heard += slow.drain()
        return sent, heard

    sent, heard = asyncio.run(scenario())
    for run in "ab":
        assert told(heard, run) == told(sent, run)
    assert len(heard) <= len(sent)


async def test_tokens_that_wait_become_one_event():
    hub = EventHub()
    slow = hub.subscribe()
    await hub.publish([delta("r", 0, str(digit)) for digit in range(10)])
    (event,) = slow.drain()
    assert event.text == "0123456789"


async def test_tokens_of_answer_and_thought_stay_apart():
    hub = EventHub()
    slow = hub.subscribe()
    await hub.publish([delta("r", 0, "think", reasoning=True), delta("r", 0, "say")])
    assert [(event.text, event.reasoning) for event in slow.drain()] == [("think", True), ("say", False)]


async def test_too_many_waiting_tokens_are_dropped_and_counted_but_no_durable_event_is():
    hub = EventHub()
    slow = hub.subscribe()
    big = "x" * (DELTA_LIMIT // 2)
    await hub.publish([delta("r", 0, big), delta("r", 0, big), delta("r", 0, big), durable("r", 1)])
    tokens, step = slow.drain()
    assert len(tokens.text) == DELTA_LIMIT
    assert slow.dropped == len(big)
    assert step.seq == 1


async def test_the_publisher_waits_for_a_subscriber_that_is_full_and_goes_on_when_it_reads():
    hub = EventHub()
    slow = hub.subscribe(limit=3)
    publishing = asyncio.create_task(hub.publish([durable("r", seq) for seq in range(5)]))
    await asyncio.sleep(0)
    assert not publishing.done()
    assert [event.seq for event in slow.drain()] == [0, 1, 2, 3, 4]
    await publishing


async def test_a_subscriber_that_leaves_holds_up_nobody():
    hub = EventHub()
    gone, there = hub.subscribe(limit=1), hub.subscribe()
    publishing = asyncio.create_task(hub.publish([durable("r", 0)]))
    await asyncio.sleep(0)
    gone.close()
    await publishing
    await hub.publish([durable("r", 1)])
    assert [event.seq for event in there.drain()] == [0, 1]
    assert [event.seq for event in gone.drain()] == [0]


async def test_iterating_ends_when_the_hub_closes():
    hub = EventHub()
    subscription = hub.subscribe()

    async def read():
        return [event.seq async for event in subscription]

    reading = asyncio.create_task(read())
    await hub.publish([durable("r", 0)])
    hub.close()
    assert await reading == [0]


async def test_listeners_hear_at_once_until_they_end():
    hub = EventHub()
    heard = []
    end = hub.listen(heard.append)
    await hub.publish([durable("r", 0)])
    end()
    await hub.publish([durable("r", 1)])
    assert [event.seq for event in heard] == [0]


@pytest.mark.parametrize("attempt", [1, 2])
async def test_tokens_of_another_attempt_begin_a_new_event(attempt):
    hub = EventHub()
    slow = hub.subscribe()
    await hub.publish([delta("r", 0, "one"), delta("r", 0, "two", attempt=attempt)])
    assert len(slow.drain()) == attempt
