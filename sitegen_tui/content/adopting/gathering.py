"""The files of an existing site as a template has them: one page, one style sheet, one script, and what they refer to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bs4 import Tag

from sitegen_tui.content.adopting.markup import Markup
from sitegen_tui.content.findings import content_error
from sitegen_tui.content.images import SUFFIXES
from sitegen_tui.content.page import attribute
from sitegen_tui.content.skeleton import PAGE, STYLES, local_path
from sitegen_tui.content.tree import read_tree
from sitegen_tui.errors import ContentError

SCRIPT = "js/main.js"
WEB_MANIFEST = "site.webmanifest"
USUAL_PLACES = ("", "dist", "public", "build", "site", "docs", "www", "_site", "out", "src", "app", "package", "package/dist")
"""Folders in which a page is looked for, the likeliest first."""

_KEPT = frozenset((*SUFFIXES, ".avif", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".webmanifest", ".mp4", ".webm"))
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]+))\s*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^"'()\s;]+))\s*\)?\s*([^;]*);""", re.IGNORECASE)
_MODULE = re.compile(r"^\s*(import\b(?!\s*\()|export\b)", re.MULTILINE)
_MAX_IMPORTS = 8


@dataclass(slots=True)
class Gathered:
    """A site brought together: `files` by site path, and `notes` of what was changed or had to be left behind."""

    files: dict[str, bytes]
    notes: list[str] = field(default_factory=list[str])

    @property
    def page(self) -> str:
        """The page's source."""
        return self.files[PAGE].decode()

    @property
    def styles(self) -> str:
        """The style sheet."""
        return self.files[STYLES].decode()

    @property
    def script(self) -> str:
        """The script."""
        return self.files[SCRIPT].decode()


def find_root(folder: Path) -> Path:
    """The folder of the site's page. Raises ContentError where there is none, or several that could be it."""
    if not folder.is_dir():
        raise ContentError(f"{folder} is no folder", hint="name the folder of a site, with an index.html in it")
    for place in USUAL_PLACES:
        if (folder / place / PAGE).is_file():
            return folder / place
    found = sorted(
        (path.parent for path in folder.rglob(PAGE) if "node_modules" not in path.parts),
        key=lambda one: (len(one.parts), str(one)),
    )
    if not found:
        raise ContentError(f"there is no {PAGE} in {folder}", hint=f"build the site first, then name the folder with its {PAGE}")
    if len(found) > 1 and len(found[0].parts) == len(found[1].parts):
        named = ", ".join(str(one.relative_to(folder)) for one in found[:4])
        raise ContentError(f"{folder} has a {PAGE} in several folders: {named}", hint="name the one that is meant")
    return found[0]


def gather(root: Path) -> Gathered:
    """The site below `root` with its style sheets and scripts brought together.

    Raises ContentError for what cannot be: files outside the folder, modules that import, text that is not UTF-8, too much.
    """
    files, findings = read_tree(root)
    page = _text(files, PAGE)
    site = Gathered({})
    markup = Markup.read(page)
    site.files[STYLES] = _styles(markup, files, site).encode()
    site.files[SCRIPT] = _scripts(markup, files, site).encode()
    _head(markup, files, site)
    _references(markup, files, site)
    site.files[PAGE] = _at_end(markup).encode()
    for path, content in files.items():
        if PurePosixPath(path).suffix.lower() in _KEPT and "node_modules" not in path:
            site.files.setdefault(path, content)
    broken = [one for one in findings if one.file in site.page or one.file in site.styles or one.line]
    if broken:
        raise content_error(root, tuple(broken))
    for one in findings:
        site.notes.append(f"{one.file} was left behind: it {one.message}")
    return site


def _text(files: Mapping[str, bytes], path: str) -> str:
    try:
        return files[path].decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ContentError(f"{path} is not UTF-8 text", hint="save it as UTF-8") from error


# -- style sheets -----------------------------------------------------------------------------------------------------------


def _styles(markup: Markup, files: Mapping[str, bytes], site: Gathered) -> str:
    """Every local sheet and `style` element in the page's order; links that are brought together are taken out."""
    parts: list[str] = []
    hoisted: list[str] = []
    names: list[str] = []
    first: Tag | None = None
    for tag in markup.soup.select("link[rel~=stylesheet], style"):
        if tag.name == "style":
            sheet, name = _sheet(tag.get_text(), "", files, hoisted, 0), "a style element"
        else:
            path = local_path(attribute(tag, "href"))
            if path is None:
                host = attribute(tag, "href").split("//")[-1].split("/")[0]
                if "fonts.g" not in host:
                    site.notes.append(f"a style sheet of {host} stays linked, and no browser that judges will load it")
                continue
            _inside(path, files)
            sheet, name = _sheet(_text(files, path), _folder(path), files, hoisted, 0), path
        media = attribute(tag, "media")
        parts.append(f"@media {media} {{\n{sheet.strip()}\n}}" if media and media != "all" else sheet.strip())
        names.append(name)
        if first is None:
            first = tag
            markup.replace(tag, f'<link rel="stylesheet" href="{STYLES}">', whole=tag.name == "style")
        else:
            markup.remove(tag, whole=tag.name == "style")
    if first is None:
        at = re.search(r"</head\s*>", markup.text, re.IGNORECASE)
        markup.insert(at.start() if at else 0, f'<link rel="stylesheet" href="{STYLES}">\n')
        site.notes.append(f"there was no style sheet: {STYLES} begins empty")
    elif names != [STYLES]:
        site.notes.append(f"{STYLES} was brought together from {', '.join(names)}")
    return "\n\n".join((*dict.fromkeys(hoisted), *parts)).strip() + "\n"


def _sheet(css: str, folder: str, files: Mapping[str, bytes], hoisted: list[str], depth: int) -> str:
    """A sheet as it stands in css/: references rewritten, local imports put in their place, others told to go first."""
    if depth > _MAX_IMPORTS:
        raise ContentError("style sheets import one another without an end", hint="take the circle out")

    def brought(found: re.Match[str]) -> str:
        path = local_path(found[1] or found[2] or found[3] or "", folder)
        if path is None:
            hoisted.append(found[0])
            return ""
        _inside(path, files)
        inner = _sheet(_text(files, path), _folder(path), files, hoisted, depth + 1).strip()
        return f"@media {found[4].strip()} {{\n{inner}\n}}" if found[4].strip() else inner

    css = re.sub(r"^\s*@charset[^;]*;", "", css)
    pieces = _IMPORT.split(css)
    if len(pieces) == 1:
        return _URL.sub(lambda found: _rebased(found, folder), css)
    whole: list[str] = []
    at = 0
    for found in _IMPORT.finditer(css):
        whole += [_URL.sub(lambda one: _rebased(one, folder), css[at : found.start()]), brought(found)]
        at = found.end()
    return "".join((*whole, _URL.sub(lambda one: _rebased(one, folder), css[at:])))


def _rebased(found: re.Match[str], folder: str) -> str:
    reference = found[1] or found[2] or found[3] or ""
    path = local_path(reference, folder)
    if path is None or reference.startswith(("data:", "#")):
        return found[0]
    tail = reference[len(reference.split("?")[0].split("#")[0]) :]
    return f'url("../{path}{tail}")'


# -- scripts ----------------------------------------------------------------------------------------------------------------


def _scripts(markup: Markup, files: Mapping[str, bytes], site: Gathered) -> str:
    """Every script of the site's own in the page's order; each keeps its own strictness and is ended."""
    parts: list[str] = []
    names: list[str] = []
    for tag in markup.soup.select("script"):
        kind = attribute(tag, "type").lower()
        if kind not in ("", "text/javascript", "application/javascript", "module"):
            continue
        source = attribute(tag, "src")
        path = local_path(source) if source else ""
        if path is None:
            host = source.split("//")[-1].split("/")[0]
            site.notes.append(f"a script of {host} stays linked, and no browser that judges will load it: put a copy into the site")
            continue
        if path:
            _inside(path, files)
        text = _text(files, path) if path else tag.get_text()
        if kind == "module":
            if _MODULE.search(text):
                said = f"{path or 'a script in the page'} imports other modules, and a template has one script"
                raise ContentError(said, hint=f"bundle the site's scripts into one file without imports, as {SCRIPT}")
            text = f'(() => {{\n"use strict";\n{text.strip()}\n}})();'
        parts.append(text.strip())
        names.append(path or "a script in the page")
        markup.remove(tag, whole=True)
    if names and names != [SCRIPT]:
        site.notes.append(f"{SCRIPT} was brought together from {', '.join(names)}; it runs at the end of the page")
    elif not names:
        site.notes.append(f"there was no script: {SCRIPT} begins empty")
    return "\n;\n".join(part for part in parts if part).strip() + "\n"


def _at_end(markup: Markup) -> str:
    """The page with its one script at the end of the body."""
    tag = f'<script src="{SCRIPT}"></script>\n'
    text = markup.written()
    ends = list(re.finditer(r"</body\s*>", text, re.IGNORECASE))
    return text[: ends[-1].start()] + tag + text[ends[-1].start() :] if ends else f"{text.rstrip()}\n{tag}"


# -- what the page refers to ------------------------------------------------------------------------------------------------

_ADDED_LATER = (
    ('meta[name="description"]', "a description"),
    ('meta[name="robots"]', "a robots entry"),
    ('meta[property^="og:"]', "Open Graph properties"),
    ('meta[name^="twitter:"]', "a Twitter card"),
    ('link[rel="canonical"]', "a canonical link"),
    ('script[type="application/ld+json"]', "structured data"),
)


def _head(markup: Markup, files: Mapping[str, bytes], site: Gathered) -> None:
    """Take out what actions are to add, so that they have something to do."""
    taken: list[str] = []
    for selector, what in _ADDED_LATER:
        for tag in markup.soup.select(selector):
            markup.remove(tag, whole=tag.name == "script")
            taken.append(what)
    for tag in markup.soup.select("html[lang]"):
        markup.drop(tag, "lang")
        taken.append("the page's language")
    if taken:
        site.notes.append(f"taken out, as actions add it: {', '.join(dict.fromkeys(taken))}")
    for tag in markup.soup.select('link[rel="manifest"]'):
        path = local_path(attribute(tag, "href"))
        if path is not None and path in files:
            site.files[WEB_MANIFEST] = _moved_manifest(files[path], _folder(path))
            if path != WEB_MANIFEST:
                markup.change(tag, "href", WEB_MANIFEST)
                site.notes.append(f"{path} is now {WEB_MANIFEST}")


def _moved_manifest(data: bytes, folder: str) -> bytes:
    try:
        value = json.loads(data)
        for icon in value.get("icons", ()):
            icon["src"] = local_path(str(icon["src"]), folder) or icon["src"]
    except (ValueError, AttributeError, KeyError, TypeError):
        return data
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"


def _references(markup: Markup, files: Mapping[str, bytes], site: Gathered) -> None:
    """Paths from the site's root become paths from the page; what leads nowhere is told."""
    lost: list[str] = []
    for tag in markup.soup.find_all(True):
        if tag.name == "link" and "stylesheet" in attribute(tag, "rel"):
            continue
        for name in ("src", "href", "poster"):
            reference = attribute(tag, name)
            path = local_path(reference) if reference else None
            if path is None or tag.name == "script":
                continue
            if path.startswith("../"):
                raise ContentError(f"the page refers to {reference}, outside its folder", hint="name the folder that holds both")
            if path in files and reference.startswith("/"):
                markup.change(tag, name, path)
            elif path not in files and path != WEB_MANIFEST and not (tag.name == "a" and not PurePosixPath(path).suffix):
                lost.append(reference)
    if lost:
        site.notes.append(f"leads to no file: {', '.join(dict.fromkeys(lost[:6]))}")


def _inside(path: str, files: Mapping[str, bytes]) -> None:
    if path.startswith("../"):
        raise ContentError(f"{path} lies outside the site's folder", hint="name the folder that holds both")
    if path not in files:
        raise ContentError(f"the page asks for {path}, which is not there", hint="build the site, or take the reference out")


def _folder(path: str) -> str:
    return path.rpartition("/")[0] + "/" if "/" in path else ""
