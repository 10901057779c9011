"""What both logo actions are judged by on the rendered page: that the logo is shown, its size and shape, its contrast."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen_tui.actions.base import RenderedCheck, Step, seen
from sitegen_tui.actions.checks.logos import logo_of, untouched
from sitegen_tui.actions.checks.measure import same_file
from sitegen_tui.actions.wanted import Place, asset_of
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Logo, Picture, Probe, View, ViewName
from sitegen_tui.site.cascade import applied_to
from sitegen_tui.site.html import attribute

SLACK = 0.5
"""CSS pixels by which rounding may make a logo higher than allowed."""
DISTORTED = 0.02
"""Share by which its proportions may be off."""
LEAST_CONTRAST = 3.0
TINY = 8.0
"""CSS pixels: what is lower is not seen as a logo."""
_EDGES = tuple(f"{name}{side}" for name in ("padding", "border") for side in ("", "-top", "-right", "-bottom", "-left"))
_NO_EDGE = ("0", "0px", "none", "0 none", "initial")


def check_shown(place: Place) -> RenderedCheck:
    """The required logo is decoded and can be seen wherever the skeleton's could. A wrong src explains that it is not decoded."""

    def check(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
        for name, view in after.views.items():
            picture = picture_of(step, view, place)
            told, subject = _unseen(step, place, picture, view), f"{place}-logo-box"
            if not told and picture is not None and not _visible(picture) and _showed(step, before, name, place):
                told = f"The logo in the {place} cannot be seen"
            if not told and picture is not None and _shows_another(step, place, picture):
                told, subject = (
                    f"The {place} shows {picture.source or picture.url} and not what the logo's src names",
                    f"{place}-logo",
                )
            if told:
                yield _finding(step, place, "not-rendered", told, subject, name, picture, "a visible logo", _state(picture))
                return
        if not after.views:
            told = "The page could not be looked at"
            yield _finding(step, place, "not-rendered", told, f"{place}-logo-box", None, None, "a visible logo", "nothing")

    return check


def check_size(place: Place) -> RenderedCheck:
    """The logo is no higher than allowed and keeps its proportions in every window. A wrong file's size is not judged."""

    def check(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
        limit = asset_of(step.requirements, place).max_height
        expected = f"{limit} px high at most, not distorted"
        for name, view in after.views.items():
            picture = picture_of(step, view, place)
            told, subject = _unseen(step, place, picture, view, size=True), f"{place}-logo-box"
            measured = "no logo"
            if picture is not None:
                measured = f"{picture.box.w:g}x{picture.box.h:g} px, the file {picture.natural[0]}x{picture.natural[1]}"
            if not told and picture is not None and _judged(step, place, picture):
                if picture.box.h > limit + SLACK:
                    told = f"The logo in the {place} is {picture.box.h:g} px high"
                elif Logo(picture=picture).distortion > DISTORTED and not _edged(step, picture):
                    told = f"The logo in the {place} is distorted by {Logo(picture=picture).distortion:.0%}"
                if told and _by_attributes(step, place, picture):
                    subject = f"{place}-logo"
            if told:
                yield _finding(step, place, "oversize", told, subject, name, picture, expected, measured)
                return
        if not after.views:
            told = "The page could not be looked at"
            yield _finding(step, place, "oversize", told, f"{place}-logo-box", None, None, expected, "nothing")

    return check


def check_contrast(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """The footer's logo stands out from what is behind it. The contrast of a wrong file is not judged."""
    expected = f"{LEAST_CONTRAST:g}:1 in the median at least"
    for name, view in after.views.items():
        logo = view.logos.get("footer", Logo())
        picture = picture_of(step, view, "footer")
        told, measured = _unseen(step, "footer", picture, view, size=True), "not measured"
        low = logo.contrast is not None and logo.contrast < LEAST_CONTRAST and logo.picture == picture
        if logo.contrast is not None:
            measured = f"{logo.contrast:.2f}:1 on {logo.ground}"
        if not told and picture is not None and _judged(step, "footer", picture) and low:
            told = f"The logo in the footer has a contrast of {logo.contrast:.2f}:1"
        if told:
            yield _finding(step, "footer", "low-contrast", told, "footer-logo-box", name, picture, expected, measured)
            return
    if not after.views:
        told = "The page could not be looked at"
        yield _finding(step, "footer", "low-contrast", told, "footer-logo-box", None, None, expected, "nothing")


HEADER_CHECKS = (check_shown("header"), check_size("header"))
FOOTER_CHECKS = (check_shown("footer"), check_size("footer"), check_contrast)


def picture_of(step: Step, view: View, place: Place) -> Picture | None:
    """The logo as a window shows it: of the manifest's and the others in its place, the one that is right and can be seen."""
    wanted = asset_of(step.requirements, place).path
    marked = view.logos.get(place, Logo()).picture
    around = [picture for picture in view.pictures if picture.section == place]
    right = [picture for picture in (*([marked] if marked else []), *around) if picture.source == wanted]
    if right:
        return next((picture for picture in right if picture.visible), right[0])
    if marked is not None:
        return marked
    element = logo_of(step.after, step, place)
    return next((picture for picture in around if element is not None and step.after.html.one(picture.path) == element), None)


def _unseen(step: Step, place: Place, picture: Picture | None, view: View, *, size: bool = False) -> str:
    """Why nothing of the logo can be right: it is gone, or nothing was done; for being shown, also that it is not decoded."""
    if picture is None:
        return f"There is no logo image in the {place}"
    if untouched(step, place):
        return f"The logo in the {place} was left as it was"
    if not size and not picture.decoded and _right_source(step, place):
        return f"The picture of the logo in the {place} cannot be decoded"
    return ""


def _right_source(step: Step, place: Place) -> bool:
    image = logo_of(step.after, step, place)
    return image is not None and same_file(attribute(image, "src"), asset_of(step.requirements, place).path)


def _judged(step: Step, place: Place, picture: Picture) -> bool:
    """Whether it is the required file that is shown: what else is wrong with another one comes of its being another."""
    return picture.decoded and picture.visible and picture.source == asset_of(step.requirements, place).path


def _visible(picture: Picture) -> bool:
    return picture.visible and (picture.box.h >= TINY or not picture.decoded)


def _shows_another(step: Step, place: Place, picture: Picture) -> bool:
    return _right_source(step, place) and picture.source != asset_of(step.requirements, place).path


def _showed(step: Step, before: Probe, name: ViewName, place: Place) -> bool:
    """Whether the logo has to be seen in a window: always on a desk, elsewhere if the skeleton's was."""
    view = (step.seen_start or before).views.get(name)
    picture = view.logos.get(place, Logo()).picture if view is not None else None
    return name == "desktop" or picture is None or picture.visible


def _edged(step: Step, picture: Picture) -> bool:
    """Whether the image has a padding or border, so that its box is not the picture's."""
    image = step.after.html.one(picture.path)
    found = applied_to(step.after, (image,), "", *_EDGES) if image is not None else []
    inline = (attribute(image, "style") or "") if image is not None else ""
    return any(one.declaration.value.lower() not in _NO_EDGE for one in found) or "padding" in inline or "border" in inline


def _by_attributes(step: Step, place: Place, picture: Picture) -> bool:
    """Whether the proportions shown are those of the width and height attributes: wrong ones are charged with what they do."""
    image = logo_of(step.after, step, place)
    sizes = [attribute(image, name) or "" for name in ("width", "height")] if image is not None else ["", ""]
    if not all(size.isascii() and size.isdecimal() and int(size) for size in sizes):
        return False
    return abs(picture.box.w / picture.box.h * int(sizes[1]) / int(sizes[0]) - 1) <= DISTORTED


def _state(picture: Picture | None) -> str:
    if picture is None:
        return "no image"
    shown = "visible" if picture.visible else "not visible"
    return f"{picture.source or picture.url or 'no file'}, {'decoded' if picture.decoded else 'not decoded'}, {shown}"


def _finding(
    step: Step,
    place: Place,
    name: str,
    told: str,
    subject: str,
    view: ViewName | None,
    picture: Picture | None,
    expected: str,
    measured: str,
) -> Finding:
    return seen(
        f"logo.{place}-{name}",
        told,
        page=step.after,
        path=picture.path if picture is not None else "",
        view=view,
        box=picture.box if picture is not None else None,
        expected=expected,
        measured=measured,
        subject=subject,
        section=place,
        inherited=picture is None and logo_of(step.before, step, place) is None,
    )
