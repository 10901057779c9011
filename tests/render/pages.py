"""Small pages whose truth is known, and a manifest that fits them."""

from __future__ import annotations

from typing import Any

from sitegen_tui.domain.template import Manifest

TOKENS = {
    "primary": "--primary",
    "secondary": "--secondary",
    "accent": "--accent",
    "background": "--background",
    "surface": "--surface",
    "text": "--text",
    "text_muted": "--muted",
    "inverse": "--inverse",
}
ROOT = """:root { --primary: #102030; --secondary: #203040; --accent: #a04000; --background: #ffffff; --surface: #eeeeee;
  --text: #111111; --muted: #767676; --inverse: #fafafa; }
body { margin: 0; font: 16px/1.5 Karla, sans-serif; color: #111; background: #fff; }
h1, h2 { font-family: "Fraunces", serif; margin: 0 }
"""


def manifest(**changes: Any) -> Manifest:
    """A manifest with a hero, two sections, a header, a footer and whatever `changes` sets."""
    values: dict[str, Any] = {
        "id": "test-page",
        "name": "Test page",
        "trade": "testing",
        "summary": "A page with known truth.",
        "tier": 1,
        "tokens": TOKENS,
        "palette_old": dict.fromkeys(TOKENS, "#123456"),
        "fonts": {
            "heading": {"token": "--font-heading", "family": "Fraunces", "applies_to": "h1, h2"},
            "body": {"token": "--font-body", "family": "Karla", "applies_to": "body, p"},
        },
        "icons": {"old": []},
        "logos": {
            "header": {"selector": "#top-logo", "ground": "background"},
            "footer": {"selector": "#foot-logo", "ground": "text"},
        },
        "hero": {"selector": ".hero", "text": ".hero-text", "baseline": "left"},
        "slots": {"nav": "#nav", "hero-headline": ".hero h1"},
        "sections": [
            {
                "id": "cards",
                "selector": "#cards",
                "heading": "Our cards",
                "items": {"container": "#cards .list", "item": ".card", "count": 3},
            },
            {"id": "about", "selector": "#about", "heading": "About us"},
        ],
    }
    return Manifest.model_validate({**values, **changes})


def site(body: str, css: str = "", js: str = "", head: str = "", **files: bytes) -> dict[str, bytes]:
    """A site of one page; further files by keyword, two underscores for a slash and one before the extension: `a__b_svg`."""
    page = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="css/styles.css">{head}</head>
<body>{body}<script src="js/main.js"></script></body></html>"""
    found = {"index.html": page.encode(), "css/styles.css": (ROOT + css).encode(), "js/main.js": js.encode()}
    for name, content in files.items():
        stem, _, extension = name.replace("__", "/").rpartition("_")
        found[f"{stem}.{extension}"] = content
    return found


def svg(width: int, height: int, colour: str) -> bytes:
    """A picture of one colour."""
    inner = f'<rect width="{width}" height="{height}" fill="{colour}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{inner}</svg>'.encode()
