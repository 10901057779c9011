"""What both logo actions are judged by: the right file, its text, its size, and nothing left of the old one."""

from __future__ import annotations

from collections.abc import Iterator

from turbohtml import Element

from sitegen_tui.actions.base import HTML, Check, Page, Step, finding
from sitegen_tui.actions.checks.measure import VARIANT_SIMILARITY, attributes_where, same_file, similarity, where
from sitegen_tui.actions.wanted import Place, asset_of
from sitegen_tui.domain.findings import Finding
from sitegen_tui.site.html import attribute, inside, normal_text
from sitegen_tui.site.references import Reference, resolve


def region(page: Page, place: Place) -> Element | None:
    """The page's header or footer: by section hook, role or tag, outside the main content."""
    selectors = {
        "header": ('[data-section="header"]', '[role="banner"]', "body > header", "header"),
        "footer": ('[data-section="footer"]', '[role="contentinfo"]', "body > footer", "footer"),
    }
    return next((found for selector in selectors[place] if (found := page.html.one(selector)) is not None), None)


def logo_of(page: Page, step: Step, place: Place) -> Element | None:
    """The logo's img: of those the manifest's hook names, the one that is right if any; else one in the region."""
    wanted = asset_of(step.requirements, place)
    marked = [image for image in page.html.select(step.manifest.logos[place].selector) if image.tag == "img"]
    around = region(page, place)
    others = [image for image in page.html.select("img") if around is not None and inside(image, around)]
    for images in (marked, others):
        for image in images:
            if same_file(attribute(image, "src"), wanted.path):
                return image
    if marked:
        return marked[0]
    alike = [i for i in others if similarity(normal_text(attribute(i, "alt") or ""), wanted.alt) >= VARIANT_SIMILARITY]
    return alike[0] if alike else (others[0] if len(others) == 1 else None)


def untouched(step: Step, place: Place) -> bool:
    """Whether the logo's tag is as it was before and not the required logo: then nothing of the action was done."""
    old, new = logo_of(step.before, step, place), logo_of(step.after, step, place)
    if new is None:
        return True
    if old is None or same_file(attribute(new, "src"), asset_of(step.requirements, place).path):
        return False
    return dict(old.attrs) == dict(new.attrs)


def check_source(place: Place) -> Check:
    """The logo's src is the required file."""

    def check(step: Step) -> Iterator[Finding]:
        wanted = asset_of(step.requirements, place)
        image = logo_of(step.after, step, place)
        actual = attribute(image, "src") if image is not None else None
        if same_file(actual, wanted.path):
            return
        other = asset_of(step.requirements, "footer" if place == "header" else "header")
        if image is None:
            message = f"There is no logo image in the {place}"
        elif same_file(actual, other.path):
            message = f"The {place} shows the variant made for another ground"
        elif _is_old(step, place, actual):
            message = f"The {place} still shows the template's logo"
        else:
            message = f"The logo in the {place} is not the required file"
        yield finding(
            f"logo.{place}-src-wrong",
            message,
            subject=f"{place}-logo",
            section=place,
            evidence=where(step.after, image, expected=wanted.path, measured=actual or "no image", name="src"),
            inherited=image is None and logo_of(step.before, step, place) is None,
        )

    return check


def check_alt(place: Place) -> Check:
    """The logo's alternative text is the required one, letter for letter."""

    def check(step: Step) -> Iterator[Finding]:
        wanted = asset_of(step.requirements, place)
        image = logo_of(step.after, step, place)
        actual = attribute(image, "alt") if image is not None else None
        if actual is not None and normal_text(actual) == normal_text(wanted.alt):
            return
        variant = similarity(normal_text(actual or ""), normal_text(wanted.alt)) >= VARIANT_SIMILARITY
        said = "is a variant of the required name" if variant else "is not the required one"
        yield finding(
            f"logo.{place}-alt-wrong",
            f"The alternative text of the logo in the {place} {said}",
            subject=f"{place}-logo",
            section=place,
            evidence=where(step.after, image, expected=wanted.alt, measured="no alt" if actual is None else actual, name="alt"),
            inherited=image is None and logo_of(step.before, step, place) is None,
        )

    return check


def check_old_left(step: Step) -> Iterator[Finding]:
    """Nothing in the header names the template's logo; one in the logo's own src is a wrong source already."""
    wanted = asset_of(step.requirements, "header").path
    image = logo_of(step.after, step, "header")
    idle = untouched(step, "header")
    old = _old_files(step, "header") - {wanted}
    for reference in _references(step.after, "header"):
        path = reference.path
        own_src = image is not None and reference.element == image and reference.attribute == "src"
        if path in old and (idle or not own_src):
            yield finding(
                "logo.header-old-left",
                f"The template's logo is still named in the header's {reference.attribute}",
                subject="header-logo",
                section="header",
                evidence=where(step.after, reference.element, expected="no old logo", measured=path, name=reference.attribute),
            )
            return
    if image is None:
        yield finding("logo.header-old-left", "There is no header logo to have replaced", subject="header-logo", section="header")


def check_size(step: Step) -> Iterator[Finding]:
    """The logo has width and height attributes in the required proportion."""
    wanted = asset_of(step.requirements, "header")
    image = logo_of(step.after, step, "header")
    width, height = (_pixels(image, name) for name in ("width", "height"))
    fits = width and height and abs(width / height - wanted.width / wanted.height) <= 0.02 * wanted.width / wanted.height
    if fits and not untouched(step, "header"):
        return
    given = attributes_where(image, ("width", "height")) if image is not None else dict[str, str]()
    shown = " ".join(f'{name}="{value}"' for name, value in given.items())
    yield finding(
        "logo.header-dims-missing",
        "The header logo lacks the width and height attributes of the required logo",
        subject="header-logo",
        section="header",
        evidence=where(
            step.after, image, expected=f'width="{wanted.width}" height="{wanted.height}"', measured=shown or "neither attribute"
        ),
    )


def _pixels(image: Element | None, name: str) -> float:
    raw = (attribute(image, name) or "").strip().removesuffix("px") if image is not None else ""
    return float(raw) if raw.isascii() and raw.replace(".", "", 1).isdigit() else 0.0


def _references(page: Page, place: Place) -> Iterator[Reference]:
    around = region(page, place)
    if around is None:
        return
    for reference in page.references:
        element = reference.element
        if reference.kind == "image" and reference.file == HTML and element is not None and inside(element, around):
            yield reference


def _old_files(step: Step, place: Place) -> set[str]:
    """The files that the skeleton's logo of that place names, in src and srcset."""
    images = step.start.html.select(step.manifest.logos[place].selector)
    found = {r.path for r in step.start.references if r.element is not None and r.element in images}
    return {path for path in found if path is not None}


def _is_old(step: Step, place: Place, raw: str | None) -> bool:
    return raw is not None and resolve(raw, HTML) in _old_files(step, place)
