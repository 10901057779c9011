"""Contents come back byte for byte, cost little when they resemble others, and damage never goes unnoticed."""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen_tui.errors import StoreError
from sitegen_tui.store import Store
from sitegen_tui.store.blobs import MAX_DEPTH, Blobs, insert


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(st.binary(max_size=3000), max_size=8), data=st.data())
def test_any_contents_in_any_likeness_come_back(
    store: Store, scripted: ModuleType, contents: list[bytes], data: st.DataObject
) -> None:
    by_sha = {scripted.sha(content): content for content in contents}
    names = sorted(by_sha)
    resembles = {name: data.draw(st.lists(st.sampled_from(names), max_size=3)) for name in names}
    with store.connections.writing() as conn:
        insert(conn, Blobs().pack(conn, by_sha, resembles))
    fresh = Blobs()
    for sha, content in by_sha.items():
        assert fresh.read(store.connections.conn, sha) == content


def test_chains_are_bounded_and_every_version_is_readable(store: Store, scripted: ModuleType) -> None:
    chance = random.Random(3)
    content = chance.randbytes(5000).hex().encode()
    previous = ""
    versions: dict[str, bytes] = {}
    blobs = Blobs()
    with store.connections.writing() as conn:
        for number in range(60):
            at = chance.randrange(len(content))
            content = content[:at] + f"version {number}".encode() + content[at:]
            sha = scripted.sha(content)
            insert(conn, blobs.pack(conn, {sha: content}, {sha: (previous,)} if previous else {}))
            versions[sha] = content
            previous = sha
    conn = store.connections.conn
    assert conn.execute("SELECT MAX(depth) FROM blobs").fetchone()[0] == MAX_DEPTH
    for sha, expected in versions.items():
        assert Blobs().read(conn, sha) == expected


def test_sixteen_versions_of_a_site_cost_little_more_than_one(store: Store, scripted: ModuleType) -> None:
    _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
    script = scripted.Script(plans[0], size=120_000)
    first, contents = script.started()
    store.append([first], contents)
    query = "SELECT SUM(LENGTH(data)) FROM blobs"
    once = store.connections.conn.execute(query).fetchone()[0]
    for step in range(1, 17):
        for event, contents in script.step(step):
            store.append([event], contents)
    assert store.connections.conn.execute(query).fetchone()[0] < 2 * once


def test_equal_contents_are_stored_once(store: Store, scripted: ModuleType) -> None:
    content = b"a logo" * 100
    for _ in range(2):
        store.append([], {scripted.sha(content): content})
    assert store.blob(scripted.sha(content)) == content
    assert store.connections.conn.execute("SELECT COUNT(*) FROM blobs").fetchone() == (1,)


def test_content_under_a_wrong_name_is_refused(store: Store, scripted: ModuleType) -> None:
    with pytest.raises(StoreError, match="does not have the hash"):
        store.append([], {scripted.sha(b"one"): b"other"})
    with pytest.raises(StoreError, match="not a sha256"):
        store.append([], {"../../etc/passwd": b"other"})
    assert not store.has_blob(scripted.sha(b"one"))
    with pytest.raises(StoreError, match="not in the database"):
        store.blob(scripted.sha(b"one"))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE blobs SET data = zeroblob(LENGTH(data))",
        "UPDATE blobs SET data = SUBSTR(data, 1, LENGTH(data) - 3)",
        "UPDATE blobs SET codec = 'raw'",
        "UPDATE blobs SET codec = 'lzw'",
        "UPDATE blobs SET size = 1",
        "UPDATE blobs SET bases = digest",
        "UPDATE blobs SET bases = NULL",
        "UPDATE blobs SET data = (SELECT data FROM blobs ORDER BY digest LIMIT 1)",
        "DELETE FROM blobs WHERE depth = 1",
    ],
)
def test_damage_is_an_error_never_wrong_content(path: Path, scripted: ModuleType, damage: str) -> None:
    expected: dict[str, bytes] = {}
    with Store.open(path) as store:
        _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
        for event, contents in scripted.Script(plans[0], size=30_000).whole():
            store.append([event], contents)
            expected.update(contents)
        store.connections.conn.execute(damage)
    refused = 0
    with Store.open(path) as store:
        for sha, content in expected.items():
            try:
                assert store.blob(sha) == content
            except StoreError:
                refused += 1
        assert refused
        assert store.verify()
