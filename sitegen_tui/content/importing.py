"""A Markdown brief read into requirements: what is said is taken, what is not said is listed, nothing is made up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast, get_args

from pydantic import ValidationError

from sitegen_tui.content.adopting.trying import yaml_of
from sitegen_tui.content.brief_fields import ASSET, Reading, by_key, folded, pattern_in, picture
from sitegen_tui.content.library import REQUIREMENTS_FILE
from sitegen_tui.content.markdown_brief import Entry, entries
from sitegen_tui.content.starting import starter_brief
from sitegen_tui.content.yaml_text import FieldPath, dotted
from sitegen_tui.domain.requirements import Font, Requirements
from sitegen_tui.domain.template import HeroPattern, SectionPattern

HERO_PATTERNS: tuple[str, ...] = get_args(HeroPattern)
SECTION_PATTERNS: tuple[str, ...] = get_args(SectionPattern)
NETWORKS = ("instagram", "facebook", "linkedin", "twitter", "youtube", "mastodon", "tiktok", "github", "pinterest")
FALLBACKS: tuple[str, ...] = get_args(Font.model_fields["fallback"].annotation)

_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_LINK = re.compile(r"^\[(.+?)\]\((\S+?)\)$|^(.+?)\s*(?:→|->|=>|\|)\s*(\S+)$|^(.+?)\s*\((#\S+|https?://\S+|/\S*)\)$")


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that the brief does not say, with an example of what may stand there."""

    path: str
    example: str


@dataclass(slots=True)
class Imported:
    """Requirements as far as the brief says them, what is missing, and lines that were not understood."""

    value: dict[str, Any]
    missing: tuple[Missing, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()

    def yaml(self) -> bytes:
        """The requirements file."""
        return yaml_of(self.value)


def import_brief(text: str, brief_id: str, template: str | None) -> Imported:
    """The requirements of a brief; `template` may be said in it as well. Raises UsageError for a name that is no id."""
    examples = _examples(template or "safari-lodge", brief_id)
    reading = Reading({"id": brief_id})
    unread: list[tuple[int, str]] = []
    for entry in entries(text):
        reader = _reader(entry.heading)
        said = reader(reading, folded(entry.key), entry) if reader is not None else _loose(reading, folded(entry.key), entry)
        if not said and (entry.key or reader is not None):
            unread.append((entry.line, f"{entry.key}: {entry.value}" if entry.key else entry.value))
    if template:
        reading.value["template"] = template
    ordered = {name: reading.value[name] for name in Requirements.model_fields if name in reading.value}
    return Imported(ordered, tuple(_missing(ordered, examples)), tuple(unread))


# -- headings -------------------------------------------------------------------------------------------------------------------

_Reader = Callable[[Reading, str, Entry], bool]


def _reader(heading: str) -> _Reader | None:
    said = folded(heading)
    for pattern, reader in _READERS:
        if re.search(pattern, said):
            return reader
    return None


def _loose(reading: Reading, key: str, entry: Entry) -> bool:
    """What stands before the first heading that is known, or under one that is not."""
    return _business(reading, key, entry) if entry.key else False


def _business(reading: Reading, key: str, entry: Entry) -> bool:
    names = {
        "name": r"^(business |company |brand )?name$|^business$|^company$",
        "legal_name": r"legal",
        "tagline": r"tagline|slogan|strapline",
        "industry": r"industry|sector|trade",
    }
    if key == "template":
        return reading.put("template", entry.value)
    return by_key(reading, "business", names, key, entry.value)


def _colours(reading: Reading, key: str, entry: Entry) -> bool:
    names = {
        "text_muted": r"muted|secondary text|text secondary|subtle",
        "inverse": r"inverse|on dark|on primary|light text",
        "background": r"background|^bg$|page",
        "surface": r"surface|card|panel",
        "primary": r"primary",
        "secondary": r"secondary",
        "accent": r"accent|highlight",
        "text": r"text|body|ink",
    }
    found = _HEX.search(entry.value)
    if found is None:
        return bool(entry.key) and any(word in key for word in ("usage", "use", "note", "role"))
    digits = found[0][1:]
    hexed = "#" + ("".join(one * 2 for one in digits) if len(digits) == 3 else digits).upper()
    return by_key(reading, "brand.colours", names, key, hexed)


def _fonts(reading: Reading, key: str, entry: Entry) -> bool:
    role = "heading" if re.search(r"head|title|display", key) else "body" if re.search(r"body|text|copy|paragraph", key) else ""
    if not role:
        return False
    place, value = f"brand.fonts.{role}", entry.value
    weights = [int(one) for one in re.findall(r"\b([1-9]00)\b", value)]
    fallback = next(
        (one for one in sorted(FALLBACKS, key=len, reverse=True) if re.search(rf"(?<![\w-]){one}\b", value.lower())), None
    )
    said = False
    if "weight" not in key and "fallback" not in key:
        family = re.split(r"[,(;]|\s+[-–—]\s+|\s\d{3}\b", value)[0].strip().strip("\"'")
        said = reading.put(f"{place}.family", family)
    return any((said, reading.put(f"{place}.fallback", fallback), reading.put(f"{place}.weights", weights)))


def _hero(reading: Reading, key: str, entry: Entry) -> bool:
    names = {
        "eyebrow": r"eyebrow|kicker|overline|preheading",
        "subheadline": r"sub ?(head|title)|lead|description|supporting",
        "headline": r"headline|title|heading|^h1$",
    }
    for name, pattern in (("secondary_cta", r"secondary"), ("primary_cta", r"primary|^cta|button|call to action")):
        if re.search(pattern, key):
            place = f"content.hero.{name}"
            if re.search(r"\b(href|link|url|target)\b", key):
                return reading.put(f"{place}.href", entry.value)
            link = _LINK.match(entry.value)
            label, href = ([one for one in link.groups() if one] if link else [entry.value, ""])[:2]
            reading.put(f"{place}.href", href)
            return reading.put(f"{place}.label", label.strip().strip('"“”'))
    return by_key(reading, "content.hero", names, key, entry.value)


def _about(reading: Reading, key: str, entry: Entry) -> bool:
    about = reading.value.setdefault("content", {}).setdefault("about", {})
    if re.search(r"heading|title|headline", key):
        return reading.put("content.about.heading", entry.value)
    if not entry.key or (re.search(r"paragraph|text|body|copy|^\d$", key) and not re.fullmatch(r"\d{1,4}\+?", entry.key.strip())):
        about.setdefault("paragraphs", []).append(entry.value)
        return True
    pairs = re.findall(r"([\d][\d.,]*\s?[%+]?)\s+([A-Za-z][^;,]*)", entry.value) if re.search(r"stat|figure|number", key) else []
    if re.fullmatch(r"[\d][\d.,]*\s?[%+]?", entry.key.strip()):
        pairs = [(entry.key.strip(), entry.value)]
    about.setdefault("stats", []).extend({"value": value.strip(), "label": label.strip()} for value, label in pairs)
    if not about["stats"]:
        del about["stats"]
    return bool(pairs)


def _contact(reading: Reading, key: str, entry: Entry) -> bool:
    value = entry.value
    network = next((one for one in NETWORKS if one in key), None)
    if network:
        url = re.search(r"https?://[^\s)>]+", value)
        if url:
            reading.listed("contact.socials", network, "network")["url"] = url[0]
        return url is not None
    if re.search(r"e164|dial|tel link", key):
        return reading.put("contact.phone.e164", value.removeprefix("tel:").replace(" ", ""))
    if re.search(r"phone|^tel|telephone|mobile", key):
        if value.startswith("+"):
            reading.put("contact.phone.e164", "+" + re.sub(r"\D", "", value))
        return reading.put("contact.phone.display", value)
    if re.fullmatch(r"(postal |street )?address", key) and "," in value:
        return _address(reading, [part.strip() for part in value.split(",")])
    names = {
        "address.street": r"street|address",
        "address.locality": r"city|town|locality",
        "address.region": r"region|state|county|province",
        "address.postal": r"post|zip",
        "address.country": r"country",
        "email": r"mail",
        "hours": r"hours|open",
        "copyright": r"copyright",
    }
    found = re.match(r"\[([^\]]+)\]\(mailto:", value)
    return by_key(reading, "contact", names, key, found[1] if found else value)


def _address(reading: Reading, parts: list[str]) -> bool:
    """Street, town, and of what follows a country's two letters, what has digits, and a region."""
    reading.put("contact.address.street", parts[0])
    reading.put("contact.address.locality", parts[1])
    for part in parts[2:]:
        if re.fullmatch(r"[A-Z]{2}", part) and part is parts[-1]:
            reading.put("contact.address.country", part)
        elif re.search(r"\d", part):
            words = part.split()
            first = next(at for at, word in enumerate(words) if re.search(r"\d", word))
            reading.put("contact.address.region", " ".join(words[:first]))
            reading.put("contact.address.postal", " ".join(words[first:]))
        else:
            reading.put("contact.address.region", part)
    return True


def _hero_layout(reading: Reading, key: str, entry: Entry) -> bool:
    place, value = "layout.hero", entry.value
    number = re.search(r"\d+", value)
    if re.search(r"pattern|layout|arrangement|alignment", key) or not entry.key:
        return reading.put(f"{place}.pattern", pattern_in(value, HERO_PATTERNS))
    if re.search(r"scroll", key):
        return reading.put(f"{place}.scroll_cue", bool(re.match(r"yes|true|on\b", value.lower()))) or True
    names = {
        "min_height_vh": r"height",
        "content_max_px": r"width|content",
        "stack_below": r"stack|mobile",
        "overlap_px": r"overlap",
    }
    return by_key(reading, place, names, key, int(number[0]) if number else None)


_PARTS = ("pattern", "layout", "desktop", "tablet", "mobile", "gap", "columns")


def _sections_layout(reading: Reading, key: str, entry: Entry) -> bool:
    words = key.split()
    if not words:
        return False
    part = (
        words[-1] if len(words) > 1 and words[-1] in ("pattern", "layout", "desktop", "tablet", "mobile", "gap", "columns") else ""
    )
    name = "-".join(words[:-1] if part else words)
    number = re.search(r"\d+", entry.value)
    pattern = pattern_in(entry.value, SECTION_PATTERNS)
    if not pattern and not number:
        return False
    one = reading.listed("layout.sections", name, "section")
    if part in ("desktop", "tablet", "mobile"):
        one.setdefault("columns", {})[part] = int(number[0]) if number else None
        return number is not None
    if part == "gap":
        one["gap_min_px"] = int(number[0]) if number else None
        return number is not None
    if pattern:
        one.setdefault("pattern", pattern)
    columns = re.search(r"(\d)\s*[/,]\s*(\d)\s*[/,]\s*(\d)", entry.value)
    if columns:
        one.setdefault("columns", dict(zip(("desktop", "tablet", "mobile"), map(int, columns.groups()), strict=True)))
    gap = re.search(r"gap\D{0,12}(\d+)|(\d+)\s*px", entry.value)
    if gap:
        one.setdefault("gap_min_px", int(gap[1] or gap[2]))
    return True


def _seo(reading: Reading, key: str, entry: Entry) -> bool:
    names = {
        "og.site_name": r"site ?name",
        "og.image": r"og ?image|social image|share image|image",
        "og.type": r"og ?type",
        "og.url": r"og ?url",
        "twitter.card": r"twitter",
        "lang": r"lang",
        "canonical": r"canonical|^url$",
        "robots": r"robots",
        "description": r"description",
        "title": r"title",
    }
    return by_key(reading, "seo", names, key, entry.value)


def _logos(reading: Reading, key: str, entry: Entry) -> bool:
    place = "header" if re.search(r"header|main|primary", key) else "footer" if "footer" in key else ""
    if not place:
        return False
    return picture(reading, f"logos.{place}", key, entry.value)


def _favicon(reading: Reading, key: str, entry: Entry) -> bool:
    asset = ASSET.search(entry.value)
    if "manifest" in key:
        return reading.put("favicon.manifest", "site.webmanifest" if "site.webmanifest" in entry.value else None)
    names = {"apple_touch": r"apple|touch|180", "png32": r"png|32", "ico": r"\bico\b", "svg": r"svg|icon|favicon"}
    return by_key(reading, "favicon", names, key, asset[0] if asset else None)


def _images(reading: Reading, key: str, entry: Entry) -> bool:
    if re.search(r"logo|favicon", key):
        return _logos(reading, key, entry) if "logo" in key else _favicon(reading, key, entry)
    words = [word for word in key.split() if word not in ("image", "background", "picture", "photo", "section", "path")]
    if not words:
        return False
    asset = ASSET.search(entry.value)
    alpha = re.search(r"(?:overlay|alpha)\D{0,12}(0?\.\d+|[01])|^(0?\.\d+)$", entry.value.lower())
    position = re.search(r"(\d{1,3}%\s+\d{1,3}%|\bcenter\b|\bcentre\b)", entry.value.lower())
    part = words[-1] if words[-1] in ("overlay", "position", "alt", "alpha") else ""
    name = "-".join(words[:-1] if part else words)
    none = re.match(r"(none|remove|no picture|no image)\b", entry.value.lower())
    if not any((asset, alpha, position, none, part == "alt")):
        return False
    target: dict[str, Any] = (
        reading.value.setdefault("images", {}).setdefault("hero", {})
        if name == "hero"
        else reading.listed("images.sections", name, "section")
    )
    found: Mapping[str, object] = {
        "path": asset[0].rstrip(".") if asset else "none" if none else None,
        "overlay_alpha_min": float(alpha[1] or alpha[2]) if alpha else None,
        "position": position[0].replace("centre", "center") if position else None,
        "alt": entry.value if part == "alt" else None,
    }
    for where, value in found.items():
        if value is not None:
            target.setdefault(where, value)
    return True


def _organisation(reading: Reading, key: str, entry: Entry) -> bool:
    asset = ASSET.search(entry.value)
    if "logo" in key:
        return reading.put("organisation.logo", asset[0] if asset else None)
    names = {"type": r"type", "url": r"url|website", "opening_hours": r"hours|open"}
    return by_key(reading, "organisation", names, key, entry.value)


def _access(reading: Reading, key: str, entry: Entry) -> bool:
    names = {"skip_label": r"skip", "nav_label": r"nav", "menu_label": r"menu"}
    return by_key(reading, "a11y", names, key, entry.value)


_READERS: tuple[tuple[str, _Reader], ...] = (
    (r"hero.*layout|layout.*hero", _hero_layout),
    (r"section.*layout|layout", _sections_layout),
    (r"colou?r|palette", _colours),
    (r"typograph|fonts?\b", _fonts),
    (r"favicon|icons?\b", _favicon),
    (r"logo", _logos),
    (r"image|picture|photo|background", _images),
    (r"structured|schema|organi[sz]ation|json", _organisation),
    (r"\bmeta\b|\bseo\b|head tags", _seo),
    (r"hero", _hero),
    (r"about|story", _about),
    (r"contact|social", _contact),
    (r"accessib|a11y", _access),
    (r"business|company|overview|client|brand", _business),
)


def _examples(template: str, brief_id: str) -> dict[str, Any]:
    yaml: Any = import_module("yaml")
    return cast("dict[str, Any]", yaml.safe_load(starter_brief(template, brief_id)[REQUIREMENTS_FILE]))


def _missing(value: dict[str, Any], examples: dict[str, Any]) -> Iterator[Missing]:
    try:
        Requirements.model_validate(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["type"] == "missing":
                path = tuple(detail["loc"])
                yield from _leaves(path, _at(examples, path))


def _at(examples: object, path: FieldPath) -> object:
    here: Any = examples
    for part in path:
        if isinstance(here, dict):
            here = cast("dict[str, Any]", here).get(str(part))
        elif isinstance(here, list):
            here = cast("list[Any]", here)[0]
        else:
            return None
    return here


def _leaves(path: FieldPath, example: object) -> Iterator[Missing]:
    if isinstance(example, dict):
        for name, inner in cast("dict[str, object]", example).items():
            yield from _leaves((*path, name), inner)
    else:
        yield Missing(dotted(path), "" if example is None else str(example))
