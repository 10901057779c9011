"""Content by sha256: compressed with what it resembles as a dictionary, and proved by its hash whenever it is read."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import zstandard

from sitegen_tui.errors import StoreError

MAX_DEPTH = 16
"""Longest chain of contents that are needed to read one."""
LEVEL = 9
"""Of contents that resemble nothing: there is one for many that do."""
CACHE_BYTES = 16_000_000
MAX_DICTIONARY = 1_000_000
_THOROUGH = 100_000
"""Bytes of a dictionary up to which a thorough search is cheap."""
MIN_SIZE = 64
"""Below this, compressing does not pay."""

_RAW, _ZSTD, _DELTA = "raw", "zstd", "delta"


@dataclass(frozen=True, slots=True)
class Stored:
    """A content as it lies in the database; `bases` are digests, concatenated, in the order they form the dictionary."""

    digest: bytes
    size: int
    codec: str
    depth: int
    bases: bytes
    data: bytes


def digest_of(sha: str) -> bytes:
    """The 32 bytes that a hexadecimal sha256 names. Raises StoreError for anything else."""
    try:
        digest = bytes.fromhex(sha)
    except ValueError:
        digest = b""
    if len(digest) != 32:
        raise StoreError(f"not a sha256: {sha[:80]!r}")
    return digest


class Blobs:
    """Packs and reads contents. Keeps recently used ones at hand, by digest, up to `CACHE_BYTES`."""

    def __init__(self) -> None:
        self._cache: OrderedDict[bytes, tuple[bytes, int]] = OrderedDict()
        self._cached = 0
        self._guard = threading.Lock()

    def pack(
        self,
        conn: sqlite3.Connection,
        contents: Mapping[str, bytes],
        resembles: Mapping[str, Sequence[str]],
        proved: Container[str] = (),
    ) -> list[Stored]:
        """What has to be inserted, in the same transaction, for contents that are not stored yet.

        If that transaction fails, `forget` must follow: what is at hand may then not be in the database. `resembles`
        gives, by sha256, contents that are alike; those that cannot be read are passed over. `proved` hashes need no proof.
        Raises StoreError when a content is not what its hash says.
        """
        packed: list[Stored] = []
        waiting = dict(contents)

        def settle(sha: str) -> None:
            content = waiting.pop(sha)
            digest = digest_of(sha)
            if self._known(conn, digest):
                return
            if sha not in proved and sha256(content).digest() != digest:
                raise StoreError(f"content does not have the hash it is given by: {sha}")
            alike = resembles.get(sha, ())
            for other in alike:
                # What it resembles may be part of the same batch, and must be packed before it.
                if other in waiting:
                    settle(other)
            stored = self._compress(conn, digest, content, alike)
            packed.append(stored)
            self._remember(digest, content, stored.depth)

        while waiting:
            settle(next(iter(waiting)))
        return packed

    def read(self, conn: sqlite3.Connection, sha: str) -> bytes:
        """A content. Raises StoreError when it is not stored or is damaged."""
        return self._read(conn, digest_of(sha))[0]

    def stored(self, conn: sqlite3.Connection, sha: str) -> bool:
        """Whether a content is in the database."""
        return self._known(conn, digest_of(sha))

    def forget(self) -> None:
        """Drop what is kept at hand."""
        with self._guard:
            self._cache.clear()
            self._cached = 0

    def _compress(
        self,
        conn: sqlite3.Connection,
        digest: bytes,
        content: bytes,
        alike: Iterable[str],
    ) -> Stored:
        size = len(content)
        if size < MIN_SIZE:
            return Stored(digest, size, _RAW, 0, b"", content)
        bases: list[tuple[bytes, bytes, int]] = []
        room = MAX_DICTIONARY
        for sha in alike:
            found = self._base(conn, sha)
            if found is not None and found[2] < MAX_DEPTH and len(found[1]) <= room:
                bases.append(found)
                room -= len(found[1])
        if bases:
            data = _compressor(b"".join(base[1] for base in bases)).compress(content)
            # A dictionary that helps little is not worth the chain.
            if len(data) < size // 8 or len(data) < 0.8 * len(_compressor(b"").compress(content)):
                depth = 1 + max(base[2] for base in bases)
                return Stored(digest, size, _DELTA, depth, b"".join(base[0] for base in bases), data)
        data = _compressor(b"").compress(content)
        if len(data) < 0.95 * size:
            return Stored(digest, size, _ZSTD, 0, b"", data)
        return Stored(digest, size, _RAW, 0, b"", content)

    def _base(self, conn: sqlite3.Connection, sha: str) -> tuple[bytes, bytes, int] | None:
        try:
            digest = digest_of(sha)
            content, depth = self._read(conn, digest)
        except StoreError:
            return None
        return (digest, content, depth) if content else None

    def _known(self, conn: sqlite3.Connection, digest: bytes) -> bool:
        return conn.execute("SELECT 1 FROM blobs WHERE digest = ?", (digest,)).fetchone() is not None

    def _read(self, conn: sqlite3.Connection, digest: bytes, hops: int = 0) -> tuple[bytes, int]:
        with self._guard:
            found = self._cache.get(digest)
            if found is not None:
                self._cache.move_to_end(digest)
                return found
        row = conn.execute("SELECT size, codec, depth, bases, data FROM blobs WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise StoreError(f"content {digest.hex()} is not in the database")
        size, codec, depth, bases, data = row
        try:
            if hops > MAX_DEPTH + 1:
                raise StoreError("its chain is too long")
            if codec == _RAW:
                content = bytes(data)
            elif codec in (_ZSTD, _DELTA):
                # Asked before anything is unpacked, so that a damaged row cannot fill the memory.
                if zstandard.frame_content_size(data) != size:
                    raise StoreError("its size is wrong")
                parts = [bases[at : at + 32] for at in range(0, len(bases or b""), 32)] if codec == _DELTA else []
                dictionary = b"".join(self._read(conn, part, hops + 1)[0] for part in parts)
                content = _decompressor(dictionary).decompress(data, max_output_size=size)
            else:
                raise StoreError(f"its codec is {codec!r}")
        except (zstandard.ZstdError, StoreError, TypeError) as error:
            raise StoreError(
                f"content {digest.hex()} is damaged: {error}", hint="`sitegen doctor` lists what can still be read"
            ) from error
        if sha256(content).digest() != digest:
            raise StoreError(
                f"content {digest.hex()} is damaged: its hash is wrong",
                hint="`sitegen doctor` lists what can still be read",
            )
        self._remember(digest, content, depth)
        return content, depth

    def _remember(self, digest: bytes, content: bytes, depth: int) -> None:
        with self._guard:
            if digest not in self._cache:
                self._cached += len(content)
            self._cache[digest] = (content, depth)
            while self._cached > CACHE_BYTES:
                _, (dropped, _) = self._cache.popitem(last=False)
                self._cached -= len(dropped)


def insert(conn: sqlite3.Connection, packed: Iterable[Stored]) -> None:
    """Insert what `Blobs.pack` gave; what another writer stored meanwhile stays."""
    conn.executemany(
        "INSERT INTO blobs (digest, size, codec, depth, bases, data) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING",
        [(b.digest, b.size, b.codec, b.depth, b.bases, b.data) for b in packed],
    )


def _raw_dictionary(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    if len(dictionary) < 8:
        return zstandard.ZstdCompressor(level=LEVEL)
    # Presets size their tables by the content and miss most of a dictionary as large; these are made for it. A version of a
    # file is worth a thorough search, being new in part; a prompt is put together of what stands in its long dictionary.
    thorough = len(dictionary) <= _THOROUGH
    return zstandard.ZstdCompressor(
        dict_data=_raw_dictionary(dictionary),
        compression_params=zstandard.ZstdCompressionParameters(
            window_log=21,
            hash_log=16,
            chain_log=16,
            search_log=4 if thorough else 1,
            min_match=4 if thorough else 5,
            strategy=zstandard.STRATEGY_LAZY2 if thorough else zstandard.STRATEGY_FAST,
        ),
    )


def _decompressor(dictionary: bytes) -> zstandard.ZstdDecompressor:
    if len(dictionary) < 8:
        return zstandard.ZstdDecompressor()
    return zstandard.ZstdDecompressor(dict_data=_raw_dictionary(dictionary))
