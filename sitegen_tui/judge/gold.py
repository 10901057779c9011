"""The gold chain: what the reference editor makes of a start site, action by action."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sitegen_tui.actions.registry import action
from sitegen_tui.actions.shelf import brief_of
from sitegen_tui.content.shelf import Roots, library, shelf_roots
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.site.protocol import EDITABLE_PATHS


def gold_start(template: str, requirements: str) -> Mapping[str, str]:
    """The editable texts of a start site. Raises UnknownName or ContentError."""
    return _gold(shelf_roots(), template, requirements, 0)


def gold_before(template: str, requirements: str, action_id: str) -> Mapping[str, str]:
    """The editable texts in front of an action: everything before it as the reference makes it."""
    return _gold(shelf_roots(), template, requirements, action(action_id).number - 1)


def gold_after(template: str, requirements: str, action_id: str) -> Mapping[str, str]:
    """The editable texts that the reference editor makes of the start site up to and with an action."""
    return _gold(shelf_roots(), template, requirements, action(action_id).number)


@lru_cache(maxsize=256)
def _gold(roots: Roots, template: str, requirements: str, done: int) -> Mapping[str, str]:
    if done == 0:
        shelf = library()
        files = shelf.start_files(shelf.template(template), shelf.pack(requirements))
        return {path: files[path].decode("utf-8") for path in EDITABLE_PATHS if path in files}
    before = _gold(roots, template, requirements, done - 1)
    return {**before, **action(ACTION_IDS[done - 1]).edit(before, brief_of(template, requirements))}
