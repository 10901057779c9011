"""The models file: contestants by name with price, limits and settings; ours, and the user's own over it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import Field, JsonValue

from sitegen_tui.content.findings import LintFinding
from sitegen_tui.content.loading import find_at, load_model
from sitegen_tui.content.yaml_text import Document
from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.models import Price
from sitegen_tui.errors import UsageError
from sitegen_tui.providers.names import fault_of, parse, url_fault

MODELS_VARIABLE = "SITEGEN_MODELS"
FILE_NAME = "models.yaml"

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ALIAS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")

Settings = dict[str, JsonValue]
_Value = TypeVar("_Value", bound=Frozen)


class Way(Frozen):
    """How requests get somewhere: limits, key and settings, shared by a provider, a server or given for one model.

    `key` is the name of an environment variable, never a key.
    """

    base_url: str | None = None
    key: str | None = None
    at_once: int | None = Field(default=None, ge=1, le=1000)
    per_minute: int | None = Field(default=None, ge=1, le=1_000_000)
    settings: Settings = {}


class Patience(Frozen):
    """How many seconds a command may take: to its first output, between two pieces of it, in all."""

    first: float = Field(default=300, gt=0)
    idle: float = Field(default=180, gt=0)
    whole: float = Field(default=1200, gt=0)


class Entry(Way):
    """A model. `context` and `max_output` are in tokens; `command`, `environment` and `timeouts` are those of a command line."""

    alias: str = ""
    title: str = Field(default="", max_length=80)
    family: str = Field(default="", max_length=40)
    price: Price | None = None
    context: int | None = Field(default=None, ge=256)
    max_output: int | None = Field(default=None, ge=1)
    command: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    timeouts: Patience = Patience()
    note: str = Field(default="", max_length=200)


class Providers(Frozen):
    """What models of each kind have in common."""

    openrouter: Way = Way()
    openai: Way = Way()
    cli: Way = Way()


class ModelsFile(Frozen):
    """A models file."""

    providers: Providers = Providers()
    servers: dict[str, Way] = {}
    models: dict[str, Entry] = {}

    def aliases(self) -> dict[str, str]:
        """Whole names by short names."""
        return {entry.alias: name for name, entry in self.models.items() if entry.alias}

    def addresses(self) -> dict[str, str]:
        """Base URLs by the short names of servers."""
        return {name: way.base_url for name, way in self.servers.items() if way.base_url}


def user_file() -> Path | None:
    """The user's own models file, if there is one. Raises UsageError where `SITEGEN_MODELS` names none."""
    if given := os.environ.get(MODELS_VARIABLE):
        path = Path(given)
        if not path.is_file():
            raise UsageError(f"{MODELS_VARIABLE} names {given}, and no file is there", hint="mend the path, or unset it")
        return path
    from platformdirs import user_config_path

    return next((path for path in (Path(FILE_NAME), user_config_path("sitegen-tui") / FILE_NAME) if path.is_file()), None)


def contestants() -> ModelsFile:
    """Our models file with the user's over it. Raises UsageError that names file, line and field of everything wrong in it."""
    path = user_file()
    if path is None:
        return _ours()
    try:
        stat = path.stat()
        return _merged(path.absolute(), stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}", hint="make it readable") from error


@lru_cache(maxsize=1)
def _ours() -> ModelsFile:
    return _read(files("sitegen_tui.providers").joinpath(FILE_NAME).read_bytes(), FILE_NAME)


@lru_cache(maxsize=8)
def _merged(path: Path, _changed: int, _size: int) -> ModelsFile:
    ours = _ours()
    theirs = _read(path.read_bytes(), str(path), ours.addresses())
    merged = ModelsFile(
        providers=Providers(
            openrouter=_over(ours.providers.openrouter, theirs.providers.openrouter),
            openai=_over(ours.providers.openai, theirs.providers.openai),
            cli=_over(ours.providers.cli, theirs.providers.cli),
        ),
        servers=_all_over(ours.servers, theirs.servers),
        models=_all_over(ours.models, theirs.models),
    )
    by_alias: dict[str, str] = {}
    for name, entry in merged.models.items():
        if entry.alias and (first := by_alias.setdefault(entry.alias, name)) != name:
            raise UsageError(f"{path}: the alias {entry.alias!r} is that of {first} and of {name}", hint="give one another alias")
    return merged


def _all_over(ours: Mapping[str, _Value], theirs: Mapping[str, _Value]) -> dict[str, _Value]:
    return {**ours, **{name: _over(ours[name], entry) if name in ours else entry for name, entry in theirs.items()}}


def _over(ours: _Value, theirs: _Value) -> _Value:
    """Ours with every field that theirs sets; settings are merged by name, and null takes one away."""
    given: dict[str, Any] = {name: getattr(theirs, name) for name in theirs.model_fields_set}
    if "settings" in given:
        given["settings"] = settings_over(getattr(ours, "settings", {}), given["settings"])
    if "base_url" in given and "key" not in given:
        # A key that was meant for one host is not sent to another because only the address was changed.
        given["key"] = None
    return ours.model_copy(update=given)


def settings_over(first: Mapping[str, JsonValue], *more: Mapping[str, JsonValue]) -> Settings:
    """Settings, later ones over earlier ones; null stays, so that it goes on taking away what comes from further down."""
    merged = dict(first)
    for settings in more:
        merged.update(settings)
    return merged


def _read(data: bytes, file: str, placed: Mapping[str, str] | None = None) -> ModelsFile:
    """A models file with every name written out; `placed` are addresses of servers that are known already."""
    loaded = load_model(ModelsFile, data, file)
    findings = loaded.findings
    if loaded.model is not None and loaded.document is not None:
        servers = {**(placed or {}), **loaded.model.addresses()}
        findings = tuple(_faults(loaded.model, loaded.document, servers))
        if not findings:
            return loaded.model.model_copy(update={"models": _written_out(loaded.model.models, servers)})
    said = "\n".join(f"{finding.place}: {finding.message}" for finding in findings)
    raise UsageError(said, hint="; ".join(dict.fromkeys(finding.mend for finding in findings)))


def _written_out(models: Mapping[str, Entry], servers: Mapping[str, str]) -> dict[str, Entry]:
    named = ((parse(name, servers, has_address=entry.base_url is not None), entry) for name, entry in models.items())
    return {one.name: entry for one, entry in named if one is not None}


class _Fault(NamedTuple):
    path: tuple[str, ...]
    message: str
    mend: str


def _faults(file: ModelsFile, document: Document, servers: Mapping[str, str]) -> Iterator[LintFinding]:
    for fault in (*_way_faults(file, servers), *_model_faults(file, servers)):
        yield find_at(document, fault.path, fault.message, fault.mend, "error")


def _way_faults(file: ModelsFile, servers: Mapping[str, str]) -> Iterator[_Fault]:
    ways: list[tuple[tuple[str, ...], Way]] = [
        (("providers", name), getattr(file.providers, name)) for name in sorted(file.providers.model_fields_set)
    ]
    ways += [(("servers", name), way) for name, way in file.servers.items()]
    ways += [(("models", name), way) for name, way in file.models.items()]
    for path, way in ways:
        if way.base_url is not None and (fault := url_fault(way.base_url)):
            yield _Fault((*path, "base_url"), fault, "write an address such as http://localhost:11434/v1")
        if way.key is not None and not _VARIABLE.fullmatch(way.key):
            mend = "write the name of an environment variable, such as OPENROUTER_API_KEY; a key itself does not belong here"
            yield _Fault((*path, "key"), "is not the name of an environment variable", mend)
    for name, way in file.servers.items():
        if not _ALIAS.fullmatch(name):
            yield _Fault(("servers", name), f"{name!r} is no name of a server", "use letters, digits, dots and hyphens")
        if way.base_url is None and name not in servers:
            yield _Fault(("servers", name), "says no address", "add base_url")


def _model_faults(file: ModelsFile, servers: Mapping[str, str]) -> Iterator[_Fault]:
    for name, entry in file.models.items():
        path = ("models", name)
        if fault := fault_of(name, servers, has_address=entry.base_url is not None):
            yield _Fault(path, fault.message, fault.hint)
        if entry.alias and not _ALIAS.fullmatch(entry.alias):
            yield _Fault((*path, "alias"), f"{entry.alias!r} is no short name", "use letters, digits, dots, colons and hyphens")
        if entry.command and not name.startswith("cli/"):
            yield _Fault((*path, "command"), "only a model named cli/... has a command", "name it cli/..., or leave command out")
        if any(not part for part in entry.command[:1]):
            yield _Fault((*path, "command"), "begins with an empty word", "begin with the program")
        for variable in entry.environment:
            if not _VARIABLE.fullmatch(variable):
                mend = "list names of environment variables, without values"
                yield _Fault((*path, "environment"), "holds what is not the name of an environment variable", mend)
