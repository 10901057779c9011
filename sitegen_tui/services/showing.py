"""Stored sites for a person's own browser: served on the loopback address until the program ends."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING

from sitegen_tui.errors import UsageError

if TYPE_CHECKING:
    from sitegen_tui.render.server import Hosted, SiteServer

SITES_KEPT = 16


class Showing:
    """Sites by content, the latest ones. Safe to call from any thread; nothing listens before the first site is shown."""

    def __init__(self) -> None:
        self._server: SiteServer | None = None
        self._shown: OrderedDict[frozenset[tuple[str, str]], Hosted] = OrderedDict()
        self._guard = Lock()

    def address(self, site: Mapping[str, str]) -> str | None:
        """Where a site (path to sha256) is shown already; None if it is not."""
        with self._guard:
            key = frozenset(site.items())
            hosted = self._shown.get(key)
            if hosted is None:
                return None
            self._shown.move_to_end(key)
            return hosted.address

    def show(self, site: Mapping[str, str], files: Mapping[str, bytes]) -> str:
        """Serve a site's files and return its address. Raises UsageError where no port can be opened.

        After sixteen other sites it is forgotten, and its address leads nowhere.
        """
        from sitegen_tui.render.server import SiteServer

        with self._guard:
            try:
                self._server = self._server or SiteServer().start()
            except OSError as error:
                raise UsageError(
                    f"the site cannot be served: {error.strerror or error}",
                    hint="sitegen site RUN STEP -o DIR writes it into a folder",
                ) from error
            hosted = self._shown[frozenset(site.items())] = self._server.add(files)
            while len(self._shown) > SITES_KEPT:
                _, oldest = self._shown.popitem(last=False)
                self._server.remove(oldest)
            return hosted.address

    def close(self) -> None:
        """Listen no longer."""
        with self._guard:
            self._shown.clear()
            server, self._server = self._server, None
        if server is not None:
            server.close()
