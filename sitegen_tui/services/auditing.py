"""The audit that a screen starts and follows: one at a time, in the background, with a report that grows as it goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen_tui.domain.audits import AuditProgress, AuditReport, AuditWanted, Outcome
from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.ports import Eyes, Workers
from sitegen_tui.domain.violations import Layer
from sitegen_tui.site.diff import diff_sites

if TYPE_CHECKING:
    from sitegen_tui.domain.findings import Charge

Run = Callable[[AuditWanted, bool], AsyncGenerator[AuditProgress | AuditReport]]
"""Begins an audit, by files alone or not."""

COUNTED_EVERY = 5
"""Mutants between two counts while an audit runs."""


@dataclass(frozen=True, slots=True)
class OpenedMutant:
    """A mutant as a screen shows it: what was planted, what it was charged with, and its diff with gold on the left."""

    outcome: Outcome
    charges: tuple[Charge, ...]
    diff: SiteDiff


class Auditing:
    """The newest audit. `revision` grows with everything that changes what is shown.

    `run` begins an audit, `last` gives the one that was stored last; `fault` says why no browser can look, empty if one can.
    """

    def __init__(
        self, run: Run, last: Callable[[], Awaitable[AuditReport | None]], workers: Workers, eyes: Eyes, fault: Callable[[], str]
    ) -> None:
        self.files_alone = False
        self.report: AuditReport | None = None
        self.done = 0
        self.total = 0
        self.revision = 0
        self.error: BaseException | None = None
        self._run = run
        self._last = last
        self._workers = workers
        self._eyes = eyes
        self._fault = fault
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether an audit is under way."""
        return self._task is not None and not self._task.done()

    async def load(self) -> None:
        """Read the audit that was stored last, unless there is a newer one here. Raises StoreError."""
        if self.report is None and not self.running:
            stored = await self._last()
            if self.report is None and not self.running:
                self.report = stored
                self.revision += 1

    def start(self, wanted: AuditWanted) -> None:
        """Begin an audit, unless one is under way; what it raises is in `error` when it has ended."""
        if not self.running:
            self.report, self.error, self.done, self.total = None, None, 0, 0
            self.revision += 1
            self._task = asyncio.create_task(self._audit(wanted), name="audit")

    async def stop(self) -> None:
        """End the audit; what was counted so far stays."""
        task = self._task
        if task is not None and not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self.revision += 1

    async def open(self, outcome: Outcome) -> OpenedMutant:
        """A mutant made and judged again, by a browser too where one looked at it before and can now.

        Raises UnknownName, and UsageError where its fault does not apply.
        """
        from sitegen_tui.services.audit import rebuilt

        seen = Layer.RENDERED in outcome.layers and not self._fault()
        found = await rebuilt(outcome.key, self._workers, self._eyes if seen else None)
        sides = [{path: text.encode() for path, text in files.items()} for files in (found.mutant.gold, found.mutant.after)]
        return OpenedMutant(found.outcome, found.judgement.charges, await self._workers.call(diff_sites, *sides))

    async def _audit(self, wanted: AuditWanted) -> None:
        # Faults and their checks are a lot to load for a program that only shows runs.
        from sitegen_tui.services.audit import report

        seen = not self.files_alone and not self._fault()
        outcomes: list[Outcome] = []
        try:
            async with aclosing(self._run(wanted, self.files_alone)) as events:
                async for event in events:
                    if isinstance(event, AuditProgress):
                        outcomes.append(event.outcome)
                        self.done, self.total = event.done, event.total
                        if event.done % COUNTED_EVERY == 1:
                            self.report = report(wanted, outcomes, seen=seen)
                    else:
                        self.report = event
                    self.revision += 1
        except asyncio.CancelledError:
            self.report = report(wanted, outcomes, seen=seen) if outcomes else None
            raise
        except Exception as error:  # the screen shows it: nobody awaits this task
            self.error = error
            self.revision += 1
