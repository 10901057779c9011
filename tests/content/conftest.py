"""A small template and requirements that lint clean, written to a folder of their own for each test to spoil."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen_tui.content.findings import LintFinding
from sitegen_tui.content.library import Library
from sitegen_tui.content.lint import lint_requirements, lint_template

MANIFEST = """\
id: kiosk
name: Kiosk
trade: retail
summary: A small page for tests.
tier: 2
tokens:
  primary: --c-primary
  secondary: --c-secondary
  accent: --c-accent
  background: --c-background
  surface: --c-surface
  text: --c-text
  text_muted: --c-text-muted
  inverse: --c-inverse
palette_old:
  primary: "#5B2333"
  secondary: "#26324A"
  accent: "#A23E1C"
  background: "#F1D6C4"
  surface: "#E2C0AA"
  text: "#2E1538"
  text_muted: "#5C4152"
  inverse: "#FCE4D2"
fonts:
  heading: {token: --font-heading, family: Lora, applies_to: "h1, h2"}
  body: {token: --font-body, family: Mulish, applies_to: body}
derived:
  gradients:
    - {id: band, selector: ".hero::after", roles: [primary, accent]}
    - {id: foot, selector: footer, roles: [secondary, primary]}
  overlays:
    - {id: hero-overlay, selector: ".hero::before", role: text, alpha: 0.6}
    - {id: about-overlay, selector: "#about::before", role: text, alpha: 0.5}
  tints:
    - {id: top, selector: .top, role: background, scroll_y: 0}
    - {id: scrolled, selector: .top, role: surface, scroll_y: 200}
icons:
  old: [assets/old-32.png, assets/old-180.png]
  manifest: site.webmanifest
logos:
  header: {selector: "header img", ground: background}
  footer: {selector: "footer img", ground: secondary}
hero:
  selector: .hero
  text: .hero .text
  background: {selector: .hero, overlay: ".hero::before"}
  baseline: centred
slots:
  hero-eyebrow: .eyebrow
  hero-headline: h1
  hero-subheadline: .sub
  hero-primary-cta: .cta1
  hero-secondary-cta: .cta2
  about-heading: "#about h2"
  about-body: "#about .body"
  contact-name: .c-name
  contact-email: .c-mail
  contact-phone: .c-tel
  contact-address: .c-address
  contact-hours: .c-hours
  contact-socials: .c-social
  copyright: .copy
  nav: nav
sections:
  - id: goods
    selector: "#goods"
    heading: Our goods
    items: {container: "#goods .items", item: article, count: 2}
    baseline: list
  - id: about
    selector: "#about"
    heading: About the kiosk
    items: {container: "#about .facts", item: li, count: 2}
    background: {selector: "#about", overlay: "#about::before"}
    baseline: list
  - id: contact
    selector: "#contact"
    heading: Find the kiosk
    background: {selector: "#contact"}
footer:
  id: footer
  selector: footer
  heading: ""
  items: {container: "footer .foot", item: ".col", count: 2}
  baseline: list
behaviours:
  - id: menu
    steps: [{do: click, target: .menu}]
    expect: [{target: nav, state: has-class, value: open}]
    hooks: [.menu]
  - id: scrolled
    steps: [{do: scroll, value: "200"}]
    expect: [{target: .top, state: has-class, value: scrolled}]
hero_recipes:
  left: {css: "{{scope}} { text-align: left; min-height: {{min_height}}; }", scroll_cue: "<a href='#goods'>More</a>"}
section_recipes:
  goods:
    grid: {css: "{{scope}} .items { display: grid; gap: {{gap}}; }"}
traps:
  - {id: label, selector: .cta1, foreground: inverse, ground: accent, css_selector: ".btn", property: color}
  - {id: muted, selector: .sub, foreground: text_muted, ground: background, css_selector: .sub, property: color}
  - {id: hover, selector: "nav a", foreground: text_muted, ground: surface, state: hover, css_selector: "a:hover"}
  - {id: field, selector: input, foreground: accent, ground: background, kind: control, css_selector: input,
     property: border-color}
"""

PAGE = """\
<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>Old Kiosk</title>
<meta name="theme-color" content="#5B2333">
<link rel="icon" href="assets/old-32.png">
<link rel="apple-touch-icon" href="assets/old-180.png">
<link rel="manifest" href="site.webmanifest">
<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Lora:wght@600&amp;family=Mulish&amp;display=swap">
<link rel="stylesheet" href="css/styles.css">
</head>
<body>
<header class="top"><img src="assets/logo.svg" alt="Old Kiosk" width="100" height="20">
<button class="menu"><svg><path fill="#5B2333" d="M0 0h9v9z"/></svg></button>
<nav><ul><li><a href="#goods">Goods</a></li></ul></nav></header>
<main>
<section class="hero"><div class="text"><p class="eyebrow">Since long ago</p><h1>Papers and tea</h1>
<p class="sub">Every morning at six.</p><a class="btn cta1" href="#goods">Look</a><a class="btn cta2" href="#about">Who</a>
</div></section>
<section id="goods"><h2>Our goods</h2><div class="items" data-items="goods">
<article>Tea</article><article>Papers</article></div></section>
<section id="about"><h2>About the kiosk</h2><div class="body"><p>We open early.</p></div>
<ul class="facts" data-items="about"><li>One</li><li>Two</li></ul></section>
<section id="contact"><h2>Find the kiosk</h2><p class="c-name">Old Kiosk</p>
<a class="c-mail" href="mailto:a@b.example">a@b.example</a>
<a class="c-tel" href="tel:+441632960017">01632 960017</a><p class="c-address">1 Old Road</p><p class="c-hours">Six to six</p>
<p class="c-social"><a href="https://s.example/k">S</a></p><form><input type="email"></form></section>
</main>
<footer><div class="foot" data-items="footer"><div class="col"><img src="assets/logo.svg" alt="Old Kiosk" width="100" height="20">
</div><div class="col copy">© 2025 Old Kiosk</div></div></footer>
<script src="js/main.js"></script>
</body>
</html>
"""

STYLES = """\
:root {
  --c-primary: #5B2333; --c-secondary: #26324A; --c-accent: #A23E1C; --c-background: #F1D6C4;
  --c-surface: #E2C0AA; --c-text: #2E1538; --c-text-muted: #5C4152; --c-inverse: #FCE4D2;
  --font-heading: "Lora", serif; --font-body: "Mulish", sans-serif;
}
.top { background-color: var(--c-background); }
.top.scrolled { background-color: rgba(226, 192, 170, .9); }
.hero { background: url(../assets/old.png) center / cover; }
.hero::before { content: ""; background-color: rgba(46, 21, 56, .6); }
.hero::after { content: ""; background-image: linear-gradient(90deg, var(--c-primary), #A23E1C); }
.btn { color: var(--c-inverse); background: var(--c-accent); }
.sub { color: var(--c-text-muted); }
a:hover { color: var(--c-text-muted); }
input { border: 1px solid var(--c-accent); }
#about { background-image: url("../assets/old.png"); }
#about::before { content: ""; background: rgb(46 21 56 / 50%); }
#contact { background-image: url('../assets/old.png'); }
footer { background-image: linear-gradient(var(--c-secondary), var(--c-primary)); }
@media (max-width: 1023px) { .hero { min-height: 50vh; } }
@media (max-width: 767px) { .hero { min-height: 40vh; } }
"""

REQUIREMENTS = """\
id: stall-01
template: kiosk
business: {name: Green Stall, legal_name: Green Stall Ltd, tagline: Leaves by the bag, industry: retail}
brand:
  colours: {primary: "#7A4A21", secondary: "#2F4A3C", accent: "#D8973C", background: "#FBF7F0", surface: "#EFE4D2",
    text: "#1E1710", text_muted: "#8A7A66", inverse: "#FFFFFF"}
  fonts:
    heading: {family: Fraunces, fallback: serif, weights: [600]}
    body: {family: Karla, fallback: sans-serif, weights: [400]}
logos:
  header: {path: assets/new/dark.svg, alt: Green Stall, max_height: 40, width: 100, height: 20}
  footer: {path: assets/new/light.svg, alt: Green Stall, max_height: 40, width: 100, height: 20}
favicon: {png32: assets/new/32.png, apple_touch: assets/new/180.png, manifest: site.webmanifest}
images:
  hero: {path: assets/new/hero.png, overlay_alpha_min: 0.4}
  sections:
    - {section: about, path: none}
    - {section: contact, path: assets/new/contact.png, overlay_alpha_min: 0.5}
content:
  hero: {eyebrow: By the canal, headline: Leaves and roots, subheadline: Picked before you wake.,
    primary_cta: {label: See the stall, href: "#goods"}, secondary_cta: {label: Meet us, href: "#about"}}
  about: {heading: Two gardeners, paragraphs: [We grow what we sell.]}
contact:
  email: hello@stall.example
  phone: {display: 01632 960111, e164: "+441632960111"}
  address: {street: 2 New Road, locality: Canal End, country: GB}
  hours: Eight to noon
  copyright: © 2026 Green Stall
layout:
  hero: {pattern: left, min_height_vh: 80, content_max_px: 600, scroll_cue: true}
  sections:
    - {section: goods, pattern: grid, columns: {desktop: 2, tablet: 2, mobile: 1}, gap_min_px: 20}
seo:
  lang: en-GB
  title: Green Stall | Vegetables by the canal
  description: Green Stall sells vegetables grown by two gardeners at the canal, every morning from eight until noon.
  canonical: https://stall.example/
  og: {site_name: Green Stall, image: "https://stall.example/assets/new/og.png", url: "https://stall.example/"}
organisation: {type: Store, url: "https://stall.example/", logo: assets/new/dark.svg}
"""

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20"/>'


def png(width: int, height: int) -> bytes:
    """A whole grey PNG of that size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@dataclass
class Shelf:
    """A root with the template `kiosk` and the requirements `stall-01`."""

    root: Path

    @property
    def template(self) -> Path:
        return self.root / "templates" / "kiosk"

    @property
    def pack(self) -> Path:
        return self.root / "requirements" / "stall-01"

    @property
    def library(self) -> Library:
        return Library((self.root,))

    def spoil(self, file: Path, old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text, f"the fault cannot be planted: {old!r} is not in {file.name}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    def lint_template(self) -> tuple[LintFinding, ...]:
        return lint_template(self.template)

    def lint_requirements(self) -> tuple[LintFinding, ...]:
        return lint_requirements(self.pack, self.library)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    files: dict[Path, bytes] = {
        made.template / "template.yaml": MANIFEST.encode(),
        made.template / "index.html": PAGE.encode(),
        made.template / "css/styles.css": STYLES.encode(),
        made.template / "js/main.js": b"'use strict';\n",
        made.template / "site.webmanifest": b"{}",
        made.template / "assets/old-32.png": png(32, 32),
        made.template / "assets/old-180.png": png(180, 180),
        made.template / "assets/old.png": png(64, 32),
        made.template / "assets/logo.svg": SVG,
        made.pack / "requirements.yaml": REQUIREMENTS.encode(),
        made.pack / "assets/new/dark.svg": SVG,
        made.pack / "assets/new/light.svg": SVG,
        made.pack / "assets/new/32.png": png(32, 32),
        made.pack / "assets/new/180.png": png(180, 180),
        made.pack / "assets/new/hero.png": png(64, 32),
        made.pack / "assets/new/contact.png": png(64, 32),
        made.pack / "assets/new/og.png": png(1200, 630),
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return made
