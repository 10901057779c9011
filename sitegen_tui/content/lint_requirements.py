"""Rules for a business's requirements: assets as stated, a palette that tells, exact copy, a layout that differs."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from sitegen_tui.content.brief import Brief, asset_fields, copy_fields
from sitegen_tui.content.images import SUFFIXES, ImageInfo, image_info
from sitegen_tui.content.loading import near
from sitegen_tui.content.page import attribute, single_spaced
from sitegen_tui.content.skeleton import local_path
from sitegen_tui.content.yaml_text import FieldPath
from sitegen_tui.domain.colour import Colour, contrast, delta_e2000
from sitegen_tui.domain.template import COLOUR_ROLES, ColourRole, Section

TITLE_LENGTH = (30, 60)
DESCRIPTION_LENGTH = (70, 160)
MIN_DELTA_E = 10.0
TRAP_RATIOS = (2.2, 4.4)
READABLE = 4.5
ICON_SIZES = {"png32": 32, "apple_touch": 180, "ico": 32}
OG_SIZE = (1200, 630)
SMALLEST_LOGO = 112

_GROUNDS: tuple[ColourRole, ...] = ("background", "surface", "primary", "secondary", "accent")
_TEXTS: tuple[ColourRole, ...] = ("text", "text_muted", "inverse")


def palette(brief: Brief) -> None:
    """All roles, none with an old RGB, each plainly different from the old one, every ground with a readable text."""
    old = {role: Colour.parse(value) for role, value in brief.skeleton.manifest.palette_old.items()}
    new = {role: colour for role in COLOUR_ROLES if (colour := brief.colour(role))}
    for role in COLOUR_ROLES:
        if role not in new:
            brief.say(("brand", "colours"), f"has no {role}", f'add {role}: "#rrggbb"')
    for role, colour in new.items():
        path: FieldPath = ("brand", "colours", role)
        shared = [name for name, other in old.items() if other and other.same_rgb(colour, 0)]
        before = old.get(role)
        if shared:
            said = f"{colour.hex} is the skeleton's {' and '.join(shared)} too"
            brief.say(path, said, "choose a colour the skeleton does not have")
        elif before and delta_e2000(colour, before) < MIN_DELTA_E:
            said = f"differs from the skeleton's {role} by only {delta_e2000(colour, before):.1f} (CIEDE2000)"
            brief.say(path, said, f"choose one at least {MIN_DELTA_E:g} away from {before.hex}")
    for ground in _GROUNDS:
        ratios = [contrast(new[text], new[ground]) for text in _TEXTS if text in new and ground in new]
        if ratios and max(ratios) < READABLE:
            said = f"no text colour reaches {READABLE} on it; the best has {max(ratios):.2f}"
            brief.say(("brand", "colours", ground), said, "darken or lighten it, or text or inverse")


def traps(brief: Brief) -> None:
    """With this palette each of the template's traps is unreadable, but not grossly so."""
    low, high = TRAP_RATIOS
    for trap in brief.skeleton.manifest.traps:
        fore, ground = brief.colour(trap.foreground), brief.colour(trap.ground)
        if fore is None or ground is None:
            continue
        ratio = contrast(fore, ground)
        if not low <= ratio <= high:
            said = f"trap {trap.id}: {trap.foreground} on {trap.ground} has {ratio:.2f}, outside {low} to {high}"
            mend = f"change {trap.foreground} or {trap.ground}, or the template's trap"
            brief.say(("brand", "colours", trap.foreground), said, mend)
        elif trap.kind == "control" and ratio >= 3:
            said = f"trap {trap.id}: {trap.foreground} on {trap.ground} has {ratio:.2f}, enough for a control"
            brief.say(("brand", "colours", trap.foreground), said, "bring it below 3")


def fonts(brief: Brief) -> None:
    """Both roles, with families other than the skeleton's and weights that exist."""
    old = {font.family.lower() for font in brief.skeleton.manifest.fonts.values()}
    for role in ("heading", "body"):
        font = brief.wanted.brand.fonts.get(role)
        if font is None:
            brief.say(("brand", "fonts"), f"has no {role}", f"add {role}: {{family, fallback, weights}}")
            continue
        path: FieldPath = ("brand", "fonts", role)
        if font.family.lower() in old:
            brief.say((*path, "family"), f"{font.family} is the skeleton's own", "choose another family")
        for weight in font.weights:
            if not 1 <= weight <= 1000:
                brief.say((*path, "weights"), f"{weight} is no font weight", "write 100 to 900")


def assets(brief: Brief) -> None:
    """Every asset named is there, readable, named for what it is and of the stated size."""
    wanted = brief.wanted
    for path, name in asset_fields(wanted):
        if name not in brief.assets:
            brief.say(path, f"there is no {name}", "add the file to the requirements' folder or mend the path")
            continue
        info = image_info(brief.assets[name])
        kind = SUFFIXES.get("." + name.rpartition(".")[2].lower())
        if info is None:
            brief.say(path, f"{name} is no readable picture", "make the file again")
        elif info.kind != kind:
            brief.say(path, f"{name} is {info.kind} by its content", f"name it .{info.kind}")
        else:
            _stated_size(brief, path, info)
    names = {name for _, name in asset_fields(wanted)} | {_own_path(brief, wanted.seo.og.image)}
    for name in brief.assets:
        if name not in names:
            brief.say((), f"{name} is used by no field", "remove it or name it", "warning")
        if name in brief.skeleton.files:
            brief.say((), f"{name} is a file of the skeleton too", "give it another name")


def _stated_size(brief: Brief, path: FieldPath, info: ImageInfo) -> None:
    size = f"{info.width:g} by {info.height:g}"
    if path[0] == "logos":
        logo = brief.wanted.logos.header if path[1] == "header" else brief.wanted.logos.footer
        scale = info.width / logo.width
        # A bitmap may be finer than it is shown, by a whole factor; a drawing has one natural size.
        exact = scale == 1 or (info.kind != "svg" and scale in (2, 3))
        if not exact or abs(info.height - scale * logo.height) > 1:
            said = f"is {size}, stated are {logo.width} by {logo.height}"
            brief.say(path, said, "make the picture of that size or state its own")
        elif info.kind == "svg" and logo.height < logo.max_height / 2:
            brief.say((*path[:2], "max_height"), "is more than twice the logo's height", "lower it", "warning")
    elif path[0] == "favicon":
        wanted = ICON_SIZES.get(str(path[1]))
        if not info.square:
            brief.say(path, f"is {size}", "make the icon square")
        elif wanted and info.width != wanted:
            brief.say(path, f"is {size}, and {wanted} by {wanted} is asked for", "make it of that size")
    elif path[0] == "organisation" and info.kind != "svg" and min(info.width, info.height) < SMALLEST_LOGO:
        said = f"is {size}, search engines ask for {SMALLEST_LOGO} by {SMALLEST_LOGO}"
        brief.say(path, said, "name a larger picture", "warning")


def icons(brief: Brief) -> None:
    """There is an icon besides the touch icon, and a web manifest only where the skeleton has one."""
    favicon = brief.wanted.favicon
    if not (favicon.svg or favicon.ico or favicon.png32):
        brief.say(("favicon",), "has no icon but apple_touch", "add svg, ico or png32")
    if (favicon.manifest is None) != (brief.skeleton.manifest.icons.manifest is None):
        said = "asks for a web manifest, and the template has none" if favicon.manifest else "leaves the manifest old"
        mend = "remove manifest" if favicon.manifest else "add manifest: site.webmanifest"
        brief.say(("favicon", "manifest"), said, mend, "warning")


def images(brief: Brief) -> None:
    """Pictures are asked for where the template has backgrounds, every background is spoken of, one is removed."""
    wanted, manifest = brief.wanted.images, brief.skeleton.manifest
    most = brief.wanted.contrast.max_overlay_alpha
    if wanted.hero and manifest.hero.background is None and manifest.hero.media is None:
        brief.say(("images", "hero"), "the template's hero has no picture", "remove hero")
    elif wanted.hero is None and manifest.hero.background:
        brief.say(("images",), "has no hero picture", "add hero: {path, position, overlay_alpha_min, alt}")
    if wanted.hero and wanted.hero.overlay_alpha_min > most:
        said = f"is more than contrast.max_overlay_alpha, {most:g}"
        brief.say(("images", "hero", "overlay_alpha_min"), said, "lower it")
    with_background = [section.id for section in manifest.sections if section.background]
    spoken_of: set[str] = set()
    for index, image in enumerate(wanted.sections):
        path: FieldPath = ("images", "sections", index)
        if manifest.section(image.section) is None or image.section not in with_background:
            said = f"{image.section} is no section with a background"
            brief.say((*path, "section"), said, near(image.section, with_background))
        if image.section in spoken_of:
            brief.say((*path, "section"), f"{image.section} is there twice", "keep one of the two")
        if image.overlay_alpha_min > most:
            said = f"is more than contrast.max_overlay_alpha, {most:g}"
            brief.say((*path, "overlay_alpha_min"), said, "lower it")
        spoken_of.add(image.section)
    for name in with_background:
        if name not in spoken_of:
            mend = "add it with a path, or with path: none"
            brief.say(("images", "sections"), f"does not speak of {name}", mend, "warning")
    if len(with_background) > 1 and not any(image.path == "none" for image in wanted.sections):
        said = "removes no picture"
        mend = "give one section path: none"
        brief.say(("images", "sections"), said, mend, brief.skeleton.count_severity)


def layout(brief: Brief) -> None:
    """Directives differ from the template's own arrangement, name sections with items, and have recipes."""
    manifest, wanted = brief.skeleton.manifest, brief.wanted.layout
    pattern = wanted.hero.pattern
    path: FieldPath = ("layout", "hero", "pattern")
    if pattern == manifest.hero.baseline:
        brief.say(path, f"{pattern} is the template's own arrangement", "choose another pattern")
    elif (manifest.hero.baseline, pattern) == ("bottom-left", "left"):
        # Text that stands low at the left stands at the left: a page that nobody touched would have the pattern.
        brief.say(path, "left is what the template's bottom-left is already", "choose another pattern")
    recipe = manifest.hero_recipes.get(pattern)
    if recipe is None:
        brief.say(path, f"the template has no recipe for {pattern}", near(pattern, list(manifest.hero_recipes)))
    elif wanted.hero.scroll_cue and not recipe.scroll_cue:
        said = f"the template's recipe for {pattern} has no scroll cue"
        brief.say(("layout", "hero", "scroll_cue"), said, "write false, or add scroll_cue to the recipe")
    if (pattern == "card-overlap") != (wanted.hero.overlap_px > 0):
        brief.say(("layout", "hero", "overlap_px"), f"does not go with {pattern}", "give it to card-overlap only")
    if not wanted.sections:
        brief.say(("layout", "sections"), "is empty", "ask for at least one section's arrangement")
    named = [section.id for section in (*manifest.sections, manifest.footer) if section and section.items]
    for index, directive in enumerate(wanted.sections):
        path = ("layout", "sections", index)
        section = manifest.section(directive.section)
        if section is None or section.items is None:
            said = f"{directive.section} is no section with items"
            brief.say((*path, "section"), said, near(directive.section, named))
            continue
        if directive.section in [other.section for other in wanted.sections[:index]]:
            brief.say((*path, "section"), f"{directive.section} is there twice", "keep one of the two")
        _section_layout(brief, path, section, directive.pattern, directive.columns.desktop)


def _section_layout(brief: Brief, path: FieldPath, section: Section, pattern: str, columns: int) -> None:
    known = [str(name) for name in brief.skeleton.manifest.section_recipes.get(section.id, {})]
    if pattern == section.baseline:
        brief.say((*path, "pattern"), f"{pattern} is the section's own arrangement", "choose another pattern")
    if pattern not in known:
        said = f"the template has no recipe for {pattern} in {section.id}"
        mend = near(pattern, known) if known else f"add section_recipes.{section.id} to the template"
        brief.say((*path, "pattern"), said, mend)
    if section.items and columns > section.items.count and pattern != "bento":
        said = f"asks for {columns} columns of {section.items.count} items"
        brief.say((*path, "columns", "desktop"), said, f"ask for {section.items.count} at most")


def slots(brief: Brief) -> None:
    """What the copy gives has a place in the template, and what the template shows is given."""
    hero, has = brief.wanted.content.hero, brief.skeleton.manifest.slots
    about = brief.wanted.content.about
    pairs: tuple[tuple[str, object, FieldPath], ...] = (
        ("hero-eyebrow", hero.eyebrow, ("content", "hero", "eyebrow")),
        ("hero-secondary-cta", hero.secondary_cta, ("content", "hero", "secondary_cta")),
        ("about-stats", about.stats, ("content", "about", "stats")),
    )
    for slot, value, path in pairs:
        if value and slot not in has:
            brief.say(path, f"the template has no slot {slot}", f"remove {path[-1]}")
        elif not value and slot in has:
            brief.say(path[:-1], f"has no {path[-1]}, and the template shows one", f"add {path[-1]}")
    ids = {attribute(tag, "id") for tag in brief.skeleton.page.tags()} - {""}
    for name, call in (("primary_cta", hero.primary_cta), ("secondary_cta", hero.secondary_cta)):
        href = call.href.strip() if call else "#x"
        path = ("content", "hero", name, "href")
        if href in ("", "#") or href.lower().startswith("javascript:"):
            brief.say(path, f"{href!r} leads nowhere", "name a section: #contact, for example")
        elif call and href.startswith("#") and href[1:] not in ids:
            brief.say(path, f"{href} leads to no element of the template", near(href, sorted(f"#{one}" for one in ids)))


def names(brief: Brief) -> None:
    """The business's name is in all six places a site says it."""
    wanted = brief.wanted
    name = wanted.business.name
    for path, text in ((("seo", "title"), wanted.seo.title), (("contact", "copyright"), wanted.contact.copyright)):
        if name not in text:
            brief.say(path, f"does not contain {name!r}", "write the business's name in it exactly")
    exact: tuple[tuple[FieldPath, str], ...] = (
        (("seo", "og", "site_name"), wanted.seo.og.site_name),
        (("logos", "header", "alt"), wanted.logos.header.alt),
        (("logos", "footer", "alt"), wanted.logos.footer.alt),
    )
    for path, text in exact:
        if text != name:
            brief.say(path, f"is {text!r}, not the business's name", f"write {name}")


def seo(brief: Brief) -> None:
    """Lengths that are shown whole, absolute https addresses that agree, and no noindex."""
    wanted = brief.wanted.seo
    lengths = (("title", wanted.title, TITLE_LENGTH), ("description", wanted.description, DESCRIPTION_LENGTH))
    for name, text, (low, high) in lengths:
        if not low <= len(text) <= high:
            brief.say(("seo", name), f"has {len(text)} characters", f"write {low} to {high}")
    addresses: tuple[tuple[FieldPath, str], ...] = (
        (("seo", "canonical"), wanted.canonical),
        (("seo", "og", "url"), wanted.og.url),
        (("seo", "og", "image"), wanted.og.image),
        (("organisation", "url"), brief.wanted.organisation.url),
        *((("contact", "socials", at, "url"), one.url) for at, one in enumerate(brief.wanted.contact.socials)),
    )
    for path, text in addresses:
        if not _absolute_https(text):
            brief.say(path, f"{text!r} is no absolute https address", "write it whole: https://name.example/")
    if wanted.og.url != wanted.canonical:
        brief.say(("seo", "og", "url"), "is not the canonical address", f"write {wanted.canonical}", "warning")
    if "noindex" in wanted.robots.lower():
        brief.say(("seo", "robots"), "keeps search engines away", "write index, follow")
    image = _own_path(brief, wanted.og.image)
    if image is not None:
        info = image_info(brief.assets.get(image, b""))
        if info is None:
            brief.say(("seo", "og", "image"), f"there is no picture {image}", "add the file or mend the address")
        elif (info.width, info.height) != OG_SIZE:
            said = f"{image} is {info.width:g} by {info.height:g}"
            brief.say(("seo", "og", "image"), said, f"make it {OG_SIZE[0]} by {OG_SIZE[1]}")


def _absolute_https(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in parts.netloc and not re.search(r"\s", text)


def _own_path(brief: Brief, address: str) -> str | None:
    """The site path of an address below the canonical one."""
    canonical = brief.wanted.seo.canonical
    return local_path(address[len(canonical) :]) if canonical and address.startswith(canonical) else None


def contact(brief: Brief) -> None:
    """The telephone number shown is the one dialled."""
    phone = brief.wanted.contact.phone
    shown = re.sub(r"\D", "", phone.display).lstrip("0")
    if not shown or not phone.e164.endswith(shown[-9:]):
        brief.say(("contact", "phone", "display"), f"{phone.display} is not {phone.e164}", "make them agree")


def fresh_text(brief: Brief) -> None:
    """No text asked for stands in the skeleton already, else an untouched page would seem right."""
    present = brief.skeleton.page.texts()
    for path, text in copy_fields(brief.wanted):
        if single_spaced(text) in present:
            brief.say(path, f"{text[:60]!r} stands in the skeleton already", "word it otherwise")


RULES: tuple[Callable[[Brief], None], ...] = (
    palette,
    traps,
    fonts,
    assets,
    icons,
    images,
    layout,
    slots,
    names,
    seo,
    contact,
    fresh_text,
)
