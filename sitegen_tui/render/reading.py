"""What the page's measurement answered, as the values of `domain.probes`; every text in it comes from a stranger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sitegen_tui.domain.colour import Colour, find_colours
from sitegen_tui.domain.probes import (
    AxeViolation,
    Background,
    Box,
    FirstFocus,
    FocusSeen,
    Font,
    Group,
    HeroPart,
    HeroSeen,
    Item,
    Logo,
    Nav,
    Overlap,
    Painted,
    PaintedImage,
    Picture,
    SectionSeen,
    Text,
    View,
    ViewName,
)
from sitegen_tui.domain.template import Manifest
from sitegen_tui.render.server import Hosted

Raw = Mapping[str, Any]
_SRGB = re.compile(r"color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: / ([\d.e-]+))?\)")
_URL = re.compile(r'url\("((?:[^"\\]|\\.)*)"\)', re.DOTALL)
_SAME_ROW = 8.0
_OVERLAP = 0.2
_MAX_OVERLAPS = 200


def spec_of(manifest: Manifest) -> dict[str, Any]:
    """What the page's measurement needs to know of a manifest, as JSON."""
    sections: list[dict[str, Any]] = [
        {"id": "header", "selector": '[data-section="header"], body > header', "heading": "", "items": None},
        {"id": "hero", "selector": manifest.hero.selector, "heading": "", "items": None},
    ]
    footer = (manifest.footer,) if manifest.footer else ()
    for section in (*manifest.sections, *footer):
        items = section.items.model_dump(include={"container", "item", "media", "count"}) if section.items else None
        sections.append({"id": section.id, "selector": section.selector, "heading": section.heading, "items": items})
    if not footer:
        sections.append({"id": "footer", "selector": '[data-section="footer"], body > footer', "heading": "", "items": None})
    background = manifest.hero.background
    return {
        "tokens": manifest.tokens,
        "fonts": {role: font.applies_to for role, font in manifest.fonts.items()},
        "painted": list(_painted_selectors(manifest, sections)),
        "sections": sections,
        "slots": manifest.slots,
        "hero": {
            "selector": manifest.hero.selector,
            "text": manifest.hero.text,
            "media": manifest.hero.media,
            "overlay": background.overlay if background else None,
        },
        "logos": {name: logo.selector for name, logo in manifest.logos.items()},
        "traps": [trap.model_dump(include={"id", "selector", "kind"}) for trap in manifest.traps],
    }


def _painted_selectors(manifest: Manifest, sections: Sequence[Raw]) -> Iterable[str]:
    wanted: list[str | None] = []
    backgrounds = [manifest.hero.background, *(section.background for section in manifest.sections)]
    wanted += [section["selector"] for section in sections]
    for background in backgrounds:
        wanted += [background.selector, background.overlay] if background else []
    derived = manifest.derived
    wanted += [layer.selector for layer in (*derived.gradients, *derived.overlays, *derived.tints)]
    wanted.append(manifest.hero.media)
    for selector in dict.fromkeys(one for one in wanted if one):
        yield selector
        if ":before" not in selector and ":after" not in selector and "," not in selector:
            yield f"{selector}::before"
            yield f"{selector}::after"


def read_view(
    name: ViewName, raw: Raw, hosted: Hosted, contrasts: Mapping[int, tuple[float, float]], logos: Mapping[str, tuple[float, str]]
) -> View:
    """A view; `contrasts` by text index and `logos` by name hold what was measured in pixels."""
    texts = tuple(
        Text(
            path=one["path"],
            section=one["section"],
            text=one["text"],
            box=_hull(one["lines"]),
            colour=colour_hex(one["colour"]),
            size=one["size"],
            weight=one["weight"],
            family=one["family"],
            clipped=one["clipped"],
            fixed=one["fixed"],
            exempt=one["exempt"],
            low=contrasts[index][0] if index in contrasts else None,
            median=contrasts[index][1] if index in contrasts else None,
        )
        for index, one in enumerate(raw["texts"])
    )
    return View(
        name=name,
        width=raw["width"],
        height=raw["height"],
        scroll_width=raw["scroll_width"],
        scroll_height=raw["scroll_height"],
        sideways=raw["sideways"],
        tokens={role: _hex_or_none(value) for role, value in raw["tokens"].items()},
        local_tokens={
            section: {role: _hex_or_none(value) for role, value in tokens.items()} for section, tokens in raw["local"].items()
        },
        fonts={role: Font(families=font["families"], stack=font["stack"]) for role, font in raw["fonts"].items()},
        painted={selector: read_painted(selector, one, hosted, raw["loaded"]) for selector, one in raw["painted"].items()},
        backgrounds=tuple(_background(one, hosted, raw["loaded"]) for one in raw["backgrounds"]),
        sections={key: SectionSeen(id=key, **one) for key, one in raw["sections"].items()},
        hero=_hero(raw["hero"]),
        groups={key: _group(key, one) for key, one in raw["groups"].items()},
        logos={name: _logo(one, hosted, logos.get(name)) for name, one in raw["logos"].items()},
        pictures=tuple(_picture(one, hosted) for one in raw["pictures"]),
        nav=Nav(**raw["nav"]),
        texts=texts,
        overlaps=tuple(_overlaps(raw["texts"], raw["height"])),
        limited=raw["limited"],
    )


def read_painted(selector: str, raw: Raw, hosted: Hosted, loaded: Mapping[str, bool]) -> Painted:
    """How one selector is painted."""
    return Painted(selector=selector[:300], **_paint(raw, hosted, loaded))


def _paint(raw: Raw, hosted: Hosted, loaded: Mapping[str, bool]) -> dict[str, Any]:
    if "box" not in raw:
        return {"found": False}
    return {
        "found": raw["found"],
        "visible": raw["visible"],
        "box": _box(raw["box"]),
        "colour": colour_hex(raw["colour"]) if raw["colour"] else "#00000000",
        "images": tuple(_images(raw, hosted, loaded)),
        "shadows": _colours(raw["shadow"]) if raw["shadow"] != "none" else (),
        "opacity": round(raw["opacity"], 3),
    }


def _background(raw: Raw, hosted: Hosted, loaded: Mapping[str, bool]) -> Background:
    return Background(selector=raw["selector"][:300], section=raw["section"], **_paint(raw, hosted, loaded))


def _images(raw: Raw, hosted: Hosted, loaded: Mapping[str, bool]) -> Iterable[PaintedImage]:
    if raw["images"] == "none":
        return
    sizes, positions, repeats = (_layers(raw[key]) or [""] for key in ("size", "position", "repeat"))
    for index, text in enumerate(_layers(raw["images"])[:8]):
        placed: dict[str, Any] = {
            "size": sizes[index % len(sizes)],
            "position": positions[index % len(positions)],
            "repeat": repeats[index % len(repeats)],
        }
        url = _URL.search(text)
        if "gradient(" in text:
            yield PaintedImage(kind="gradient", stops=_colours(text), text=hosted.plain(text)[:300], **placed)
        elif url:
            address = re.sub(r"\\(.)", r"\1", url[1])
            yield PaintedImage(
                kind="url",
                path=_site_path(address, hosted),
                loaded=loaded.get(url[1][:2000], False),
                text=hosted.plain(text)[:300],
                **placed,
            )
        else:
            yield PaintedImage(kind="other", text=hosted.plain(text)[:300], **placed)


def _layers(value: str) -> list[str]:
    """A computed list split at its outer commas."""
    found, depth, start, quoted = list[str](), 0, 0, False
    for index, character in enumerate(value):
        if character == '"' and value[index - 1 : index] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "," and depth == 0:
            found.append(value[start:index].strip())
            start = index + 1
    return [*found, value[start:].strip()]


def _colours(text: str) -> tuple[str, ...]:
    def plain(match: re.Match[str]) -> str:
        r, g, b = (round(min(1.0, max(0.0, float(match[n]))) * 255) for n in (1, 2, 3))
        return f"rgba({r}, {g}, {b}, {match[4] or 1})"

    return tuple(colour.hex for _, _, colour in find_colours(_SRGB.sub(plain, text)))[:40]


def colour_hex(value: Sequence[float]) -> str:
    """`#rrggbb`, or `#rrggbbaa` where it is translucent, of [r, g, b, a]."""
    return Colour(value[0], value[1], value[2], value[3]).hex


def _hex_or_none(value: Sequence[float] | None) -> str | None:
    return colour_hex(value) if value else None


def _box(value: Sequence[float]) -> Box:
    return Box(value[0], value[1], value[2], value[3])


def _box_or_none(value: Sequence[float] | None) -> Box | None:
    return _box(value) if value else None


def _hull(lines: Sequence[Sequence[float]]) -> Box:
    if not lines:
        return Box(0, 0, 0, 0)
    left, top = min(line[0] for line in lines), min(line[1] for line in lines)
    right, bottom = max(line[0] + line[2] for line in lines), max(line[1] + line[3] for line in lines)
    return Box(left, top, round(right - left, 1), round(bottom - top, 1))


def _site_path(url: str, hosted: Hosted) -> str | None:
    path = hosted.path_of(url)
    return path[:300] if path else None


def _picture(raw: Raw, hosted: Hosted) -> Picture:
    source = _site_path(raw["url"], hosted) if raw["url"] else None
    fields = {key: raw[key] for key in ("path", "section", "decoded", "visible", "fit", "position")}
    alt = raw["alt"][:300] if raw["alt"] is not None else None
    natural = (raw["natural"][0], raw["natural"][1])
    return Picture(source=source, url=hosted.plain(raw["url"])[:200], alt=alt, natural=natural, box=_box(raw["box"]), **fields)


def _logo(raw: Raw | None, hosted: Hosted, measured: tuple[float, str] | None) -> Logo:
    contrast, ground = measured or (None, None)
    return Logo(picture=_picture(raw, hosted) if raw else None, contrast=contrast, ground=ground)


def _part(raw: Raw) -> HeroPart:
    fields = {key: raw[key] for key in ("name", "path", "visible", "align", "text")}
    return HeroPart(box=_box(raw["box"]), hidden_to_readers=raw["hidden"], **fields)


def _hero(raw: Raw) -> HeroSeen:
    if not raw["found"]:
        return HeroSeen(found=False)
    return HeroSeen(
        found=True,
        box=_box(raw["box"]),
        text=_box_or_none(raw["text"]),
        ink=_box_or_none(raw["ink"]),
        media=_box_or_none(raw["media"]),
        align=raw["align"],
        max_width=raw["max_width"],
        min_height=raw["min_height"],
        parts=tuple(_part(one) for one in raw["parts"]),
        extras=tuple(_part(one) for one in raw["extras"]),
    )


def _group(section: str, raw: Raw) -> Group:
    items = tuple(
        Item(
            label=one["label"],
            box=_box(one["box"]),
            visible=one["visible"],
            media=_box_or_none(one["media"]),
            media_side=one["side"],
        )
        for one in raw["items"]
    )
    if not raw["found"]:
        return Group(section=section, found=False)
    shown = [index for index, item in enumerate(items) if item.visible]
    rows = _rows(items, shown)
    first = items[shown[0]].box.y if shown else 0.0
    return Group(
        section=section,
        found=True,
        box=_box(raw["box"]),
        display=raw["display"],
        scrolls=raw["scrolls"],
        snap=raw["snap"],
        items=items,
        columns=sum(abs(items[index].box.y - first) <= _SAME_ROW for index in shown),
        gap_x=_gap_across(items, rows),
        gap_y=_gap_down(items, rows),
        order=tuple(index for row in rows for index in row),
    )


def _rows(items: Sequence[Item], shown: Sequence[int]) -> list[list[int]]:
    """Items by the row their top lies in, rows from above, items in a row from the left."""
    rows: list[list[int]] = []
    for index in sorted(shown, key=lambda one: items[one].box.y):
        if rows and items[index].box.y - items[rows[-1][0]].box.y <= _SAME_ROW:
            rows[-1].append(index)
        else:
            rows.append([index])
    return [sorted(row, key=lambda one: items[one].box.x) for row in rows]


def _gap_across(items: Sequence[Item], rows: Sequence[Sequence[int]]) -> float | None:
    gaps = [items[b].box.x - items[a].box.right for row in rows for a, b in pairwise(row)]
    return round(min(gaps), 1) if gaps else None


def _gap_down(items: Sequence[Item], rows: Sequence[Sequence[int]]) -> float | None:
    """The least distance from an item to the next one below it that shares some of its width."""
    gaps: list[float] = []
    for number, row in enumerate(rows[:-1]):
        for a in row:
            upper = items[a].box
            below = [items[b].box for later in rows[number + 1 :] for b in later if upper.shared(_stretched(items[b].box))[0] > 1]
            gaps += [min(box.y for box in below) - upper.bottom] if below else []
    return round(min(gaps), 1) if gaps else None


def _stretched(box: Box) -> Box:
    return Box(box.x, -1e7, box.w, 2e7)


def _overlaps(texts: Sequence[Raw], window: float) -> Iterable[Overlap]:
    lines = [(line, index) for index, text in enumerate(texts) for line in text["lines"]]
    lines.sort(key=lambda one: one[0][1])
    common: dict[tuple[int, int], float] = {}
    for position, ((x, y, w, h), index) in enumerate(lines):
        for (x2, y2, w2, h2), other in lines[position + 1 :]:
            if y2 >= y + h:
                break
            across = min(x + w, x2 + w2) - max(x, x2)
            if other != index and across > 0:
                pair = (min(index, other), max(index, other))
                common[pair] = common.get(pair, 0.0) + across * (min(y + h, y2 + h2) - y2)
    areas = [sum(line[2] * line[3] for line in text["lines"]) for text in texts]
    found = 0
    for (first, second), area in sorted(common.items()):
        share = area / max(1.0, min(areas[first], areas[second]))
        if share <= _OVERLAP or found >= _MAX_OVERLAPS or _scrolls_clear(texts[first], texts[second], window):
            continue
        found += 1
        yield Overlap(first=first, second=second, share=round(min(1.0, share), 2))


def _scrolls_clear(first: Raw, second: Raw, window: float) -> bool:
    """Whether one of two texts stays in the lower half of the window, so that scrolling uncovers the other."""
    if first["fixed"] == second["fixed"]:
        return False
    fixed = first if first["fixed"] else second
    return _hull(fixed["lines"]).cy > window / 2


def read_focus(raw: Sequence[Raw]) -> tuple[FocusSeen, ...]:
    """Every focusable element."""
    return tuple(FocusSeen.model_validate(one) for one in raw)


def read_first_focus(raw: Raw | None) -> FirstFocus | None:
    """What the tab key reaches first."""
    return FirstFocus(**raw) if raw else None


def read_axe(raw: Sequence[Raw]) -> tuple[AxeViolation, ...]:
    """What axe-core reports."""
    return tuple(
        AxeViolation(
            id=str(one["id"])[:80],
            impact=str(one["impact"] or "")[:20],
            help=str(one["help"])[:200],
            nodes=one["nodes"],
            targets=tuple(str(target)[:200] for target in one["targets"]),
        )
        for one in raw
    )
