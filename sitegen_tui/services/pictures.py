"""Stored pictures of a step's pages, made the size a screen wants, and kept while it is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Literal, NamedTuple

from sitegen_tui.domain.pictures import PictureDifference, PictureSide, PictureView, Raster, page_width, sides_of
from sitegen_tui.errors import StoreError
from sitegen_tui.services.threads import Threads
from sitegen_tui.store import Store

BYTES_KEPT = 48_000_000
FACTS_KEPT = 256


class _Key(NamedTuple):
    before: str
    after: str
    side: PictureSide
    page: int
    width: int
    height: int | None
    top: int


class Pictures:
    """Pictures by content: nothing is calculated twice while it is at hand, and what is kept is bounded in bytes."""

    def __init__(self, store: Store, threads: Threads) -> None:
        self._store = store
        self._threads = threads
        self._rasters: OrderedDict[_Key, Raster] = OrderedDict()
        self._bytes = 0
        self._facts: OrderedDict[tuple[str, str], PictureDifference] = OrderedDict()

    async def picture(
        self, shots: Mapping[str, str], side: PictureSide, view: PictureView, width: int, height: int | None, top: int
    ) -> Raster | None:
        """A picture `width` pixels wide, None if it is not kept. Raises StoreError, or RenderUnavailable without Pillow."""
        before, after = sides_of(shots, view)
        wanted = {"before": (before,), "after": (after,), "difference": (before, after)}[side]
        if None in wanted:
            return None
        key = _Key(before or "", after or "", side, page_width(view), width, height, top)
        found = self._rasters.get(key)
        if found is None:
            found = await (self._compared(key) if side == "difference" else self._shrunk(key, side))
            if key not in self._rasters:
                self._bytes += len(found.pixels)
                self._rasters[key] = found
            while self._bytes > BYTES_KEPT and len(self._rasters) > 1:
                self._bytes -= len(self._rasters.popitem(last=False)[1].pixels)
        else:
            self._rasters.move_to_end(key)
        return found

    async def facts(self, shots: Mapping[str, str], view: PictureView) -> PictureDifference | None:
        """How two pictures differ in numbers, None if one of them is not kept. Raises as `picture`."""
        before, after = sides_of(shots, view)
        if before is None or after is None:
            return None
        if (before, after) not in self._facts:
            await self._compared(_Key(before, after, "difference", page_width(view), 1, 1, 0))
        return self._facts[before, after]

    async def _shrunk(self, key: _Key, side: Literal["before", "after"]) -> Raster:
        return await self._threads.read(_shrink, self._store, key.before if side == "before" else key.after, key)

    async def _compared(self, key: _Key) -> Raster:
        raster, facts = await self._threads.read(_compare, self._store, key)
        self._facts[key.before, key.after] = facts
        while len(self._facts) > FACTS_KEPT:
            self._facts.popitem(last=False)
        return raster


def _shrink(store: Store, sha: str, key: _Key) -> Raster:
    from sitegen_tui.render.pictures import shrink

    image = store.blob(sha)
    try:
        return shrink(image, key.width, key.height, key.top, page=key.page)
    except ValueError as error:
        raise StoreError(f"a stored picture cannot be shown: {error}") from error


def _compare(store: Store, key: _Key) -> tuple[Raster, PictureDifference]:
    from sitegen_tui.render.pictures import difference

    before, after = store.blob(key.before), store.blob(key.after)
    try:
        return difference(before, after, key.width, key.height, key.top, page=key.page)
    except ValueError as error:
        raise StoreError(f"stored pictures cannot be compared: {error}") from error
