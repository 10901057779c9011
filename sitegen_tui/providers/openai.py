"""Any service that speaks OpenAI's chat completions: OpenRouter, llama.cpp, Ollama, vLLM, LM Studio and others."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import JsonValue, SecretStr

from sitegen_tui.domain.models import Price
from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest
from sitegen_tui.domain.runs import RunPlan, Usage
from sitegen_tui.errors import ProviderError, UsageError
from sitegen_tui.providers.pacing import CHARACTERS_PER_TOKEN, tokens
from sitegen_tui.providers.replies import Reading
from sitegen_tui.providers.timeouts import USUAL, Timeouts
from sitegen_tui.providers.veil import Veil
from sitegen_tui.settings import redact, remember

__all__ = ["Dialect", "OpenAIProvider", "Timeouts", "aclose"]

Dialect = Literal["openrouter", "openai"]

RESERVED = ("model", "messages", "stream", "stream_options", "usage", "n")
"""What a request says by itself: settings cannot say it otherwise."""
FROM_RUN = "run"
"""As `seed` in the settings: a seed of the run's own, so that repeats differ and a run repeated is the same."""

PATIENCE_AFTER = 10.0
"""Seconds between the end of a reply and what is said of it, such as its usage."""

BYTES_A_TOKEN = 2
"""How few bytes of a prompt make a token, for what it can cost at most: text and code run at three to four."""
TOKENS_A_MESSAGE = 16

_TELLING = ("key", "token", "secret", "sig", "auth", "pass", "credential")


class OpenAIProvider:
    """A model of a service; one request for each attempt, streamed.

    `settings` go into the request as they are (`seed: run` becomes a seed of the run's own). What is told as settings is the
    whole request without its messages. `base_url` may carry credentials; they are used, and never shown.
    Raises UsageError for a base URL or settings that cannot be used.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        key: SecretStr | None,
        settings: Mapping[str, JsonValue],
        price: Price | None,
        lane: Lane,
        dialect: Dialect = "openai",
        timeouts: Timeouts = USUAL,
    ) -> None:
        taken = [name for name in RESERVED if name in settings]
        if taken:
            raise UsageError(
                f"{model}: the settings may not hold {', '.join(taken)}", hint="take it out; a request says it by itself"
            )
        self.lane = lane
        self._model = model
        self._settings = dict(settings)
        self._price = price
        self._openrouter = dialect == "openrouter"
        self._timeouts = timeouts
        self._address = Address(base_url, key)

    def ceiling(self, request: ModelRequest) -> float | None:
        """The most US dollars that a request can cost; None without a price, or where settings do not bound the reply."""
        if self._price is None:
            return None
        if self._price.input == self._price.output == 0:
            return 0.0
        limit = self._settings.get("max_completion_tokens", self._settings.get("max_tokens"))
        if not isinstance(limit, int):
            return None
        prompt = sum(TOKENS_A_MESSAGE + len(message.content.encode()) // BYTES_A_TOKEN for message in request.messages)
        return self._dollars(prompt, limit)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        """The reply, piece by piece. Raises ProviderError; what was paid for by then is told before, as far as it is known."""
        from sitegen_tui.providers.wire import Exchange

        sent = self._sent(request.plan)
        yield Chunk(settings=redacted(sent))
        messages = [{"role": message.role, "content": message.content} for message in request.messages]
        body = json.dumps({**sent, "messages": messages}).encode()
        exchange = Exchange(self._address, self._timeouts)
        reading = Reading(self._address.shown, own_cost=self._openrouter)
        failure: ProviderError | None = None
        answer, thought = Veil(), Veil()
        try:
            try:
                await exchange.open(body)
                while not reading.ended:
                    chunks = reading.feed(await exchange.read(PATIENCE_AFTER if reading.whole else None))
                    for chunk in chunks:
                        yield replace(chunk, text=answer.over(chunk.text), reasoning=thought.over(chunk.reasoning))
                    if chunks:
                        # Whoever listens may have taken a while, which is not the service's fault.
                        exchange.heard()
            except ProviderError as error:
                # A reply that was said to be complete is, whatever becomes of the connection afterwards.
                failure = error if not reading.whole else None
            failure = failure or reading.failure
            yield Chunk(text=answer.rest(), reasoning=thought.rest())
            if failure is None or reading.begun:
                yield Chunk(
                    finish_reason=None if failure else reading.finish_reason,
                    usage=self._usage(request, reading),
                    served_by=reading.served_by,
                )
            if failure is None:
                await exchange.finish()
        finally:
            await exchange.close()
        if failure is not None:
            raise failure

    def _sent(self, plan: RunPlan) -> dict[str, JsonValue]:
        """All that a request says but its messages."""
        settings = dict(self._settings)
        if settings.get("seed") == FROM_RUN:
            digest = hashlib.sha256(f"{plan.seed}\0{plan.repeat}".encode()).digest()
            settings["seed"] = int.from_bytes(digest[:4]) >> 1
        counting: dict[str, JsonValue] = (
            {"usage": {"include": True}} if self._openrouter else {"stream_options": {"include_usage": True}}
        )
        return {"model": self._model, **settings, "stream": True, **counting}

    def _usage(self, request: ModelRequest, reading: Reading) -> Usage:
        usage = reading.usage
        if usage is None:
            thought = -(-reading.reasoning_length // CHARACTERS_PER_TOKEN)
            usage = Usage(
                input_tokens=sum(tokens(message.content) for message in request.messages),
                output_tokens=-(-reading.text_length // CHARACTERS_PER_TOKEN) + thought,
                reasoning_tokens=thought,
                estimated=True,
            )
        if usage.usd is not None or self._price is None:
            return usage
        return usage.model_copy(update={"usd": self._dollars(usage.input_tokens, usage.output_tokens)})

    def _dollars(self, input_tokens: int, output_tokens: int) -> float | None:
        if self._price is None:
            return None
        return (input_tokens * self._price.input + output_tokens * self._price.output) / 1_000_000


class Address:
    """Where requests go: the URL to use, the headers that authorise, and how it is shown, which gives nothing away."""

    def __init__(self, base_url: str, key: SecretStr | None) -> None:
        try:
            parts = urlsplit(base_url.strip())
            host, port = parts.hostname, parts.port
        except ValueError:
            parts, host, port = urlsplit(""), None, None
        if parts.scheme not in ("http", "https") or not host:
            raise UsageError("a base URL that cannot be used", hint="it looks like https://host/v1 or http://127.0.0.1:8080/v1")
        place = f"[{host}]" if ":" in host else host
        self.origin = f"{parts.scheme}://{place}" + (f":{port}" if port is not None else "")
        path = parts.path.rstrip("/")
        self.shown = self.origin + path
        self.url = f"{self.shown}/chat/completions" + (f"?{parts.query}" if parts.query else "")
        self.host, self.secure = host, parts.scheme == "https"
        self._key = key
        self._user = (unquote(parts.username or ""), unquote(parts.password or "")) if parts.username or parts.password else None
        for name, value in parse_qsl(parts.query):
            if any(word in name.casefold() for word in _TELLING):
                remember(value)
        if self._user:
            remember(self._user[1])
            remember(self._basic())
        if key is not None:
            remember(key.get_secret_value())

    def headers(self) -> dict[str, str]:
        """What a request is authorised with. Raises ProviderError for a key that no header can carry."""
        if self._key is not None:
            value = f"Bearer {self._key.get_secret_value().strip()}"
        elif self._user:
            value = f"Basic {self._basic()}"
        else:
            return {}
        if not value.isascii() or not value.isprintable():
            raise ProviderError(
                f"the key for {self.shown} holds characters that no key has", hint="copy it again, without line breaks or quotes"
            )
        return {"Authorization": value}

    def _basic(self) -> str:
        return b64encode(":".join(self._user or ("", "")).encode()).decode()


def redacted(value: dict[str, JsonValue]) -> dict[str, Any]:
    """Settings as they may be told."""
    text = json.dumps(value, ensure_ascii=False)
    clean = redact(text)
    return value if clean == text else json.loads(clean)


async def aclose() -> None:
    """Close the connections that this event loop keeps open; what asks later opens new ones."""
    import sys

    # Nothing was asked where the module that asks was never loaded.
    connections = sys.modules.get("sitegen_tui.providers.connections")
    if connections is not None:
        await connections.aclose()
