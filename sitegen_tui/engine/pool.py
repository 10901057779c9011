"""Workers: a pool of processes for everything that calculates, so that the event loop only ever waits."""

# ruff: noqa: S301 -- both ends of each socket are this program

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import signal
import socket
import threading
import traceback
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from sitegen_tui.errors import SitegenError
from sitegen_tui.settings import collect_seldom

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 120.0
"""Seconds a call may take in its process before that counts as hung."""

WORKER_NICENESS = 5
"""How far workers stand back behind the program itself, whose screen must answer at once."""

CHANCES = 2
"""How often a call is made whose process dies: what else happens on the machine may have killed the first one."""

REMEMBERED = 6
"""Subjects of its last calls by which a worker is chosen: it keeps no more sites than these at hand."""

PASSED_OVER = 8
"""How often the first in line may be passed over for a call whose worker is the one that is free."""

subject: ContextVar[str] = ContextVar("subject", default="")
"""What calls are about, a run say. A worker that made such calls has read the same files already and is chosen if it is free."""

_HEADER = 8
_PRELOADED = ["sitegen_tui.engine.work"]


class WorkerError(SitegenError):
    """The process that ran a call died or hung, twice; the call itself is to blame."""


class ProcessPool:
    """Workers in processes of their own, started as calls need them; they find content below `roots`.

    Each process makes one call at a time and is talked to over its own socket, because queues and threads between cost more
    than most calls. A process that dies or hangs breaks its own call only, which is made once more in another one; if that
    dies as well, the call fails with WorkerError. Functions must therefore be pure. Exceptions of a function arrive as they
    are. A call given up by its caller runs to its end unheard. A pool belongs to the event loop that calls it first.
    """

    def __init__(self, processes: int = 2, *, roots: Sequence[Path] = (), patience: float = PATIENCE) -> None:
        self._roots = tuple(roots)
        self._processes = max(1, min(processes, os.cpu_count() or 1))
        self._patience = patience
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._line: deque[tuple[str, asyncio.Future[_Worker]]] = deque()
        self._passed_over = 0
        self._growing: set[asyncio.Task[None]] = set()
        self._one_start = asyncio.Lock()
        self._closed = False
        self.restarts = 0

    @property
    def pids(self) -> list[int]:
        """The processes that live now."""
        return [worker.pid for worker in self._workers]

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function`, found by its module and name, returns there."""
        question = pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL)
        for _ in range(CHANCES):
            worker = await self._free()
            answer = worker.ask(question, self._patience)
            answer.add_done_callback(lambda _, worker=worker: self._release(worker))
            try:
                # The worker is not free before it has answered, whether or not anybody still listens.
                done, value, told = pickle.loads(await asyncio.shield(answer))
            except _DiedError:
                continue
            if done:
                return value
            raise value from _RemoteError(told)
        self._refuse_when_closed()
        raise WorkerError(
            f"the process calculating {function.__name__} died or hung, twice",
            hint="this is a bug or the machine is out of memory; the step stays unscored, the rest goes on",
        )

    async def close(self) -> None:
        """End all processes at once; calls in flight fail with WorkerError."""
        self._closed = True
        for worker in self._workers:
            worker.kill()
        for _, waiting in self._line:
            if not waiting.done():
                waiting.set_exception(WorkerError("the workers are closed"))
        self._line.clear()
        if self._growing:
            await asyncio.wait(self._growing)

    async def _free(self) -> _Worker:
        """A worker for one call, as soon as there is one: one that knows its subject if possible, else in the order asked."""
        self._refuse_when_closed()
        about = subject.get()
        if self._idle:
            # The one that worked last has most of what it read still at hand.
            worker = next((one for one in self._idle if one.knows(about)), self._idle[-1])
            self._idle.remove(worker)
            worker.learn(about)
            return worker
        waiting: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._line.append((about, waiting))
        self._grow()
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.exception() is None:
                self._release(waiting.result())
            raise

    def _release(self, worker: _Worker) -> None:
        if worker.dead:
            self._bury(worker)
            return
        if (chosen := self._next_for(worker)) is None:
            self._idle.append(worker)
            return
        about, waiting = chosen
        worker.learn(about)
        waiting.set_result(worker)

    def _next_for(self, worker: _Worker) -> tuple[str, asyncio.Future[_Worker]] | None:
        """Who is next to get a worker, and is out of the line now; None if nobody waits."""
        while self._line and self._line[0][1].done():
            self._line.popleft()
        if not self._line:
            return None
        if self._passed_over < PASSED_OVER:
            chosen = next((one for one in self._line if worker.knows(one[0]) and not one[1].done()), self._line[0])
        else:
            chosen = self._line[0]
        self._passed_over = 0 if chosen is self._line[0] else self._passed_over + 1
        self._line.remove(chosen)
        return chosen

    def _bury(self, worker: _Worker) -> None:
        if worker not in self._workers:
            return
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if not self._closed:
            self.restarts += 1
            self._grow()

    def _grow(self) -> None:
        """Start a process more for those who wait, if there may be one more."""
        if not self._closed and self._line and len(self._workers) + len(self._growing) < self._processes:
            task = asyncio.create_task(self._begin(), name="start a worker")
            self._growing.add(task)
            task.add_done_callback(self._grown)

    def _grown(self, task: asyncio.Task[None]) -> None:
        self._growing.discard(task)
        self._grow()

    async def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with self._one_start:
                # The first start loads the program's modules, which would hold up the event loop.
                process, end = await asyncio.to_thread(_start, self._roots)
            worker = _Worker(process, self._bury)
            # A call's patience must not be spent on a process that is still being made ready on a busy machine.
            ready = worker.hear(PATIENCE)
            await loop.create_connection(lambda: worker, sock=end)
            await ready
        except Exception as error:
            if self._line and not (waiting := self._line.popleft()[1]).done():
                died = isinstance(error, _DiedError)
                waiting.set_exception(WorkerError("a worker's process died as it started") if died else error)
            return
        self._workers.add(worker)
        if self._closed:
            worker.kill()
        self._release(worker)

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise WorkerError("the workers are closed")


class InlineWorkers:
    """Workers that calculate in the calling process: for measurements, and where one process is enough."""

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns; others get their turn first."""
        await asyncio.sleep(0)
        return function(*args, **kwargs)

    async def close(self) -> None:
        """Nothing to end."""


class _DiedError(Exception):
    """A process went before it had answered."""


class _RemoteError(Exception):
    """Where in its process a function raised what it raised, as text."""


class _Worker(asyncio.Protocol):
    """One process, from this side of its socket; `dead` once it is gone. Messages are pickles behind their length."""

    def __init__(self, process: BaseProcess, bury: Callable[[_Worker], None]) -> None:
        self.dead = False
        self._process = process
        self._bury = bury
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._parts = bytearray()
        self._known: OrderedDict[str, None] = OrderedDict()

    def knows(self, about: str) -> bool:
        """Whether it has lately made a call about this."""
        return about in self._known

    def learn(self, about: str) -> None:
        """It is to make a call about this."""
        if about:
            self._known[about] = None
            self._known.move_to_end(about)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def ask(self, question: bytes, patience: float) -> asyncio.Future[bytes]:
        """The pickled answer to a pickled call; see `hear`."""
        answer = self.hear(patience)
        if self._transport is not None:
            self._transport.writelines((len(question).to_bytes(_HEADER, "big"), question))
        return answer

    def hear(self, patience: float) -> asyncio.Future[bytes]:
        """The next message; fails with _DiedError, also when it takes longer than `patience` seconds."""
        loop = asyncio.get_running_loop()
        answer = self._answer = loop.create_future()
        # Nobody may be listening any more when it fails.
        answer.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        if self.dead:
            answer.set_exception(_DiedError())
        else:
            self._timer = loop.call_later(patience, self.kill)
        return answer

    def kill(self) -> None:
        """End the process; what it was asked fails."""
        if not self.dead:
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parts += data
        if len(self._parts) < _HEADER:
            return
        end = _HEADER + int.from_bytes(self._parts[:_HEADER], "big")
        if len(self._parts) < end:
            return
        message, self._parts = bytes(self._parts[_HEADER:end]), self._parts[end:]
        if self._timer is not None:
            self._timer.cancel()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:
        self.dead = True
        if self._timer is not None:
            self._timer.cancel()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(_DiedError())
        self._bury(self)


def _context() -> BaseContext:
    # Forking the program itself would copy a terminal in raw mode and a running event loop into the child.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        return context
    return multiprocessing.get_context("spawn")


def _start(roots: tuple[Path, ...]) -> tuple[BaseProcess, socket.socket]:
    """A new process, and the socket that leads to it."""
    ours, theirs = socket.socketpair()
    try:
        process = cast("Callable[..., BaseProcess]", getattr(_context(), "Process"))(  # noqa: B009 -- each context has its own
            target=_serve, args=(theirs, roots), daemon=True
        )
        process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    ours.setblocking(False)
    return process, ours


def _serve(line: socket.socket, roots: tuple[Path, ...]) -> None:
    """A worker's life: an empty message once it is ready, then calls, one after the other, until the program hangs up."""
    _settle_in(roots)
    line.sendall(bytes(_HEADER))
    with line, line.makefile("rb") as questions:
        while header := questions.read(_HEADER):
            answer = _answered(questions.read(int.from_bytes(header, "big")))
            line.sendall(len(answer).to_bytes(_HEADER, "big"))
            line.sendall(answer)


def _answered(question: bytes) -> bytes:
    """Whether a call was done, what it returned or raised, and where it raised that, pickled."""
    try:
        function, args, kwargs = pickle.loads(question)
        return pickle.dumps((True, function(*args, **kwargs), ""), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:
        told = traceback.format_exc()
        try:
            answer = pickle.dumps((False, error, told))
            pickle.loads(answer)
        except Exception:
            # Not every error can travel.
            return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}"), told))
        return answer


def _settle_in(roots: tuple[Path, ...]) -> None:
    """Interrupts are for the program, not for its workers; a worker must not write over the screen, nor keep it waiting."""
    from sitegen_tui.content.shelf import open_shelf

    open_shelf(roots)
    collect_seldom()
    if hasattr(os, "nice"):
        os.nice(WORKER_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    os.close(silence)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    # A worker at work does not hear that a killed program has hung up.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
