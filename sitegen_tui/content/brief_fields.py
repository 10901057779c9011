"""Fields of requirements as they are filled from a brief, one after the other; what is said first stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

ASSET = re.compile(r"\bassets/[\w./-]+")
_SIZE = re.compile(r"\b(\d{2,4})\s*(?:px)?\s*[x×]\s*(\d{2,4})")


@dataclass(slots=True)
class Reading:
    """What was read so far."""

    value: dict[str, Any] = field(default_factory=dict[str, Any])

    def put(self, path: str, value: object) -> bool:
        """Set a field unless it is set; whether there was anything to set."""
        if value in (None, "", [], ()):
            return False
        here = self.value
        *groups, last = path.split(".")
        for group in groups:
            here = here.setdefault(group, {})
        here.setdefault(last, value)
        return True

    def listed(self, path: str, name: str, key: str) -> dict[str, Any]:
        """The entry of a list whose `key` is `name`, made if need be."""
        here = self.value
        *groups, last = path.split(".")
        for group in groups:
            here = here.setdefault(group, {})
        items = cast("list[dict[str, Any]]", here.setdefault(last, []))
        for one in items:
            if one.get(key) == name:
                return one
        items.append({key: name})
        return items[-1]


def picture(reading: Reading, place: str, key: str, value: str) -> bool:
    """Path, alternative, size and height of a picture, all in one value or each under its own key."""
    asset, size = ASSET.search(value), _SIZE.search(value)
    highest = re.search(r"max(?:imum)?[ -]?height\D{0,6}(\d+)", value.lower())
    alt = re.search(r"\balt\b(?: text)?\s*[:=]?\s*[\"“]?([^\"”;,]+)", value, re.IGNORECASE)
    said = [reading.put(f"{place}.path", asset[0].rstrip(".") if asset else None)]
    if size:
        said += [reading.put(f"{place}.width", int(size[1])), reading.put(f"{place}.height", int(size[2]))]
    said.append(reading.put(f"{place}.max_height", int(highest[1]) if highest else None))
    said.append(reading.put(f"{place}.alt", alt[1].strip() if alt else value if key.split()[-1:] in (["alt"], ["text"]) else None))
    number = re.search(r"\d+", value)
    for name, pattern in (("max_height", r"max"), ("width", r"width"), ("height", r"height")):
        if number and not asset and re.search(pattern, key):
            said.append(reading.put(f"{place}.{name}", int(number[0])))
            break
    return any(said)


def by_key(reading: Reading, place: str, names: Mapping[str, str], key: str, value: object) -> bool:
    """Set the first field below `place` whose words are in the key; whether there was one, and a value."""
    for name, pattern in names.items():
        if re.search(pattern, key):
            return reading.put(f"{place}.{name}", value)
    return False


def pattern_in(value: str, known: tuple[str, ...]) -> str | None:
    """A pattern that is named in the value, spelt as it is spelt here."""
    said = folded(value).replace("centered", "centred").replace(" ", "-")
    return next((one for one in sorted(known, key=len, reverse=True) if re.search(rf"(?<![a-z]){one}(?![a-z])", said)), None)


def folded(text: str) -> str:
    """Lower case, American spelling of colour, words parted by one space."""
    return " ".join(re.sub(r"[^a-z0-9#%+]+", " ", text.lower().replace("colour", "color")).split())
