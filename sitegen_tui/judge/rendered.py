"""Damage that only a rendered page shows: broken scripts and behaviours, collapsed or overlapping layout, unreadable text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote

from sitegen_tui.actions.base import Action, Page, Step, seen
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.findings import Finding, Provenance
from sitegen_tui.domain.probes import Probe, Text, View, ViewName
from sitegen_tui.domain.template import Behaviour
from sitegen_tui.domain.violations import Catalogue, Kind
from sitegen_tui.judge.structure import EMPTIED, Losses, parts
from sitegen_tui.site.html import inside
from sitegen_tui.site.page import CSS, HTML, JS

LOWEST = 24.0
"""CSS pixels under which a section counts as collapsed."""
CLIPPED = 0.2
"""Share of a text from which on it counts as clipped."""
_READ: tuple[ViewName, ...] = ("desktop", "mobile")
"""Views whose texts are measured in pixels."""


@dataclass(frozen=True)
class Damage:
    """A step with what a browser saw of it, and what the files alone have already told."""

    step: Step
    action: Action
    before: Probe
    after: Probe
    losses: Losses
    told: Sequence[Finding]

    @cached_property
    def own(self) -> frozenset[tuple[str, str]]:
        """Id and file of the damage that the files show this step to have done."""
        return frozenset((f.violation, f.evidence.file or "") for f in self.told if f.provenance is Provenance.OWN)

    @cached_property
    def page_cut(self) -> bool:
        """Whether a page that is cut off or elided explains what is missing from it."""
        return bool({("html.truncated", HTML), ("html.elided", HTML)} & self.own)

    @cached_property
    def styles_cut(self) -> bool:
        """Whether a stylesheet that is cut off or elided explains how the page looks."""
        return bool({("css.truncated", CSS), ("html.elided", CSS)} & self.own)

    @cached_property
    def script_cut(self) -> bool:
        """Whether a script that is elided explains what it does no more."""
        return ("html.elided", JS) in self.own

    @cached_property
    def gone(self) -> frozenset[str]:
        """Parts of the page of which something is gone, which was charged as such."""
        return frozenset([*(part.id for part, _ in self.losses.parts), *(part.id for part, _ in self.losses.items)])


def rendered_damage(given: Damage, catalogue: Catalogue) -> list[Finding]:
    """Everything that a browser saw to be damaged, each cause once. Nothing for a step that changed no file."""
    if given.step.unchanged:
        return []
    found = [*_scripts(given), *_missing(given), *_sections(given)]
    dead = {f.section for f in found if f.section and f.provenance is Provenance.OWN} | given.gone
    if not given.styles_cut:
        found += _navigation(given)
        found += _overflow(given)
        found += _overlaps(given, dead)
        found += _invisible(given, dead)
    found += _new_failures(given, catalogue)
    fixed = [] if given.styles_cut or given.page_cut else list(_responsive(given))
    found += fixed
    found += _behaviours(given, found)
    found += _undone(given, catalogue, dead, bool(fixed))
    return found


def without_explained(told: Iterable[Finding], damage: Sequence[Finding], step: Step) -> list[Finding]:
    """What the files tell, less the hooks whose loss a browser has shown to cost a behaviour, which is charged instead."""
    lost = {f.subject for f in damage if f.violation == "js.behaviour-lost"}
    hooks = {hook for one in step.manifest.behaviours if one.id in lost for hook in (*one.hooks, *_selectors(one), JS)}
    return [found for found in told if not (found.violation == "regress.hook-lost" and found.subject in hooks)]


# -- scripts --------------------------------------------------------------------------------------------------------------


def _scripts(given: Damage) -> Iterator[Finding]:
    """js.broken: an error that the input did not report, or a page that does not come to rest any more."""
    if given.script_cut or given.page_cut:
        return

    def errors(probe: Probe, page: Page) -> dict[str, Finding]:
        failure = probe.failure
        found = {
            f"{e.file}: {e.message}": seen(
                "js.broken",
                f"The page reports an error: {e.message}",
                measured=f"{e.file}:{e.line} {e.message}".lstrip(":"),
                subject="script",
            )
            for e in probe.errors
        }
        if failure is not None and failure.kind in ("timeout", "crashed", "navigated"):
            told = f"The page does not come to rest: {failure.detail}"
            found[failure.kind] = seen("js.broken", told, measured=f"{failure.stage}: {failure.detail}", subject="script")
        return found

    yield from _compared(given, errors)


def _behaviours(given: Damage, damage: Sequence[Finding]) -> Iterator[Finding]:
    """js.behaviour-lost: what the script did in the input and does no more, for no reason that is charged already."""
    own = {f.violation for f in damage if f.provenance is Provenance.OWN}
    if "js.broken" in own or given.script_cut or given.page_cut or given.after.failure is not None:
        return
    broken = {f.section for f in damage if f.section and f.violation in ("layout.collapsed", "layout.section-emptied")} | given.gone
    for behaviour in given.step.manifest.behaviours:
        had, has = given.before.behaviours.get(behaviour.id), given.after.behaviours.get(behaviour.id)
        if had is None or not had.works or has is None or has.works:
            continue
        if _owners(given.step, behaviour) & broken:
            continue
        if "layout.responsive-lost" in own and behaviour.viewport != "desktop":
            continue
        yield seen(
            "js.behaviour-lost",
            f"{behaviour.id.replace('-', ' ').capitalize()} works no longer: {has.reason}",
            page=given.step.after,
            path=next(iter(_selectors(behaviour)), ""),
            view=behaviour.viewport,
            expected="works as in the input",
            measured=has.reason,
            subject=behaviour.id,
        )


def _selectors(behaviour: Behaviour) -> list[str]:
    return [one.target for one in (*behaviour.steps, *behaviour.expect) if one.target]


def _owners(step: Step, behaviour: Behaviour) -> set[str]:
    """Parts of the input's page in which a behaviour's elements lie."""
    elements = [found for selector in _selectors(behaviour) if (found := step.before.html.one(selector)) is not None]
    holders = [(part.id, found) for part in parts(step.manifest) if (found := step.before.html.one(part.selector)) is not None]
    return {name for name, holder in holders for element in elements if inside(element, holder)}


def _missing(given: Damage) -> Iterator[Finding]:
    """assets.not-found: files that the page asks for and that no reference in the files themselves names."""
    named = {reference.path for page in (given.step.before, given.step.after) for reference in page.references}

    def absent(probe: Probe, page: Page) -> dict[str, Finding]:
        return {
            path: seen("assets.not-found", f"The page asks for {path}, which the site does not have", measured=path, subject=path)
            for path in probe.missing
            if unquote(path) not in named and path not in named
        }

    yield from _compared(given, absent)


# -- layout ---------------------------------------------------------------------------------------------------------------


def _sections(given: Damage) -> Iterator[Finding]:
    """layout.collapsed and layout.section-emptied."""

    def collapsed(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for name, view in probe.views.items():
            for key, section in view.sections.items():
                box = section.box
                if box is None or (box.h >= LOWEST and box.w >= 1) or key in found:
                    continue
                found[key] = seen(
                    "layout.collapsed",
                    f"{_titled(key)} is {box.h:g} px high and {box.w:g} px wide at {view.width} px",
                    page=page,
                    path=_selector(given.step, key),
                    view=name,
                    box=box,
                    expected=f"{LOWEST:g} px high at least",
                    measured=f"{box.w:g}x{box.h:g}",
                    subject=key,
                    section=key,
                )
        return found

    flat: set[str] = set()
    for found in _compared(given, collapsed):
        flat.add(found.subject)
        if not given.styles_cut:
            yield found
    if not given.styles_cut and not given.page_cut:
        yield from _emptied(given, flat)


def _emptied(given: Damage, flat: set[str]) -> Iterator[Finding]:
    for name in _READ:
        old, new = given.before.views.get(name), given.after.views.get(name)
        if old is None or new is None:
            continue
        for key, section in new.sections.items():
            had = old.sections.get(key)
            if had is None or section.box is None or key in flat or had.text_length < 20 or section.pictures:
                continue
            if section.text_length < EMPTIED * had.text_length:
                flat.add(key)
                yield seen(
                    "layout.section-emptied",
                    f"{_titled(key)} shows almost nothing any more",
                    page=given.step.after,
                    path=_selector(given.step, key),
                    view=name,
                    box=section.box,
                    expected=f"{had.text_length} characters of visible text",
                    measured=str(section.text_length),
                    subject=key,
                    section=key,
                )


def _navigation(given: Damage) -> Iterator[Finding]:
    """layout.nav-bulleted."""

    def bulleted(probe: Probe, page: Page) -> dict[str, Finding]:
        for name, view in probe.views.items():
            if view.nav.markers:
                told = f"{view.nav.markers} of {view.nav.items} entries of the navigation show list markers"
                selector = given.step.manifest.slots.get("nav", "nav")
                measured = "; ".join(view.nav.styles)
                return {
                    "nav": seen(
                        "layout.nav-bulleted",
                        told,
                        page=page,
                        path=selector,
                        view=name,
                        expected="no list markers",
                        measured=measured,
                        subject="nav",
                        section="header",
                    )
                }
        return {}

    yield from _compared(given, bulleted)


def _overflow(given: Damage) -> Iterator[Finding]:
    """layout.overflow-x, once for each kind of window: a page too wide for one phone is too wide for a narrower one."""

    def sideways(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for name, view in probe.views.items():
            key = "mobile" if name == "narrow" else name
            if view.overflow <= 1 or not view.sideways or key in found:
                continue
            found[key] = seen(
                "layout.overflow-x",
                f"At {view.width} px the page is {view.scroll_width} px wide and scrolls sideways",
                page=page,
                path=_widest(view),
                view=name,
                expected=f"{view.width} px",
                measured=f"{view.scroll_width} px",
                subject=key,
            )
        return found

    yield from _compared(given, sideways)


def _widest(view: View) -> str:
    """The path of the text or picture that reaches furthest over the window's edge, if one does."""
    reach = [(text.box.right, text.path) for text in view.texts] + [
        (one.box.right, one.path) for one in view.pictures if one.visible
    ]
    right, path = max(reach, default=(0.0, ""))
    return path if right > view.width + 1 else ""


def _overlaps(given: Damage, dead: set[str] | frozenset[str]) -> Iterator[Finding]:
    """layout.overlap, once for each section: texts that cover each other or are cut off."""

    def covered(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for name, view in probe.views.items():
            for one, told in _covered(view):
                if one.section not in dead:
                    found.setdefault(
                        one.section,
                        seen(
                            "layout.overlap",
                            told,
                            page=page,
                            path=one.path,
                            view=name,
                            box=one.box,
                            expected="texts apart, none cut off",
                            measured=told,
                            subject=f"{one.section or 'page'}",
                            section=one.section,
                        ),
                    )
        return found

    yield from _compared(given, covered)


def _covered(view: View) -> Iterator[tuple[Text, str]]:
    for pair in view.overlaps:
        first, second = view.texts[pair.first], view.texts[pair.second]
        if "hidden" not in (first.exempt, second.exempt):
            share = f"{pair.share:.0%}"
            yield second, f"{second.text[:60]!r} and {first.text[:60]!r} cover each other by {share} at {view.width} px"
    for text in view.texts:
        if text.clipped > CLIPPED and text.exempt != "hidden":
            yield text, f"{text.text[:60]!r} is cut off by {text.clipped:.0%} at {view.width} px"


def _responsive(given: Damage) -> Iterator[Finding]:
    """layout.responsive-lost: groups, or the navigation, that changed between windows in the input and change no longer.

    Sections that the action has to arrange are judged by their columns.
    """
    step = given.step
    arranged: set[str] = set()
    if given.action.id == "apply-sections-layout":
        arranged = {layout.section for layout in step.requirements.layout.sections}
    told: list[str] = []
    for key in sorted(given.before.responsive_groups - given.after.responsive_groups - arranged - given.gone):
        before, after = _columns(given.before, key), _columns(given.after, key)
        whole = len(after) == len(given.before.views) and all(after.values())
        if whole and not _collapsed(given.after, key):
            told.append(f"{key} {'/'.join(map(str, before.values()))}, now {'/'.join(map(str, after.values()))}")
    had, has = _shown(given.before), _shown(given.after)
    if len(set(had.values())) > 1 and len(set(has.values())) == 1 and "header" not in given.gone:
        told.append(f"navigation {'always' if has['desktop'] else 'never'} shown")
    if told:
        yield seen(
            "layout.responsive-lost",
            "The layout no longer follows the width of the window",
            expected="as in the input: " + ", ".join(str(view.width) for view in given.before.views.values()),
            measured="; ".join(told),
            subject="page",
        )


def _columns(probe: Probe, key: str) -> dict[str, int]:
    return {name: group.columns for name, view in probe.views.items() if (group := view.groups.get(key)) and group.found}


def _shown(probe: Probe) -> dict[str, bool]:
    return {name: view.nav.visible for name, view in probe.views.items() if view.nav.found}


def _collapsed(probe: Probe, key: str) -> bool:
    boxes = [section.box for view in probe.views.values() if (section := view.sections.get(key)) and section.box]
    return any(box.h < LOWEST or box.w < 1 for box in boxes)


# -- texts ----------------------------------------------------------------------------------------------------------------


def _invisible(given: Damage, dead: set[str] | frozenset[str]) -> Iterator[Finding]:
    """contrast.text-invisible, once for the texts of one colour in a section."""

    def unseen(probe: Probe, page: Page) -> dict[str, Finding]:
        found: dict[str, Finding] = {}
        for view, text in texts_where(probe, lambda text: text.invisible):
            if text.section in dead:
                continue
            told = f"{text.text[:60]!r} cannot be read: its contrast is {text.median:.2f}"
            key = f"{text.section or 'page'}: {text.colour}"
            found.setdefault(key, _unreadable("contrast.text-invisible", told, page, view, text, key, "2.00 at least"))
        return found

    old = list(texts_where(given.before, lambda text: text.invisible))
    known = {text.path for _, text in old} | {(text.section, text.text) for _, text in old}
    fresh = [text for _, text in texts_where(given.after, lambda text: text.invisible) if not _known(text, known)]
    groups = {f"{text.section or 'page'}: {text.colour}" for text in fresh}
    for found in _compared(given, unseen):
        own = found.subject in groups
        if found.provenance is not Provenance.REPAIRED:
            found = found.model_copy(update={"provenance": Provenance.OWN if own else Provenance.INHERITED})
        yield found


def _new_failures(given: Damage, catalogue: Catalogue) -> Iterator[Finding]:
    """contrast.new-failure, where the action's terms have it: texts under the limit that were not in the input."""
    if catalogue.by_id["contrast.new-failure"].term(given.action.id) is None:
        return
    old = list(texts_where(given.before, lambda text: text.fails))
    known = {text.path for _, text in old} | {(text.section, text.text) for _, text in old}
    told: set[str] = set()
    for view, text in texts_where(given.after, lambda text: text.fails and not text.invisible):
        key = f"{text.section or 'page'}: {text.colour}"
        if _known(text, known) or key in told:
            continue
        told.add(key)
        message = f"{text.text[:60]!r} has a contrast of {text.low:.2f}, which it had not before"
        yield _unreadable("contrast.new-failure", message, given.step.after, view, text, key, f"{text.limit:.1f} at least")


def texts_where(probe: Probe, condition: Callable[[Text], bool]) -> Iterator[tuple[ViewName, Text]]:
    """Texts of the measured views that a condition holds for."""
    for name in _READ:
        view = probe.views.get(name)
        for text in view.texts if view is not None else ():
            if condition(text):
                yield name, text


def _known(text: Text, known: set[str | tuple[str, str]]) -> bool:
    return text.path in known or (text.section, text.text) in known


def _unreadable(violation: str, told: str, page: Page, view: ViewName, text: Text, subject: str, expected: str) -> Finding:
    return seen(
        violation,
        told,
        page=page,
        path=text.path,
        view=view,
        box=text.box,
        expected=expected,
        measured=f"{text.median:.2f} in the middle, {text.low:.2f} at worst, colour {text.colour}",
        subject=subject,
        section=text.section,
    )


# -- earlier work ---------------------------------------------------------------------------------------------------------


_FOLLOW_THE_WINDOW = ("sections.tablet-wrong", "sections.mobile-wrong", "hero.mobile-stack-wrong")


def _undone(given: Damage, catalogue: Catalogue, dead: set[str] | frozenset[str], unresponsive: bool) -> Iterator[Finding]:
    """regress.undone by what is seen: one finding for each earlier action and id that held in the input and holds no longer.

    An action of which the files alone tell that it is undone, and what lies in a damaged section, is charged there.
    """
    if given.styles_cut or given.page_cut or given.after.failure is not None or given.before.failure is not None:
        return
    told = {f.subject.split(":")[0] for f in given.told if f.violation == "regress.undone"}
    step = given.step
    base = step.seen_start or given.before
    for earlier in ACTIONS:
        if earlier.number >= given.action.number:
            return
        if earlier.id in told:
            continue
        before = _failing(earlier, replace(step, before=step.start, after=step.before), base, given.before)
        reported: set[str] = set()
        for key, found in _failing(earlier, replace(step, before=step.start), base, given.after).items():
            term = catalogue.by_id[found.violation].term(earlier.id)
            if (
                key in before
                or found.violation in reported
                or found.section in dead
                or term is None
                or term.kind is Kind.REGRESSION
            ):
                continue
            if unresponsive and found.violation in _FOLLOW_THE_WINDOW:
                continue
            reported.add(found.violation)
            yield found.model_copy(
                update={
                    "violation": "regress.undone",
                    "subject": f"{earlier.id}: {found.violation}",
                    "message": f"{earlier.title} is undone: {found.message}"[:300],
                    "instances": 1,
                    "provenance": Provenance.OWN,
                }
            )


def _failing(action: Action, step: Step, before: Probe, after: Probe) -> dict[tuple[str, str], Finding]:
    found: dict[tuple[str, str], Finding] = {}
    for check in action.rendered:
        for one in check(step, before, after):
            found.setdefault((one.violation, one.subject), one)
    return found


# -- shared ---------------------------------------------------------------------------------------------------------------

_Survey = Callable[[Probe, Page], Mapping[str, Finding]]


def _compared(given: Damage, survey: _Survey) -> Iterator[Finding]:
    """What is new, inherited from an earlier step, or mended; what the skeleton itself has is nobody's doing."""
    step = given.step
    now, then = survey(given.after, step.after), survey(given.before, step.before)
    native: Mapping[str, Finding] = survey(step.seen_start, step.start) if step.seen_start is not None and (now or then) else {}
    for key, found in now.items():
        if key not in native:
            yield found if key not in then else found.model_copy(update={"provenance": Provenance.INHERITED})
    for key, found in then.items():
        if key not in now and key not in native:
            evidence = found.evidence.model_copy(update={"side": "before"})
            yield found.model_copy(update={"provenance": Provenance.REPAIRED, "evidence": evidence})


def _titled(key: str) -> str:
    return f"The {key}" if key in ("header", "hero", "footer") else f"Section {key}"


def _selector(step: Step, key: str) -> str:
    return next((part.selector for part in parts(step.manifest) if part.id == key), "")
