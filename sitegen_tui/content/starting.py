"""A template to start from: a whole small site with its manifest, and a first brief for it, written to a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitegen_tui.content.drawing import hills, wheel
from sitegen_tui.content.library import REQUIREMENTS_FILE, TEMPLATE_FILE
from sitegen_tui.errors import ContentError, UsageError

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")

_HERE = Path(__file__).parent / "starter"
_WIDE = (1280, 720)
_OLD_RIDGES = ("#86A88E", "#4E7C66", "#2C5A48", "#16382B")
_NEW_RIDGES = ("#B6A3D6", "#8468B8", "#553A94", "#2B1F52")


def starter_files(template_id: str) -> dict[str, bytes]:
    """The starter template of that id: site path to content, the manifest among them. Raises UsageError for a name that is none."""
    _named(template_id)
    words = {"__ID__": template_id, "__NAME__": template_id.replace("-", " ").title()}
    return {
        **_stored("skeleton", words),
        "assets/icons/spoke-32.png": wheel(32, "#0B5B52", "#DCE9C8"),
        "assets/icons/spoke-180.png": wheel(180, "#0B5B52", "#DCE9C8"),
        "assets/images/road.png": hills(*_WIDE, ("#7FB7A4", "#E8E6B8"), "#F3DE9A", _OLD_RIDGES, 1),
        "assets/images/hills.png": hills(*_WIDE, ("#5E93A0", "#CFE0B6"), "#EFE7B0", _OLD_RIDGES, 4),
        "assets/images/lane.png": hills(480, 270, ("#9CC8B4", "#EFE9C0"), "#F3DE9A", _OLD_RIDGES, 9),
        "assets/images/evening.png": hills(*_WIDE, ("#2E5560", "#D89A5C"), "#F2C27C", _OLD_RIDGES, 7),
    }


def starter_brief(template_id: str, brief_id: str) -> dict[str, bytes]:
    """A first brief for the starter template: path below the requirements' folder to content. Raises UsageError."""
    _named(template_id)
    _named(brief_id)
    return {
        **_stored("brief", {"__ID__": template_id, "__BRIEF__": brief_id}),
        "assets/icons/quarry-32.png": wheel(32, "#4A2C8F", "#FFFFFF"),
        "assets/icons/quarry-180.png": wheel(180, "#4A2C8F", "#FFFFFF"),
        "assets/images/quarry-dawn.png": hills(*_WIDE, ("#5A4A9C", "#F0B98A"), "#FBE3B8", _NEW_RIDGES, 2),
        "assets/images/quarry-ridge.png": hills(*_WIDE, ("#2B2A5E", "#B98FC4"), "#EBD7F2", _NEW_RIDGES, 5),
        "assets/images/quarry-card.png": hills(1200, 630, ("#5A4A9C", "#F0B98A"), "#FBE3B8", _NEW_RIDGES, 3),
    }


def write_template(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a template's files to a folder that is not there yet. Raises ContentError where it is, or cannot be made."""
    _write(files, folder, TEMPLATE_FILE)


def write_brief(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a brief's files to a folder that is not there yet. Raises ContentError where it is, or cannot be made."""
    _write(files, folder, REQUIREMENTS_FILE)


def _named(name: str) -> None:
    if not SLUG.match(name) or len(name) > 60:
        raise UsageError(f"{name!r} is no id", hint="lower-case words joined by hyphens, such as corner-bakery")


def _stored(kind: str, words: Mapping[str, str]) -> dict[str, bytes]:
    return dict(_read(_HERE / kind, words))


def _read(folder: Path, words: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            text = path.read_text("utf-8")
            for mark, word in words.items():
                text = text.replace(mark, word)
            yield path.relative_to(folder).as_posix(), text.encode()


def _write(files: Mapping[str, bytes], folder: Path, main: str) -> None:
    if folder.exists():
        raise ContentError(f"{folder} is there already", hint="choose another name, or move it away: nothing is written over")
    try:
        # What makes it a template comes last, so that nobody finds half of one.
        for path, content in sorted(files.items(), key=lambda one: one[0] == main):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    except OSError as error:
        raise ContentError(f"{folder} cannot be written: {error.strerror or error}", hint="look at the folder's rights") from error
