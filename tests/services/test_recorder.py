import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from sitegen_tui.domain.events import TokenDelta, durable
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.errors import StoreError
from sitegen_tui.services.hub import EventHub
from sitegen_tui.services.recorder import Recorder
from sitegen_tui.store import Store

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(db):
    with Store.open(db) as opened:
        yield opened


@pytest.fixture
def script(store, scripted):
    _, plans = store.create_experiment(scripted.plan(actions=ACTION_IDS), created_at=scripted.START)
    return scripted.Script(plans[0])


@pytest.fixture
async def recording(store):
    """A recorder over the store, its hub, and how many events each commit had."""
    commits = []

    def append(events, blobs):
        commits.append(len(events))
        store.append(events, blobs)

    hub = EventHub()
    with ThreadPoolExecutor(1) as writer:
        recorder = Recorder(append, hub, writer)
        yield recorder, hub, commits
        await recorder.close()


async def test_an_event_is_in_the_database_when_it_is_published(recording, script, db):
    recorder, hub, _ = recording
    missing = []
    with Store.open(db, read_only=True) as other:
        hub.listen(lambda event: missing.append(event) if event not in other.events(event.run_id) else None)
        for event, blobs in script.whole():
            await recorder.record([event], blobs)
        await recorder.flush()
        assert len(other.events(script.run.run_id)) == script.seq
    assert missing == []


async def test_events_are_published_in_the_order_they_were_recorded_with_tokens_between(recording, script):
    recorder, hub, _ = recording
    heard = []
    hub.listen(heard.append)
    sent = []
    for event, blobs in script.whole((7.0, 6.0)):
        await recorder.record([event], blobs)
        sent.append(event)
        if event.event == "StepStarted":
            token = TokenDelta(run_id=event.run_id, seq=event.seq, at=AT, step=event.step, attempt=1, text="so")
            await recorder.record([token])
            sent.append(token)
    await recorder.flush()
    assert heard == sent


async def test_what_comes_in_during_a_commit_is_committed_together(recording, script):
    recorder, _, commits = recording
    events = list(script.whole())
    for event, blobs in events:
        await recorder.record([event], blobs)
    await recorder.flush()
    assert sum(commits) == len(events)
    assert len(commits) < len(events)


async def test_after_a_failed_commit_nothing_is_published_or_accepted(recording, script, store):
    recorder, hub, _ = recording
    heard = []
    hub.listen(heard.append)
    events = list(script.whole((7.0,)))
    await recorder.record([events[0][0]], events[0][1])
    await recorder.flush()
    await recorder.record([events[2][0]])
    with pytest.raises(StoreError):
        await recorder.flush()
    with pytest.raises(StoreError):
        await recorder.record([events[1][0]])
    assert heard == [events[0][0]]
    assert store.events(script.run.run_id) == [events[0][0]]


async def test_closing_writes_what_is_in_line(store, script):
    with ThreadPoolExecutor(1) as writer:
        recorder = Recorder(store.append, EventHub(), writer)
        for event, blobs in script.whole():
            await recorder.record([event], blobs)
        await recorder.close()
    assert len(store.events(script.run.run_id)) == script.seq


async def test_a_flush_waits_only_for_what_was_there_before_it(recording, script):
    recorder, hub, _ = recording
    slow = hub.subscribe(limit=1)
    events = list(script.whole((7.0,)))
    await recorder.record([events[0][0]], events[0][1])
    flushing = asyncio.create_task(recorder.flush())
    read = [await anext(slow)]
    await flushing
    await recorder.record([events[1][0]])
    read.append(await anext(slow))
    assert all(durable(event) for event in read)
