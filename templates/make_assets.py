"""Draws every picture, icon and logo of the templates and of their requirements, the same bytes each time.

Run as `python templates/make_assets.py [--root FOLDER] [TEMPLATE ...]`; FOLDER is the checkout unless told otherwise, and
every template is drawn unless some are named. Nothing is taken from anywhere: each template's pictures are drawn by the file of its
name in `art/`, so there are no licences to keep.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent


def artists() -> tuple[str, ...]:
    """Templates whose pictures are drawn here."""
    return tuple(sorted(path.parent.name for path in HERE.glob("*/template.yaml")))


def draw(template: str, root: Path) -> None:
    """Write the pictures of a template and of its briefs below `root`."""
    for path, data in import_module(f"art.{template.replace('-', '_')}").pictures():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def main() -> None:
    """Draw what the command line asks for."""
    asked = argparse.ArgumentParser(description="Draw the pictures of templates and of their requirements.")
    asked.add_argument("--root", type=Path, default=HERE.parent)
    asked.add_argument("templates", nargs="*", metavar="TEMPLATE", help=", ".join(artists()))
    told = asked.parse_args()
    if unknown := sorted(set(told.templates) - set(artists())):
        asked.error(f"there is no template {', '.join(unknown)}")
    for template in told.templates or artists():
        draw(template, told.root)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
