"""Damage that only a rendered page shows, each cause once: scripts and behaviours here, layout and texts in files of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from sitegen_tui.actions.base import Action, Page, Step, seen
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.domain.findings import Finding, Provenance
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.template import Behaviour
from sitegen_tui.domain.violations import Catalogue, Kind
from sitegen_tui.judge import rendered_layout, rendered_texts
from sitegen_tui.judge.damage import Damage, compared
from sitegen_tui.judge.hooks import scripted_in
from sitegen_tui.judge.structure import parts
from sitegen_tui.site.html import inside
from sitegen_tui.site.page import JS

_FOLLOW_THE_WINDOW = ("sections.tablet-wrong", "sections.mobile-wrong", "hero.mobile-stack-wrong")
_NULL = "properties of null"
_FOLLOWS_SCROLLING = ("colours.header-tint-missed",)
_REARRANGED = "apply-sections-layout: sections.columns-wrong"


def rendered_damage(given: Damage, catalogue: Catalogue) -> list[Finding]:
    """Everything that a browser saw to be damaged, each cause once. Nothing for a step that changed no file."""
    if given.step.unchanged:
        return []
    found = [*_scripts(given), *_missing(given), *rendered_layout.sections(given)]
    dead = {f.section for f in found if f.section and f.provenance is Provenance.OWN} | given.gone
    if not given.styles_cut:
        found += rendered_layout.navigation(given)
        found += rendered_layout.overflow(given)
        found += rendered_layout.overlaps(given, dead)
        found += rendered_texts.invisible(given, dead)
    found += rendered_texts.new_failures(given, catalogue)
    reverted = list(_undone(given, catalogue, dead))
    # Sections that have lost the columns an earlier step gave them are charged as undone, whatever the window.
    arranged = {one.section for one in given.step.requirements.layout.sections}
    lost = arranged if any(f.subject == _REARRANGED for f in reverted) else set[str]()
    fixed = [] if given.styles_cut or given.page_cut else list(rendered_layout.responsive(given, lost))
    found += fixed
    found += _behaviours(given, found)
    told = (*(_FOLLOW_THE_WINDOW if fixed else ()), *(_FOLLOWS_SCROLLING if _scrolls_no_more(given, found) else ()))
    found += [f for f in reverted if not f.subject.endswith(told)]
    return found


def without_explained(told: Iterable[Finding], damage: Sequence[Finding], step: Step) -> list[Finding]:
    """What the files tell, less the hooks whose loss a browser has shown to break the script, which is charged instead."""
    before, after = step.seen_before, step.seen_after
    own = {f.violation for f in damage if f.provenance is Provenance.OWN}
    if before is None or after is None or not own & {"js.broken", "js.behaviour-lost"}:
        return list(told)
    lost = [one for one in step.manifest.behaviours if _lost(one, before, after)]
    hooks = {hook for one in lost for hook in (*one.hooks, *_selectors(one), JS)}
    return [found for found in told if not (found.violation == "regress.hook-lost" and found.subject in hooks)]


# -- scripts --------------------------------------------------------------------------------------------------------------


def _scripts(given: Damage) -> Iterator[Finding]:
    """js.broken: an error that the input did not report, or a page that does not come to rest any more."""
    if given.script_cut or given.page_cut:
        return
    # A script that looks for what is gone with a lost section fails because of that.
    explained = scripted_in(given.step.before, given.losses.elements)

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
            if not (explained and _NULL in e.message)
        }
        if failure is not None and failure.kind in ("timeout", "crashed", "navigated"):
            told = f"The page does not come to rest: {failure.detail}"
            found[failure.kind] = seen("js.broken", told, measured=f"{failure.stage}: {failure.detail}", subject="script")
        return found

    yield from compared(given, errors)


def _behaviours(given: Damage, damage: Sequence[Finding]) -> Iterator[Finding]:
    """js.behaviour-lost: what the script did in the input and does no more, for no reason that is charged already."""
    own = {f.violation for f in damage if f.provenance is Provenance.OWN}
    if "js.broken" in own or given.script_cut or given.page_cut or given.styles_cut or given.after.failure is not None:
        return
    broken = {f.section for f in damage if f.section and f.violation in ("layout.collapsed", "layout.section-emptied")} | given.gone
    for behaviour in given.step.manifest.behaviours:
        has = given.after.behaviours.get(behaviour.id)
        if has is None or not _lost(behaviour, given.before, given.after):
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


def _scrolls_no_more(given: Damage, damage: Sequence[Finding]) -> bool:
    """Whether the script, which is charged for it, does no more what it did when the page was scrolled."""
    own = {f.violation for f in damage if f.provenance is Provenance.OWN}
    if not own & {"js.broken", "js.behaviour-lost"}:
        return False
    lost = [one for one in given.step.manifest.behaviours if _lost(one, given.before, given.after)]
    return any(step.do == "scroll" for one in lost for step in one.steps)


def _lost(behaviour: Behaviour, before: Probe, after: Probe) -> bool:
    had, has = before.behaviours.get(behaviour.id), after.behaviours.get(behaviour.id)
    return had is not None and had.works and has is not None and not has.works


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

    yield from compared(given, absent)


# -- earlier work ---------------------------------------------------------------------------------------------------------


def _undone(given: Damage, catalogue: Catalogue, dead: Collection[str]) -> Iterator[Finding]:
    """regress.undone by what is seen: one finding for each earlier action and id that held in the input and holds no longer.

    An arrangement that is gone is one cause, however many ids and sections fail by it. An action of which the files alone
    tell that it is undone, and what lies in a damaged section, is charged there.
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
        before = _failing(earlier, replace(step, before=step.start, after=step.before, later=True), base, given.before)
        reported: set[str] = set()
        after = _failing(earlier, replace(step, before=step.start, later=True), base, given.after)
        # What also fails because nothing follows the window any more comes last: it may be charged as that.
        for key, found in sorted(after.items(), key=lambda one: one[1].violation in _FOLLOW_THE_WINDOW):
            term = catalogue.by_id[found.violation].term(earlier.id)
            if (
                key in before
                or found.violation in reported
                or found.section in dead
                or term is None
                or term.kind is Kind.REGRESSION
            ):
                continue
            if reported and earlier.arranges:
                break
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
