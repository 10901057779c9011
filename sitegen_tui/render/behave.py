"""Drives a manifest's behaviours with real events and looks whether what is expected comes about."""

from __future__ import annotations

from sitegen_tui.domain.probes import BehaviourSeen
from sitegen_tui.domain.template import Behaviour, BehaviourStep
from sitegen_tui.render.tab import Limits, PageFault, Tab


async def drive(tab: Tab, behaviour: Behaviour, limits: Limits) -> BehaviourSeen:
    """The outcome on a page that is freshly loaded in `tab`. PageFault only for a page that crashes or hangs."""
    expectations = [expectation.model_dump() for expectation in behaviour.expect]
    before = False
    try:
        before = await tab.ask("expectAll", expectations, 0) < 0
        for step in behaviour.steps:
            trouble = await _do(tab, step)
            if trouble:
                return BehaviourSeen(id=behaviour.id, works=False, before=before, reason=trouble[:200])
        wrong: int = await tab.ask("expectAll", expectations, limits.patience)
    except PageFault as fault:
        if fault.kind != "navigated":
            raise
        return BehaviourSeen(id=behaviour.id, works=False, before=before, reason="the page was left for another")
    if wrong < 0:
        return BehaviourSeen(id=behaviour.id, works=True, before=before)
    failed = behaviour.expect[wrong]
    said = f"{failed.target} is not {failed.state} {failed.value}".strip()
    return BehaviourSeen(id=behaviour.id, works=False, before=before, reason=said[:200])


async def _do(tab: Tab, step: BehaviourStep) -> str:
    """Does one thing; says what kept it from being done, or nothing."""
    if step.do == "scroll":
        wanted = int(step.value or "0")
        reached = await tab.ask("scrollToY", wanted)
        return "" if reached == wanted or reached > 0 or wanted == 0 else "the page does not scroll"
    if step.do == "press":
        if step.target and not await tab.ask("focusOn", step.target):
            return f"{step.target} cannot be focused"
        await tab.press(step.value)
        return ""
    if step.do == "focus":
        return "" if step.target and await tab.ask("focusOn", step.target) else f"{step.target} cannot be focused"
    if not step.target:
        return f"{step.do} names no target"
    aimed = await tab.ask("aim", step.target)
    if aimed["at"] is None:
        return f"{step.target} is {'not visible' if aimed['there'] else 'not there'}"
    x, y = aimed["at"]
    if step.do == "hover":
        await tab.hover(x, y)
        return ""
    await tab.click(x, y)
    if step.do == "type":
        await tab.type(step.value)
    return ""
