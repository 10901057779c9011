"""The starter: a template and a brief that lint clean and whose pictures are what they say."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sitegen_tui.content.drawing import hills, wheel
from sitegen_tui.content.library import Library
from sitegen_tui.content.lint import difficulty_of, lint_requirements, lint_template
from sitegen_tui.content.starting import starter_brief, starter_files, write_brief, write_template
from sitegen_tui.errors import ContentError, UsageError

WAITING = ("todo", "fixme", "lorem", "your text", "__id__", "__name__", "__brief__")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_template(starter_files("corner-cycles"), tmp_path / "templates" / "corner-cycles")
    write_brief(starter_brief("corner-cycles", "corner-cycles-01"), tmp_path / "requirements" / "corner-cycles-01")
    return tmp_path


def test_template_and_brief_have_nothing_to_mend(root: Path) -> None:
    library = Library((root,))
    assert lint_template(root / "templates" / "corner-cycles", library) == ()
    assert lint_requirements(root / "requirements" / "corner-cycles-01", library) == ()
    manifest = library.template("corner-cycles").manifest
    assert (manifest.id, manifest.name) == ("corner-cycles", "Corner Cycles")
    assert difficulty_of(manifest, library).tier == manifest.tier
    assert library.packs_for("corner-cycles") == ("corner-cycles-01",)


def test_nothing_in_it_waits_to_be_filled_in(root: Path) -> None:
    for path in root.rglob("*"):
        if path.suffix in (".html", ".css", ".js", ".yaml", ".svg"):
            text = path.read_text("utf-8").lower()
            assert not [
                word for word in ("todo", "lorem", "__id__", "__name__", "__brief__", "your text", "fixme") if word in text
            ], path


def test_it_is_small(root: Path) -> None:
    for folder in (root / "templates" / "corner-cycles", root / "requirements" / "corner-cycles-01"):
        assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 100_000


def test_nothing_is_written_over(root: Path) -> None:
    before = (root / "templates" / "corner-cycles" / "index.html").read_bytes()
    with pytest.raises(ContentError, match="there already"):
        write_template({"index.html": b"other"}, root / "templates" / "corner-cycles")
    assert (root / "templates" / "corner-cycles" / "index.html").read_bytes() == before


@pytest.mark.parametrize("name", ["", "Corner", "corner_cycles", "../up", "a--b", "corner/cycles", "x" * 61])
def test_a_name_that_is_no_id_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        starter_files(name)


def test_pictures_are_png_of_the_size_asked_for_and_the_same_each_time() -> None:
    drawn = hills(320, 180, ("#102030", "#F0E0D0"), "#FFEE88", ("#88AA99", "#224433"), 3)
    assert drawn == hills(320, 180, ("#102030", "#F0E0D0"), "#FFEE88", ("#88AA99", "#224433"), 3)
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    assert picture.size == (320, 180)
    assert picture.getpixel((0, 0)) == (0x10, 0x20, 0x30)
    assert picture.getpixel((160, 179)) == (0x22, 0x44, 0x33)
    assert drawn != hills(320, 180, ("#102030", "#F0E0D0"), "#FFEE88", ("#88AA99", "#224433"), 4)
    icon = Image.open(BytesIO(wheel(32, "#0B5B52", "#DCE9C8"))).convert("RGB")
    assert icon.size == (32, 32)
    assert {icon.getpixel((0, 0)), icon.getpixel((16, 16))} == {(0x0B, 0x5B, 0x52), (0xDC, 0xE9, 0xC8)}
