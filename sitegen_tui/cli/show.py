"""What `sitegen show` prints: a run's steps, or one step down to finding, line and rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen_tui.cli import output, words
from sitegen_tui.cli.options import reading
from sitegen_tui.domain.findings import Charge
from sitegen_tui.domain.rows import RunRow, StepRow
from sitegen_tui.domain.verdicts import judge_words, session_words
from sitegen_tui.domain.violations import Catalogue, Violation
from sitegen_tui.services.insights.guard import begun
from sitegen_tui.services.views import StepView

if TYPE_CHECKING:
    from sitegen_tui.services.reads import StepDetail


async def show_run(db: str | None, run_id: str, as_json: bool) -> None:
    """Print a run and its steps. Raises UnknownName."""
    async with reading(db) as services:
        row = await services.run(run_id)
        steps = await services.steps(run_id)
        view = await services.view(run_id)
        catalogue = services.catalogue
    if as_json:
        charges = {step.step: [charge_json(charge, catalogue) for charge in step.charges] for step in view.steps}
        found = [{**step.model_dump(mode="json"), "findings": charges.get(step.step, [])} for step in steps]
        output.say_json({"run": row, "steps": found, "sessions": view.sessions})
        return
    _say_head(row)
    for session in view.sessions:
        paid = f"; {words.dollars(session.usage.usd, session.usage.unpriced)}" if session.usage.usd is not None else ""
        output.say(f"LLM judge: {output.line(session_words(session))}{paid}")
    output.say()
    output.table(
        ("#", "action", "state", "points", "deducted", "findings", "lines", "tries", "usd", "model", "judge"),
        [_step_cells(step) for step in steps],
        right=(0, 4, 5, 6, 7, 8, 9, 10),
    )
    for step in steps:
        if step.override is not None:
            judged = f", judged {output.number(step.judged_value, 2)}" if step.judged_value is not None else ""
            who = f"decided by {output.line(step.override_by)}: {output.line(step.override_reason)}"
            output.say(f"* step {step.step}: {output.number(step.value, 2)}{judged}, {who}")
        if step.reason:
            output.say(f"step {step.step}: {output.line(step.reason)}")


async def show_step(db: str | None, run_id: str, number: int, as_json: bool) -> None:
    """Print one step. Raises UnknownName."""
    async with reading(db) as services:
        detail = await services.step_detail(run_id, number)
        catalogue = services.catalogue
    if as_json:
        output.say_json(_step_json(detail, catalogue))
        return
    view = detail.view
    _say_head(detail.run)
    output.say(f"step {view.step}  {view.action} ({view.category}), {view.state.value}: {_points(view)}")
    for line in (view.reason, view.hint):
        if line:
            output.say(f"  {output.line(line)}")
    _say_sums(view)
    for state in view.llm:
        output.say(f"  judge {output.line(judge_words(state))}; {words.dollars(state.usage.usd, state.usage.unpriced)}")
    for earlier in view.earlier:
        was = words.score(earlier.value, earlier.assessed, earlier.full, earlier.layers)
        output.say(f"  judged before: {was} (rubric {earlier.rubric})")
    _say_attempts(view)
    for change in view.changes:
        output.say(f"  {output.line(change.path)}  +{change.added} -{change.removed}")
    for charge in view.charges:
        say_charge(charge, catalogue.by_id.get(charge.finding.violation))
    if view.score is not None and not view.charges:
        output.say("no finding")
    if view.not_assessed:
        output.say()
        output.say("not assessed, since no judge at hand can see it:")
        for name in view.not_assessed:
            violation = catalogue.by_id.get(name)
            output.say(f"  {name}" + (f": {violation.title}" if violation else ""))


def charge_json(charge: Charge, catalogue: Catalogue) -> dict[str, object]:
    """A charge with its finding, evidence and the catalogue's own words."""
    violation = catalogue.by_id.get(charge.finding.violation)
    return {
        **charge.model_dump(mode="json"),
        "title": violation.title if violation else None,
        "rule": violation.rule if violation else None,
    }


def _say_head(row: RunRow) -> None:
    output.say(
        f"run {row.run_id}  {words.model_name(row.model, row.simulated)} on {row.template} with {row.requirements}"
        f", {row.mode}, repeat {row.repeat}"
    )
    if row.fork:
        output.say(f"a fork, {begun(row.fork)}: it is never put together with other runs")
    total = f", {words.run_total(row)}" if row.steps_done else ""
    cost = f", {words.dollars(row.usd, row.unpriced)}" if row.usd is not None else ""
    judges = f", LLM judges {words.dollars(row.judge_usd, row.judge_unpriced)}" if row.judge_usd is not None else ""
    lacks = f" ({row.unpriced} attempts without a price)" if row.unpriced else ""
    output.say(f"{row.state.value}, steps {words.run_progress(row)}{total}{cost}{lacks}{judges}")
    if not row.complete and row.state.value not in ("running", "queued"):
        output.say("incomplete: it is left out of averages")
    if row.reason:
        output.say(output.line(row.reason))


def _step_cells(step: StepRow) -> tuple[str, ...]:
    return (
        str(step.step),
        step.action,
        step.state.value,
        "-" if step.state.value not in ("scored", "unscored") else _step_points(step),
        output.number(step.completion + step.regression + step.judged, 2),
        str(step.charges),
        f"+{step.added} -{step.removed}",
        str(step.attempts),
        words.dollars(step.usage.usd, step.usage.unpriced),
        words.seconds(step.model_ms),
        words.seconds(step.judge_ms),
    )


def _step_points(step: StepRow) -> str:
    mark = "" if step.override is None else "*"
    return words.score(step.value, step.assessed, step.full, step.layers) + mark


def _points(view: StepView) -> str:
    if view.score is None:
        return "unscored" if view.value is None else output.number(view.value, 1) + decided_words(view)
    points = words.score(view.value, view.score.assessed, view.score.full, view.score.layers)
    return points + decided_words(view)


def decided_words(view: StepView) -> str:
    """What people decided on a step, beside what it was judged to be; '' where nobody did."""
    if not view.decisions:
        return ""
    last = view.decisions[-1]
    judged = f", judged {output.number(view.score.value, 2)}" if view.score else ""
    verb = "confirmed" if view.override is None else "decided"
    return f"{judged}, {verb} by {output.line(last.author)}: {output.line(last.reason)}"


def _say_sums(view: StepView) -> None:
    score = view.score
    if score is None:
        return
    output.say(
        f"  {score.assessed:.2f} assessed - {score.completion:.2f} not completed - {score.regression:.2f} damage"
        f" - {score.judged:.2f} judged = {score.value:.2f}  (rubric {score.rubric})"
    )


def _say_attempts(view: StepView) -> None:
    for attempt in view.attempts:
        usage = attempt.usage
        failed = f", failed: {output.line(attempt.error)}" if attempt.error else ""
        output.say(
            f"  attempt {attempt.number} ({attempt.purpose}): {words.tokens(usage.input_tokens, usage.estimated)} tokens in"
            f", {words.tokens(usage.output_tokens, usage.estimated)} out, {words.dollars(usage.usd)}"
            f", {words.seconds(attempt.total_ms)}, {attempt.finish_reason}{failed}"
        )
        if attempt.served_by:
            output.say(f"    served by {output.line(attempt.served_by)}")
        if attempt.settings:
            output.say(f"    settings: {output.line(', '.join(f'{name} {value}' for name, value in attempt.settings.items()))}")
    for edit in view.edits:
        if not edit.applied:
            output.say(f"  refused: {output.line(edit.path)}, reply line {edit.line}: {edit.outcome}")


def say_charge(charge: Charge, violation: Violation | None) -> None:
    """Print a charge down to the line it stands in and the rule behind it."""
    finding, evidence = charge.finding, charge.finding.evidence
    output.say()
    title = f": {violation.title}" if violation else ""
    output.say(f"-{charge.amount:.2f}  {finding.violation}{title}  ({charge.severity.value}, {charge.kind.value})")
    output.say(f"    {output.line(finding.message)}")
    place = words.place(evidence.file, evidence.line, evidence.column)
    if place:
        side = " (before)" if evidence.side == "before" else ""
        output.say(f"    at {output.line(place)}{side}")
    for name, text in (("found", evidence.quote), ("wanted", evidence.expected), ("measured", evidence.measured)):
        if text:
            output.say(f"    {name}: {output.line(text)}")
    if finding.provenance.value != "own":
        output.say(f"    {finding.provenance.value}: caused by an earlier step")
    if charge.amount != charge.nominal:
        output.say(f"    {charge.nominal:.2f} by the catalogue: {output.line(charge.reason)}")
    if violation:
        output.say(f"    rule: {violation.rule}")


def _step_json(detail: StepDetail, catalogue: Catalogue) -> dict[str, object]:
    view = detail.view
    return {
        "run": detail.run,
        "step": view.step,
        "action": view.action,
        "category": view.category,
        "state": view.state.value,
        "value": view.value,
        "score": view.score,
        "override": view.override,
        "decisions": [one.model_dump(mode="json", exclude={"effect"}) for one in view.decisions],
        "reason": view.reason,
        "hint": view.hint,
        "findings": [charge_json(charge, catalogue) for charge in view.charges],
        "not_assessed": view.not_assessed,
        "llm": view.llm,
        "samples": [sample.model_dump(mode="json") for sample in view.samples],
        "judged_before": view.earlier,
        "changes": view.changes,
        "edits": view.edits,
        "attempts": view.attempts,
        "usage": view.usage,
        "model_ms": view.model_ms,
        "judge_ms": view.judge_ms,
        "site_before": detail.before,
        "site_after": detail.after,
    }
