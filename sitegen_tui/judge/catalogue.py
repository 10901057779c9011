"""The catalogue as a value, read once from its YAML and proven consistent."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import ValidationError

from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.violations import (
    JUDGE_CAP,
    POINTS_PER_ACTION,
    Catalogue,
    Kind,
    Severity,
    Violation,
)
from sitegen_tui.errors import ContentError


@cache
def catalogue() -> Catalogue:
    """The program's own catalogue."""
    return load(files("sitegen_tui.judge").joinpath("catalogue.yaml").read_text(encoding="utf-8"))


def load(text: str) -> Catalogue:
    """A catalogue from YAML. Raises ContentError with everything that is inconsistent."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader in C)
    for entry in raw["violations"]:
        for term in entry["terms"]:
            term.setdefault("cap", term["points"])
            term.setdefault("pool", entry["id"])
        entry["channels"] = [channel for group in entry["channels"] for channel in group]
    try:
        found = Catalogue.model_validate(raw)
    except ValidationError as error:
        raise ContentError(f"the catalogue cannot be read: {error}") from error
    wrong = inconsistencies(found)
    if wrong:
        raise ContentError("the catalogue contradicts itself:\n" + "\n".join(f"- {line}" for line in wrong))
    return found


def inconsistencies(catalogue: Catalogue) -> list[str]:
    """Everything that makes a catalogue contradict DOMAIN: sums, unknown names, severities that do not fit their points."""
    wrong: list[str] = []
    ids = [violation.id for violation in catalogue.violations]
    wrong += [f"{name} is there twice" for name in sorted({name for name in ids if ids.count(name) > 1})]
    for action in ACTION_IDS:
        pools = catalogue.completion_pools(action)
        total = sum(cap for cap, _ in pools.values())
        if abs(total - POINTS_PER_ACTION) > 1e-9:
            wrong.append(f"completion caps of {action} sum to {total}, not {POINTS_PER_ACTION}")
    for violation in catalogue.violations:
        wrong += _wrong_in(violation, set(ids))
    return wrong


def _wrong_in(violation: Violation, ids: set[str]) -> list[str]:
    wrong: list[str] = []
    for other in (*violation.suppresses, *violation.suppresses_at, *violation.suppresses_in_file, *violation.suppresses_anywhere):
        if other not in ids:
            wrong.append(f"{violation.id} suppresses {other}, which is not there")
    for term in violation.terms:
        if term.action is not None and term.action not in ACTION_IDS:
            wrong.append(f"{violation.id} names the action {term.action}, which is not there")
        if term.cap < term.points and not term.shared:
            wrong.append(f"{violation.id} has a cap of {term.cap} under its {term.points} points")
        if term.kind is Kind.JUDGE and term.cap > JUDGE_CAP:
            wrong.append(f"{violation.id} may deduct more than {JUDGE_CAP}, the cap of an LLM judge")
        if (term.kind is Kind.JUDGE) != (violation.channels == ("J",)):
            wrong.append(f"{violation.id} is of kind {term.kind} but of channels {violation.channels}")
        # Shares and weighted fields have the severity that DOMAIN's table gives them.
        if not term.shared and not term.weights and severity_of(term.points) is not violation.severity:
            wrong.append(f"{violation.id} is {violation.severity} but deducts {term.points}")
    return wrong


def severity_of(points: float) -> Severity:
    """The label of an instance's deduction: critical from 2.5, major from 1.0, else minor."""
    if points >= 2.5:
        return Severity.CRITICAL
    return Severity.MAJOR if points >= 1.0 else Severity.MINOR
