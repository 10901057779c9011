"""Command lines as contestants: a program reads the prompt on stdin and writes its reply to stdout, in a group of its own."""

from __future__ import annotations

import asyncio
import codecs
import os
import re
import shutil
import signal
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

from sitegen_tui.domain.models import Price
from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest
from sitegen_tui.domain.runs import Message
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.contestants import Patience
from sitegen_tui.providers.pacing import estimated_usage, tokens
from sitegen_tui.providers.veil import Veil
from sitegen_tui.settings import redact, remember

GRACE = 2.0
"""Seconds between asking a command to end and ending it."""
GLANCE = 1.0
"""Seconds after which it is looked whether a command that is silent is still there."""
STDERR_KEPT = 8192
STDERR_SHOWN = 600
PIECE = 64 * 1024
LONGEST_REPLY = 64_000
"""Tokens that a reply is taken to have at most where a price has to be foreseen."""

_PASSED_ON = frozenset(
    {"PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "APPDATA"}
    | {"LOCALAPPDATA", "USERPROFILE", "PATHEXT", "COMSPEC", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"}
)
"""Variables that every command gets. No secret is among them."""
_PASSED_ON_BEGINNINGS = ("LC_", "XDG_")
_SECRET = re.compile("KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Command:
    """What is started: the program with its arguments, never a shell, and the names of the variables it gets besides the usual."""

    words: tuple[str, ...]
    environment: tuple[str, ...] = ()
    patience: Patience = field(default_factory=Patience)

    def executable(self) -> str | None:
        """The program's file, None if it is not here."""
        return shutil.which(self.words[0])


class CommandProvider:
    """Asks a command, each time anew, in an empty folder that is removed afterwards."""

    def __init__(self, name: str, command: Command, lane: Lane, price: Price | None = None) -> None:
        self.lane = lane
        self._name = name
        self._command = command
        self._price = price

    def ceiling(self, request: ModelRequest) -> float | None:
        """By the price, if the models file gives one; most commands are paid for in ways that nobody can foresee."""
        if self._price is None:
            return None
        return self._dollars(self._price, tokens(joined(request.messages)), LONGEST_REPLY)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        """The reply as it is written. Usage is estimated: a command tells none."""
        yield Chunk(settings={"command": list(self._command.words)})
        prompt = joined(request.messages)
        length, veil = 0, Veil()
        with tempfile.TemporaryDirectory(prefix="sitegen-", ignore_cleanup_errors=True) as folder:
            async with aclosing(_Running(self._name, self._command, folder).output(prompt)) as output:
                async for text in output:
                    length += len(text)
                    yield Chunk(text=veil.over(text))
        yield Chunk(text=veil.rest())
        if not length:
            hint = _by_hand(self._command)
            raise ProviderError(f"{self._name}: the command ended without writing anything", hint=hint, retryable=True)
        usage = estimated_usage((Message(role="user", content=prompt),), "x" * length)
        usd = None if self._price is None else self._dollars(self._price, usage.input_tokens, usage.output_tokens)
        yield Chunk(finish_reason="stop", usage=usage.model_copy(update={"usd": usd}))

    @staticmethod
    def _dollars(price: Price, input_tokens: int, output_tokens: int) -> float:
        return (input_tokens * price.input + output_tokens * price.output) / 1e6


def joined(messages: Sequence[Message]) -> str:
    """A conversation as one text: what a command without memory reads on stdin.

    System and first user turn follow each other as they are; later turns stand below a line that says whose they are.
    """
    parts: list[str] = []
    asked = False
    for message in messages:
        if message.role == "assistant":
            parts.append(f"=== Your answer so far ===\n\n{message.content}")
        elif message.role == "user" and asked:
            parts.append(f"=== What is asked now ===\n\n{message.content}")
        else:
            parts.append(message.content)
        asked = asked or message.role == "user"
    return "\n\n".join(parts) + "\n"


def environment_for(names: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """The usual variables and those named, of those that are set."""
    return {
        name: value
        for name, value in environ.items()
        if name in _PASSED_ON or name in names or name.startswith(_PASSED_ON_BEGINNINGS)
    }


class _Running:
    """One process group, from its start to its certain end."""

    def __init__(self, name: str, command: Command, folder: str) -> None:
        self._name = name
        self._command = command
        self._folder = folder
        self._errors = bytearray()

    async def output(self, prompt: str) -> AsyncGenerator[str, None]:
        process = await self._start()
        listening = asyncio.create_task(self._listen(process))
        helpers = [asyncio.create_task(_feed(process, prompt)), listening]
        try:
            async with aclosing(self._read(process)) as pieces:
                async for text in pieces:
                    yield text
            status = await self._status(process)
            if status:
                # Its last words may still be on their way; a child that outlives it would hold them open.
                await asyncio.wait([listening], timeout=GLANCE)
                raise self._failed(status)
        finally:
            for helper in helpers:
                helper.cancel()
            await _ended(process)

    async def _start(self) -> asyncio.subprocess.Process:
        program = self._command.executable()
        if program is None:
            raise ProviderError(
                f"{self._name}: there is no program {self._command.words[0]!r} here",
                hint="install it, or give its path as the first word of `command` in your models file",
            )
        try:
            return await asyncio.create_subprocess_exec(
                program,
                *self._command.words[1:],
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=self._folder,
                env=environment_for(self._command.environment, os.environ),
                start_new_session=True,
            )
        except OSError as error:
            raise ProviderError(
                f"{self._name}: cannot be started: {error.strerror or error}", hint=_by_hand(self._command)
            ) from error

    async def _read(self, process: asyncio.subprocess.Process) -> AsyncGenerator[str, None]:
        assert process.stdout is not None
        patience, decoder = self._command.patience, codecs.getincrementaldecoder("utf-8")("replace")
        now = asyncio.get_running_loop().time
        end, allowed, heard = now() + patience.whole, patience.first, now()
        while True:
            left = min(heard + allowed, end) - now()
            if left <= 0:
                raise self._too_slow(patience.whole if now() >= end else allowed, whole=now() >= end)
            try:
                async with asyncio.timeout(min(left, GLANCE)):
                    piece = await process.stdout.read(PIECE)
            except TimeoutError:
                if process.returncode is None:
                    continue
                # A child that outlives the command holds its output open, and has nothing more to say for it.
                piece = b""
            if text := decoder.decode(piece, final=not piece):
                yield text
            if not piece:
                return
            allowed, heard = patience.idle, now()

    def _too_slow(self, seconds: float, *, whole: bool) -> ProviderError:
        said = f"took longer than {seconds:g} s" if whole else f"wrote nothing for {seconds:g} s"
        hint = "timeouts are set in the models file: first, idle, whole"
        return ProviderError(f"{self._name}: the command {said}{self._said()}", hint=hint, retryable=True)

    async def _status(self, process: asyncio.subprocess.Process) -> int:
        try:
            async with asyncio.timeout(self._command.patience.idle):
                return await process.wait()
        except TimeoutError:
            raise ProviderError(f"{self._name}: the command closed its output and did not end", retryable=True) from None

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        while piece := await process.stderr.read(PIECE):
            self._errors += piece
            del self._errors[:-STDERR_KEPT]

    def _failed(self, status: int) -> ProviderError:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        return ProviderError(f"{self._name}: the command {how}{self._said()}", hint=_by_hand(self._command), retryable=status < 0)

    def _said(self) -> str:
        """The end of what it complained about, without secrets that it was given."""
        text = self._errors.decode("utf-8", "replace").strip()
        for name in self._command.environment:
            if _SECRET.search(name):
                remember(os.environ.get(name, ""))
        text = redact(text)
        shown = text if len(text) <= STDERR_SHOWN else "... " + text[-STDERR_SHOWN:]
        return f": {shown}" if shown else ""


def _by_hand(command: Command) -> str:
    return f"try it by hand: echo hello | {' '.join(command.words)}"


async def _feed(process: asyncio.subprocess.Process, prompt: str) -> None:
    """The prompt, at the speed at which it is read; a command that does not read it to its end says so in its reply or status."""
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(prompt.encode("utf-8", "replace"))
        await process.stdin.drain()
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.close()
        await process.stdin.wait_closed()


async def _ended(process: asyncio.subprocess.Process) -> None:
    """The whole group is gone when this returns, also where whoever waits is cancelled again meanwhile."""
    _signal(process, signal.SIGTERM)
    ending = asyncio.create_task(_end(process))
    _ENDINGS.add(ending)
    ending.add_done_callback(_ENDINGS.discard)
    await asyncio.shield(ending)


_ENDINGS: set[asyncio.Task[None]] = set()


async def _end(process: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(GRACE):
            await process.wait()
            while _signal(process, 0):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    except TimeoutError:
        pass
    finally:
        _signal(process, signal.SIGKILL)
    await process.wait()
    # Pipes that a child of the command has inherited would keep the transport open for as long as the child lives.
    getattr(process, "_transport").close()  # noqa: B009


def _signal(process: asyncio.subprocess.Process, number: int) -> bool:
    """Signals the group; whether there was anybody left in it."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True
