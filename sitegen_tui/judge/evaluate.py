"""Judging one step: completion of its action, damage relative to its input, charges and score."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sitegen_tui.actions.base import Action, Brief, Step, finding, page_of
from sitegen_tui.actions.registry import action as action_of
from sitegen_tui.domain.edits import RejectedBlock
from sitegen_tui.domain.findings import Evidence, Finding, Judgement, Provenance
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge import assets, charging, files, hooks, structure, texts, undone
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.keyed import compared


@dataclass(frozen=True)
class StepInput:
    """What is judged: editable files before and after an action, and how its reply was received.

    `protocol` are the protocol ids that the reply earned; `rejected` the blocks that could not be applied; `start` the
    skeleton's editable files (the files before, if not given).
    """

    action_id: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    brief: Brief
    protocol: tuple[str, ...] = ()
    rejected: tuple[RejectedBlock, ...] = ()
    layers: frozenset[Layer] = frozenset({Layer.STATIC})
    start: Mapping[str, str] = field(default_factory=dict[str, str])


def evaluate(given: StepInput) -> Judgement:
    """The judgement of a step. Pure: equal inputs give equal charges and scores. Raises UnknownName for an unknown action."""
    began = time.perf_counter()
    action = action_of(given.action_id)
    step = Step(
        before=page_of(given.before, given.brief),
        after=page_of(given.after, given.brief),
        brief=given.brief,
        start=page_of(given.start or given.before, given.brief),
    )
    found = [*_protocol(given), *_completion(action, step), *_damage(action, step)]
    rubric = catalogue()
    charges = charging.charge(rubric, action.id, found)
    layers = tuple(sorted(given.layers, key=list(Layer).index))
    return Judgement(
        charges=charges,
        score=charging.score(rubric, action.id, charges, layers),
        not_assessed=charging.not_assessed(rubric, action.id, given.layers),
        milliseconds=(time.perf_counter() - began) * 1000,
    )


def _completion(action: Action, step: Step) -> Iterator[Finding]:
    for check in action.checks:
        yield from check(step)


def _damage(action: Action, step: Step) -> Iterator[Finding]:
    """Damage relative to the input; what only points at the same cause is sorted out by dominance."""
    losses = structure.losses_of(step)
    yield from _scope(action, step)
    yield from files.truncation(step)
    yield from files.elisions(step)
    yield from compared(files.survey_files, step.start, step.before, step.after, step.brief)
    yield from files.new_errors(step)
    yield from structure.structural(step, losses)
    pictures = list(compared(assets.survey_assets, step.start, step.before, step.after, step.brief))
    yield from pictures
    yield from assets.deleted_assets(step.before, step.after)
    own = [found for found in pictures if found.provenance is Provenance.OWN]
    reverted = list(undone.undone(step, action, catalogue(), losses, own))
    told = [
        (element, found) for element, found in texts.text_damage(step, action, losses, {f.subject.split(":")[0] for f in reverted})
    ]
    yield from (found for _, found in told)
    gone = texts.gone_with(step.before, {e for e, found in told if found.violation == "regress.text-lost"}, losses)
    yield from hooks.hook_damage(step, action, gone)
    yield from hooks.aria_damage(step, gone)
    for found in hooks.link_damage(step, losses):
        if not any(undone.same_place(found.evidence, other.evidence) for other in reverted):
            yield found
    yield from reverted


def _protocol(given: StepInput) -> Iterator[Finding]:
    for violation in given.protocol:
        first = given.rejected[0] if given.rejected else None
        measured = f"{len(given.rejected)} blocks not applied; first: {first.reason} in {first.path}" if first else ""
        message = catalogue().by_id[violation].title
        yield finding(violation, message, subject="reply", evidence=Evidence(measured=measured[:400]))


def _scope(action: Action, step: Step) -> Iterator[Finding]:
    for path in sorted(step.touched.difference(action.write_set)):
        yield finding(
            "scope.file-touched",
            f"{path} was changed, which this action must leave alone",
            subject=path,
            evidence=Evidence(file=path, expected=", ".join(action.write_set)),
        )
