"""Every picture is drawn by the repository's own script: drawing it again gives it again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PIL
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.looking import EVERY
from tests.templates.shelf import EVERY_PAIR, ROOT, TEMPLATES, asset_folder, folder

DRAWN_WITH = "13.0.0"
"""Another Pillow brings another encoder, which packs the same picture into other bytes."""

DRAWN = TEMPLATES if EVERY else ["blank-site"]
"""Drawing takes seconds a template, so the others are drawn again only where everything is asked for."""


@pytest.mark.parametrize("template", DRAWN)
def test_drawing_again_gives_the_committed_bytes(template: str, tmp_path: Path) -> None:
    drawing = [sys.executable, str(ROOT / "templates" / "make_assets.py"), "--root", str(tmp_path), template]
    subprocess.run(drawing, check=True)
    for place in (folder(template), *(asset_folder(pair) for pair in EVERY_PAIR if pair[0] == template)):
        committed = [path for path in (place / "assets").rglob("*") if path.is_file()]
        again = tmp_path / place.relative_to(ROOT) / "assets"
        assert len(committed) == sum(1 for path in again.rglob("*") if path.is_file())
        for path in committed:
            fresh = again / path.relative_to(place / "assets")
            if path.suffix == ".svg" or PIL.__version__ == DRAWN_WITH:
                assert fresh.read_bytes() == path.read_bytes(), path
            else:
                apart = ImageChops.difference(Image.open(fresh).convert("RGB"), Image.open(path).convert("RGB"))
                assert max(ImageStat.Stat(apart).mean) < 1, path


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_picture_has_an_artist(template: str) -> None:
    assert (ROOT / "templates" / "art" / f"{template.replace('-', '_')}.py").is_file()
