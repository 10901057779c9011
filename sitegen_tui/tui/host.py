"""The app a widget or screen lives in, by its type: Textual leaves the type of its result open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

if TYPE_CHECKING:
    from sitegen_tui.tui.app import SitegenApp


def app_of(node: DOMNode) -> App[object]:
    """The running app."""
    return cast("App[object]", cast(Any, node).app)


def sitegen_of(node: DOMNode) -> SitegenApp:
    """The running app as ours."""
    return cast("SitegenApp", cast(Any, node).app)


def still_there(screen: Screen[Any]) -> bool:
    """Whether there still is something to show it on: a screen that was left loses its widgets before it is unmounted."""
    return screen.is_mounted and screen in app_of(screen).screen_stack
