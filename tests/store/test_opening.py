"""A database that cannot be used is refused in a person's words, and left as it was."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

import sitegen_tui
from sitegen_tui.domain.events import Event
from sitegen_tui.errors import StoreError
from sitegen_tui.store import Store

ROOT = Path(sitegen_tui.__file__).parents[1]


def test_importing_the_store_loads_neither_sqlite_utils_nor_a_screen() -> None:
    code = "import sys, sitegen_tui.store; print([m for m in ('sqlite_utils', 'textual', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_new_database_is_made_and_opened_again(path: Path, scripted: ModuleType) -> None:
    with Store.open(path) as store:
        store.create_experiment(scripted.plan(), created_at=scripted.START)
    with Store.open(path) as store:
        assert [row.name for row in store.experiments()] == ["a trial"]
        assert store.connections.conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with closing(sqlite3.connect(path)) as conn:
        names = [row[0] for row in conn.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert names[0] == "m001_experiments_and_runs"


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with Store.open(path) as store:
        assert store.runs() == []


@pytest.mark.parametrize("read_only", [True, False])
def test_a_missing_database_is_not_made_unless_wanted(path: Path, read_only: bool) -> None:
    with pytest.raises(StoreError, match="there is no database") as caught:
        Store.open(path, create=False, read_only=read_only)
    assert caught.value.hint
    assert not path.exists()


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        Store.open(tmp_path / "nowhere" / "runs.db")
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path)


def refused(path: Path, match: str, **options: object) -> None:
    """Opening fails with that message and a hint, and not a byte of the file or its folder changes."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(StoreError, match=match) as caught:
        Store.open(path, **options)  # type: ignore[arg-type]
    assert caught.value.hint
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_bytes(b"<!doctype html>" * 1000)
    refused(path, "not a SQLite database")


def test_another_programs_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE bookmarks (url TEXT)")
    refused(path, "another program's")


def test_a_database_of_a_newer_version(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA user_version = 999")
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    refused(path, "newer sitegen-tui")
    with pytest.raises(StoreError, match="newer sitegen-tui"):
        Store.open(path, read_only=True)


def test_a_damaged_database(path: Path, scripted: ModuleType) -> None:
    with Store.open(path) as store:
        store.create_experiment(scripted.plan(repeats=50), created_at=scripted.START)
    data = path.read_bytes()
    path.write_bytes(data[:8192] + random.Random(5).randbytes(len(data) - 8192))
    refused(path, "damaged")


def test_a_locked_database(path: Path, scripted: ModuleType) -> None:
    with Store.open(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked") as caught:
            Store.open(path, busy_ms=50)
        assert caught.value.hint
        assert store.runs() == []
        other.execute("ROLLBACK")
        store.create_experiment(scripted.plan(), created_at=scripted.START)


def test_a_new_database_that_another_program_has_locked(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked"):
            Store.open(path, busy_ms=50)
        other.execute("ROLLBACK")
    assert path.read_bytes() == b""


def test_reading_only_never_writes(path: Path, scripted: ModuleType) -> None:
    with Store.open(path) as store:
        store.create_experiment(scripted.plan(), created_at=scripted.START)
    with Store.open(path, read_only=True) as store:
        assert len(store.runs()) == 2
        with pytest.raises(StoreError, match="reading only"):
            store.create_experiment(scripted.plan(), created_at=scripted.START)
        with pytest.raises(StoreError, match="reading only"):
            store.claim("e1.1", "me")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.connections.conn.execute("DELETE FROM runs")


IMMUTABLE = shutil.which("chattr") is not None and os.geteuid() == 0


@pytest.fixture
def frozen(tmp_path: Path):
    """Makes files that even root cannot write: by permission bits, and for root by the immutable flag."""
    held: list[Path] = []

    def freeze(target: Path) -> None:
        target.chmod(0o555 if target.is_dir() else 0o444)
        if os.geteuid() == 0:
            done = subprocess.run(["chattr", "+i", str(target)], capture_output=True) if IMMUTABLE else None
            if done is None or done.returncode:
                pytest.skip("root may write everywhere, and this file system has no immutable flag")
        held.append(target)

    yield freeze
    for target in held:
        if os.geteuid() == 0:
            subprocess.run(["chattr", "-i", str(target)], check=True)
        target.chmod(0o755 if target.is_dir() else 0o644)


def test_a_folder_that_may_not_be_written(tmp_path: Path, frozen) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    frozen(folder)
    refused(folder / "runs.db", "cannot be opened|may not be written")


def test_a_database_at_rest_in_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path, scripted: ModuleType, frozen) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    path = folder / "runs.db"
    with Store.open(path) as store:
        store.create_experiment(scripted.plan(), created_at=scripted.START)
    frozen(path)
    frozen(folder)
    refused(path, "cannot be opened|may not be written")
    with Store.open(path, read_only=True) as store:
        assert len(store.runs()) == 2


def append_until_refused(store: Store, items: list[tuple[Event, dict[str, bytes]]]) -> int:
    """How many events were stored before one was refused for want of room."""
    refusal: StoreError | None = None
    stored = 0
    while refusal is None:
        event, contents = items[stored]
        try:
            store.append([event], contents)
            stored += 1
        except StoreError as error:
            refusal = error
    assert "no room left" in refusal.message
    assert refusal.hint
    return stored


def test_a_full_disk_loses_nothing_that_was_stored(path: Path, scripted: ModuleType) -> None:
    with Store.open(path) as store:
        _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
        items = list(scripted.Script(plans[0], size=60_000).whole())
        pages = store.connections.conn.execute("PRAGMA page_count").fetchone()[0]
        # SQLite gives the same error as for a disk without room.
        store.connections.conn.execute(f"PRAGMA max_page_count = {pages + 6}")
        stored = append_until_refused(store, items)
        assert store.events("e1.1") == [event for event, _ in items[:stored]]
        assert store.verify() == []
        store.connections.conn.execute("PRAGMA max_page_count = 1000000")
        for event, contents in items[stored:]:
            store.append([event], contents)
        assert store.verify() == []
        assert store.events("e1.1") == [event for event, _ in items]


def test_a_disk_that_is_really_full(tmp_path: Path, scripted: ModuleType) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], capture_output=True) if mount else None
    if done is None or done.returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        with Store.open(disk / "runs.db") as store:
            _, plans = store.create_experiment(scripted.plan(), created_at=scripted.START)
            items = list(scripted.Script(plans[0], size=200_000).whole())
            stored = append_until_refused(store, items)
            assert store.events("e1.1") == [event for event, _ in items[:stored]]
        with Store.open(disk / "runs.db", read_only=True) as store:
            assert store.verify() == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_processes_that_make_the_database_at_once(path: Path) -> None:
    code = "import sys, pathlib, sitegen_tui.store as s; s.Store.open(pathlib.Path(sys.argv[1])).close()"
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    errors = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], errors
    with Store.open(path) as store:
        assert store.verify() == []


def test_a_closed_store_says_so(path: Path) -> None:
    store = Store.open(path)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.runs()
