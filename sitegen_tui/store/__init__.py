"""Everything that happened, in one SQLite file: events, contents, and the tables that views read."""

from sitegen_tui.store.store import Store

__all__ = ["Store"]
