"""Gold steps and steps that change nothing, judged: what a template with a brief must come out of clean. Pure."""

from __future__ import annotations

from sitegen_tui.actions.base import Files
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import library
from sitegen_tui.domain.findings import Judgement
from sitegen_tui.domain.proofs import IdleFrom, ProofWanted
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge.audit import PROGRAMS, Sights
from sitegen_tui.judge.evaluate import StepInput, evaluate
from sitegen_tui.judge.gold import gold_after, gold_before, gold_start


def pairings(wanted: ProofWanted) -> tuple[Pairing, ...]:
    """The pairs that are asked for, by template and then brief. Raises UnknownName for a name that is not on the shelf."""
    shelf = library()
    for name in wanted.templates:
        shelf.template_folder(name)
    for name in wanted.requirements:
        shelf.requirements_folder(name)
    found: list[Pairing] = []
    for template in shelf.template_ids():
        if wanted.templates and template not in wanted.templates:
            continue
        for pack in shelf.requirements_ids():
            own = pack in shelf.packs_for(template)
            asked = bool(wanted.templates or own) if pack in wanted.requirements else own and not wanted.requirements
            if asked:
                found.append(Pairing(template=template, requirements=pack))
    return tuple(found)


def gold_sites(pairing: Pairing) -> tuple[dict[str, str], ...]:
    """The editable texts of the start site and after each action. Raises ContentError, and whatever an edit raises."""
    names = (pairing.template, pairing.requirements)
    return tuple(dict(files) for files in (gold_start(*names), *(gold_after(*names, action.id) for action in ACTIONS)))


def judged_gold(pairing: Pairing, action: str, sights: Sights | None) -> Judgement:
    """The judgement of an action as the reference does it."""
    names = (pairing.template, pairing.requirements)
    return _judged(pairing, action, sights, gold_before(*names, action), gold_after(*names, action))


def judged_idle(pairing: Pairing, action: str, left: IdleFrom, sights: Sights | None) -> Judgement:
    """The judgement of a reply that changes nothing: the same site stands before and after."""
    names = (pairing.template, pairing.requirements)
    site = gold_start(*names) if left == "start" else gold_before(*names, action)
    return _judged(pairing, action, sights, site, site)


def _judged(pairing: Pairing, action: str, sights: Sights | None, before: Files, after: Files) -> Judgement:
    return evaluate(
        StepInput(
            action,
            before,
            after,
            brief_of(pairing.template, pairing.requirements),
            layers=PROGRAMS if sights else frozenset({Layer.STATIC}),
            start=gold_start(pairing.template, pairing.requirements),
            seen_before=sights.before if sights else None,
            seen_after=sights.after if sights else None,
            seen_start=sights.start if sights else None,
        )
    )
