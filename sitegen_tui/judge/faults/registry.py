"""Every fault that is not one action's own, and every fault that can be planted on an action."""

from __future__ import annotations

from functools import cache

from sitegen_tui.actions.base import Fault
from sitegen_tui.actions.registry import ACTIONS, action
from sitegen_tui.judge.faults.base import AnyFault
from sitegen_tui.judge.faults.careless import DAMAGE
from sitegen_tui.judge.faults.content import CONTENT
from sitegen_tui.judge.faults.integrity import INTEGRITY
from sitegen_tui.judge.faults.looks import LOOKS
from sitegen_tui.judge.faults.pointers import POINTERS

ANY: tuple[AnyFault, ...] = (*DAMAGE, *INTEGRITY, *CONTENT, *POINTERS, *LOOKS)
"""Faults of any action."""


@cache
def faults_of(action_id: str) -> tuple[Fault, ...]:
    """The action's own faults, then those of any action that can be planted on it. Raises UnknownName."""
    return (*action(action_id).faults, *(fault for fault in ANY if any(host.id == action_id for host in fault.planted_on())))


@cache
def fault_ids() -> frozenset[str]:
    """The ids of all of them."""
    return frozenset(fault.id for fault in (*ANY, *(fault for action in ACTIONS for fault in action.faults)))
