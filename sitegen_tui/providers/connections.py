"""The connections that are kept to services, and what became of one that failed, as a person can act on it."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Mapping
from typing import Protocol, cast
from weakref import WeakKeyDictionary

import httpx

from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.refusals import one_line
from sitegen_tui.providers.timeouts import Timeouts
from sitegen_tui.settings import redact

MOST_CONNECTIONS = 128
KEPT_ALIVE = 30.0
"""Seconds that an unused connection is kept; services close theirs after a minute or more."""

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, httpx.AsyncClient]] = WeakKeyDictionary()


class Place(Protocol):
    """Where requests go."""

    @property
    def url(self) -> str:
        """The URL to use; never to be shown."""
        ...

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        ...

    @property
    def shown(self) -> str:
        """The base URL as it may be shown."""
        ...

    @property
    def host(self) -> str:
        """The host's name."""
        ...

    @property
    def secure(self) -> bool:
        """Whether it is reached by TLS."""
        ...

    def headers(self) -> Mapping[str, str]:
        """Headers that authorise."""
        ...


def client_for(place: Place) -> httpx.AsyncClient:
    """The client of this event loop that keeps connections to a place; it carries no key, since keys differ by model."""
    _hush()
    clients = _clients.setdefault(asyncio.get_running_loop(), {})
    client = clients.get(place.origin)
    if client is None:
        here = place.host == "localhost" or place.host == "::1" or place.host.startswith("127.")
        client = clients[place.origin] = httpx.AsyncClient(
            # Reading all certificates takes a while, and nothing is verified where there is no TLS.
            verify=httpx.create_ssl_context() if place.secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            # What listens on this machine is not behind the proxy that the environment may name.
            trust_env=not here,
            follow_redirects=False,
            limits=httpx.Limits(
                max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS, keepalive_expiry=KEPT_ALIVE
            ),
        )
    return client


async def aclose() -> None:
    """Close the clients of this event loop."""
    clients = _clients.pop(asyncio.get_running_loop(), {})
    for client in clients.values():
        await client.aclose()


class _Redacting(logging.Filter):
    """Takes secrets out of what httpx tells its loggers: addresses with their queries, and headers."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        return True


_redacting = _Redacting()


def _hush() -> None:
    # Filters of a logger do not see what its children are told, so each has its own.
    for part in ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.http2", "httpcore.proxy", "httpcore.socks"):
        logging.getLogger(part).addFilter(_redacting)


def told(failure: Exception | None, shown: str, reason: str, timeouts: Timeouts) -> ProviderError:
    """What became of a connection, as a person can act on it."""
    causes = _causes(failure)
    said = one_line(str(failure))
    match failure:
        case TimeoutError():
            return ProviderError(f"{shown}: {reason}", hint="try again later, or allow more time", retryable=True)
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            text = f"{shown}: no connection within {timeouts.connect:g} s"
            return ProviderError(text, hint="check the address and the network", retryable=True)
        case httpx.ProxyError():
            passing = not said.startswith("40")
            return ProviderError(
                f"the proxy before {shown} refused: {said}", hint="check HTTPS_PROXY and NO_PROXY", retryable=passing
            )
        case httpx.ConnectError():
            return _unconnected(causes, shown, said)
        case httpx.ReadError() | httpx.WriteError() | httpx.CloseError():
            return ProviderError(f"{shown} broke the connection", hint="try again later", retryable=True)
        case httpx.RemoteProtocolError() if "disconnected" in said or "closed connection" in said:
            return ProviderError(
                f"{shown} closed the connection before its answer was complete", hint="try again later", retryable=True
            )
        case httpx.RemoteProtocolError():
            return ProviderError(f"{shown} does not speak HTTP as it should: {said}", hint="check the base URL and its port")
        case _:
            return ProviderError(f"{shown} could not be asked: {type(failure).__name__}: {said}", hint="check the base URL")


def _unconnected(causes: list[BaseException], shown: str, said: str) -> ProviderError:
    for cause in causes:
        match cause:
            case ssl.SSLCertVerificationError():
                reason = one_line(cause.verify_message)
                hint = "if the certificate is your own, name its authority's file in SSL_CERT_FILE"
                return ProviderError(f"{shown}: the server's certificate is not trusted: {reason}", hint=hint)
            case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
                return ProviderError(f"{shown} broke off the TLS handshake", hint="try again later", retryable=True)
            case ssl.SSLError():
                hint = "a server without TLS is reached by http://"
                return ProviderError(f"{shown}: no TLS connection: {one_line(cause.reason or said)}", hint=hint)
            case socket.gaierror():
                passing = cause.errno == socket.EAI_AGAIN
                hint = "check the network and try again" if passing else "check the host's name in the base URL, and the network"
                return ProviderError(f"{shown}: the host's name cannot be resolved", hint=hint, retryable=passing)
            case ConnectionRefusedError():
                hint = "start the server, or check the port in the base URL"
                return ProviderError(f"{shown}: nothing listens there (connection refused)", hint=hint, retryable=True)
            case _:
                pass
    return ProviderError(f"{shown}: no connection: {said}", hint="check the address and the network", retryable=True)


def _causes(failure: BaseException | None) -> list[BaseException]:
    """The error and all that it came from, outermost first."""
    found: list[BaseException] = []
    waiting = [failure]
    while waiting:
        error = waiting.pop()
        if error is None or error in found:
            continue
        found.append(error)
        inner = cast("BaseExceptionGroup[BaseException]", error).exceptions if isinstance(error, BaseExceptionGroup) else ()
        waiting += [error.__context__, error.__cause__, *inner]
    return found
