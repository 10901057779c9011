"""The guard of comparability: which of the runs in a scope are shown together, and why the others are left out."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen_tui.domain.insights import Conditions, Frame, Group, Scope
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import Layer


def framed(
    scope: Scope,
    groups: Sequence[Group],
    simulated: Sequence[str] = (),
    *,
    repeated: int = 0,
    apart: Sequence[str] = (),
) -> Frame:
    """A scope with its conditions chosen: those asked for, else those of the most complete runs, of the newest rubric on a tie.

    `groups` are all groups in the scope, in any order, without the `repeated` runs. `apart` says how settings differ.
    Conditions that were asked for and that no run has leave every group out.
    """
    ordered = sorted(groups, key=_weight, reverse=True)
    chosen = scope.conditions or (ordered[0].conditions if ordered else None)
    others = [group for group in ordered if group.conditions != chosen]
    left = [left_out(chosen, group) for group in others] if chosen else []
    if repeated:
        left.append(again(repeated))
    return Frame(
        scope=scope,
        conditions=chosen,
        groups=tuple(ordered),
        left_out=tuple(left),
        simulated=tuple(simulated),
        repeated=repeated,
        apart=tuple(apart),
    )


def _weight(group: Group) -> tuple[object, ...]:
    one = group.conditions
    # What is the same in all runs of a mixed group is that its steps differ: it is the last thing anyone wants to see.
    pure = bool(one.rubric and one.layers)
    plain = not one.fork
    return (
        group.complete > 0 and pure,
        plain,
        group.complete,
        pure,
        one.rubric,
        one.full,
        group.runs,
        one.prompt,
        one.actions,
        one.mode,
    )


def again(repeated: int) -> str:
    """How many runs repeat others, in words."""
    what = "run that is an earlier one" if repeated == 1 else "runs that are earlier ones"
    return f"{repeated} {what} again, with the same seed and the same outputs"


def left_out(chosen: Conditions, group: Group) -> str:
    """How many runs a group has and in what it differs: `3 isolated runs, under rubric 1`."""
    other = group.conditions
    words = "isolated " if other.mode == "isolated" != chosen.mode else "chain " if other.mode != chosen.mode else ""
    forks = "forked " if other.fork and not chosen.fork else ""
    runs = f"{group.runs} {words}{forks}{'run' if group.runs == 1 else 'runs'}"
    reasons: list[str] = []
    if (other.layers, other.full) != (chosen.layers, chosen.full):
        reasons.append(f"judged by {judges(other)}")
    if other.rubric != chosen.rubric:
        reasons.append(f"under rubric {other.rubric}" if other.rubric else "whose steps were judged under different rubrics")
    if other.actions != chosen.actions:
        reasons.append(f"of {actions(other)}")
    if other.fork != chosen.fork:
        reasons.append(begun(other.fork))
    if other.prompt != chosen.prompt:
        reasons.append("told in other words" if other.prompt else "told in words that nobody noted")
    return " ".join((runs, ", ".join(reasons))).rstrip()


def judges(conditions: Conditions) -> str:
    """Who judged, in words."""
    known: dict[tuple[Layer, ...], str] = {
        (Layer.STATIC,): "files alone",
        (Layer.STATIC, Layer.RENDERED): "files and browser",
        (Layer.RENDERED,): "browser alone",
    }
    layers = tuple(layer for layer in Layer if layer in conditions.layers)
    return known.get(layers, " and ".join(layer.value for layer in layers)) if layers else "different judges from step to step"


def actions(conditions: Conditions) -> str:
    """Which actions, in words."""
    if conditions.actions == ACTION_IDS:
        return "all sixteen actions"
    if len(conditions.actions) <= 2:
        return " and ".join(conditions.actions) + " alone"
    return f"{len(conditions.actions)} of the sixteen actions"


def begun(fork: str) -> str:
    """Where runs began, in words; `fork` as conditions have it."""
    origin, _, step = fork.partition("@")
    if not fork:
        return "begun at the beginning"
    return f"begun before step {step} from {'gold' if origin == 'gold' else f'the site of {origin}'}"


def settings(frame: Frame) -> str:
    """Which models were asked with several settings, in words; '' where there is none."""
    if not frame.apart:
        return ""
    return f"by settings, each a contestant of its own: {'; '.join(frame.apart)}"


def words(conditions: Conditions) -> str:
    """Under what conditions a view's scores were given, in a line."""
    rubric = f"rubric {conditions.rubric}" if conditions.rubric else "mixed rubrics"
    forks = f", forks {begun(conditions.fork)}" if conditions.fork else ""
    return f"{judges(conditions)}, {rubric}, {conditions.mode}, {actions(conditions)}{forks}"
