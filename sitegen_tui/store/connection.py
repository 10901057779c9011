"""Opening the database file: one connection a thread, one writer a process, and SQLite's errors in a person's words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sitegen_tui.errors import StoreError
from sitegen_tui.store import migrations

BUSY_MS = 5000
"""How long to wait for another process that is writing, in milliseconds."""

_SIDE_FILES = ("-wal", "-shm", "-journal")


def explained(error: sqlite3.Error, path: Path) -> StoreError:
    """What a SQLite error means for the person who owns the file."""
    text = str(error)
    if isinstance(error, sqlite3.OperationalError | sqlite3.DatabaseError):
        name = getattr(error, "sqlite_errorname", "") or ""
        if name == "SQLITE_FULL" or "disk is full" in text:
            return StoreError(
                f"no room left on the disk of {path}: nothing of this change was stored",
                hint="free some space, or give another database with --db",
            )
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in text:
            return StoreError(
                f"{path} is locked by another program",
                hint="close the program that holds it (a database browser?) and try again",
            )
        if name == "SQLITE_NOTADB" or "not a database" in text:
            return StoreError(f"{path} is not a SQLite database", hint="give another file with --db")
        if name.startswith("SQLITE_READONLY") or "readonly" in text:
            return StoreError(f"{path} may not be written", hint="make the file and its folder writable, or give another with --db")
        if name.startswith("SQLITE_CANTOPEN") or "unable to open" in text:
            return StoreError(
                f"{path} cannot be opened",
                hint="does its folder exist, and may it be written? --db gives another place",
            )
        if name.startswith("SQLITE_CORRUPT"):
            return StoreError(
                f"{path} is damaged: {text}",
                hint="copy it away, then try `sqlite3 FILE .recover` on the copy",
            )
    return StoreError(f"{path}: {text}", hint="`sitegen doctor` checks the database")


class Connections:
    """Connections to one database file, one for each thread that asks, and the lock that makes writers take turns."""

    def __init__(self, path: Path, *, read_only: bool, immutable: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._immutable = immutable
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._writer = threading.RLock()
        self._closed = False

    @classmethod
    def open(cls, path: Path, *, create: bool, read_only: bool, busy_ms: int = BUSY_MS) -> Connections:
        """Open and bring up to date.

        Raises StoreError and leaves everything as it was when the file is missing (and not to be created), not a database,
        another program's, of a newer version, locked, not writable, or on a full disk.
        """
        path = path.expanduser().absolute()
        existed = path.exists()
        if path.is_dir():
            raise StoreError(f"{path} is a folder", hint="give a file with --db")
        if not existed and (read_only or not create):
            raise StoreError(f"there is no database {path}", hint="`sitegen demo` makes one; --db names another")
        if not existed and not path.parent.is_dir():
            raise StoreError(f"there is no folder {path.parent}", hint="make it, or give another place with --db")
        connections = cls(path, read_only=read_only)
        try:
            connections._prepare(busy_ms)
        except sqlite3.Error as error:
            connections.close()
            if not existed:
                _remove(path)
            raise explained(error, path) from error
        except BaseException:
            connections.close()
            raise
        return connections

    def _prepare(self, busy_ms: int) -> None:
        try:
            conn = self._connect(busy_ms)
            found = migrations.version(conn)
        except sqlite3.OperationalError as error:
            # A database at rest in a folder that may not be written has no room for WAL's shared memory file.
            if not self.read_only or _side_file(self.path, "-wal").exists() or "open" not in str(error):
                raise
            self.close()
            self._closed, self._immutable = False, True
            conn = self._connect(busy_ms)
            found = migrations.version(conn)
        known = len(migrations.MIGRATIONS)
        if found is None:
            raise StoreError(f"{self.path} is another program's database", hint="give another file with --db")
        if found > known:
            raise StoreError(
                f"{self.path} was written by a newer sitegen-tui (schema {found}, this program knows {known})",
                hint="upgrade sitegen-tui, or give another file with --db",
            )
        if found < known and self.read_only:
            raise StoreError(
                f"{self.path} is of an older version (schema {found} of {known}) and is opened for reading only",
                hint="open it once for writing: that brings it up to date",
            )
        if not self.read_only:
            conn.execute("PRAGMA journal_mode = WAL")
            if found < known:
                migrations.migrate(conn)
            else:
                # Says now, not in the middle of a run, that the file cannot be written.
                conn.execute("BEGIN IMMEDIATE")
                conn.execute("ROLLBACK")
        conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        self._local.conn = conn

    def _connect(self, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
        mode = "ro" if self.read_only else "rwc"
        uri = f"{self.path.as_uri()}?mode={mode}" + ("&immutable=1" if self._immutable else "")
        conn = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=busy_ms / 1000, cached_statements=256
        )
        with self._guard:
            self._all.append(conn)
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA cache_size = -16000")
        # The same few pages change with every event: copied back four times less often, for 16 MB of log at most.
        conn.execute("PRAGMA wal_autocheckpoint = 4000")
        return conn

    @property
    def conn(self) -> sqlite3.Connection:
        """This thread's connection."""
        if self._closed:
            raise StoreError(f"{self.path} has been closed")
        conn: sqlite3.Connection | None = getattr(self._local, "conn", None)
        if conn is None:
            conn = self._local.conn = self._connect()
        return conn

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """One consistent view of the database, whatever writers do meanwhile. Raises StoreError."""
        conn = self.conn
        if conn.in_transaction:
            yield conn
            return
        try:
            conn.execute("BEGIN")
            try:
                yield conn
            finally:
                if conn.in_transaction:
                    conn.execute("COMMIT")
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """One transaction: all of it is stored, or nothing. Raises StoreError."""
        if self.read_only:
            raise StoreError(f"{self.path} is opened for reading only")
        with self._writer:
            conn = self.conn
            try:
                conn.execute("BEGIN IMMEDIATE")
                try:
                    yield conn
                    conn.execute("COMMIT")
                except BaseException:
                    if conn.in_transaction:
                        conn.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise explained(error, self.path) from error

    def close(self) -> None:
        """Close every thread's connection; the last one folds the WAL into the file."""
        with self._writer, self._guard:
            self._closed = True
            for conn in self._all:
                conn.close()
            self._all.clear()


def _side_file(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _remove(path: Path) -> None:
    for file in (path, *(_side_file(path, suffix) for suffix in _SIDE_FILES)):
        file.unlink(missing_ok=True)
