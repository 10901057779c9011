"""Action 2, swap fonts: both families in their tokens, and a loader that asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen_tui.actions.base import CSS, HTML, Action, Brief, Files, Page, Step, at, changed, finding, lines, page_of
from sitegen_tui.actions.checks import fonts_seen
from sitegen_tui.actions.checks.measure import root_definition, substituted
from sitegen_tui.actions.edits.editing import (
    insert_lines_before_end,
    remove_element,
    set_attribute,
    set_declaration,
    whole_lines,
)
from sitegen_tui.actions.faults.swap_fonts import FAULTS
from sitegen_tui.domain.findings import Evidence, Finding
from sitegen_tui.domain.requirements import Font, Requirements
from sitegen_tui.domain.template import FontRole, Manifest
from sitegen_tui.site.css import CssFile
from sitegen_tui.site.fonts import FontLoader, families_of, family_key, font_loaders
from sitegen_tui.site.html import HtmlFile, attribute, escape_attribute
from sitegen_tui.site.source import Span, Splices

_ROLES: tuple[FontRole, ...] = ("heading", "body")
_HOST = "https://fonts.googleapis.com"


def directive(requirements: Requirements, manifest: Manifest) -> str:
    """What the model is told."""
    fonts = requirements.brand.fonts
    old = ", ".join(token.family for token in manifest.fonts.values())
    return lines(
        "Replace both font families. Under :root set:",
        *(
            f'- {manifest.fonts[role].token}: "{fonts[role].family}" first, {fonts[role].fallback} last'
            for role in _ROLES
            if role in manifest.fonts
        ),
        "Load them in the head with one Google Fonts stylesheet link (the css2 address), with display=swap and these weights:",
        *(f"- {fonts[role].family}: {', '.join(map(str, sorted(fonts[role].weights)))}" for role in _ROLES),
        f"Nothing may ask for the old families ({old}) any more: no link, @import, @font-face or preload.",
        "Keep the custom properties: headings and body text go on using them.",
    )


# -- the reference edit ---------------------------------------------------------------------------------------------------


def edit(files: Files, brief: Brief) -> dict[str, str]:
    """Give the tokens their families, write the families out anew elsewhere, and ask for them in one link."""
    page = page_of(files, brief)
    css, html = Splices(page.css.text), Splices(page.html.text)
    _set_tokens(page.css, css, brief)
    _rename_literals(page.css, css, brief)
    _set_loaders(page, css, html, brief)
    done = {CSS: css.result(), HTML: html.result()}
    return changed(files, {path: text for path, text in done.items() if path in files})


def _set_tokens(css: CssFile, edits: Splices, brief: Brief) -> None:
    root = next((rule for rule in css.rules_for(":root", ()) if rule.declarations), None)
    for role, token in brief.manifest.fonts.items():
        font = brief.requirements.brand.fonts[role]
        value = f'"{font.family}", {font.fallback}'
        defined = css.custom_properties.get(token.token, ())
        for _, declaration in defined:
            families = families_of(declaration.value)
            right = families and families[0] == font.family and families[-1] == font.fallback
            if not right and not declaration.value.lower().startswith("var("):
                edits.replace(declaration.value_span, value)
        if not defined and root is not None:
            set_declaration(css, edits, root, token.token, value)


def _rename_literals(css: CssFile, edits: Splices, brief: Brief) -> None:
    """An old family that a rule names itself becomes its successor."""
    tokens = {token.token for token in brief.manifest.fonts.values()}
    for rule in css.rules:
        for declaration in rule.declarations if not rule.prelude.startswith("@") else ():
            if declaration.name in tokens or not (declaration.name.startswith("--") or declaration.name.startswith("font")):
                continue
            value = declaration.value
            for role, token in brief.manifest.fonts.items():
                family = brief.requirements.brand.fonts[role].family
                value = re.sub(rf"(?<![\w-]){re.escape(token.family)}(?![\w-])", lambda _, new=family: new, value)
            edits.replace(declaration.value_span, value)


def _set_loaders(page: Page, css: Splices, html: Splices, brief: Brief) -> None:
    """The first service's stylesheet asks for the brand's families; whatever asks for the old ones no longer does."""
    wanted = _wanted(brief.requirements)
    old = {family_key(token.family) for token in brief.manifest.fonts.values()} - set(wanted)
    loaders = list(font_loaders(page))
    services = [loader for loader in loaders if loader.kind in ("link", "import")]
    missing = not all(any(_asks(loader, key, font) and loader.swap for loader in services) for key, font in wanted.items())
    chosen = next((loader for loader in services if loader.element is not None), services[0] if services else None)
    for loader in loaders:
        if loader is chosen and (missing or _names(loader, old)):
            url = _address(loader, wanted, old)
            if loader.element is not None:
                set_attribute(page.html, html, loader.element, "href", url)
            elif loader.file == CSS:
                css.replace(loader.span, url)
        elif loader is not chosen and _names(loader, old):
            _without(page, css, html, loader, old)
    if chosen is None and missing:
        _add_link(page.html, html, _address(None, wanted, old))


def _wanted(requirements: Requirements) -> dict[str, Font]:
    found: dict[str, Font] = {}
    for role in _ROLES:
        font = requirements.brand.fonts[role]
        key = family_key(font.family)
        weights = (*found[key].weights, *font.weights) if key in found else font.weights
        found[key] = font.model_copy(update={"weights": tuple(sorted(set(weights)))})
    return found


def _asks(loader: FontLoader, key: str, font: Font) -> bool:
    return any(family_key(face.family) == key and all(map(face.has, font.weights)) for face in loader.faces)


def _names(loader: FontLoader, families: set[str]) -> bool:
    if loader.kind == "preload" and not loader.faces[0].weights:
        bare = re.sub(r"[^a-z0-9]", "", loader.url.lower())
        return any(family.replace(" ", "") in bare for family in families)
    return any(family_key(face.family) in families for face in loader.faces)


def _address(loader: FontLoader | None, wanted: dict[str, Font], old: set[str]) -> str:
    """A css2 address that asks for the wanted families and keeps the foreign ones of a loader."""
    parts = [f"family={font.family.replace(' ', '+')}:wght@{';'.join(map(str, font.weights))}" for font in wanted.values()]
    for face in loader.faces if loader is not None else ():
        if family_key(face.family) not in (*wanted, *old):
            weights = ";".join(f"{low}" if low == high else f"{low}..{high}" for low, high in sorted(face.weights))
            parts.append(f"family={face.family.replace(' ', '+')}" + (f":wght@{weights}" if weights else ""))
    return f"{_HOST}/css2?{'&'.join(parts)}&display=swap"


def _without(page: Page, css: Splices, html: Splices, loader: FontLoader, old: set[str]) -> None:
    """A loader less the old families; nothing of it stays if it asked for nothing else."""
    kept = [face for face in loader.faces if family_key(face.family) not in old]
    if loader.element is not None:
        if kept and loader.kind == "link":
            set_attribute(page.html, html, loader.element, "href", _address(loader, {}, old))
        else:
            remove_element(page.html, html, loader.element)
    elif loader.file == CSS and loader.kind == "font-face":
        css.delete(whole_lines(css.text, loader.span))
    elif loader.file == CSS and loader.kind == "import":
        start = css.text.rfind("@import", 0, loader.span.start)
        end = css.text.find(";", loader.span.end)
        if 0 <= start < end:
            css.delete(whole_lines(css.text, Span(start, end + 1)))


def _add_link(html: HtmlFile, edits: Splices, url: str) -> None:
    line = f'<link rel="stylesheet" href="{escape_attribute(url)}">'
    own = next((e for e in html.elements if e.tag == "link" and attribute(e, "href") == CSS), None)
    head = html.tag("head")
    span = html.start_tag(own) if own is not None else None
    if span is not None:
        lead = html.text[html.text.rfind("\n", 0, span.start) + 1 : span.start]
        edits.insert(span.start, line + (html.newline + lead if not lead.strip() else ""))
    elif head is not None:
        insert_lines_before_end(html, edits, head, [line])


# -- checks ---------------------------------------------------------------------------------------------------------------


def check_tokens(step: Step) -> Iterator[Finding]:
    """Each token names the required family first and ends in the required generic family.

    Where no token was set at all, none ends as required behind the required family either, whatever it ends in.
    """
    idle = all(_value(step.after, token.token) == _value(step.start, token.token) for token in step.manifest.fonts.values())
    for role, token in step.manifest.fonts.items():
        font = step.requirements.brand.fonts[role]
        definition = root_definition(step.after, token.token)
        value = substituted(step.after, definition.value) if definition is not None else ""
        families = families_of(value)
        named = bool(families) and family_key(families[0]) == family_key(font.family)
        expected = f'"{font.family}", {font.fallback}'
        evidence = at(step.after, CSS, definition.span if definition is not None else None, expected=expected, measured=value)
        gone = root_definition(step.before, token.token) is None and definition is None
        if not named:
            message = f"{token.token} does not name {font.family} first"
            yield finding("fonts.variable-missed", message, subject=role, evidence=evidence, inherited=gone)
        ends = not families or families[-1].lower() == font.fallback.lower()
        if not ends or (not named and idle):
            message = f"{token.token} does not end in {font.fallback} after the required family"
            yield finding("fonts.fallback-missing", message, subject=role, evidence=evidence, inherited=gone)


def _value(page: Page, token: str) -> str:
    definition = root_definition(page, token)
    return substituted(page, definition.value) if definition is not None else ""


def check_loading(step: Step) -> Iterator[Finding]:
    """Each family is asked for, with its weights and display=swap.

    Where the template's own loading was left, nothing was loaded with the right weights and display either; else only the
    loaders of a family that is asked for are looked at.
    """
    loaders = [loader for loader in font_loaders(step.after) if loader.kind != "preload"]
    fonts = {role: step.requirements.brand.fonts[role] for role in _ROLES}
    loading = {role: [one for one in loaders if _loads(one, font.family)] for role, font in fonts.items()}
    left = any(_loads(one, token.family) for one in loaders for token in step.manifest.fonts.values())
    for role, font in fonts.items():
        own = loading[role]
        place = own[0] if own else (loaders[0] if loaders else None)
        if not own:
            yield finding(
                "fonts.face-not-loaded",
                f"Nothing asks for {font.family}",
                subject=role,
                evidence=_evidence(step.after, place, font.family),
            )
            if any(loading.values()) or not left:
                continue
        missing = [weight for weight in sorted(set(font.weights)) if not any(_has(one, font.family, weight) for one in own)]
        if missing:
            asked = ", ".join(map(str, missing))
            yield finding(
                "fonts.weight-missing",
                f"Nothing asks for {font.family} in weight {asked}",
                subject=role,
                evidence=_evidence(step.after, place, f"{font.family} {asked}"),
            )
        if not own or not all(one.swap for one in own):
            place = next((one for one in own if not one.swap), place)
            yield finding(
                "fonts.display-missing",
                f"The loader of {font.family} does not ask for display=swap",
                subject=role,
                evidence=_evidence(step.after, place, "display=swap"),
            )


def _loads(loader: FontLoader, family: str) -> bool:
    return any(family_key(face.family) == family_key(family) for face in loader.faces)


def _has(loader: FontLoader, family: str, weight: int) -> bool:
    return any(family_key(face.family) == family_key(family) and face.has(weight) for face in loader.faces)


def _evidence(page: Page, loader: FontLoader | None, expected: str) -> Evidence:
    if loader is None:
        return at(page, HTML, None, expected=expected, measured="no loader")
    return at(page, loader.file, loader.span, expected=expected, measured=", ".join(face.family for face in loader.faces))


def check_old_sources(step: Step) -> Iterator[Finding]:
    """Nothing asks for the template's families any more."""
    wanted = {family_key(step.requirements.brand.fonts[role].family) for role in _ROLES}
    for role, token in step.manifest.fonts.items():
        key = family_key(token.family)
        asking = [one for one in font_loaders(step.after) if key not in wanted and _asks_for(one, key)]
        if asking:
            yield finding(
                "fonts.old-source-left",
                f"The template's {token.family} is still asked for",
                subject=role,
                evidence=_evidence(step.after, asking[0], f"nothing that asks for {token.family}"),
            )


def _asks_for(loader: FontLoader, key: str) -> bool:
    """Whether a loader names the family; a preloaded font file gives it away by its name."""
    if loader.kind == "preload" and not loader.faces[0].weights:
        file = loader.url.lower().rsplit("/", 1)[-1]
        return re.sub(r"[^a-z0-9]", "", key) in re.sub(r"[^a-z0-9]", "", file)
    return any(family_key(face.family) == key for face in loader.faces)


ACTION = Action(
    id="swap-fonts",
    intent="Replace both families and their loading",
    write_set=(CSS, HTML),
    directive=directive,
    edit=edit,
    checks=(check_tokens, check_loading, check_old_sources),
    rendered=fonts_seen.CHECKS,
    faults=FAULTS,
)
