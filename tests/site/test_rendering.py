"""Pages that look alike have one shown source; whatever a window or a script could tell apart has two."""

from __future__ import annotations

import pytest

from sitegen_tui.site.rendering import shown_source

PAGE = """<!doctype html>
<html lang="en"><head>
  <meta charset="utf-8"><title>Inn</title>
  <meta name="viewport" content="width=device-width">
  <link rel="icon" href="a.svg"><link rel="stylesheet" href="css/styles.css">
</head><body><p>Rooms</p><script src="js/main.js"></script></body></html>
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>Inn</title>", "<title>Inn by the sea</title>"),
        ("<title>", '<meta name="description" content="An inn">\n  <title>'),
        ("<title>", '<meta property="og:title" content="An inn"><meta name="twitter:card" content="summary"><title>'),
        ("a.svg", "b.svg"),
        ("</head>", '<script type="application/ld+json">{"a": 1}</script>\n</head>'),
        ("</head>", '  <link rel="canonical" href="https://inn.example/">\n</head>'),
        ("</head>", '<meta name="theme-color" content="#fff"></head>'),
    ],
)
def test_what_no_window_shows_makes_no_difference(old: str, new: str) -> None:
    assert old in PAGE
    assert shown_source(PAGE.replace(old, new)) == shown_source(PAGE)
    assert shown_source(PAGE) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rooms", "Room"),
        ("<p>", '<p class="a">'),
        ("<title>Inn</title>", "<title> </title>"),
        ("<title>Inn</title>", ""),
        ("css/styles.css", "css/other.css"),
        ("width=device-width", "width=400"),
        ("</head>", '<meta http-equiv="refresh" content="0; url=x.html"></head>'),
        ("</head>", "<style>p { color: red }</style></head>"),
        ("</head>", '<base href="/x/"></head>'),
        ("</head>", '<link rel="preload stylesheet" href="b.css"></head>'),
        ("</body>", '<meta name="description" content="x"></body>'),
        ('lang="en"', 'lang="fr"'),
    ],
)
def test_what_a_window_shows_makes_one(old: str, new: str) -> None:
    assert old in PAGE
    assert shown_source(PAGE.replace(old, new)) != shown_source(PAGE)


@pytest.mark.parametrize("script", ["<script>document.title</script>", "<script type=module>1</script>"])
def test_a_page_with_a_script_in_it_is_not_reduced(script: str) -> None:
    assert shown_source(PAGE.replace("</body>", f"{script}</body>")) is None


@pytest.mark.parametrize("text", ["", "<", "<head>", "<head><title>", "<head><meta name=description", "\0<title>x</title>"])
def test_any_text_is_read(text: str) -> None:
    shown_source(text)
