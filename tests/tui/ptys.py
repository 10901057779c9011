"""The real app in a real pseudo-terminal: what it writes, what then stands in the cells, and which pictures it has sent."""

from __future__ import annotations

import base64
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyte

ROOT = Path(__file__).parents[2]
_OPEN = """
import sys
from pathlib import Path
from sitegen_tui.tui.app import run_app
run_app(Path(sys.argv[1]), open_run=sys.argv[2])
"""
_COMMAND = re.compile(rb"\x1b_G([^;\x1b]*)(?:;([A-Za-z0-9+/=]*))?\x1b\\")
_NOT_FOR_PYTE = re.compile(rb"\x1b_G[^\x1b]*\x1b\\|\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p")
_BEGUN = re.compile(rb"\x1b(?:_[^\x1b]*\x1b?|\[[<>=?]?[0-9;]*\$?)?\Z")
_TERMINALS = (
    *("TERM", "COLORTERM", "NO_COLOR", "TERM_PROGRAM", "VTE_VERSION", "TMUX", "STY", "ZELLIJ", "KITTY_WINDOW_ID"),
    *("COLUMNS", "LINES", "SITEGEN_GRAPHICS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DRIVER"),
)


class Sent(NamedTuple):
    """A picture as the terminal has it: pixels of four bytes, and the cells it is to fill."""

    width: int
    height: int
    pixels: bytes
    columns: int
    rows: int


class PtySession:
    """One run of the app. `sent` are the pictures the terminal was given and has not been told to forget."""

    def __init__(self, database: Path, run: str, size: tuple[int, int], cell: tuple[int, int], **environment: str) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self.sent: dict[int, Sent] = {}
        self.deleted: set[int] = set()
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._waiting = b""
        self._over = False
        self._partial: tuple[dict[str, str], bytes] | None = None
        kept = {name: value for name, value in os.environ.items() if name not in _TERMINALS}
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * cell[0], rows * cell[1]))
            os.chdir(database.parent)
            python = [sys.executable, "-c", _OPEN, str(database), run]
            os.execve(sys.executable, python, {**kept, "PYTHONPATH": str(ROOT), **environment})

    def __enter__(self) -> PtySession:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._over:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._master)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def text(self) -> str:
        """What stands in the cells."""
        return "\n".join(
            "".join(cell.data if len(cell.data) == 1 else "▒" for cell in self._row(y)) for y in range(self.screen.lines)
        )

    def _row(self, y: int) -> list[pyte.screens.Char]:
        return [self.screen.buffer[y][x] for x in range(self.screen.columns)]

    def until(self, condition: Callable[[], object], seconds: float = 30.0) -> None:
        """Read what the app writes until something is true."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"it never came true; the screen showed\n{self.text()}"
            assert self.read(0.1) is not None, f"the app ended; the screen showed\n{self.text()}"

    def settle(self, seconds: float = 0.6) -> None:
        """Read until nothing more comes for a while."""
        while self.read(seconds):
            pass

    def ended(self, seconds: float = 20.0) -> int:
        """Read until the app has ended; its exit status."""
        end = time.monotonic() + seconds
        while self.read(0.2) is not None:
            assert time.monotonic() < end, "it does not end"
        self._over = True
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def read(self, seconds: float) -> bytes | None:
        """What came within some time, empty for nothing, None where the app has ended."""
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            data = b""
        if not data:
            return None
        self.raw += data
        whole = self._waiting + data
        begun = _BEGUN.search(whole)
        cut = begun.start() if begun else len(whole)
        self._waiting, whole = whole[cut:], whole[:cut]
        for command in _COMMAND.finditer(whole):
            self._obey(command[1].decode(), command[2] or b"")
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", whole))
        return data

    def _obey(self, keys: str, payload: bytes) -> None:
        """As a terminal would, but without forgiveness."""
        given = dict(pair.split("=", 1) for pair in keys.split(","))
        assert len(payload) <= 4096
        assert given["q"] == "2", "an answer would be read as keys"
        if given.get("a") == "d":
            assert given["d"] == "I", "the pixels would stay"
            del self.sent[int(given["i"])]
            self.deleted.add(int(given["i"]))
            return
        head, before = self._partial or (given, b"")
        assert head["a"] == "T"
        assert head["U"] == "1"
        assert self._partial is None or set(given) == {"m", "q"}, "two pictures are mixed up"
        self._partial = head, before + payload
        if given["m"] == "1":
            assert len(payload) % 4 == 0
            return
        self._partial = None
        pixels = zlib.decompress(base64.b64decode(before + payload, validate=True))
        width, height = int(head["s"]), int(head["v"])
        assert head["o"] == "z"
        assert len(pixels) == width * height * {"24": 3, "32": 4}[head["f"]]
        if head["f"] == "24":
            pixels = b"".join(pixels[at : at + 3] + b"\xff" for at in range(0, len(pixels), 3))
        number = int(head["i"])
        assert number not in self.sent
        assert 0 < number < 1 << 24
        self.sent[number] = Sent(width, height, pixels, int(head["c"]), int(head["r"]))
