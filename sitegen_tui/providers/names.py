"""Names of models taken apart: which kind they are of, what is asked for, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sitegen_tui.domain.models import ModelKind
from sitegen_tui.errors import SitegenError, UsageError

_ROUTER_ID = re.compile(r"[A-Za-z0-9~][\w.~-]*/[A-Za-z0-9][\w.~-]*(:[\w.-]+)?")
_SERVER_ID = re.compile(r"[A-Za-z0-9@][\w.:/@+~-]*")
_COMMAND = re.compile(r"[A-Za-z0-9][\w.-]*")
_RUN = re.compile(r"[A-Za-z0-9]+\.[0-9]+")

WHERE = "openai/llama3.2@http://localhost:11434/v1 is Ollama; LM Studio has port 1234, vLLM 8000, llama.cpp 8080"


@dataclass(frozen=True, slots=True)
class Named:
    """A name taken apart: `id` is what the service knows the model by, `base_url` where it is, if the name says so."""

    name: str
    kind: ModelKind
    id: str
    base_url: str = ""


def parse(name: str, servers: Mapping[str, str], *, has_address: bool = False) -> Named | None:
    """A name of one of the kinds that are asked outside; None for any other.

    `servers` maps short names of servers to base URLs; the name that is returned has the URL written out, so that one model has
    one name. Raises UsageError for a name that begins right and goes on wrong. `has_address`: the address is known otherwise.
    """
    kind, slash, rest = name.partition("/")
    if not slash:
        return None
    match kind:
        case "openrouter":
            _expect(_ROUTER_ID, rest, name, "write openrouter/MAKER/MODEL, such as openrouter/anthropic/claude-haiku-4.5")
            return Named(name, "openrouter", rest)
        case "cli":
            _expect(_COMMAND, rest, name, "write cli/NAME, such as cli/claude")
            return Named(name, "cli", rest)
        case "replay":
            _expect(_RUN, rest, name, "write replay/RUN, such as replay/e1.2; sitegen runs lists runs")
            return Named(name, "replay", rest)
        case "local":
            return Named(name, "local", rest)
        case "openai":
            return _served(name, rest, servers, has_address)
        case _:
            return None


def _served(name: str, rest: str, servers: Mapping[str, str], has_address: bool) -> Named:
    model, at, where = _halves(rest)
    if not at and not has_address:
        raise UsageError(f"{name}: says no server", hint=f"write openai/MODEL@BASE-URL: {WHERE}")
    _expect(_SERVER_ID, model, name, f"write openai/MODEL@BASE-URL: {WHERE}")
    if not at:
        return Named(name, "openai", model)
    url = servers.get(where, where).rstrip("/")
    if "://" not in url:
        from difflib import get_close_matches

        near = get_close_matches(where, servers, n=1)
        mend = f"did you mean {near[0]}?" if near else f"servers with a short name: {', '.join(servers)}; or write the base URL"
        raise UsageError(f"{name}: no server is called {where!r}", hint=mend)
    if fault := url_fault(url):
        raise UsageError(f"{masked(name)}: {fault}", hint=WHERE)
    return Named(f"openai/{model}@{url}", "openai", model, url)


def _halves(rest: str) -> tuple[str, str, str]:
    """Model and server; an at sign may be part of the model's own id, or of a URL with a password, which is refused later."""
    scheme = re.search(r"@(?=[A-Za-z][A-Za-z0-9+.-]*://)", rest)
    if scheme:
        return rest[: scheme.start()], "@", rest[scheme.end() :]
    model, at, where = rest.rpartition("@")
    return (model, at, where) if model else (rest, "", "")


def _expect(pattern: re.Pattern[str], text: str, name: str, hint: str) -> None:
    if not pattern.fullmatch(text):
        raise UsageError(f"{masked(name)!r} is no name of a model", hint=hint)


def fault_of(name: str, servers: Mapping[str, str], *, has_address: bool) -> SitegenError | None:
    """What is wrong with a name in a models file, None if nothing is."""
    try:
        named = parse(name, servers, has_address=has_address)
    except UsageError as error:
        return error
    if named is None or named.kind == "replay":
        return UsageError(
            f"{masked(name)!r} is no name of a model", hint="begin with openrouter/, openai/, cli/ or local/smollm2-135m"
        )
    if named.kind == "local" and named.id != "smollm2-135m":
        return UsageError(
            f"no local model is called {named.id!r}", hint="local/smollm2-135m is the only one; others are asked on a server"
        )
    return None


def url_fault(url: str) -> str:
    """What is wrong with a base URL, empty if nothing is. Never repeats a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "the address cannot be read"
    if parts.scheme not in ("http", "https"):
        return "the address has to begin with http:// or https://"
    if parts.username is not None or parts.password is not None:
        return "the address holds a user name or password; keys come from the environment"
    if parts.query or parts.fragment:
        return "the address holds more than scheme, host, port and path; keys come from the environment"
    if not parts.hostname or port == 0:
        return "the address names no host" if not parts.hostname else "the address has port 0"
    if any(sign.isspace() or not sign.isprintable() for sign in url):
        return "the address holds blanks"
    return ""


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what a key is bound to."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def masked(name: str) -> str:
    """A name without what may be a password in it."""
    return re.sub(r"://[^/@\s]*@", "://...@", re.sub(r"[?#].*$", "", name))
