"""Judging one step: completion of its action, damage relative to its input, charges and score."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sitegen_tui.actions.base import Action, Brief, Page, Step, finding, page_of
from sitegen_tui.actions.registry import action as action_of
from sitegen_tui.domain.edits import RejectedBlock
from sitegen_tui.domain.findings import Charge, Evidence, Finding, Judgement, Provenance
from sitegen_tui.domain.probes import Probe
from sitegen_tui.domain.violations import Layer
from sitegen_tui.judge import assets, charging, files, hooks, rendered, structure, texts, undone
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.damage import Damage
from sitegen_tui.judge.keyed import compared


@dataclass(frozen=True)
class StepInput:
    """What is judged: editable files before and after an action, and how its reply was received.

    `protocol` are the protocol ids that the reply earned; `rejected` the blocks that could not be applied; `start` the
    skeleton's editable files (the files before, if not given). `seen_before`, `seen_after` and `seen_start` are what a browser
    saw of the three; without the first two the rendered layer does not judge, even where `layers` names it. `assets_after` are
    the files beside the output (path to content), where they may not be the brief's any more: no reply can change those.
    `told` is what an LLM judge found; with its layer alone nothing else counts.
    """

    action_id: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    brief: Brief
    protocol: tuple[str, ...] = ()
    rejected: tuple[RejectedBlock, ...] = ()
    layers: frozenset[Layer] = frozenset({Layer.STATIC})
    start: Mapping[str, str] = field(default_factory=dict[str, str])
    seen_before: Probe | None = None
    seen_after: Probe | None = None
    seen_start: Probe | None = None
    assets_after: Mapping[str, bytes] | None = None
    told: tuple[Finding, ...] = ()

    @property
    def judging(self) -> frozenset[Layer]:
        """The layers that judge: those that are asked for and have something to look at."""
        blind = self.seen_before is None or self.seen_after is None
        return self.layers - {Layer.RENDERED} if blind else self.layers


def evaluate(given: StepInput) -> Judgement:
    """The judgement of a step. Pure: equal inputs give equal charges and scores. Raises UnknownName for an unknown action."""
    began = time.perf_counter()
    action = action_of(given.action_id)
    step = Step(
        before=page_of(given.before, given.brief),
        after=_page_after(given),
        brief=given.brief,
        start=page_of(given.start or given.before, given.brief),
        seen_before=given.seen_before,
        seen_after=given.seen_after,
        seen_start=given.seen_start,
    )
    rubric, judging = catalogue(), given.judging
    if judging == frozenset({Layer.LLM}):
        return _judgement(action, list(given.told), judging, began)
    losses = structure.losses_of(step)
    altered = () if given.assets_after is None else assets.altered_assets(given.brief.assets, given.assets_after)
    found = [*_protocol(given), *_completion(action, step), *_damage(action, step, losses), *altered]
    if Layer.RENDERED in judging:
        found = _with_rendered(action, step, losses, found)
    if Layer.LLM in judging:
        found += _not_charged_yet(given.told, charging.charge(rubric, action.id, found))
    return _judgement(action, found, judging, began)


def _judgement(action: Action, found: list[Finding], judging: frozenset[Layer], began: float) -> Judgement:
    rubric = catalogue()
    charges = charging.charge(rubric, action.id, found)
    layers = tuple(sorted(judging, key=list(Layer).index))
    return Judgement(
        charges=charges,
        score=charging.score(rubric, action.id, charges, layers),
        not_assessed=charging.not_assessed(rubric, action.id, judging),
        milliseconds=(time.perf_counter() - began) * 1000,
    )


def _not_charged_yet(told: tuple[Finding, ...], charges: tuple[Charge, ...]) -> list[Finding]:
    """What a judge found where no program has charged anything: one cause is charged once."""
    charged = {
        (charge.finding.evidence.file, charge.finding.evidence.line + away)
        for charge in charges
        if charge.amount and charge.finding.evidence.line is not None and charge.finding.evidence.side == "after"
        for away in (-1, 0, 1)
    }
    return [found for found in told if (found.evidence.file, found.evidence.line) not in charged]


def _page_after(given: StepInput) -> Page:
    if given.assets_after is None:
        return page_of(given.after, given.brief)
    return Page(dict(given.after), frozenset(given.assets_after))


def _completion(action: Action, step: Step) -> Iterator[Finding]:
    for check in action.checks:
        yield from check(step)


def _with_rendered(action: Action, step: Step, losses: structure.Losses, told: list[Finding]) -> list[Finding]:
    """What the files tell, and what a browser saw of completion and damage."""
    before, after = step.seen_before, step.seen_after
    if before is None or after is None:
        return told
    done = [found for check in action.rendered for found in check(step, before, after)]
    given = Damage(step=step, action=action, before=before, after=after, losses=losses, told=told)
    damage = rendered.rendered_damage(given, catalogue())
    return [*rendered.without_explained(told, damage, step), *done, *damage]


def _damage(action: Action, step: Step, losses: structure.Losses) -> Iterator[Finding]:
    """Damage relative to the input; what only points at the same cause is sorted out by dominance."""
    yield from _scope(action, step)
    yield from files.truncation(step, losses)
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
    unnamed = any(found.subject.startswith("add-accessibility: a11y.") for found in reverted)
    yield from hooks.aria_damage(step, gone, hooks.NAMING if unnamed else frozenset())
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
