"""Following a run from a screen, and turning its view into the lines of our lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen_tui.domain.verdicts import JudgeSession, judge_words
from sitegen_tui.tui import figures
from sitegen_tui.tui.text import one_line
from sitegen_tui.tui.widgets.findings_list import FindingLine
from sitegen_tui.tui.widgets.steps_list import StepLine

if TYPE_CHECKING:
    from sitegen_tui.domain.diffs import Side
    from sitegen_tui.services.root import Services
    from sitegen_tui.services.views import RunView, StepView


class Follower:
    """A feed that may be closed twice and read at any time."""

    def __init__(self, services: Services, run_id: str) -> None:
        self._feed = services.follow(run_id)
        self._closed = False

    @property
    def view(self) -> RunView:
        """The newest fold."""
        return self._feed.view

    @property
    def driven(self) -> bool:
        """Whether this process drives the run, so that it can be stopped here."""
        return self._feed.live

    async def ready(self) -> None:
        """Wait until everything stored is there. Raises what the services raise."""
        await self._feed.ready()

    def close(self) -> None:
        """Look no longer."""
        if not self._closed:
            self._closed = True
            self._feed.close()


def step_lines(run: RunView) -> list[StepLine]:
    """A line for each step."""
    return [
        StepLine(
            step=step.step,
            action=step.action,
            category=step.category,
            state=step.state.value,
            value=step.value,
            assessed=step.score.assessed if step.score else 0.0,
            override=step.override is not None,
            deducted=step.deducted,
        )
        for step in run.steps
    ]


def finding_lines(step: StepView) -> list[FindingLine]:
    """A line for each charge, in the order they were made; those that cost nothing come last."""
    lines = [FindingLine(number, charge) for number, charge in enumerate(step.charges, 1)]
    return sorted(lines, key=lambda line: not line.charge.amount)


def marks_of(step: StepView, path: str) -> list[tuple[Side, int]]:
    """Lines of a file that findings of a step speak of."""
    evidence = [charge.finding.evidence for charge in step.charges]
    return [(one.side, one.line) for one in evidence if one.file == path and one.line]


def charged_words(step: StepView) -> str:
    """How many findings a step has and what they cost together."""
    said = one_line("; ".join(judge_words(state) for state in step.llm))
    if not step.charges:
        return said
    cost = f"{figures.deduction(step.deducted)} points" if step.deducted else "nothing charged"
    return f"{len(step.charges)}, {cost}" + (f"; {said}" if said else "")


def canary_words(session: JudgeSession) -> str:
    """What canaries have shown of a judge whose session is valid, in a few words."""
    return f"canaries {session.found} of {session.planted}, false alarms {session.alarms} of {session.harmless}"


def judged_words(run: RunView, *, canaries: bool = True) -> str:
    """How far the LLM judge that counts has judged a run, in a few words, with what its canaries showed; '' where there is none."""
    states = [step.llm[0] for step in run.steps if step.llm]
    if not states:
        return ""
    silent = [state for state in states if state.unjudged]
    if not silent:
        tested = f", {canary_words(run.sessions[-1])}" if run.sessions and canaries else ""
        return f"llm judged {len(states)} steps{tested}"
    return f"llm unjudged in {len(silent)} of {len(states)}: {one_line(silent[-1].unjudged)}"
