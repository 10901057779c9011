"""The audit that a screen starts and follows: one at a time, in the background, with a report that grows as it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen_tui.domain.audits import AuditProgress, AuditReport, AuditWanted, MutantKey
from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.ports import Eyes, Workers
from sitegen_tui.site.diff import diff_sites

if TYPE_CHECKING:
    from sitegen_tui.domain.audits import Outcome
    from sitegen_tui.domain.findings import Charge

COUNTED_EVERY = 5
"""Mutants between two counts while an audit runs."""


@dataclass(frozen=True, slots=True)
class OpenedMutant:
    """A mutant as a screen shows it: what was planted, what it was charged with, and its diff with gold on the left."""

    outcome: Outcome
    charges: tuple[Charge, ...]
    diff: SiteDiff


class Auditing:
    """The newest audit of this process. `revision` grows with everything that changes what is shown."""

    def __init__(self, workers: Workers, eyes: Eyes, fault: Callable[[], str]) -> None:
        self.report: AuditReport | None = None
        self.done = 0
        self.total = 0
        self.revision = 0
        self.error: BaseException | None = None
        self._workers = workers
        self._eyes = eyes
        self._fault = fault
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether an audit is under way."""
        return self._task is not None and not self._task.done()

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

    async def open(self, key: MutantKey) -> OpenedMutant:
        """A mutant made and judged again. Raises UnknownName, and UsageError where its fault does not apply."""
        from sitegen_tui.services.audit import rebuilt

        found = await rebuilt(key, self._workers, None if self._fault() else self._eyes)
        sides = [{path: text.encode() for path, text in files.items()} for files in (found.mutant.gold, found.mutant.after)]
        return OpenedMutant(found.outcome, found.judgement.charges, await self._workers.call(diff_sites, *sides))

    async def _audit(self, wanted: AuditWanted) -> None:
        # Faults and their checks are a lot to load for a program that only shows runs.
        from sitegen_tui.services.audit import audit, report

        note = self._fault()
        outcomes: list[Outcome] = []
        try:
            async with aclosing(audit(wanted, self._workers, None if note else self._eyes, note=note)) as events:
                async for event in events:
                    if isinstance(event, AuditProgress):
                        outcomes.append(event.outcome)
                        self.done, self.total = event.done, event.total
                        if event.done % COUNTED_EVERY == 1:
                            self.report = report(wanted, outcomes, seen=not note, note=note)
                    else:
                        self.report = event
                    self.revision += 1
        except asyncio.CancelledError:
            self.report = report(wanted, outcomes, seen=not note, note=note) if outcomes else None
            raise
        except Exception as error:  # the screen shows it: nobody awaits this task
            self.error = error
            self.revision += 1
