"""Serves sites from memory on the loopback address, each under a name nobody can guess, and refuses everything else.

It also stands in as the browser's proxy: whatever a page asks of another host arrives here and is refused at once.
"""

from __future__ import annotations

import asyncio
import mimetypes
import posixpath
import secrets
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import unquote, urlsplit

HOST_SUFFIX = "site.localhost"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
_MAX_HEAD = 64 * 1024
_MAX_NOTED = 500


def content_type(path: str) -> str:
    """The media type of a site path, by its extension; never guessed from content."""
    extension = posixpath.splitext(path)[1].lower()
    return _TYPES.get(extension) or mimetypes.guess_type(path)[0] or "application/octet-stream"


@dataclass(slots=True)
class Hosted:
    """A site being served. `origin` has it at a host's root, as published; `address` works in every browser."""

    token: str
    port: int
    files: Mapping[str, bytes]
    missing: set[str] = field(default_factory=set[str])
    """Paths asked for that the site does not have, at most 500."""

    @property
    def origin(self) -> str:
        """`http://TOKEN.site.localhost:PORT/`: root-relative references work, and no two sites share storage."""
        return f"http://{self.token}.{HOST_SUFFIX}:{self.port}/"

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT/TOKEN/`, for a person's own browser."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def plain(self, text: str) -> str:
        """A text without this host, which is another each time: its URLs become root-relative."""
        return text.replace(self.origin.rstrip("/"), "")

    def path_of(self, url: str) -> str | None:
        """The site path an absolute URL means; None if it lies elsewhere."""
        parts = urlsplit(url)
        path = unquote(parts.path)
        if parts.scheme == "http" and parts.netloc == f"{self.token}.{HOST_SUFFIX}:{self.port}":
            return path.lstrip("/")
        if parts.scheme == "http" and parts.netloc == f"127.0.0.1:{self.port}" and path.startswith(f"/{self.token}/"):
            return path[len(self.token) + 2 :]
        return None


class SiteServer:
    """A small HTTP server in a thread of its own, which ends with the program. Safe to use from any thread."""

    def __init__(self) -> None:
        self.port = 0
        self.refused: deque[str] = deque(maxlen=_MAX_NOTED)
        """The latest hosts that pages wanted to reach and did not."""
        self._sites: dict[str, Hosted] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> SiteServer:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> SiteServer:
        """Listens on a free port of 127.0.0.1; OSError if there is none. Does nothing if it already listens."""
        if self._thread is None:
            ready: list[BaseException | None] = []
            up = threading.Event()
            self._thread = threading.Thread(target=self._serve, args=(ready, up), name="site-server", daemon=True)
            self._thread.start()
            up.wait()
            if ready[0] is not None:
                self._thread = None
                raise ready[0]
        return self

    def close(self) -> None:
        """Stops listening and forgets every site."""
        self._sites.clear()
        loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=5)

    def add(self, files: Mapping[str, bytes]) -> Hosted:
        """Serves `files` (site path to content) until `remove`."""
        self.start()
        hosted = Hosted(secrets.token_hex(16), self.port, files)
        self._sites[hosted.token] = hosted
        return hosted

    def remove(self, hosted: Hosted) -> None:
        """Serves it no longer."""
        self._sites.pop(hosted.token, None)

    def _serve(self, ready: list[BaseException | None], up: threading.Event) -> None:
        loop = asyncio.new_event_loop()
        try:
            server = loop.run_until_complete(loop.create_server(lambda: _Connection(self), "127.0.0.1", 0))
        except OSError as error:
            ready.append(error)
            up.set()
            loop.close()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._loop = loop
        ready.append(None)
        up.set()
        try:
            loop.run_forever()
        finally:
            server.close()
            loop.close()

    def answer(self, method: str, target: str, host: str) -> tuple[int, str, bytes]:
        """Status, media type and body for a request line and its Host header."""
        if method == "CONNECT" or not target.startswith("/"):
            self.refused.append(target[:200])
            return 403, "text/plain", b"refused"
        if method not in ("GET", "HEAD"):
            return 405, "text/plain", b"only GET"
        path = unquote(target.split("?", 1)[0].split("#", 1)[0], errors="replace")
        name = host.rsplit(":", 1)[0].lower()
        if name.endswith("." + HOST_SUFFIX):
            hosted = self._sites.get(name.removesuffix("." + HOST_SUFFIX))
            path = path[1:]
        elif name == "127.0.0.1":
            token, _, path = path[1:].partition("/")
            hosted = self._sites.get(token)
        else:
            hosted = None
        if hosted is None:
            return 404, "text/plain", b"not found"
        if path == "" or path.endswith("/"):
            path += "index.html"
        # Only exact keys of the mapping are ever looked up: there is no folder to escape from.
        body = hosted.files.get(path)
        if body is None:
            if path != "favicon.ico" and len(hosted.missing) < _MAX_NOTED:
                hosted.missing.add(path[:300])
            return 404, "text/plain", b"not found"
        return 200, content_type(path), body


_REASONS = {200: "OK", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 431: "Request Header Fields Too Large"}


class _Connection(asyncio.Protocol):
    def __init__(self, server: SiteServer) -> None:
        self._server = server
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._transport is not None and not self._transport.is_closing():
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > _MAX_HEAD:
                    self._send("GET", 431, "text/plain", b"", close=True)
                return
            head = self._buffer[:end].decode("latin-1").split("\r\n")
            del self._buffer[: end + 4]
            self._respond(head)

    def _respond(self, head: list[str]) -> None:
        method, _, rest = head[0].partition(" ")
        target = rest.rpartition(" ")[0]
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        status, kind, body = self._server.answer(method, target, headers.get("host", ""))
        # A request with a body is refused above; what follows on the wire would be taken for another request.
        has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        self._send(method, status, kind, body, close=status == 403 or has_body or headers.get("connection", "").lower() == "close")

    def _send(self, method: str, status: int, kind: str, body: bytes, *, close: bool) -> None:
        if self._transport is None:
            return
        head = (
            f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"Cache-Control: {'max-age=600' if status == 200 else 'no-store'}\r\n"
            f"{'Connection: close' + chr(13) + chr(10) if close else ''}\r\n"
        ).encode("latin-1")
        self._transport.write(head)
        if method != "HEAD":
            self._transport.write(body)
        if close:
            self._transport.close()
