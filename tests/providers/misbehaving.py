"""A real HTTP server on loopback that answers chat completions by a script, and misbehaves wherever the script says so.

    with Server() as server:
        server.then(refused(429, headers={"Retry-After": "1"}), answer("Hello"))
        ... ask server.base_url ...
        assert server.requests[1].body["messages"]

It lives in a thread of its own, so that whoever asks may block or run a loop of any kind. Each request is answered by the next
script, and by `otherwise` when there is none left.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import ssl
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
EVENTS = {"Content-Type": "text/event-stream; charset=utf-8"}
REASONS = {200: "OK", 302: "Found", 307: "Temporary Redirect", 401: "Unauthorized", 429: "Too Many Requests"}


@dataclass
class Request:
    """What a client asked; `connection` counts connections from 1, `hung_up` is set when it left before the answer's end."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes
    connection: int
    hung_up: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


class Peer:
    """The client of one request, as a script deals with it."""

    def __init__(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, closing: asyncio.Event
    ) -> None:
        self.request = request
        self._reader = reader
        self._writer = writer
        self._closing = closing
        self.over = False
        """The connection ends with this answer."""

    async def head(self, status: int = 200, headers: Mapping[str, str] = EVENTS, *, chunked: bool = True) -> None:
        lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}", *(f"{name}: {value}" for name, value in headers.items())]
        if chunked:
            lines.append("Transfer-Encoding: chunked")
        await self.raw(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def send(self, data: bytes) -> None:
        """One chunk of the body."""
        await self.raw(chunk(data))

    async def event(self, data: Any) -> None:
        await self.send(event(data))

    async def end(self) -> None:
        await self.raw(b"0\r\n\r\n")

    async def raw(self, data: bytes) -> None:
        """Bytes as they are, each time in a packet of their own. Raises ConnectionError where the client has left."""
        if self.left:
            raise ConnectionResetError
        self._writer.write(data)
        await self._writer.drain()

    def close(self) -> None:
        """End the connection politely, wherever the answer is."""
        self.over = True

    def reset(self) -> None:
        """Break the connection off."""
        self.over = True
        self._writer.transport.abort()

    @property
    def left(self) -> bool:
        return self._reader.at_eof() or self._reader.exception() is not None or self._writer.transport.is_closing()

    @property
    def closing(self) -> bool:
        return self._closing.is_set()

    async def asked_again(self) -> None:
        """Wait for the beginning of the next request on this connection, and swallow it."""
        await self._reader.readuntil(b"\r\n\r\n")

    async def hang(self, seconds: float | None = None) -> None:
        """Say nothing until the client leaves, which raises ConnectionError, the server closes or the time is over."""
        loop = asyncio.get_running_loop()
        end = float("inf") if seconds is None else loop.time() + seconds
        while loop.time() < end and not self._closing.is_set():
            if self.left:
                raise ConnectionResetError
            await asyncio.sleep(min(0.005, max(end - loop.time(), 0)))


Script = Callable[[Peer], Awaitable[None]]


class Server:
    """The server; a context manager. With a TLS context it speaks https."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.otherwise: Script = refused(500, {"error": {"message": "the script has no more answers"}})
        self.port = 0
        self._tls = tls
        self._scripts: deque[Script] = deque()
        self._connections = 0
        self.standing = 0
        """Connections that stand."""
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="misbehaving", daemon=True)

    @property
    def base_url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v1"

    def then(self, *scripts: Script) -> Server:
        """Answer the next requests so."""
        self._scripts.extend(scripts)
        return self

    def always(self, script: Script) -> Server:
        """Answer so whatever no script is left for."""
        self.otherwise = script
        return self

    def __enter__(self) -> Server:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        talks: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            talks.add(task)
            self._connections += 1
            self.standing += 1
            try:
                await self._talk(reader, writer, self._connections)
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                pass
            finally:
                talks.discard(task)
                self.standing -= 1
                writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._closing.wait()
        server.close()
        for task in talks:
            task.cancel()
        if talks:
            await asyncio.wait(talks, timeout=5)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int) -> None:
        while True:
            first = await reader.readexactly(1)
            if first == b"\x16":
                writer.write(b"HTTP/1.1 400 This is no TLS server\r\nContent-Length: 0\r\n\r\n")
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ", 2)
            headers = {name.casefold(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
            raw = await reader.readexactly(int(headers.get("content-length", "0")))
            request = Request(method, path, headers, raw, connection)
            self.requests.append(request)
            script = self._scripts.popleft() if self._scripts else self.otherwise
            peer = Peer(request, reader, writer, self._closing)
            try:
                await script(peer)
            except ConnectionError:
                request.hung_up.set()
                return
            request.answered.set()
            if peer.over or self._closing.is_set():
                return


def chunk(data: bytes) -> bytes:
    """A chunk of a body."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def event(data: Any) -> bytes:
    """One server-sent event: text as it is, anything else as JSON."""
    return f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n".encode()


def delta(text: str = "", *, reasoning: str = "", finish: str | None = None, **more: Any) -> dict[str, Any]:
    """A piece of a reply as services send it."""
    said = {"role": "assistant", "content": text} | ({"reasoning": reasoning} if reasoning else {})
    choice = {"index": 0, "delta": said, "finish_reason": finish}
    return {"id": "gen-1", "object": "chat.completion.chunk", "created": 1, "model": "played", "choices": [choice], **more}


def counted(usage: Mapping[str, Any] = USAGE) -> dict[str, Any]:
    """The last piece, which tells the usage alone."""
    return {"id": "gen-1", "object": "chat.completion.chunk", "created": 1, "model": "played", "choices": [], "usage": dict(usage)}


def pieces_of(text: str, size: int = 12) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def stream_of(*events: Any, done: bool = True) -> bytes:
    """A whole stream of events."""
    return b"".join(map(event, events)) + (event("[DONE]") if done else b"")


def answer(
    text: str = "Hello",
    *,
    reasoning: str = "",
    finish: str | None = "stop",
    usage: Mapping[str, Any] | None = USAGE,
    pieces: Sequence[str] | None = None,
    pause: float = 0.0,
    done: bool = True,
) -> Script:
    """A reply as it should be, in pieces, `pause` seconds apart."""
    events: list[Any] = [delta(reasoning=piece) for piece in pieces_of(reasoning)]
    events += [delta(piece) for piece in (pieces_of(text) if pieces is None else pieces)]
    events += [delta(finish=finish)] if finish is not None else []
    events += [counted(usage)] if usage is not None else []
    return events_sent(*events, *(["[DONE]"] if done else []), pause=pause)


def events_sent(*events: Any, pause: float = 0.0) -> Script:
    """These events and nothing else, then the end of the answer."""

    async def script(peer: Peer) -> None:
        await peer.head()
        for one in events:
            await peer.event(one)
            if pause:
                await peer.hang(pause)
        await peer.end()

    return script


def body_sent(data: bytes | Iterable[bytes], headers: Mapping[str, str] = EVENTS, status: int = 200, *, at_once: int = 1) -> Script:
    """This body: in one chunk, or each of several in a chunk of its own, so many in a packet."""

    async def script(peer: Peer) -> None:
        await peer.head(status, headers)
        chunks = [chunk(piece) for piece in ([data] if isinstance(data, bytes) else data)]
        for start in range(0, len(chunks), at_once):
            await peer.raw(b"".join(chunks[start : start + at_once]))
            await asyncio.sleep(0)
        await peer.end()

    return script


def refused(status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> Script:
    """A status, with an error as JSON or text as it is."""
    told = {"error": {"message": f"refused with {status}"}} if body is None else body
    data = told.encode() if isinstance(told, str) else json.dumps(told).encode()
    kind = "text/html" if isinstance(told, str) and told.startswith("<") else "application/json"

    async def script(peer: Peer) -> None:
        await peer.head(status, {"Content-Type": kind, "Content-Length": str(len(data)), **(headers or {})}, chunked=False)
        await peer.raw(data)

    return script


def redirect(to: str, status: int = 307) -> Script:
    """Somewhere else."""
    return refused(status, {}, {"Location": to})


def resets(text: str = "Hello") -> Script:
    """A reply whose connection is broken off in the middle; with no text, one that never answers at all."""

    async def script(peer: Peer) -> None:
        if text:
            await peer.head()
            for piece in pieces_of(text):
                await peer.event(delta(piece))
            # A reset may overtake what was sent before it.
            await peer.hang(0.1)
        peer.reset()

    return script


def closes(text: str = "Hello", *, politely: bool = False) -> Script:
    """A reply that ends in the middle without saying so; `politely` with the right end of the HTTP answer."""

    async def script(peer: Peer) -> None:
        await peer.head()
        for piece in pieces_of(text):
            await peer.event(delta(piece))
        if politely:
            await peer.end()
        peer.close()

    return script


def stalls(text: str = "Hello", *, comments: float | None = None) -> Script:
    """A reply that stops in the middle with the connection open; with signs of life every so many seconds."""

    async def script(peer: Peer) -> None:
        await peer.head()
        for piece in pieces_of(text):
            await peer.event(delta(piece))
        while not peer.closing:
            await peer.hang(comments)
            if comments is not None:
                await peer.send(b": PROCESSING\n\n")

    return script


async def silence(peer: Peer) -> None:
    """No answer at all."""
    await peer.hang()


def dies_when_used_again(first: Script) -> Script:
    """An answer after which the connection is dead, which the client learns only when it uses it again."""

    async def script(peer: Peer) -> None:
        await first(peer)
        await peer.asked_again()
        peer.reset()

    return script


def packed(data: bytes) -> Script:
    """A stream of events that comes packed, asked for or not."""
    return body_sent(gzip.compress(data), {**EVENTS, "Content-Encoding": "gzip"})
