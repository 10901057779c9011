"""What scripts, links, styles and assistive technology hold on to: ids, classes, data and aria attributes, links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from turbohtml import Element

from sitegen_tui.actions.base import Action, Brief, Page, Step, finding
from sitegen_tui.actions.checks.measure import where
from sitegen_tui.domain.findings import Finding
from sitegen_tui.judge.structure import Losses
from sitegen_tui.site.html import HtmlFile, attribute, classes, text_of
from sitegen_tui.site.references import resolve

_IN_SELECTOR = re.compile(r"([.#])(-?[A-Za-z_][\w-]*)|\[\s*(data-[\w-]+|id)\s*(?:[~|^$*]?=\s*[\"']?([^\"'\]]*)[\"']?)?\s*\]")
_QUOTED = re.compile(r"""(["'`])((?:\\.|(?!\1).){1,200}?)\1""", re.DOTALL)
_DATASET = re.compile(r"\.dataset\.(\w+)")
NAMING = frozenset({"role", "aria-label", "aria-labelledby"})
"""Attributes without which an element has no name or no role, and a landmark is none."""
_IDREFS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")


def hook_damage(step: Step, action: Action, gone: Callable[[Element], bool]) -> Iterator[Finding]:
    """regress.hook-lost: a hook of the input that nothing carries any more, though something still uses it.

    A hook that the script asks for must stay on as many elements as had it. `gone` elements are charged elsewhere.
    """
    if step.before.files.get("index.html") == step.after.files.get("index.html"):
        return
    yield from _unloaded(step)
    scripted = _script_hooks(step.after)
    used = _manifest_hooks(step.brief) | scripted | _anchor_hooks(step.after)
    if not action.arranges:
        used |= _style_hooks(step.after)
    carried = _carried(step.after)
    for hook, elements in _carried(step.before).items():
        left = len(carried.get(hook, ()))
        if hook not in used or (left and (hook not in scripted or left >= len(elements))):
            continue
        there = [element for element in elements if not gone(element)]
        if len(there) <= left:
            continue
        element = there[0]
        evidence = where(step.before, element, expected=hook, measured="not there").model_copy(update={"side": "before"})
        yield finding("regress.hook-lost", f"{hook} is gone and still used", subject=hook, evidence=evidence)


def _unloaded(step: Step) -> Iterator[Finding]:
    """Stylesheets and scripts of the site that the page loaded and loads no longer."""
    loaded = {r.path for r in step.after.references if r.kind in ("stylesheet", "script")}
    for reference in step.before.references:
        path = reference.path
        if reference.kind not in ("stylesheet", "script") or path is None or path in loaded or not step.before.exists(path):
            continue
        evidence = where(step.before, reference.element, expected=path, measured="not loaded").model_copy(update={"side": "before"})
        yield finding("regress.hook-lost", f"The page no longer loads {path}", subject=path, evidence=evidence)


def aria_damage(step: Step, gone: Callable[[Element], bool], charged: Collection[str] = ()) -> Iterator[Finding]:
    """regress.aria-lost: fewer elements carry an aria attribute or role than did, those in lost parts not counted.

    The loss of `charged` attributes is reported elsewhere.
    """
    if step.before.files.get("index.html") == step.after.files.get("index.html"):
        return
    after = Counter(name for _, name in _aria(step.after.html))
    seen: Counter[str] = Counter()
    for element, name in _aria(step.before.html):
        if name in charged or gone(element):
            continue
        seen[name] += 1
        if seen[name] > after[name]:
            evidence = where(step.before, element, expected=name, measured="not there", name=name)
            yield finding(
                "regress.aria-lost",
                f"An element lost its {name}",
                subject=f"{name} {seen[name]}",
                evidence=evidence.model_copy(update={"side": "before"}),
            )


def link_damage(step: Step, losses: Losses) -> Iterator[Finding]:
    """regress.link-broken: links that lead nowhere now, where the same link led somewhere in the input."""
    if step.before.files.get("index.html") == step.after.files.get("index.html"):
        return
    led = {key for key, _, good in _links(step.before) if good}
    texts_before = {text for (text, _), _, good in _links(step.before) if good}
    broken_before = {key for key, _, good in _links(step.before) if not good}
    for (text, href), element, good in _links(step.after):
        if good or (text, href) in broken_before:
            continue
        if (text, href) in led or text in texts_before or href.startswith("#"):
            target = href[1:] if href.startswith("#") else href
            if any(attribute(gone, "id") == target for _, gone in losses.parts):
                continue
            yield finding(
                "regress.link-broken",
                f"The link {text or href!r} leads nowhere",
                subject=f"{text} {href}"[:150],
                evidence=where(step.after, element, measured=href or "no href", name="href"),
            )


def scripted_in(page: Page, holders: Iterable[Element]) -> bool:
    """Whether one of the elements, or something in it, carries a hook that the page's script asks for."""
    wanted = _script_hooks(page)
    carriers = {element for hook, elements in _carried(page).items() if hook in wanted for element in elements}
    return any(not carriers.isdisjoint((holder, *holder.iter_elements())) for holder in holders)


@lru_cache(maxsize=64)
def _links(page: Page) -> tuple[tuple[tuple[str, str], Element, bool], ...]:
    """Every link: its text and where it points, its element, and whether that leads anywhere."""
    found: list[tuple[tuple[str, str], Element, bool]] = []
    for element in page.html.select("a"):
        href = (attribute(element, "href") or "").strip()
        found.append(((text_of(element), href), element, _leads(page, href)))
    return tuple(found)


def _leads(page: Page, href: str) -> bool:
    if not href:
        return False
    if href.startswith("#"):
        return href in ("#", "#top") or href[1:] in page.html.ids or bool(page.html.select(f'a[name="{href[1:]}"]'))
    path = resolve(href, "index.html")
    return path is None or page.exists(path) or path in (".", "")


@lru_cache(maxsize=64)
def _carried(page: Page) -> dict[str, list[Element]]:
    """Every hook of a page, written as a selector, with the elements that carry it."""
    found: dict[str, list[Element]] = {}
    for element in page.html.elements:
        value = attribute(element, "id")
        if value:
            found.setdefault(f"#{value}", []).append(element)
        for name in classes(element):
            found.setdefault(f".{name}", []).append(element)
        for name in element.attrs:
            if name.startswith("data-"):
                found.setdefault(f"[{name}]", []).append(element)
                if value := attribute(element, name):
                    found.setdefault(f'[{name}="{value}"]', []).append(element)
    return found


def _from_selector(selector: str) -> Iterator[str]:
    for mark, name, data, value in _IN_SELECTOR.findall(selector):
        if mark:
            yield f"{mark}{name}"
        elif data == "id":
            yield f"#{value}"
        else:
            yield f'[{data}="{value}"]' if value else f"[{data}]"


@lru_cache(maxsize=64)
def _manifest_hooks(brief: Brief) -> frozenset[str]:
    manifest = brief.manifest
    selectors = [*manifest.slots.values(), manifest.hero.selector, manifest.hero.text]
    selectors += [logo.selector for logo in manifest.logos.values()]
    for section in (*manifest.sections, *((manifest.footer,) if manifest.footer else ())):
        selectors += [section.selector, *((section.items.container, section.items.item) if section.items else ())]
    for behaviour in manifest.behaviours:
        selectors += behaviour.hooks
    # Sections and items that are gone, and those found by content, are judged as such.
    named = {section.selector for section in manifest.sections} | {manifest.hero.selector}
    named |= {section.items.container for section in manifest.sections if section.items}
    named |= {section.items.item for section in manifest.sections if section.items}
    return frozenset(hook for selector in selectors if selector not in named for hook in _from_selector(selector))


def _script_hooks(page: Page) -> frozenset[str]:
    return _asked_by(page.js + "\n".join(e.text for e in page.html.elements if e.tag == "script" and "src" not in e.attrs))


@lru_cache(maxsize=64)
def _asked_by(script: str) -> frozenset[str]:
    found: set[str] = set()
    for _, text in _QUOTED.findall(script):
        found.update(_from_selector(text))
        if re.fullmatch(r"-?[A-Za-z_][\w-]*", text):
            # A bare word may be an id (getElementById) or a class (classList, getElementsByClassName).
            if re.search(rf"getElementById\(\s*[\"'`]{re.escape(text)}", script):
                found.add(f"#{text}")
            if re.search(rf"getElementsByClassName\(\s*[\"'`]{re.escape(text)}", script):
                found.add(f".{text}")
    for name in _DATASET.findall(script):
        found.add("[data-" + re.sub(r"([A-Z])", lambda m: "-" + m.group(1).lower(), name) + "]")
    return frozenset(found)


@lru_cache(maxsize=64)
def _anchor_hooks(page: Page) -> frozenset[str]:
    found: set[str] = set()
    for element in page.html.elements:
        for name in _IDREFS:
            if name in element.attrs:
                found.update(f"#{value}" for value in (attribute(element, name) or "").split())
    return frozenset(found)


def _style_hooks(page: Page) -> frozenset[str]:
    return frozenset(hook for sheet in page.sheets for rule in sheet.css.rules for hook in _styled_by(rule.prelude))


@lru_cache(maxsize=4096)
def _styled_by(prelude: str) -> frozenset[str]:
    return frozenset(() if prelude.startswith("@") else _from_selector(prelude))


@lru_cache(maxsize=64)
def _aria(html: HtmlFile) -> tuple[tuple[Element, str], ...]:
    """Every role and aria attribute with its element, in document order."""
    return tuple(
        (element, name) for element in html.elements for name in element.attrs if name == "role" or name.startswith("aria-")
    )
