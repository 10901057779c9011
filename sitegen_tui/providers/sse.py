"""From bytes as they come to the data of server-sent events, with a bound on what is held meanwhile."""

from __future__ import annotations

LONGEST_EVENT = 8 * 1024 * 1024
"""Bytes of one event: twice the characters that are kept of a whole reply. What is longer is no piece of one."""

_BOM = b"\xef\xbb\xbf"


class Events:
    """Splits a stream of server-sent events: the data of each, decoded; names, ids, comments and pauses are left out.

    Lines end with LF, CRLF or CR wherever the network cuts them. Whole lines are decoded, so that no character is torn.
    """

    def __init__(self) -> None:
        self.overlong = False
        """An event was longer than LONGEST_EVENT; it is lost, and nothing that follows is read."""
        self._rest: list[bytes] = []
        self._rest_length = 0
        self._data: list[bytes] = []
        self._data_length = 0
        self._begun = False

    def feed(self, piece: bytes) -> list[str]:
        """The data of the events that end in this piece."""
        if not piece or self.overlong:
            return []
        held = self._rest[-1:] == [b"\r"]
        if not held and b"\n" not in piece and b"\r" not in piece:
            self._hold(piece)
            return []
        if self._rest:
            self._rest.append(piece)
            piece = b"".join(self._rest)
        if not self._begun:
            self._begun, piece = True, piece.removeprefix(_BOM)
        # A CR at the end may be the first half of a CRLF.
        half = piece.endswith(b"\r")
        if b"\r" in piece:
            piece = piece.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = piece.split(b"\n")
        self._rest, self._rest_length = [], 0
        last = lines.pop()
        found = self._lines(lines)
        if last:
            self._hold(last)
        if half:
            self._hold(b"\r")
        return found

    def end(self) -> list[str]:
        """The event that the stream ends in, which some servers leave without the empty line that closes it."""
        if self.overlong:
            return []
        rest = b"".join(self._rest).removesuffix(b"\r")
        self._rest, self._rest_length = [], 0
        return self._lines([rest, b""])

    def _hold(self, piece: bytes) -> None:
        self._rest.append(piece)
        self._rest_length += len(piece)
        if self._rest_length + self._data_length > LONGEST_EVENT:
            self._overflow()

    def _lines(self, lines: list[bytes]) -> list[str]:
        found: list[str] = []
        for line in lines:
            if not line:
                if self._data:
                    found.append(b"\n".join(self._data).decode("utf-8", "replace"))
                    self._data, self._data_length = [], 0
            elif line.startswith(b"data:"):
                self._data.append(line[6:] if line[5:6] == b" " else line[5:])
                self._data_length += len(line)
                if self._data_length > LONGEST_EVENT:
                    self._overflow()
                    break
            elif line == b"data":
                self._data.append(b"")
        return found

    def _overflow(self) -> None:
        self.overlong = True
        self._rest, self._data = [], []
