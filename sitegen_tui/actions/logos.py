"""What the two logo actions share: what is told, how the reference editor places a logo, how models get it wrong."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Literal

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Brief, Directive, Edit, Fault, Files, Mutation, changed, lines
from sitegen_tui.actions.editing import append_css, remove_attribute, remove_element, set_attribute, set_declaration
from sitegen_tui.domain.requirements import LogoAsset, Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.css import CssFile, Rule, parse_css
from sitegen_tui.site.html import HtmlFile, attribute, parse_html
from sitegen_tui.site.references import resolve
from sitegen_tui.site.source import Splices

Place = Literal["header", "footer"]


def asset_of(requirements: Requirements, place: Place) -> LogoAsset:
    """The logo that the place is to show."""
    return requirements.logos.header if place == "header" else requirements.logos.footer


def directive_for(place: Place) -> Directive:
    """What the model is told about the logo of a place."""

    def directive(requirements: Requirements, manifest: Manifest) -> str:
        logo = asset_of(requirements, place)
        other = asset_of(requirements, "footer" if place == "header" else "header")
        return lines(
            f"Replace the logo in the {place}.",
            f"- Image file: {logo.path} (in the src of the existing <img>)",
            f"- Alternative text: {logo.alt}",
            f'- Attributes width="{logo.width}" height="{logo.height}"; shown at most {logo.max_height}px high, not distorted',
            f"- Leave no reference to the old logo in the {place}: no srcset, no second picture",
            f"- {other.path} is made for another ground: do not use it here" if other.path != logo.path else "",
            "Touch no other logo.",
        )

    return directive


def edit_for(place: Place) -> Edit:
    """The reference edit of the logo of a place: image attributes, and CSS where the template's would show it too large."""

    def edit(files: Files, brief: Brief) -> dict[str, str]:
        html = parse_html(files.get(HTML, ""))
        logo = asset_of(brief.requirements, place)
        image = html.one(brief.manifest.logos[place].selector)
        if image is None:
            return {}
        edits = Splices(html.text)
        if resolve(attribute(image, "src") or "", HTML) != logo.path:
            set_attribute(html, edits, image, "src", logo.path)
        for name, value in (("alt", logo.alt), ("width", str(logo.width)), ("height", str(logo.height))):
            set_attribute(html, edits, image, name, value)
        for name in ("srcset", "sizes"):
            remove_attribute(html, edits, image, name)
        if isinstance(image.parent, Element) and image.parent.tag == "picture":
            for child in image.parent.children:
                if isinstance(child, Element) and child.tag == "source":
                    remove_element(html, edits, child)
        found = {HTML: edits.result()}
        if CSS in files:
            found[CSS] = _fitted(files[CSS], html, image, brief.manifest.logos[place].selector, logo)
        return changed(files, found)

    return edit


def _fitted(text: str, html: HtmlFile, image: Element, selector: str, logo: LogoAsset) -> str:
    """A stylesheet under which the logo is not higher than allowed and keeps its shape."""
    css = parse_css(text)
    limit = f"{logo.max_height}px"
    rules = [rule for rule in css.rules if _matches(html, rule, image)]
    own = [rule for rule in rules if not rule.context and all(html.select(part) == (image,) for part in rule.selectors)]
    limiting = next((rule for rule in own if rule.get("max-height")), None)
    if limiting is not None:
        return _limited(css, limiting, limit)
    sized = any(_sizes(rule) for rule in rules)
    if not sized and logo.height <= logo.max_height:
        return text
    return append_css(text, f"{selector} {{ max-height: {limit}; width: auto; }}")


def _matches(html: HtmlFile, rule: Rule, image: Element) -> bool:
    return any(image in html.select(part) for part in rule.selectors if ":" not in part)


def _sizes(rule: Rule) -> bool:
    """Whether a rule gives a size of its own; `max-width` as every reset has it does not count."""
    for name in ("width", "height", "max-height", "min-height", "min-width", "block-size", "inline-size"):
        declaration = rule.get(name)
        if declaration is not None and declaration.value not in ("auto", "none", "initial"):
            return True
    return False


def _limited(css: CssFile, rule: Rule, limit: str) -> str:
    edits = Splices(css.text)
    declaration = rule.get("max-height")
    if declaration is not None and declaration.value != limit:
        edits.replace(declaration.value_span, limit)
    height, width = rule.get("height"), rule.get("width")
    if height is not None and height.value != "auto":
        edits.replace(height.value_span, "auto")
    if width is not None and width.value != "auto":
        edits.replace(width.value_span, "auto")
    if width is None:
        set_declaration(css, edits, rule, "width", "auto")
    return edits.result()


# -- how it goes wrong ---------------------------------------------------------------------------------------------------


def faults_for(place: Place) -> tuple[Fault, ...]:
    """What models do to the logo of a place."""
    src_wrong, alt_wrong = f"logo.{place}-src-wrong", f"logo.{place}-alt-wrong"
    common = (
        Fault(f"{place}-logo-old-src", (src_wrong,), _set(place, "src", _old_src)),
        Fault(f"{place}-logo-other-variant", (src_wrong,), _set(place, "src", _variant), "subtle", 1.5),
        Fault(f"{place}-logo-wrong-path", (src_wrong, "assets.not-found"), _set(place, "src", _typo), "blatant"),
        Fault(f"{place}-logo-alt-word", (alt_wrong,), _set(place, "alt", _alt_word)),
        Fault(f"{place}-logo-alt-variant", (alt_wrong,), _set(place, "alt", _alt_variant), "subtle"),
        Fault(f"{place}-logo-hidden", (), _hidden(place), "blatant", 0.3),
    )
    if place == "footer":
        return common
    return (
        *common,
        Fault("header-logo-srcset-left", ("logo.header-old-left",), _srcset_left, "realistic", 2.0),
        Fault("header-logo-no-size", ("logo.header-dims-missing",), _no_size),
    )


_Value = Callable[[HtmlFile, Brief, Place, Random], "str | None"]


def _set(place: Place, name: str, value: _Value) -> Mutation:
    """A fault that gives an attribute of the finished logo another value, made from the page before."""

    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        old, new = parse_html(before.get(HTML, "")), parse_html(after.get(HTML, ""))
        image = new.one(brief.manifest.logos[place].selector)
        wrong = value(old, brief, place, rng)
        if image is None or wrong is None or wrong == attribute(image, name):
            return None
        edits = Splices(new.text)
        set_attribute(new, edits, image, name, wrong)
        return changed(after, {HTML: edits.result()})

    return apply


def _old_src(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    image = old.one(brief.manifest.logos[place].selector)
    return attribute(image, "src") if image is not None else None


def _variant(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    other = asset_of(brief.requirements, "footer" if place == "header" else "header").path
    return None if other == asset_of(brief.requirements, place).path else other


def _typo(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    path = asset_of(brief.requirements, place).path
    name = path.rsplit("/", 1)[-1]
    return rng.choice((f"images/{name}", path.replace("assets/logos/", "assets/"), path.rsplit(".", 1)[0] + "-logo.png"))


def _alt_word(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    return rng.choice(("Logo", "", f"{brief.requirements.business.name} logo"))


def _alt_variant(old: HtmlFile, brief: Brief, place: Place, rng: Random) -> str | None:
    alt = asset_of(brief.requirements, place).alt
    return alt.rsplit(" ", 1)[0] if " " in alt else None


def _hidden(place: Place) -> Mutation:
    def apply(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
        if CSS not in after or parse_html(after.get(HTML, "")).one(brief.manifest.logos[place].selector) is None:
            return None
        rule = f"{brief.manifest.logos[place].selector} {{ display: none; }}"
        return changed(after, {CSS: append_css(after[CSS], rule)})

    return apply


def _srcset_left(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    """The old high-density picture stays, so that sharp screens show the old logo."""
    old, new = parse_html(before.get(HTML, "")), parse_html(after.get(HTML, ""))
    selector = brief.manifest.logos["header"].selector
    source, image = old.one(selector), new.one(selector)
    srcset = attribute(source, "srcset") if source is not None else None
    if image is None or not srcset:
        return None
    edits = Splices(new.text)
    set_attribute(new, edits, image, "srcset", srcset)
    return changed(after, {HTML: edits.result()})


def _no_size(before: Files, after: Files, brief: Brief, rng: Random) -> dict[str, str] | None:
    html = parse_html(after.get(HTML, ""))
    image = html.one(brief.manifest.logos["header"].selector)
    if image is None or attribute(image, "width") is None:
        return None
    edits = Splices(html.text)
    for name in rng.choice((("width", "height"), ("height",))):
        remove_attribute(html, edits, image, name)
    return changed(after, {HTML: edits.result()})
