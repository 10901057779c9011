"""What readability is judged by on the rendered page: texts that failed in the input, borders and icons, hover and focus states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen_tui.actions.base import Step, seen
from sitegen_tui.domain.findings import Finding
from sitegen_tui.domain.probes import Control, Probe, StateText, Text, View, ViewName

MEASURED: tuple[ViewName, ...] = ("desktop", "mobile")
"""Views whose texts are measured in pixels."""
CONTROL_RATIO = 3.0


@dataclass(frozen=True)
class Judged:
    """What has become at one window size of a text that failed in the input; `now` is None where it is not shown any more."""

    view: ViewName
    was: Text
    now: Text | None

    @property
    def fails(self) -> bool:
        """Whether it is still too faint for the size that it had, or is not there to be read where it failed."""
        if self.now is None:
            return self.was.fails
        return self.now.low is not None and self.now.low < self.limit

    @property
    def limit(self) -> float:
        """A text that was made larger is held to the limit that it had, since its size was not to change."""
        return max(self.was.limit, self.now.limit if self.now is not None else 0.0)


def check_texts(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Every text that could not be read well enough in the input can be read now, at either window size.

    Where no text failed there is nothing to mend. A page that shows no text at all has failed in everything.
    """
    if not any(view.texts for view in after.views.values()):
        yield seen(
            "contrast.below-aa",
            "The page shows no text",
            expected="text that can be read",
            measured=after.failure.detail if after.failure is not None else "no text",
            subject="page",
            inherited=bool(before.views) and not any(view.texts for view in before.views.values()),
        )
        return
    failing = _failing(before, after) if _measured(before) else _unknown(after)
    for key, judged in failing.items():
        worst = min((one for one in judged if one.fails), key=lambda one: one.now.low or 0.0 if one.now else 9.0, default=None)
        if worst is not None:
            yield _text_finding(step, key, worst, len(failing))


def check_controls(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Borders and icons of controls stand out from what is around them; once for those of one look in a section."""
    told: set[str] = set()
    for control in after.controls:
        if control.fails:
            subject = f"{control.section or 'page'}: {control.kind} {control.border or ''}".strip()
            if subject not in told:
                told.add(subject)
                yield _control_finding(step, control, subject)
    for control in _lost_controls(before, after):
        subject = f"{control.section or 'page'}: {control.kind} {control.border or ''}".strip()
        if subject not in told:
            told.add(subject)
            yield seen(
                "contrast.ui-below-aa",
                f"A {control.kind} that was hard to see is not shown any more",
                page=step.after,
                path=control.path,
                view="desktop",
                expected=f"{CONTROL_RATIO:.1f} at least",
                measured="not shown",
                subject=subject,
                section=control.section,
            )


def check_states(step: Step, before: Probe, after: Probe) -> Iterator[Finding]:
    """Texts can be read while hovered over or focused; once for those of one colour in a section.

    What is as faint at rest, in the same colour, is charged there.
    """
    texts = _by_place(after.views.get("desktop"))
    told: set[str] = set()
    for state in after.states:
        rest = texts.get((state.path, state.text))
        if not state.fails or (rest is not None and rest.fails and rest.colour == state.colour):
            continue
        subject = f"{state.section or 'page'}: {state.state} {state.colour}"
        if subject not in told:
            told.add(subject)
            yield _state_finding(step, state, subject, f"{state.low:.2f}, colour {state.colour}")
    shown = Counter(text.text for text in texts.values())
    for state in before.states:
        subject = f"{state.section or 'page'}: {state.state} {state.colour}"
        if state.fails and not shown[state.text] and after.views.get("desktop") is not None and subject not in told:
            told.add(subject)
            yield _state_finding(step, state, subject, "not shown")


CHECKS = (check_texts, check_controls, check_states)


# -- texts ----------------------------------------------------------------------------------------------------------------

_Key = tuple[str, str]
"""Path and text."""


def _measured(probe: Probe) -> bool:
    return any(text.low is not None for name in MEASURED if name in probe.views for text in probe.views[name].texts)


def _failing(before: Probe, after: Probe) -> dict[_Key, list[Judged]]:
    """Every text that failed in the input with what has become of it in every window where it was shown."""
    failing = {(t.path, t.text) for name in MEASURED if name in before.views for t in before.views[name].texts if t.fails}
    found: dict[_Key, list[Judged]] = {}
    for name in MEASURED:
        old = [text for text in (before.views[name].texts if name in before.views else ()) if (text.path, text.text) in failing]
        new = _counterparts(old, after.views.get(name))
        for text, now in zip(old, new, strict=True):
            found.setdefault((text.path, text.text), []).append(Judged(name, text, now))
    return found


def _counterparts(old: list[Text], view: View | None) -> list[Text | None]:
    """For each text the one that it has become: at the same place, else with the same words in the same section, in order."""
    texts = list(view.texts) if view is not None else []
    at_place = {(text.path, text.text): text for text in texts}
    taken = {id(found) for text in old if (found := at_place.get((text.path, text.text))) is not None}
    become: list[Text | None] = []
    for text in old:
        now = at_place.get((text.path, text.text))
        if now is None:
            alike = (one for one in texts if one.text == text.text and one.section == text.section and id(one) not in taken)
            now = next(alike, None)
            taken.add(id(now))
        become.append(now)
    return become


def _unknown(after: Probe) -> dict[_Key, list[Judged]]:
    """Where the input was not measured: what fails now, which nobody can say to be new."""
    found: dict[_Key, list[Judged]] = {}
    for name in MEASURED:
        for text in after.views[name].texts if name in after.views else ():
            if text.fails:
                found.setdefault((text.path, text.text), []).append(Judged(name, text, text))
    return found


def _text_finding(step: Step, key: _Key, judged: Judged, n: int) -> Finding:
    was, now = judged.was, judged.now
    if now is None:
        told, measured = f"{was.text[:60]!r} could not be read and is not shown any more", f"not shown; {_ratio(was.low)} before"
    else:
        told = f"{was.text[:60]!r} has a contrast of {_ratio(now.low)}"
        measured = f"{_ratio(now.low)} at worst, {_ratio(now.median)} in the middle, colour {now.colour}; {_ratio(was.low)} before"
    # A text that this step made invisible is charged as such, under the name of its colour in its section.
    subject = f"{key[0][-140:]}: {key[1][:50]}"
    if now is not None and now.invisible and not was.invisible:
        subject = f"{now.section or 'page'}: {now.colour}"
    return seen(
        "contrast.below-aa",
        told,
        page=step.after,
        path=now.path if now is not None else was.path,
        view=judged.view,
        box=now.box if now is not None else None,
        expected=f"{judged.limit:.1f} at least",
        measured=measured,
        subject=subject,
        section=was.section,
        instances=n,
    )


def _ratio(value: float | None) -> str:
    return f"{value:.2f}" if value is not None else "unmeasured"


# -- controls and states --------------------------------------------------------------------------------------------------


def _control_finding(step: Step, control: Control, subject: str) -> Finding:
    return seen(
        "contrast.ui-below-aa",
        f"A {control.kind} stands out from its ground by {_ratio(control.ratio)} only",
        page=step.after,
        path=control.path,
        view="desktop",
        box=control.box,
        expected=f"{CONTROL_RATIO:.1f} at least",
        measured=f"{_ratio(control.ratio)}, border {control.border or 'none'} on {control.ground or 'an unknown ground'}",
        subject=subject,
        section=control.section,
    )


def _lost_controls(before: Probe, after: Probe) -> list[Control]:
    """Controls that failed in the input and are shown no more, neither there nor elsewhere in their section."""
    if "desktop" not in after.views:
        return []
    paths = {control.path for control in after.controls}
    left = Counter((control.section, control.kind) for control in after.controls)
    had = Counter((control.section, control.kind) for control in before.controls)
    gone = [control for control in before.controls if control.fails and control.path not in paths]
    return [control for control in gone if left[control.section, control.kind] < had[control.section, control.kind]]


def _by_place(view: View | None) -> dict[_Key, Text]:
    return {(text.path, text.text): text for text in view.texts} if view is not None else {}


def _state_finding(step: Step, state: StateText, subject: str, measured: str) -> Finding:
    shown = f"has a contrast of {measured.split(',')[0]}" if measured != "not shown" else "is not shown any more"
    return seen(
        "contrast.state-below-aa",
        f"{state.text[:60]!r} {shown} on {state.state}",
        page=step.after,
        path=state.path,
        view="desktop",
        expected=f"{state.limit:.1f} at least",
        measured=measured,
        subject=subject,
        section=state.section,
    )
