"""Markdown briefs read into requirements: whole ones give them all, partial ones say what is missing, nothing is made up."""

from __future__ import annotations

from typing import Any

import yaml

from sitegen_tui.content.importing import import_brief
from sitegen_tui.content.markdown_brief import entries
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.requirements import Requirements

WHOLE = """\
# Thornveld Ridge Lodge

- **Name**: Thornveld Ridge Lodge
- **Legal name**: Thornveld Ridge (Pty) Ltd
- **Tagline**: Quiet nights above the riverbed
- **Industry**: lodging

## Color Palette

| Role | Hex | Usage |
|---|---|---|
| Primary | `#7A4A21` | headings |
| Secondary | #2F4A3C | footer |
| ACCENT | #D8973C | buttons |
| Background | #FBF7F0 | page |
| Surface | #EFE4D2 | cards |
| Text | #1E1710 | copy |
| Text (muted) | #8A7A66 | notes |
| Inverse | #FFF | on photos |

## Typography
- **Headings**: Fraunces (600), serif
- **Body text**: Karla, 400 and 700, sans-serif

## Logos
- **Header logo**: assets/logos/thornveld-dark.svg, alt Thornveld Ridge Lodge, 192x48, max height 48
- **Footer logo**: assets/logos/thornveld-light.svg, alt Thornveld Ridge Lodge, 160x40, max height 40

## Favicon
- **SVG**: assets/icons/thornveld.svg
- **PNG 32**: assets/icons/thornveld-32.png
- **Apple touch icon**: assets/icons/thornveld-180.png
- **Manifest**: site.webmanifest

## Images
- **Hero**: assets/images/thornveld-dusk.jpg, position 50% 40%, overlay 0.45
- **Experiences**: assets/images/thornveld-trail.jpg, overlay 0.55
- **Voices**: none

## Hero Section
- **Eyebrow**: Private reserve
- **Headline**: Sleep where the river keeps its own time
- **Subheadline**: Nine canvas suites, two guides and no fences between you and the night.
- **Primary CTA**: [Check open dates](#contact)
- **Secondary CTA**: See the suites → #suites

## About
- **Heading**: A small camp with a long memory

Thornveld Ridge Lodge opened in 1987 as a research camp and still keeps its rain records on the kitchen wall.

We take eighteen guests at most, run on solar power, and return a tenth of every stay to the river catchment.

- **9**: suites
- **1987**: founded

## Contact
- **Email**: stay@thornveld.example
- **Phone**: +27 15 555 0142
- **Address**: 4 Ridge Road, Hoedspruit, Limpopo 1380, ZA
- **Opening hours**: Reception 07:00 to 20:00, every day
- **Instagram**: https://instagram.example/thornveld
- **Copyright**: © 2026 Thornveld Ridge Lodge

## Hero Layout
- **Pattern**: Bottom left
- **Minimum height**: 92vh
- **Content width**: 640px
- **Scroll cue**: yes

## Sections Layout
| Section | Pattern | Desktop | Tablet | Mobile | Gap |
|---|---|---|---|---|---|
| suites | grid | 3 | 2 | 1 | 24px |
| experiences | alternating | 2 | 2 | 1 | 32px |

- **gallery**: bento, 4/2/1 columns, gap 12px

## Meta Tags
- **Language**: en-ZA
- **Title**: Thornveld Ridge Lodge | Riverside safari camp
- **Description**: Stay in one of nine canvas suites at Thornveld Ridge Lodge, a solar-powered safari camp near Hoedspruit.
- **Canonical URL**: https://thornveld.example/
- **Site name**: Thornveld Ridge Lodge
- **OG image**: https://thornveld.example/assets/images/og.jpg
- **OG URL**: https://thornveld.example/

## Structured Data
- **Type**: LodgingBusiness
- **URL**: https://thornveld.example/
- **Logo**: assets/logos/thornveld-dark.svg
"""


def _leaves(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        return {key: one for name, inner in value.items() for key, one in _leaves(inner, f"{path}.{name}").items()}
    if isinstance(value, list):
        return {key: one for at, inner in enumerate(value) for key, one in _leaves(inner, f"{path}[{at}]").items()}
    return {path: value}


def test_a_whole_brief_gives_whole_requirements() -> None:
    found = import_brief(WHOLE, "thornveld-03", "safari-lodge")
    assert found.missing == ()
    assert found.unread == ()
    wanted = Requirements.model_validate(yaml.safe_load(found.yaml()))
    shipped = library().pack("thornveld-01").requirements
    assert wanted.brand == shipped.brand
    assert wanted.content == shipped.content
    assert wanted.contact == shipped.contact
    assert wanted.business == shipped.business
    assert wanted.favicon == shipped.favicon
    assert wanted.logos == shipped.logos
    assert wanted.layout.hero == shipped.layout.hero
    assert wanted.layout.sections == shipped.layout.sections[:3]
    assert wanted.images.sections[1].path == "none"
    assert wanted.organisation.type == "LodgingBusiness"


def test_nothing_is_made_up() -> None:
    found = import_brief(WHOLE, "thornveld-03", "safari-lodge")
    said = "".join(WHOLE.lower().split())
    for path, value in _leaves(found.value).items():
        if path in (".id", ".template") or isinstance(value, bool) or path.endswith(".e164"):
            continue
        text = "".join(str(value).lower().split())
        assert text in said or text.replace("-", "") in said or text == "#ffffff", (path, value)


def test_what_is_missing_is_listed_with_its_field_and_an_example() -> None:
    found = import_brief(
        "# Brief\n\n## Colours\n- **Primary**: #123456\n\n## Contact\n- **E-mail**: a@b.example\n", "small-01", None
    )
    missing = {one.path: one.example for one in found.missing}
    assert missing["template"] == "safari-lodge"
    assert missing["contact.phone.e164"].startswith("+")
    assert "content.hero.headline" in missing
    assert "logos.header.path" in missing
    assert "brand.colours.primary" not in missing
    assert "contact.email" not in missing
    assert found.value["brand"] == {"colours": {"primary": "#123456"}}
    assert found.value["contact"] == {"email": "a@b.example"}


def test_spelling_case_and_marks_do_not_matter() -> None:
    for heading, key in (("COLOURS", "**PRIMARY**"), ("Brand colors", "Primary colour"), ("Colour palette", "__primary__")):
        found = import_brief(f"### {heading}\n* {key}: `#ABCDEF`\n", "small-01", None)
        assert found.value["brand"]["colours"]["primary"] == "#ABCDEF", heading


def test_what_is_not_understood_is_told_with_its_line() -> None:
    found = import_brief("## Colours\n\n- **Primary**: a warm red\n- **Mood**: #112233\n", "small-01", None)
    assert [line for line, _ in found.unread] == [3, 4]
    assert "brand" not in found.value or "primary" not in found.value["brand"].get("colours", {})


def test_a_fenced_block_is_no_part_of_the_brief() -> None:
    assert list(entries("## Contact\n```\n- **Email**: x@y.example\n```\n")) == []


def test_hostile_text_is_read_to_its_end() -> None:
    long = ("|" * 5000, "# " * 4000, "- **" * 3000, "**a**: " + "b" * 50_000, "[a](" * 2000)
    for text in (*long, "\x00\x1b[2J: x", "## Hero Layout\n- Pattern"):
        assert import_brief(f"## Contact\n{text}\n", "small-01", None).missing
