"""LLM judges audited: steps with and without planted faults shown to one, what it said counted, and what it has earned by that."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from statistics import fmean

from sitegen_tui.domain.audits import GRADES, Grade, Share
from sitegen_tui.domain.judge_audits import (
    FALSE_ALARMS,
    LEAST,
    PRECISION,
    RECALL,
    REJECTED,
    Fitness,
    JudgeAuditProgress,
    JudgeAuditReport,
    JudgeAuditRow,
    JudgeAuditWanted,
    JudgeOutcome,
)
from sitegen_tui.domain.judges import JudgePlan
from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.domain.ports import Provider, Workers
from sitegen_tui.domain.runs import add_usages
from sitegen_tui.engine.asking import Limits
from sitegen_tui.engine.clock import SYSTEM_CLOCK, Clock
from sitegen_tui.engine.gate import Gates
from sitegen_tui.engine.showing import shown
from sitegen_tui.judge.catalogue import catalogue
from sitegen_tui.judge.llm import items as making
from sitegen_tui.judge.llm.prompt import wording
from sitegen_tui.services.judges import answer_limit, check_reader, settings_hash
from sitegen_tui.stats.proportions import wilson


async def audit_judge(
    wanted: JudgeAuditWanted, info: ModelInfo, provider: Provider, workers: Workers, clock: Clock = SYSTEM_CLOCK
) -> AsyncGenerator[JudgeAuditProgress | JudgeAuditReport]:
    """Progress for each step that was shown, in no certain order, and the report at the end.

    Raises UnknownName, and UsageError for a model that cannot judge. What a judge cannot be asked for leaves its steps unjudged.
    """
    check_reader(info)
    total = making.wanted_items(wanted)
    judge = JudgePlan(
        model=info.name,
        mode="audit",
        family=info.family,
        samples=wanted.samples,
        settings=settings_hash(info),
        context=info.context,
        answer=answer_limit(info),
    )
    outcomes: list[JudgeOutcome] = []
    async with aclosing(shown(wanted, judge, provider, workers, clock, Limits(gates=Gates(clock)))) as found:
        async for outcome in found:
            outcomes.append(outcome)
            yield JudgeAuditProgress(done=len(outcomes), total=total, outcome=outcome)
    yield report(wanted, judge, outcomes, info.settings)


def report(
    wanted: JudgeAuditWanted, judge: JudgePlan, outcomes: Sequence[JudgeOutcome], sent: Mapping[str, object]
) -> JudgeAuditReport:
    """Everything counted, by id and over all."""
    order = {violation.id: place for place, violation in enumerate(catalogue().violations)}
    rejected = share(sum(one.rejected for one in outcomes), sum(one.items for one in outcomes))
    planted = {violation for one in outcomes for violation in one.planted}
    reported = {violation for one in outcomes for violation in one.present}
    unjudged = [one for one in outcomes if one.unjudged]
    told = [one for one in outcomes if not one.unjudged]
    located = [one.located for one in outcomes if one.located is not None]
    flips = [one.flips for one in told if one.flips is not None]
    answers = sum(len(one.present) + len(one.absent) + len(one.cannot_tell) for one in told)
    return JudgeAuditReport.model_validate(
        {
            "judge": judge.model,
            "family": judge.family,
            "settings": judge.settings,
            "sent": dict(sent),
            "rubric": catalogue().rubric_version,
            "wording": wording(),
            "seed": wanted.seed,
            "samples": wanted.samples,
            "shown": Counter(one.item.kind for one in outcomes),
            "rows": tuple(_row(one, outcomes, rejected) for one in sorted(planted | reported, key=lambda one: order[one])),
            "overall": _row("", outcomes, rejected),
            "rejected": rejected,
            "unjudged": share(len(unjudged), len(outcomes)),
            "located": share(sum(located), len(located)),
            "flips": fmean(flips) if flips else None,
            "cannot_tell": share(sum(len(one.cannot_tell) for one in told), answers),
            "usage": add_usages(one.usage for one in outcomes),
            "milliseconds": sum(one.milliseconds for one in outcomes),
            "reasons": Counter(one.unjudged for one in unjudged),
        }
    )


def _row(violation: str, outcomes: Sequence[JudgeOutcome], rejected: Share) -> JudgeAuditRow:
    """One id, or all of them together for ''."""
    by_grade: dict[Grade, list[bool]] = {grade: [] for grade in GRADES}
    right = wrong = alarms = harmless = 0
    for one in outcomes:
        for planted in one.planted:
            if violation in ("", planted) and one.grade is not None:
                by_grade[one.grade].append(planted in one.present)
        mine = [found for found in one.present if violation in ("", found)]
        right += sum(found in one.planted for found in mine)
        wrong += sum(found not in one.planted and found not in one.allowed for found in mine)
        if one.item.kind == "harmless" and (not violation or catalogue().by_id[violation].term(one.item.action) is not None):
            harmless += 1
            alarms += bool(mine)
    grades: dict[Grade, Share] = {grade: share(sum(found), len(found)) for grade, found in by_grade.items() if found}
    everything = [found for some in by_grade.values() for found in some]
    realistic = grades.get("realistic", share(0, 0))
    precision, false_alarms = share(right, right + wrong), share(alarms, harmless)
    fitness, why = fit(realistic, precision, false_alarms, rejected)
    return JudgeAuditRow(
        violation=violation,
        recall=share(sum(everything), len(everything)),
        realistic=realistic,
        precision=precision,
        false_alarms=false_alarms,
        by_grade=grades,
        fitness=fitness,
        why=why,
    )


def fit(realistic: Share, precision: Share, false_alarms: Share, rejected: Share) -> tuple[Fitness, str]:
    """Whether figures admit a judge to score an id, and what is lacking. Too few of anything admits nobody."""
    lacking: list[str] = []
    if realistic.value is not None and realistic.value < RECALL:
        lacking.append(f"recall {realistic.value:.2f} < {RECALL:g}")
    if precision.value is not None and precision.value < PRECISION:
        lacking.append(f"precision {precision.value:.2f} < {PRECISION:g}")
    if false_alarms.value is not None and false_alarms.value > FALSE_ALARMS:
        lacking.append(f"false alarms {false_alarms.value:.2f} > {FALSE_ALARMS:g}")
    if rejected.value is not None and rejected.value > REJECTED:
        lacking.append(f"evidence rejected {rejected.value:.2f} > {REJECTED:g}")
    few: list[str] = []
    if realistic.n < LEAST:
        few.append(f"{realistic.n} of {LEAST} realistic faults")
    if false_alarms.n < LEAST:
        few.append(f"{false_alarms.n} of {LEAST} harmless changes")
    if lacking and realistic.n:
        return "unfit", ", ".join((*lacking, *few))
    return ("too few", ", ".join(few)) if few else ("fit", "")


def share(hits: int, n: int) -> Share:
    """A share with its Wilson interval at 95 %."""
    ends = wilson(hits, n)
    if ends is None:
        return Share(hits=hits, n=n)
    return Share(hits=hits, n=n, value=hits / n, low=ends[0], high=ends[1])
