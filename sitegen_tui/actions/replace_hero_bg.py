"""Action 6, replace hero background: the new picture in every window, still readable under its overlay."""

from __future__ import annotations

from collections.abc import Iterator

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, Page, Step, changed, finding, lines, page_of
from sitegen_tui.actions.checks.hero_bg_seen import CHECKS
from sitegen_tui.actions.checks.measure import same_file, where
from sitegen_tui.actions.edits.backgrounds import appended, relative, set_background, set_img
from sitegen_tui.actions.edits.editing import remove_attribute, remove_element, set_attribute
from sitegen_tui.actions.faults.replace_hero_bg import FAULTS
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.requirements import HeroImage, Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.cascade import applied
from sitegen_tui.site.css import parse_declarations
from sitegen_tui.site.css_text import url_references
from sitegen_tui.site.html import attribute, inside
from sitegen_tui.site.references import resolve
from sitegen_tui.site.source import Splices


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    image, background = requirements.images.hero, manifest.hero.background
    if image is None:
        return "The hero keeps its background: change nothing."
    target = background.selector if background is not None else (manifest.hero.media or manifest.hero.selector)
    overlay = background.overlay if background is not None else None
    return lines(
        f"Replace the hero's picture ({target}) by {image.path}, in every media block that sets one.",
        f"- It covers its box (cover) around the position {image.position}.",
        f"- The overlay {overlay} stays and keeps its colour; its alpha is at least {image.overlay_alpha_min:g}."
        if overlay
        else "",
        f'- Where the picture is an img or has role="img", its alternative text is exactly "{image.alt}".',
        "- If the head preloads the hero's picture, it preloads the new one.",
        f"Paths in css/styles.css are relative to css/ ({relative(image.path)}); the file is there already. Link to no other host.",
    )


# -- the reference edit ---------------------------------------------------------------------------------------------------


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Exchange the picture, place it, strengthen the overlay, and preload what is shown."""
    image, hero = brief.requirements.images.hero, brief.manifest.hero
    if image is None:
        return {}
    page = page_of(files, brief)
    css, html = Splices(page.css.text), Splices(page.html.text)
    old = _pictures(page, brief.manifest)
    blocks = ""
    selector = _img_selector(page, brief.manifest)
    if selector is not None:
        set_img(page, html, css, selector, image.path, image.alt, image.position)
    elif hero.background is not None and page.html.one(hero.background.selector) is not None:
        least = image.overlay_alpha_min
        blocks = set_background(page, css, html, hero.background, image.path, image.position, least, brief)
    _preload(page, html, image, old)
    done = {CSS: appended(css, blocks), HTML: html.result()}
    return changed(files, {path: text for path, text in done.items() if path in files})


def _img_selector(page: Page, manifest: Manifest) -> str | None:
    """The selector of the img element that is the hero's picture, if it is one."""
    background, media = manifest.hero.background, manifest.hero.media
    for selector in (background.selector if background else None, media if background is None else None):
        element = page.html.one(selector) if selector else None
        if selector and element is not None and element.tag != "img":
            selector = f"{selector} img" if background is None and page.html.one(f"{selector} img") else None
        if selector and element is not None:
            return selector
    return None


def _pictures(page: Page, manifest: Manifest) -> set[str]:
    """Site paths of the pictures that the hero shows now."""
    selector = _img_selector(page, manifest)
    element = page.html.one(selector) if selector else None
    if element is not None:
        path = resolve(attribute(element, "src") or "", HTML)
        return {path} if path else set()
    background = manifest.hero.background
    found: set[str] = set()
    for one in applied(page, background.selector, "background", "background-image") if background else ():
        for raw, _ in url_references(one.declaration.value):
            if (path := resolve(raw, one.sheet.file)) is not None:
                found.add(path)
    return found


def _preload(page: Page, html: Splices, image: HeroImage, old: set[str]) -> None:
    links = [e for e in page.html.elements if e.tag == "link" and _preloads_image(e)]
    there = any(same_file(attribute(link, "href"), image.path) for link in links)
    for link in links:
        path = resolve(attribute(link, "href") or "", HTML)
        if path == image.path or path not in old:
            continue
        if there:
            remove_element(page.html, html, link)
        else:
            set_attribute(page.html, html, link, "href", image.path)
            for name in ("imagesrcset", "imagesizes", "type"):
                remove_attribute(page.html, html, link, name)
            there = True


def _preloads_image(link: Element) -> bool:
    rel = (attribute(link, "rel") or "").lower().split()
    return bool({"preload", "prefetch"} & set(rel)) and (attribute(link, "as") or "").lower() == "image"


# -- checks ---------------------------------------------------------------------------------------------------------------


def check_alt(step: Step) -> Iterator[Finding]:
    """Where the hero's picture is an element, its alternative text is the required one; a background has none to be wrong."""
    image = step.requirements.images.hero
    if image is None:
        return
    for element in _picture_elements(step, image):
        name = "aria-label" if element.tag != "img" else "alt"
        actual = attribute(element, name)
        if actual is None or actual.strip() != image.alt:
            yield finding(
                "images.hero-alt-wrong",
                "The hero picture's alternative text is not the required one",
                subject="hero",
                section="hero",
                evidence=where(
                    step.after, element, expected=image.alt, measured=actual if actual is not None else "none", name=name
                ),
            )
            return
    if _img_of(step.start, step.manifest) is not None and not _picture_elements(step, image):
        shown = any(_shows(step.after, selector, image.path) for selector in _background_selectors(step.manifest))
        if not shown:
            yield finding(
                "images.hero-alt-wrong",
                "The hero has no picture whose alternative text could be right",
                subject="hero",
                section="hero",
                evidence=where(step.after, None, expected=image.alt, measured="no picture"),
                inherited=_img_of(step.before, step.manifest) is None,
            )


def _picture_elements(step: Step, image: HeroImage) -> list[Element]:
    """The img that is the hero's picture, imgs of the hero that show the required one, and backgrounds with an image's role."""
    html = step.after.html
    own = _img_of(step.after, step.manifest)
    found = [own] if own is not None else []
    hero = html.one(step.manifest.hero.selector)
    for element in html.select("img") if hero is not None else ():
        if hero is not None and inside(element, hero) and same_file(attribute(element, "src"), image.path):
            found.append(element)
    for selector in _background_selectors(step.manifest):
        found += [element for element in html.select(selector) if (attribute(element, "role") or "").lower() == "img"]
    return found


def _img_of(page: Page, manifest: Manifest) -> Element | None:
    hero = manifest.hero
    selectors = [hero.background.selector] if hero.background else ([hero.media, f"{hero.media} img"] if hero.media else [])
    for selector in selectors:
        element = page.html.one(selector)
        if element is not None and element.tag == "img":
            return element
    return None


def _background_selectors(manifest: Manifest) -> tuple[str, ...]:
    hero = manifest.hero
    return tuple(dict.fromkeys(one for one in (hero.selector, hero.background.selector if hero.background else "") if one))


def _shows(page: Page, selector: str, path: str) -> bool:
    for one in applied(page, selector, "background", "background-image"):
        if any(resolve(raw, one.sheet.file) == path for raw, _ in url_references(one.declaration.value)):
            return True
    return False


def check_preload(step: Step) -> Iterator[Finding]:
    """The head does not preload the picture that the hero had in the template."""
    image = step.requirements.images.hero
    old = _shown_at_start(step)
    for link in step.after.html.select("link") if image is not None else ():
        path = resolve(attribute(link, "href") or "", HTML)
        if image is not None and _preloads_image(link) and path in old and path != image.path:
            yield finding(
                "images.hero-preload-stale",
                "The head still preloads the hero's old picture",
                subject="hero",
                evidence=where(step.after, link, expected=image.path, measured=path or "", name="href"),
            )
            return


def _shown_at_start(step: Step) -> set[str | None]:
    """Paths of the pictures that the template's hero shows."""
    found: set[str | None] = set()
    element = _img_of(step.start, step.manifest)
    if element is not None:
        found.add(resolve(attribute(element, "src") or "", HTML))
    for selector in _background_selectors(step.manifest):
        for one in applied(step.start, selector, "background", "background-image"):
            found |= {resolve(raw, one.sheet.file) for raw, _ in url_references(one.declaration.value)}
        for holder in step.start.html.select(selector):
            for declaration in parse_declarations(attribute(holder, "style") or ""):
                found |= {resolve(raw, HTML) for raw, _ in url_references(declaration.value)}
    return found - {None}


ACTION = Action(
    id="replace-hero-bg",
    intent="New hero picture, text still readable",
    write_set=(CSS, HTML),
    reads=(HTML,),
    directive=directive,
    edit=edit,
    checks=(check_alt, check_preload),
    rendered=CHECKS,
    faults=FAULTS,
)
