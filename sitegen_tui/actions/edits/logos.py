"""What the two logo actions share: what is told, and how the reference editor places a logo."""

from __future__ import annotations

from turbohtml import Element

from sitegen_tui.actions.base import CSS, HTML, Brief, Directive, Edit, Files, changed, lines
from sitegen_tui.actions.edits.editing import append_css, remove_attribute, remove_element, set_attribute, set_declaration
from sitegen_tui.actions.wanted import Place, asset_of
from sitegen_tui.domain.requirements import LogoAsset, Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.css import CssFile, parse_css
from sitegen_tui.site.css_pieces import Rule
from sitegen_tui.site.html import HtmlFile, attribute, parse_html
from sitegen_tui.site.references import resolve
from sitegen_tui.site.source import Splices


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
