"""A feed: the newest fold of one run, whoever drives it."""

from __future__ import annotations

import asyncio
from types import TracebackType

from sitegen_tui.services.live import LiveRuns
from sitegen_tui.services.views import RunView


class Feed:
    """One run's view as long as somebody looks at it.

    `view` is always the newest fold and is shared: look, never change. A run driven here moves with every token, a
    stored one is read once, one driven by another process follows its commits.
    """

    def __init__(self, run_id: str, runs: LiveRuns) -> None:
        self.run_id = run_id
        self._runs = runs
        self._entry = runs.hold(run_id)
        self._seen = -1
        self._closed = False
        self._loading = asyncio.create_task(runs.catch_up(run_id), name=f"feed {run_id}")

    @property
    def view(self) -> RunView:
        """The newest fold."""
        return self._entry.view

    @property
    def revision(self) -> int:
        """Grows whenever what is shown has changed."""
        return self._entry.view.revision

    @property
    def live(self) -> bool:
        """Whether this process drives the run, so that tokens come as they are made."""
        return self._entry.driven

    async def ready(self) -> RunView:
        """Wait until everything stored is folded. Raises UnknownName or StoreError."""
        await asyncio.shield(self._loading)
        return self.view

    async def changed(self) -> RunView:
        """Wait until the view differs from what the last `changed` returned; returns at once if it already does."""
        while self._entry.view.revision == self._seen and not self._closed:
            await self._entry.pulse.next()
        self._seen = self._entry.view.revision
        return self.view

    def close(self) -> None:
        """Look no longer; wakes who waits."""
        if not self._closed:
            self._closed = True
            self._loading.cancel()
            self._runs.release(self.run_id)
            self._entry.pulse.beat()

    def __enter__(self) -> Feed:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
