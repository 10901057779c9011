"""Contestants by name: a model, and with its settings where it was asked with several."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

from sitegen_tui.domain.insights import NOT_NOTED, against, contestant, model_of, settings_of
from sitegen_tui.store.sums import ALL
from sitegen_tui.store.twins import THEN


class Contestants:
    """What contestants are called. `known` are models with their settings, as they are stored."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        self.settings: dict[str, dict[str, str]] = defaultdict(dict)
        """For each model the words of its settings, by how they are stored; empty words where it has no others."""
        by_model: dict[str, list[str]] = defaultdict(list)
        for model, settings in sorted(set(known)):
            by_model[model].append(settings)
        for model, several in by_model.items():
            self.settings[model] = dict(zip(several, _words(several), strict=True))

    def name(self, model: str, settings: str) -> str:
        """A contestant's name. A run that was not asked anything yet goes by its model's."""
        return contestant(model, self.settings.get(model, {}).get(settings, ""))

    def where(self, names: Sequence[str], table: str = "") -> tuple[str, tuple[object, ...]]:
        """Rows of these contestants, in SQL; of all for no name. The name of a model alone is all that it was asked with."""
        models = [name for name in names if model_of(name) == name]
        parts = [f"{table}model IN ({', '.join('?' * len(models))})"] if models else []
        values: list[object] = list(models)
        for name in names:
            model = model_of(name)
            if model != name:
                own = [settings for settings in self.settings.get(model, {}) if self.name(model, settings) == name]
                parts.append(f"({table}model = ? AND {table}settings IN ({', '.join('?' * len(own))}))")
                values += (model, *own)
        return (f"({' OR '.join(parts)})" if names else "1"), tuple(values)

    def apart(self, names: Iterable[str]) -> tuple[str, ...]:
        """For each model with several settings in what is asked about, how they differ: `kimi: temperature 0 against 0.7`."""
        by_model: dict[str, list[str]] = defaultdict(list)
        for name in names:
            by_model[model_of(name)].append(settings_of(name))
        return tuple(f"{model}: {against(words)}" for model, words in sorted(by_model.items()) if len(words) > 1)


def contestants(conn: sqlite3.Connection) -> Contestants:
    """Everyone with a step that was scored or failed, whatever is asked about, so that a name stays while a view is narrowed."""
    return _named(frozenset(conn.execute("SELECT DISTINCT model, settings FROM sums WHERE experiment = ?", (ALL,))))


@lru_cache(maxsize=16)
def _named(known: frozenset[tuple[str, str]]) -> Contestants:
    return Contestants(known)


def _words(several: Sequence[str]) -> list[str]:
    """What tells each of a model's settings from its others."""
    if len(several) == 1:
        return [""]
    told = [cast("dict[str, Any]", json.loads(one)) if one else None for one in several]
    known = [one for one in told if one is not None]
    names = sorted({name for one in known for name in one})
    differing = [name for name in names if len(known) == 1 or any(one.get(name) != known[0].get(name) for one in known)]
    return [NOT_NOTED if one is None else ", ".join(_setting(name, one) for name in differing) for one in told]


def _setting(name: str, told: dict[str, Any]) -> str:
    return f"{name} {_value(told[name])}" if name in told else f"no {name}"


def _value(value: Any) -> str:
    if isinstance(value, dict) and THEN in value:
        return ", then ".join(_value(one) for one in cast("list[Any]", value[THEN]))
    if isinstance(value, list):
        return " ".join(_value(one) for one in cast("list[Any]", value))
    if isinstance(value, str):
        return value
    return "none" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
