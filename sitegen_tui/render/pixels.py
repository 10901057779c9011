"""Captures what lies behind texts, controls and logos, and measures their contrast against it."""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sitegen_tui.domain.probes import Control, StateText, TrapSeen
from sitegen_tui.domain.template import Manifest, Trap
from sitegen_tui.render.contrast import (
    Area,
    Patch,
    Rgba,
    area_of,
    around,
    bands,
    decode,
    joined,
    logo_contrast,
    low_and_median,
    pixels_of,
    typical,
    within,
)
from sitegen_tui.render.grounds import plain_ground, plain_ring
from sitegen_tui.render.reading import Raw, colour_hex
from sitegen_tui.render.remembered import Remembered, TextKey, digest
from sitegen_tui.render.tab import PageFault, Tab
from sitegen_tui.render.whole import covered, shown

if TYPE_CHECKING:
    from sitegen_tui.render.contrast import Pixels as Ground

_HOVERED = 120
_CONTROLS = 3.0
_LEAST = 1.5
"""Contrast of a text at least for it to be remembered by its picture: a fainter one might as well be hidden."""
_TO_PAINT = 0.1
"""Seconds that a window is given to be painted whole before it is believed that it does not show a text."""


class Pixels:
    """What one view's pixels say. `contrasts`: 10th percentile and median by text index; `logos`: contrast and ground by name.

    A text that looks to the last pixel as one did before, in the same colour, stands on the same ground, and so do controls and
    logos: what is `remembered` of them is not captured again.
    """

    def __init__(self, raw: Raw, highest: int, remembered: Remembered | None = None) -> None:
        self.contrasts: dict[int, tuple[float, float]] = {}
        self.logos: dict[str, tuple[float, str]] = {}
        self.controls: tuple[Control, ...] = ()
        self._raw = raw
        self._memory = remembered or Remembered()
        self._page: Patch | None = None
        self._digests: dict[int, bytes] = {}
        self._patches: list[Patch] = []
        # What the picture of the page tells already: by text index, and by the areas of a ring.
        self._plain: dict[int, Ground] = {}
        self._rings_plain: dict[tuple[Area, ...], Ground] = {}
        self._width = min(int(raw["scroll_width"]), 4 * int(raw["width"]))
        self._height = min(max(int(raw["scroll_height"]), int(raw["height"])), highest)

    async def measure(self, tab: Tab, manifest: Manifest, page: Patch | None, *, controls: bool) -> None:
        """Measures every text and logo, and with `controls` the controls too, of a page at rest.

        `page` is what a person sees of it: a text that its colour says can be read, and of which nothing shows, cannot.
        """
        selectors = {name: logo.selector for name, logo in manifest.logos.items()}
        seen = {name: await tab.ask("logoPixels", selector) for name, selector in selectors.items()}
        self._page = page
        if page is not None:
            await asyncio.to_thread(self._recall, page, controls)
        logo_keys = {name: self._logo_key(one) for name, one in seen.items() if one is not None}
        for name, key in logo_keys.items():
            known = self._memory.logos.get(key) if key is not None else None
            if known is not None:
                self.logos[name] = known
                seen[name] = None
        texts = enumerate(self._raw["texts"])
        areas = [area for index, text in texts if not self._known(index) for area in self._areas(text)]
        areas += [self._logo_area(one) for one in seen.values() if one is not None]
        if controls:
            rings = [ring for control in self._raw["controls"] for ring in self._rings(control)]
            areas += [area for ring in rings if tuple(ring) not in self._rings_plain for area in ring]
        self._patches = await self._capture(tab, areas, list(selectors.values())) if areas else []
        doubted = await asyncio.to_thread(self._work_out, seen, page, controls)
        self._remember(doubted, {name: logo_keys[name] for name, one in seen.items() if one is not None})
        if doubted:
            await self._look_again(tab, doubted)

    async def states(self, tab: Tab, manifest: Manifest) -> tuple[StateText, ...]:
        """Texts that look otherwise while their control is hovered over or focused, measured in that state."""
        found: list[StateText] = []
        await tab.ask("noteRest")
        for state in ("hover", "focus"):
            traps = [trap.selector for trap in manifest.traps if trap.state == state]
            if state == "focus" and not traps:
                continue
            selector = ", ".join(("a[href], button, summary, input, textarea, select, [tabindex]", *traps))
            forced = ("hover",) if state == "hover" else ("focus", "focus-visible", "focus-within")
            await tab.force_states(selector, forced, _HOVERED)
            changed = await tab.ask("changed")
            anew = [one["index"] for one in changed if one["moved"] or not self._told(one)]
            moved = [area for index in anew for area in self._areas(self._raw["texts"][index])]
            patches = await self._capture(tab, moved, []) if moved else []
            await tab.unforce_states()
            found += await asyncio.to_thread(self._state_texts, state, changed, patches)
        return tuple(found)

    def traps(self, manifest: Manifest, states: Sequence[StateText]) -> dict[str, TrapSeen]:
        """The worst ratio of what each trap names."""
        by_state = {(one.state, one.path, one.text): one for one in states}
        return {trap.id: self._trap(trap, by_state) for trap in manifest.traps}

    def _trap(self, trap: Trap, states: Mapping[tuple[str, str, str], StateText]) -> TrapSeen:
        indices: list[int] = self._raw["traps"].get(trap.id, [])
        worst: tuple[float, float, str] | None = None
        for index in indices:
            if trap.kind == "control":
                control = self.controls[index] if index < len(self.controls) else None
                ratio, limit, path = (control.ratio, _CONTROLS, control.path) if control else (None, _CONTROLS, "")
            else:
                text = self._raw["texts"][index]
                limit, path = _limit(text), text["path"]
                state = states.get((trap.state, path, text["text"]))
                ratio = state.low if state else self.contrasts.get(index, (None, None))[0]
            if ratio is not None and (worst is None or ratio / limit < worst[0] / worst[1]):
                worst = (ratio, limit, path)
        if worst is None:
            return TrapSeen(id=trap.id, matches=len(indices), limit=_CONTROLS if trap.kind == "control" else 4.5)
        return TrapSeen(id=trap.id, matches=len(indices), ratio=worst[0], limit=worst[1], path=worst[2])

    async def _capture(self, tab: Tab, areas: Sequence[Area], hidden: Sequence[str]) -> list[Patch]:
        """Captures the areas without any text."""
        await tab.ask("hideInk", list(hidden))
        try:
            return await self._windows(tab, areas)
        finally:
            if not tab.broken:
                await tab.ask("showInk")

    async def _windows(self, tab: Tab, areas: Sequence[Area], patience: float = 0.0) -> list[Patch]:
        """Captures the areas as they are, each `patience` seconds after the page was moved there; decoding one runs meanwhile."""
        decoding: list[asyncio.Task[Patch]] = []
        try:
            pieces = [piece for band in bands(areas) for piece in self._pieces(band)]
            for piece in pieces:
                await tab.ask("shift", piece.x, piece.y)
                if patience:
                    await asyncio.sleep(patience)
                image = await tab.capture_window(piece.right - piece.x, piece.bottom - piece.y)
                decoding.append(asyncio.create_task(asyncio.to_thread(decode, image, piece)))
            return joined(await asyncio.gather(*decoding))
        except ValueError as error:
            raise PageFault("unmeasurable", str(error)) from error
        finally:
            for task in decoding:
                task.cancel()
            if not tab.broken:
                await tab.ask("shift", 0, 0)

    async def _look_again(self, tab: Tab, doubted: Mapping[int, float]) -> None:
        """Gives texts that something seems to cover the contrast that shows, if a second picture does not show more of them.

        A window that is captured right after another one comes now and then with a part of it not painted yet.
        """
        areas = {index: self._areas(self._raw["texts"][index]) for index in doubted}
        patches = await self._windows(tab, [area for group in areas.values() for area in group], _TO_PAINT)
        for index, strongest in doubted.items():
            ground = self._ground(index)
            seen = [shown(patch, areas[index], ground) for patch in patches] if ground is not None else []
            most = max((one for one in seen if one is not None), default=strongest)
            if covered(most, self.contrasts[index][1]):
                self.contrasts[index] = (round(most, 2), round(most, 2))

    def _pieces(self, band: Area) -> list[Area]:
        """The parts of a band that each fit into the window."""
        wide, high = int(self._raw["width"]), int(self._raw["height"])
        return [
            Area(x, y, min(band.right, x + wide), min(band.bottom, y + high))
            for y in range(band.y, band.bottom, high)
            for x in range(band.x, band.right, wide)
        ]

    def _clip(self, area: Area) -> Area:
        return Area(max(0, area.x), max(0, area.y), min(self._width, area.right), min(self._height, area.bottom))

    def _areas(self, text: Raw) -> list[Area]:
        if text["through"]:
            return []
        return [area for line in text["lines"] if (area := area_of(line, self._width, self._height)).pixels]

    def _rings(self, control: Raw) -> tuple[list[Area], list[Area], list[Area]]:
        """Outside the control, inside its border, and around its icon."""
        outside = around(control["box"], self._width, self._height)
        inside = within(control["box"], math.ceil(control["widths"]), self._width, self._height)
        icon = around(control["icon_box"], self._width, self._height) if control["icon_box"] else []
        return outside, inside, icon

    def _recall(self, page: Patch, controls: bool) -> None:
        """What is remembered of what the picture shows, and the grounds that it tells by itself."""
        for index, text in enumerate(self._raw["texts"]):
            seen = digest(page, self._areas(text))
            if seen is not None:
                self._digests[index] = seen
                known = self._memory.texts.get(self._key(index, text["colour"]))
                if known is not None:
                    self.contrasts[index] = known
                    continue
            ground = plain_ground(page, self._areas(text), _rgba(text["colour"]), text["size"])
            if ground is not None:
                self._plain[index] = ground
        for ring in (ring for control in self._raw["controls"] if controls for ring in self._rings(control)):
            ground = plain_ring(page, ring)
            if ground is None and (seen := digest(page, ring)) is not None:
                ground = self._memory.rings.get(seen)
            if ground is not None:
                self._rings_plain[tuple(ring)] = ground

    def _remember(self, doubted: Mapping[int, float], logos: Mapping[str, tuple[object, ...] | None]) -> None:
        """Keeps what was measured where the picture shows it: what is doubted, or too faint to be seen there, is not known."""
        for index, found in self.contrasts.items():
            if index in self._digests and index not in doubted and found[1] >= _LEAST:
                self._memory.texts.put(self._key(index, self._raw["texts"][index]["colour"]), found)
        for name, key in logos.items():
            if key is not None and name in self.logos:
                self._memory.logos.put(key, self.logos[name])
        for control in self._raw["controls"] if self.controls else ():
            for ring in self._rings(control):
                if tuple(ring) not in self._rings_plain and (seen := digest(self._page, ring)) is not None:
                    ground = pixels_of(self._patches, ring)
                    if ground is not None:
                        self._memory.rings.put(seen, ground)

    def _key(self, index: int, colour: Sequence[float]) -> TextKey:
        text = self._raw["texts"][index]
        return _rgba(colour), _rgba(text["colour"]), float(text["size"]), self._digests[index]

    def _known(self, index: int) -> bool:
        return index in self._plain or index in self.contrasts

    def _told(self, changed: Raw) -> bool:
        """Whether the contrast of a text in another colour on the same ground can be told without a capture."""
        index = changed["index"]
        if self._ground(index) is not None:
            return True
        return index in self._digests and self._memory.texts.get(self._key(index, changed["colour"])) is not None

    def _logo_area(self, one: Raw) -> Area:
        return self._clip(Area(one["x"], one["y"], one["x"] + one["w"], one["y"] + one["h"]))

    def _logo_key(self, one: Raw) -> tuple[object, ...] | None:
        seen = digest(self._page, [self._logo_area(one)])
        drawn = hashlib.blake2b(str(one["data"]).encode(), digest_size=16).digest()
        return None if seen is None else (one["w"], one["h"], drawn, one["opacity"], str(one["behind"]), seen)

    def _ground(self, index: int) -> Ground | None:
        """The pixels behind a text, or a single one where all are alike."""
        if index in self._plain:
            return self._plain[index]
        areas = self._areas(self._raw["texts"][index])
        return pixels_of(self._patches, areas) if areas else None

    def _ring(self, areas: Sequence[Area]) -> Ground | None:
        plain = self._rings_plain.get(tuple(areas))
        return pixels_of(self._patches, areas) if plain is None else plain

    def _work_out(self, logos: Mapping[str, Any], page: Patch | None, controls: bool) -> dict[int, float]:
        """Sets contrasts; returns those that the picture shows of texts that something seems to cover, by index."""
        doubted: dict[int, float] = {}
        for index, text in enumerate(self._raw["texts"]):
            if index in self.contrasts:
                continue
            ground = self._ground(index)
            if ground is not None:
                self.contrasts[index] = low_and_median(_rgba(text["colour"]), ground)
                strongest = shown(page, self._areas(text), ground) if page is not None else None
                if strongest is not None and covered(strongest, self.contrasts[index][1]):
                    doubted[index] = strongest
        for name, answer in logos.items():
            measured = logo_contrast(answer, self._patches) if answer is not None else None
            if measured is not None:
                self.logos[name] = measured
        if controls:
            self.controls = tuple(self._control(control) for control in self._raw["controls"])
        return doubted

    def _control(self, control: Raw) -> Control:
        outside, inside, about_icon = self._rings(control)
        ground, within_it = self._ring(outside), self._ring(inside)
        border = fill = icon = None
        if ground is not None and control["border"]:
            border = low_and_median(_rgba(control["border"]), ground)[1]
        if ground is not None and within_it is not None and control["fill"]:
            fill = low_and_median((*typical(within_it), 1.0), ground)[1]
        icon_ground = self._ring(about_icon) if about_icon else None
        if icon_ground is not None and control["icon"]:
            icon = low_and_median(_rgba(control["icon"]), icon_ground)[1]
        seen = [ratio for ratio in (border, fill, icon if control["kind"] == "icon" else None) if ratio is not None]
        # A field without border and fill has nothing that could be seen at all.
        ratio = max(seen) if seen else (1.0 if control["kind"] == "field" and ground is not None else None)
        return Control(
            path=control["path"],
            section=control["section"],
            kind=control["kind"],
            box=control["box"],
            border=colour_hex(control["border"]) if control["border"] else None,
            border_ratio=border,
            fill_ratio=fill,
            icon_ratio=icon,
            ground="#{:02x}{:02x}{:02x}".format(*typical(ground)) if ground is not None else None,
            ratio=ratio,
            has_text=control["has_text"],
            disabled=control["disabled"],
        )

    def _state_texts(self, state: Any, changed: Sequence[Raw], patches: Sequence[Patch]) -> list[StateText]:
        found: list[StateText] = []
        for one in changed:
            text = self._raw["texts"][one["index"]]
            measured = self._in_state(one, patches)
            if measured is None:
                continue
            low, median = measured
            found.append(
                StateText(
                    path=text["path"],
                    section=text["section"],
                    text=text["text"],
                    state=state,
                    colour=colour_hex(one["colour"]),
                    low=low,
                    median=median,
                    limit=_limit(text),
                    exempt=text["exempt"],
                )
            )
        return found

    def _in_state(self, one: Raw, patches: Sequence[Patch]) -> tuple[float, float] | None:
        """Contrast of a text in the colour of its state; None where its ground was not captured."""
        index, colour = one["index"], _rgba(one["colour"])
        key = self._key(index, one["colour"]) if index in self._digests and not one["moved"] else None
        ground = None if one["moved"] else self._ground(index)
        if ground is None and key is not None and (known := self._memory.texts.get(key)) is not None:
            return known
        if ground is None:
            ground = pixels_of(patches, self._areas(self._raw["texts"][index]))
        if ground is None:
            return None
        found = low_and_median(colour, ground)
        # The picture tells the ground only of a text that shows at rest.
        if key is not None and self.contrasts.get(index, (0.0, 0.0))[1] >= _LEAST:
            self._memory.texts.put(key, found)
        return found


def _limit(text: Raw) -> float:
    return 3.0 if text["size"] >= 24 or (text["size"] >= 18.66 and text["weight"] >= 700) else 4.5


def _rgba(value: Sequence[float]) -> Rgba:
    return value[0], value[1], value[2], value[3]
