"""What looks have found out, by all that it depends on: the next site shares most of its pixels and behaviours with the last."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from sitegen_tui.domain.probes import BehaviourSeen
from sitegen_tui.render.contrast import Area, Patch, Rgba

if TYPE_CHECKING:
    from sitegen_tui.render.contrast import Pixels

T = TypeVar("T")
TextKey = tuple[Rgba, Rgba, float, bytes]
"""Colour that is measured, colour at rest, size in pixels, and the digest of what the picture shows of the text."""


class Kept(Generic[T]):
    """A mapping that forgets what was asked for longest ago. For any number of threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._found: OrderedDict[object, T] = OrderedDict()

    def get(self, key: object) -> T | None:
        """What is kept, or None."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, key: object, value: T) -> None:
        """Keeps it."""
        with self._lock:
            self._found[key] = value
            self._found.move_to_end(key)
            if len(self._found) > self._most:
                self._found.popitem(last=False)


@dataclass(slots=True)
class Remembered:
    """The memory of a renderer. Only what a sound page showed beyond doubt is put in.

    `texts`: 10th percentile and median of the contrast of a text that was seen to show; `rings`: the pixels around a control, by
    the digest of what the picture shows there; `logos`: contrast and ground; `behaviours`: those that worked.
    """

    texts: Kept[tuple[float, float]] = field(default_factory=lambda: Kept(20_000))
    rings: Kept[Pixels] = field(default_factory=lambda: Kept(4_000))
    logos: Kept[tuple[float, str]] = field(default_factory=lambda: Kept(500))
    behaviours: Kept[BehaviourSeen] = field(default_factory=lambda: Kept(500))


def digest(page: Patch | None, areas: Sequence[Area]) -> bytes | None:
    """What a picture shows in some areas and how they lie to one another, in short; None where it does not show all of them."""
    if page is None or not areas:
        return None
    found = hashlib.blake2b(digest_size=16)
    for area in areas:
        cut = page.cut(area)
        if cut is None:
            return None
        found.update(repr((area.x - areas[0].x, area.y - areas[0].y, area.right - area.x, area.bottom - area.y)).encode())
        found.update(cut.tobytes())
    return found.digest()
