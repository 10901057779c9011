"""What icon links and the web manifest are judged by: file, picture, relation, type and size, and nothing old left."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Page, Step, finding
from sitegen_tui.actions.checks.measure import where
from sitegen_tui.content.images import MEDIA_TYPES, SUFFIXES, ImageInfo, image_info
from sitegen_tui.domain.findings import Evidence, Finding
from sitegen_tui.site.html import attribute, normal_text
from sitegen_tui.site.json_text import read_json
from sitegen_tui.site.references import resolve

_ICO_TYPES = frozenset({"image/x-icon", "image/vnd.microsoft.icon"})


@dataclass(frozen=True)
class Icon:
    """An icon link: its relation (icon, apple-touch-icon or mask-icon), the file it means, how it is written."""

    element: Element
    rel: str
    path: str | None
    raw: str


def icons(page: Page) -> tuple[Icon, ...]:
    """Every icon link of the page."""
    found: list[Icon] = []
    for link in page.html.elements:
        if link.tag != "link":
            continue
        tokens = (attribute(link, "rel") or "").lower().split()
        apple = any(token in ("apple-touch-icon", "apple-touch-icon-precomposed") for token in tokens)
        rel = "apple-touch-icon" if apple else "icon" if "icon" in tokens else "mask-icon" if "mask-icon" in tokens else ""
        if rel:
            raw = attribute(link, "href") or ""
            found.append(Icon(link, rel, resolve(raw, HTML), raw))
    return tuple(found)


def _required(step: Step) -> tuple[str, ...]:
    """Files for rel=icon: the first is the main one."""
    icon = step.requirements.favicon
    return tuple(path for path in (icon.svg, icon.ico, icon.png32) if path)


def _all_required(step: Step) -> frozenset[str]:
    return frozenset((*_required(step), step.requirements.favicon.apple_touch))


def _old(step: Step) -> frozenset[str]:
    """The skeleton's icons."""
    linked = {icon.path for icon in icons(step.start) if icon.path}
    return frozenset({*linked, *step.manifest.icons.old}) - _all_required(step)


def _untouched(step: Step) -> bool:
    """Whether the icon links are as they were and none leads to a required file: then nothing was done."""
    before, after = ([(icon.rel, icon.path) for icon in icons(page)] for page in (step.before, step.after))
    return before == after and not any(path in _all_required(step) for _, path in after)


def _exists(step: Step, path: str | None) -> bool:
    return path is not None and step.after.exists(path)


def check_icon(step: Step) -> Iterator[Finding]:
    """A rel=icon link leads to the required file; a link to no file at all is unusable, not wrong."""
    wanted = _required(step)
    found = [icon for icon in icons(step.after) if icon.rel == "icon"]
    if not wanted or any(icon.path == wanted[0] for icon in found) or any(not _exists(step, icon.path) for icon in found):
        return
    wrong = next((icon for icon in found if icon.path not in wanted), None) or (found[0] if found else None)
    if wrong is None:
        message = "There is no icon link"
    elif wrong.path in _old(step):
        message = "The icon link still leads to the template's icon"
    else:
        message = "The icon link does not lead to the required file"
    yield _about(step, "favicon.icon-wrong", message, wrong, "icon", wanted[0])


def check_usable(step: Step) -> Iterator[Finding]:
    """Every icon link leads to a square picture; the wrong picture in the place of a required one is judged as that."""
    found = icons(step.after)
    right = {icon.rel for icon in found if icon.path in _all_required(step)} | {"mask-icon"}
    for icon in found:
        told = _unusable(step, icon)
        # A file that exists in the place of the required one is a wrong icon already, whatever it is.
        if told and (icon.rel in right or not _exists(step, icon.path)):
            yield _about(step, "favicon.not-found", told, icon, icon.raw or "icon", "a square picture of the site")
            return
    if not found or _untouched(step):
        yield _about(step, "favicon.not-found", "None of the required icons is linked", None, "icon", ", ".join(_required(step)))


def _unusable(step: Step, icon: Icon) -> str:
    if not _exists(step, icon.path):
        return f"The icon {icon.raw or 'without a name'} is no file of the site"
    info = _info(step, icon.path)
    if info is None:
        # Without its bytes a file that exists is taken for what its name says.
        return "" if icon.path not in step.brief.assets and _suffix(icon.path) in SUFFIXES else f"The icon {icon.raw} is no picture"
    return "" if info.square else f"The icon {icon.raw} is not square ({info.width:g} by {info.height:g})"


def _info(step: Step, path: str | None) -> ImageInfo | None:
    data = step.brief.assets.get(path or "")
    return image_info(data) if data is not None else None


def _suffix(path: str | None) -> str:
    return posixpath.splitext(path or "")[1].lower()


def check_apple(step: Step) -> Iterator[Finding]:
    """The apple-touch-icon link leads to the required file; one to no file at all is unusable, not wrong."""
    wanted = step.requirements.favicon.apple_touch
    found = [icon for icon in icons(step.after) if icon.rel == "apple-touch-icon"]
    if any(icon.path == wanted for icon in found) or any(not _exists(step, icon.path) for icon in found):
        return
    message = "The apple-touch-icon does not lead to the required file" if found else "There is no apple-touch-icon"
    yield _about(step, "favicon.apple-touch-wrong", message, found[0] if found else None, "apple-touch-icon", wanted)


def check_old(step: Step) -> Iterator[Finding]:
    """No icon of the template is linked beside the new ones; one in the place of a new one is a wrong one already."""
    found, old = icons(step.after), _old(step)
    right = {icon.rel for icon in found if icon.path in _all_required(step)} | {"mask-icon"}
    idle = _untouched(step)
    for icon in found:
        if icon.path in old and (icon.rel in right or idle):
            yield _about(step, "favicon.old-left", "An icon of the template is still linked", icon, "icon", "no old icon")
            return
    if not found:
        yield _about(step, "favicon.old-left", "There is no icon that replaced the old one", None, "icon", "new icons")


def check_type_sizes(step: Step) -> Iterator[Finding]:
    """Type and sizes, where given, fit the file; every required size is on offer."""
    found = icons(step.after)
    for icon in found:
        # A file in the place of another is a wrong icon already, whatever the link says of it.
        if icon.path not in (_required(step) if icon.rel == "icon" else (step.requirements.favicon.apple_touch,)):
            continue
        told = _misfit(step, icon)
        if told:
            yield _about(step, "favicon.type-sizes-wrong", told, icon, "icon", _fitting(step, icon.path or ""))
            return
    linked = {icon.path for icon in found if icon.rel == "icon"}
    wanted = _required(step)
    further = [path for path in wanted[1:] if path not in linked]
    spoken_for = any(icon.rel == "icon" and icon.path not in wanted for icon in found)
    if wanted and wanted[0] in linked and further and not spoken_for:
        message = f"{further[0]} is not on offer beside {wanted[0]}"
        yield _about(step, "favicon.type-sizes-wrong", message, None, "icon", ", ".join(wanted))
    elif not found or _untouched(step):
        yield _about(
            step, "favicon.type-sizes-wrong", "No required icon is linked with its type and size", None, "icon", ", ".join(wanted)
        )


def _misfit(step: Step, icon: Icon) -> str:
    kind = SUFFIXES.get(_suffix(icon.path))
    given = (attribute(icon.element, "type") or "").split(";")[0].strip().lower()
    fitting = _ICO_TYPES if kind == "ico" else {MEDIA_TYPES[kind]} if kind else {given}
    if given and given not in fitting:
        return f"The type of {icon.path} is said to be {given}"
    sizes = (attribute(icon.element, "sizes") or "").lower().split()
    info = _info(step, icon.path)
    if not sizes or info is None:
        return ""
    right = "any" in sizes if kind == "svg" else kind == "ico" or f"{info.width:g}x{info.height:g}" in sizes
    return "" if right else f"The sizes of {icon.path} are said to be {' '.join(sizes)}"


def _fitting(step: Step, path: str) -> str:
    info = _info(step, path)
    return f"{info.media_type}, {info.width:g}x{info.height:g}" if info is not None else path


def check_manifest(step: Step) -> Iterator[Finding]:
    """The web manifest, where the brief asks for one, is linked, bears the name and lists required icons only."""
    path = step.requirements.favicon.manifest
    if path is None:
        return
    linked = {resolve(attribute(link, "href") or "", HTML) for link in step.after.html.select('link[rel~="manifest"]')}
    text = step.after.files.get(path)
    value = read_json(text) if text is not None else None
    told = measured = ""
    if not isinstance(value, dict):
        told = "is missing" if text is None else "is not a JSON object"
    elif path not in linked:
        told, measured = "is not linked from the page", ", ".join(sorted(name for name in linked if name))
    else:
        told, measured = _mismatch(step, cast("dict[str, Any]", value), path)
    if told:
        evidence = Evidence(file=path, line=1, expected=step.requirements.business.name, measured=measured)
        yield finding("favicon.manifest-mismatch", f"The web manifest {told}", subject=path, evidence=evidence)


def _mismatch(step: Step, value: dict[str, Any], path: str) -> tuple[str, str]:
    name = step.requirements.business.name
    if not isinstance(value.get("name"), str) or normal_text(value["name"]) != normal_text(name):
        return "does not bear the business's name", str(value.get("name"))[:100]
    before = read_json(step.start.files.get(path, ""))
    old = cast("dict[str, Any]", before).get("short_name") if isinstance(before, dict) else None
    if old and value.get("short_name") == old != name:
        return "still has the template's short name", str(old)[:100]
    listed = value.get("icons")
    entries = cast("list[Any]", listed) if isinstance(listed, list) else []
    if not entries:
        return "lists no icons", ""
    for entry in entries:
        src: Any = cast("dict[str, Any]", entry).get("src") if isinstance(entry, dict) else None
        if not isinstance(src, str) or resolve(src, path) not in _all_required(step):
            return "lists an icon that is not a required one", str(src)[:100]
    return "", ""


def _about(step: Step, violation: str, message: str, icon: Icon | None, subject: str, expected: str) -> Finding:
    element = icon.element if icon is not None else None
    evidence = where(step.after, element, expected=expected, measured=icon.raw if icon is not None else "no such link")
    return finding(violation, message, subject=subject, evidence=evidence)
