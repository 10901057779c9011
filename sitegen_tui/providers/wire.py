"""One POST and its streamed answer over httpx: bounded in time and size, its failures told as a person can act on them."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from sitegen_tui import __version__
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.connections import Place, client_for, told
from sitegen_tui.providers.patience import Patience
from sitegen_tui.providers.refusals import failure_told, one_line, refusal
from sitegen_tui.providers.timeouts import Timeouts

MOST_BYTES = 256 * 1024 * 1024
"""Bytes of a whole answer, unpacked: many times what the longest reply takes in pieces of a word."""
MOST_BETWEEN = 16 * 1024 * 1024
"""Bytes between two texts: what is longer is no sign of life."""
MOST_AT_ONCE = 64 * 1024
"""Bytes unpacked in one go."""
MOST_OF_A_REFUSAL = 64 * 1024
PATIENCE_WITH_A_REFUSAL = 5.0
"""Seconds that the words of a refusal may take; the status alone tells enough."""
PATIENCE_AT_THE_END = 0.2
"""Seconds for the end of an answer that is complete; without it the connection cannot be used again."""

_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "text/event-stream",
    "Accept-Encoding": "identity",
    "User-Agent": f"sitegen-tui/{__version__}",
}


class Exchange:
    """One request and its answer: `open` it, `read` it to the end, `finish` it where the reply is whole, `close` it in any case."""

    def __init__(self, place: Place, timeouts: Timeouts) -> None:
        self._place = place
        self._timeouts = timeouts
        self._loop = asyncio.get_running_loop()
        self._patience = Patience()
        self._end = self._loop.time() + timeouts.whole
        self._heard = self._loop.time()
        self._begun = False
        self._bytes = self._quiet = 0
        self._fresh = False
        self._response: httpx.Response | None = None
        self._pieces: AsyncIterator[bytes] | None = None
        self._packed: Unpacking | None = None

    async def open(self, body: bytes) -> None:
        """Send the request and wait for an answer that is a stream of events. Raises ProviderError."""
        response = await self._posted(body, again=False)
        if response is None:
            # A connection kept alive that the service had closed in the meantime: nothing was answered, so nothing is lost.
            response = await self._posted(body, again=True)
        if response is None:
            raise AssertionError("what is tried again answers or fails")
        self._response = response
        self._pieces = aiter(response.aiter_raw())
        encoding = response.headers.get("content-encoding", "").strip().casefold()
        if encoding not in ("", "identity"):
            self._packed = Unpacking(encoding, self._place.shown)
        await self._welcome(response)

    def heard(self) -> None:
        """Say that what was read last was part of a reply and no mere sign of life."""
        self._heard, self._begun, self._quiet = self._loop.time(), True, 0

    async def read(self, patience: float | None = None) -> bytes | None:
        """The next bytes, unpacked; None at the end. Raises ProviderError, also for what takes longer than `patience` seconds."""
        limit = self._limit()
        if patience is not None:
            limit = min(limit, self._loop.time() + patience)
        piece = await self._piece(limit)
        if piece is not None:
            self._bytes += len(piece)
            self._quiet += len(piece)
            if self._bytes > MOST_BYTES or self._quiet > MOST_BETWEEN:
                raise ProviderError(
                    f"{self._place.shown} sent {self._bytes >> 20} MiB and no end of a reply",
                    hint="check the base URL: something else than a model may answer there",
                )
        return piece

    async def finish(self) -> None:
        """Read what is left of an answer that is complete, so that its connection can be used again."""
        try:
            while await self.read(PATIENCE_AT_THE_END) is not None:
                pass
        except ProviderError:
            return

    async def close(self) -> None:
        """End the exchange; a connection whose answer was not read to its end is closed."""
        self._patience.end()
        response, self._response = self._response, None
        if response is not None:
            await response.aclose()

    async def _posted(self, body: bytes, *, again: bool) -> httpx.Response | None:
        """The beginning of the answer; None where a connection that was used before turned out dead, unless it is `again`."""
        place, timeouts = self._place, self._timeouts
        self._fresh = False
        request = client_for(place).build_request(
            "POST",
            place.url,
            content=body,
            headers={**_HEADERS, **place.headers()},
            timeout=httpx.Timeout(None, connect=timeouts.connect),
            extensions={"trace": self._trace},
        )
        response, failure = await self._patience.tried(client_for(place).send(request, stream=True, auth=None), self._limit())
        if response is not None:
            return response
        if isinstance(failure, httpx.ReadError | httpx.RemoteProtocolError | httpx.WriteError) and not (self._fresh or again):
            return None
        raise self._told(failure)

    async def _trace(self, name: str, info: Mapping[str, Any]) -> None:
        if name.startswith("connection.connect_"):
            self._fresh = True

    def _limit(self) -> float:
        """When to give up, in the loop's time."""
        limit = min(self._end, self._heard + self._timeouts.first)
        return min(limit, self._loop.time() + self._timeouts.idle) if self._begun else limit

    def _told(self, failure: Exception | None) -> ProviderError:
        """What went wrong, and which limit was over where one was."""
        now, times = self._loop.time(), self._timeouts
        if now >= self._end:
            over = f"the reply was not complete within {times.whole:g} s"
        elif now >= self._heard + times.first:
            over = f"no {'further' if self._begun else 'first'} text within {times.first:g} s"
        else:
            over = f"no sign of life for {times.idle:g} s in the middle of a reply"
        return told(failure, self._place.shown, over, times)

    def _piece(self, limit: float) -> Awaitable[bytes | None]:
        return self._raw(limit) if self._packed is None else self._unpacked(self._packed, limit)

    async def _unpacked(self, packed: Unpacking, limit: float) -> bytes | None:
        while not (piece := packed.more()):
            raw = await self._raw(limit)
            if raw is None:
                return None
            packed.take(raw)
        # What is packed a thousandfold may not keep everybody else waiting.
        await asyncio.sleep(0)
        if self._loop.time() > limit:
            raise self._told(TimeoutError())
        return piece

    async def _raw(self, limit: float) -> bytes | None:
        if self._pieces is None:
            return None
        piece, failure = await self._patience.tried(anext(self._pieces), limit)
        if failure is None or isinstance(failure, StopAsyncIteration):
            return piece
        raise self._told(failure)

    async def _welcome(self, response: httpx.Response) -> None:
        """Raise ProviderError for anything but a stream of events."""
        shown, status = self._place.shown, response.status_code
        if response.is_redirect:
            raise ProviderError(
                f"{shown} answered with status {status}: it has moved to {_bare(urljoin(shown, response.headers['location']))}",
                hint="use that as base URL if you trust it; a key is never sent on by itself",
            )
        if status != 200:
            raise refusal(shown, status, await self._beginning(), response.headers)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if kind in ("text/event-stream", ""):
            return
        body = await self._beginning()
        if isinstance(body, dict) and "error" in body:
            raise failure_told(shown, body["error"])
        raise ProviderError(
            f"{shown} answered with {one_line(kind, 60)} instead of a stream of events",
            hint="check the base URL, which often ends in /v1, and that the server can stream",
        )

    async def _beginning(self) -> Any:
        """An answer that is no stream: as JSON where it is, else its beginning as text; empty where nothing of it comes in time."""
        parts: list[bytes] = []
        limit = self._loop.time() + PATIENCE_WITH_A_REFUSAL
        try:
            while sum(map(len, parts)) < MOST_OF_A_REFUSAL and (piece := await self._piece(limit)) is not None:
                parts.append(piece)
        except ProviderError:
            pass
        text = b"".join(parts)[:MOST_OF_A_REFUSAL].decode("utf-8", "replace")
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return "" if text.lstrip().startswith("<") else text


class Unpacking:
    """An answer that comes packed though nobody asked for it, unpacked in bounded pieces. Raises ProviderError."""

    def __init__(self, encoding: str, shown: str) -> None:
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise ProviderError(
                f"{shown} packs its answer as {one_line(encoding, 40)}, which was not asked for",
                hint="turn compression off where the server or the proxy before it is configured",
            )
        self._shown = shown
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._rest = b""

    def take(self, raw: bytes) -> None:
        """Bytes as they came."""
        self._rest += raw

    def more(self) -> bytes:
        """The next of what is unpacked; empty where more bytes are needed."""
        if not self._rest:
            return b""
        try:
            piece = self._inflate.decompress(self._rest, MOST_AT_ONCE)
        except zlib.error:
            piece = None
        if piece is None:
            raise ProviderError(f"{self._shown} sent an answer that cannot be unpacked", hint="try again later", retryable=True)
        self._rest = b"" if self._inflate.eof else self._inflate.unconsumed_tail
        return piece


def _bare(url: str) -> str:
    """Where a URL points, without credentials and query."""
    try:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.hostname or ''}" + (f":{parts.port}" if parts.port else "") + parts.path
    except ValueError:
        place = "an address that cannot be read"
    return one_line(place)
