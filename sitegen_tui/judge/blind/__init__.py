"""Sites without what could name the model that wrote them, and the way back to the lines as they were written. Pure.

`blinded` brings all sides of a step into one form: comments, generator and author tags, credits and names of models are gone,
attributes, quotes and white space are written in one way, and classes and data attributes that no template knows are renamed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen_tui.judge.blind import css, html, js, lines
from sitegen_tui.judge.blind.names import Known, Names
from sitegen_tui.site.page import CSS, HTML, JS

__all__ = ["Blinded", "Known", "blinded"]

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ORDER = (HTML, CSS, JS)


@dataclass(frozen=True)
class Blinded:
    """Files by path as a judge is shown them; `origins` tell for each of their lines the line it was made of."""

    files: Mapping[str, str]
    origins: Mapping[str, tuple[int, ...]]

    def back(self, file: str, line: int) -> int:
        """The line as it was written, from 1."""
        return lines.back(self.origins.get(file, ()), line)

    def forth(self, file: str, line: int) -> int:
        """The first line that shows a line as it was written, or what follows it where nothing of it is shown."""
        return lines.forth(self.origins.get(file, ()), line)


def blinded(known: Known, *sides: Mapping[str, str]) -> tuple[Blinded, ...]:
    """Each side (editable files by path) as a judge is shown it, with the same names for the same things on all of them."""
    names = Names(known)
    return tuple(_blinded(side, names) for side in sides)


def _blinded(side: Mapping[str, str], names: Names) -> Blinded:
    files: dict[str, str] = {}
    origins: dict[str, tuple[int, ...]] = {}
    # The page comes first: it is where names are given, which styles and scripts then use.
    for path in sorted(side, key=lambda path: (_ORDER.index(path) if path in _ORDER else len(_ORDER), path)):
        text = names.known.without_vendors(_CONTROL.sub("", side[path].replace("\r\n", "\n").replace("\r", "\n")))
        written = _rewritten(path, text, names)
        files[path], origins[path] = written.text, tuple(written.origins)
    return Blinded(files, origins)


def _rewritten(path: str, text: str, names: Names) -> lines.Lines:
    if path.endswith(".html"):
        return html.rewritten(text, names)
    if path.endswith(".css"):
        return css.rewritten(text, names)
    if path.endswith(".js"):
        return js.rewritten(text, names)
    out = lines.Lines()
    if text:
        out.add(text.removesuffix("\n"), 1)
    return out
