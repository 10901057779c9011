"""What services say when they do not answer: statuses and error objects, as errors that a person can act on."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple, cast

from sitegen_tui.errors import ProviderError
from sitegen_tui.settings import redact

LONGEST_WAIT = 86_400.0
"""Seconds that a service may ask to wait at most: what it says beyond a day is taken for a day."""
_LONG_AGO = 1e9
"""The seconds since 1970 of a day in 2001: what is less is no moment of today."""
LONGEST_QUOTE = 300
"""Characters of a service's own words that are shown."""
MOST_LOOKED_AT = 65_536

_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


class _Kind(NamedTuple):
    words: str
    hint: str
    passing: bool


_KEY = "check the key: it may be mistyped, revoked, or of another service"
_STATUSES = {
    400: _Kind("the request was refused", "the model may not take one of its settings, or not so long a prompt", False),
    401: _Kind("the key was not accepted", _KEY, False),
    402: _Kind("there is no credit left", "add credit to the account, or choose another model", False),
    403: _Kind("access was refused", "the key may not use this model, or a moderation or region rule forbids it", False),
    404: _Kind("no such model or address", "check the model's name and the base URL, which often ends in /v1", False),
    405: _Kind("nothing answers requests of this kind there", "check the base URL, which often ends in /v1", False),
    408: _Kind("the service gave up waiting", "try again later", True),
    409: _Kind("the service was in the middle of something else", "try again later", True),
    413: _Kind("the prompt is too long", "choose a model with a longer context, or a smaller template", False),
    422: _Kind("the request was refused", "the model may not take one of its settings", False),
    425: _Kind("the service was not ready", "try again later", True),
    429: _Kind("too many requests", "lower --jobs or the model's limits, or wait", True),
    501: _Kind("the service cannot do this", "check the base URL and the model's name", False),
    505: _Kind("the service cannot do this", "check the base URL", False),
    529: _Kind("the service is overloaded", "try again later", True),
}
_NO_CREDIT = ("insufficient_quota", "billing", "credit balance", "insufficient credits", "insufficient balance")
_PASSING_WORDS = (
    "overloaded", "rate_limit", "ratelimit", "too_many_requests", "timeout", "timed_out", "unavailable", "server_error", "internal",
    "bad_gateway", "network",
)  # fmt: skip


def refusal(where: str, status: int, body: Any, headers: Mapping[str, str]) -> ProviderError:
    """The error behind a status that is no success; `body` is the answer as JSON, or its beginning as text."""
    kind = _kind(status)
    said = said_by(body)
    wait = retry_after(headers) if kind.passing else None
    if status == 429 and any(word in said.casefold() or word in _words(body) for word in _NO_CREDIT):
        kind, wait = _STATUSES[402], None
    return _error(where, f"status {status}", kind, said, wait)


def failure_told(where: str, error: Any) -> ProviderError:
    """The error behind an error object that came where a reply was due."""
    code: object = cast("dict[str, Any]", error).get("code") if isinstance(error, dict) else None
    status = int(code) if isinstance(code, int) or (isinstance(code, str) and re.fullmatch(r"[1-5]\d\d", code)) else 0
    said, words = said_by({"error": error}), _words(error)
    if 400 <= status < 600:
        kind = _kind(status)
    elif any(word in words for word in _PASSING_WORDS):
        kind = _Kind("the service failed", "try again later", True)
    else:
        kind = _Kind("the service failed", "what it says may tell why", False)
    if any(word in said.casefold() or word in words for word in _NO_CREDIT):
        kind = _STATUSES[402]
    return _error(where, f"error {status}" if status else "an error", kind, said, None)


def said_by(body: Any) -> str:
    """A service's own words in an error, however it wraps them; fit for one line, without secrets."""
    found: list[str] = []
    if isinstance(body, str):
        found.append(body)
    elif isinstance(body, dict):
        record = cast("dict[str, Any]", body)
        error = record.get("error", record)
        if isinstance(error, str):
            found.append(error)
        elif isinstance(error, dict):
            told = cast("dict[str, Any]", error)
            found += [text for key in ("message", "detail") if isinstance(text := told.get(key), str)][:1]
            metadata = told.get("metadata")
            raw = cast("dict[str, Any]", metadata).get("raw") if isinstance(metadata, dict) else None
            found += [raw] if isinstance(raw, str) and raw not in found else []
    return one_line(": ".join(found))


def one_line(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Foreign text on one line: bounded, without control characters or secrets."""
    # Cut twice: redaction needs the whole of a secret, but not megabytes around it.
    text = redact(_UNFIT.sub(" ", text[:MOST_LOOKED_AT])).strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds that a service asks to wait, from 0 to LONGEST_WAIT; None where it says nothing that can be read.

    `headers` by lower-case name. A date is held against the service's own clock where it tells it.
    """
    seconds = _number(headers.get("retry-after-ms"))
    if seconds is not None:
        seconds /= 1000
    else:
        seconds = _number(headers.get("retry-after"))
    if seconds is None:
        due = _date(headers.get("retry-after")) or _moment(headers.get("x-ratelimit-reset"))
        if due is None:
            return None
        here = _date(headers.get("date"))
        seconds = due - (here if here is not None else time.time() if now is None else now)
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _moment(text: str | None) -> float | None:
    """A moment in seconds or, as OpenRouter tells it, milliseconds since 1970; None for anything else, such as seconds to wait."""
    told = _number(text)
    if told is None or told < _LONG_AGO:
        return None
    return told / 1000 if told >= _LONG_AGO * 1000 else told


def _error(where: str, what: str, kind: _Kind, said: str, wait: float | None) -> ProviderError:
    message = f"{where} answered with {what}: {kind.words}" + (f" ({said})" if said else "")
    return ProviderError(message, hint=kind.hint, retryable=kind.passing, retry_after=wait)


def _kind(status: int) -> _Kind:
    if status in _STATUSES:
        return _STATUSES[status]
    if status >= 500:
        return _Kind("the service failed", "try again later", True)
    return _Kind("the request was refused", "what it says may tell why", False)


def _words(error: Any) -> str:
    """The codes and types of an error, joined."""
    if not isinstance(error, dict):
        return ""
    record = cast("dict[str, Any]", error)
    nested = record.get("error")
    named = [value for key in ("code", "type", "status") if isinstance(value := record.get(key), str)]
    return " ".join([*named, _words(nested)]).casefold().strip()


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else None
    except ValueError:
        return None
    return value if value is None or value == value else None


def _date(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, OverflowError):
        return None
