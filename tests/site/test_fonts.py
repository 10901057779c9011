"""What asks for font families."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen_tui.site.fonts import font_loaders, requested_faces
from sitegen_tui.site.page import CSS, HTML, Page


@pytest.mark.parametrize(
    ("url", "faces"),
    [
        ("https://f.example/css2?family=A+B:wght@400;700&family=C", [("A B", ((400, 400), (700, 700))), ("C", ((400, 400),))]),
        ("https://f.example/css2?family=A:ital,wght@0,300..600;1,700", [("A", ((300, 600), (700, 700)))]),
        ("https://f.example/css2?family=A:opsz@9..40", [("A", ((400, 400),))]),
        ("//f.example/css?family=A:400,700i,bold|C:regular", [("A", ((400, 400), (700, 700), (700, 700))), ("C", ((400, 400),))]),
        ("https://f.example/x.css", []),
        ("http://[broken?family=A", []),
    ],
)
def test_both_spellings_of_an_address_are_read(url: str, faces: list[tuple[str, tuple[tuple[int, int], ...]]]) -> None:
    assert [(face.family, face.weights) for face in requested_faces(url)] == faces


def test_links_imports_faces_and_preloads_are_found_where_they_stand() -> None:
    html = (
        '<link rel="stylesheet" href="https://f.example/css2?family=A&amp;display=swap"><link rel=preload as=font href="b.woff2">'
        "<link rel=stylesheet href=css/styles.css><style>@import 'https://f.example/css?family=C';</style>"
        '<link rel="preload" as="style" href="https://f.example/css2?family=D" onload="this.rel=\'stylesheet\'">'
    )
    css = '/* @import "https://f.example/css2?family=No"; */\n'
    css += '@font-face { font-family: "E F"; src: url(e.woff2); font-weight: 100 900 }'
    page = Page({HTML: html, CSS: css})
    found = [(one.kind, one.faces[0].family, one.swap) for one in font_loaders(page)]
    assert found == [
        ("link", "A", True),
        ("preload", "b.woff2", False),
        ("link", "D", False),
        ("font-face", "E F", False),
        ("import", "C", False),
    ]
    for one in font_loaders(page):
        assert page.files[one.file][one.span.start : one.span.end].startswith(("<link", "@font-face", "https://"))


def test_weights_are_ranges() -> None:
    (face,) = requested_faces("https://f.example/css2?family=A:wght@300..600")
    assert [face.has(weight) for weight in (200, 300, 450, 600, 700)] == [False, True, True, True, False]


@given(st.text(max_size=60))
def test_no_address_raises(text: str) -> None:
    requested_faces(text)
    list(font_loaders(Page({HTML: f'<link rel=stylesheet href="{text}">', CSS: f"@import '{text}'; @font-face {{ {text} }}"})))
