"""Reading a streamed chat completion: from bytes to pieces of text and reasoning, and what was said of them at the end."""

from __future__ import annotations

import json
from typing import Any, cast

from pydantic_core import from_json

from sitegen_tui.domain.ports import Chunk
from sitegen_tui.domain.runs import Usage
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.refusals import failure_told, one_line
from sitegen_tui.providers.sse import LONGEST_EVENT, Events

LONGEST_TEXT = 4 * 1024 * 1024
"""Characters of an answer that are read, and of reasoning; a reply that is longer has ended there, with `length`."""
LONGEST_NAME = 200

_REASONS = {
    "max_tokens": "length",
    "max_output_tokens": "length",
    "model_length": "length",
    "eos": "stop",
    "eos_token": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "complete": "stop",
    "completed": "stop",
    "safety": "content_filter",
    "recitation": "content_filter",
}
"""Finish reasons of services that have words of their own."""


class Reading:
    """One reply, fed with bytes as they come until it has `ended`.

    `finish_reason`, `usage` and `served_by` are what was said last, the lengths count characters so far. `failure` is set where
    the service failed; what came before is told nonetheless. `own_cost`: the service's own cost in US dollars is to be believed.
    """

    def __init__(self, where: str, *, own_cost: bool) -> None:
        self.ended = False
        self.failure: ProviderError | None = None
        self.finish_reason: str | None = None
        self.usage: Usage | None = None
        self.text_length = self.reasoning_length = 0
        self._where = where
        self._own_cost = own_cost
        self._events = Events()
        self._answered = False
        self._model = self._provider = ""

    @property
    def begun(self) -> bool:
        """Whether there is something that may have to be paid for."""
        return bool(self.text_length or self.reasoning_length or self.usage)

    @property
    def whole(self) -> bool:
        """Whether the reply is known to be complete, whatever becomes of the connection."""
        return self.finish_reason is not None and self.failure is None

    @property
    def served_by(self) -> str:
        """Who answered, as the service says."""
        return one_line(" via ".join(name for name in (self._model, self._provider) if name), LONGEST_NAME)

    def feed(self, piece: bytes | None) -> list[Chunk]:
        """The texts that the piece completes, None being the end of the stream; never more than one of a kind in a row."""
        payloads = self._events.end() if piece is None else self._events.feed(piece)
        pieces: list[tuple[bool, str]] = []
        for payload in payloads:
            self._take(payload, pieces, last=piece is None)
            if self.ended:
                break
        if not self.ended:
            if self._events.overlong:
                self._fail(
                    f"{self._where} sent an event of more than {LONGEST_EVENT} bytes, which is no piece of a reply", passing=False
                )
            elif piece is None:
                self._end()
        return _chunks(pieces)

    def _take(self, payload: str, pieces: list[tuple[bool, str]], *, last: bool) -> None:
        payload = payload.strip()
        if not payload:
            return
        if payload == "[DONE]":
            self._end(announced=True)
            return
        try:
            chunk = _parsed(payload)
        except (ValueError, RecursionError):
            # The last event of a stream that was cut is half an event; that the stream was cut tells more.
            if not last:
                self._fail(f"{self._where} sent broken JSON in its stream: {one_line(payload, 120)}", passing=True)
            return
        if not isinstance(chunk, dict):
            self._fail(f"{self._where} sent an event that is no piece of a reply: {one_line(payload, 120)}", passing=False)
            return
        self._read(cast("dict[str, Any]", chunk), pieces)

    def _read(self, chunk: dict[str, Any], pieces: list[tuple[bool, str]]) -> None:
        if isinstance(model := chunk.get("model"), str) and model:
            self._model = model
        if isinstance(provider := chunk.get("provider"), str) and provider:
            self._provider = provider
        if usage := chunk.get("usage"):
            self.usage = _usage(usage, own_cost=self._own_cost) or self.usage
        error = chunk.get("error") or (chunk if chunk.get("object") == "error" else None)
        choices = chunk.get("choices")
        for choice in cast("list[Any]", choices) if isinstance(choices, list) else ():
            if isinstance(choice, dict):
                error = self._choose(cast("dict[str, Any]", choice), pieces) or error
        if error:
            self.failure, self.ended = failure_told(self._where, error), True
        elif self.finish_reason == "error":
            self._fail(f"{self._where} says that the model's provider failed", passing=True)

    def _choose(self, choice: dict[str, Any], pieces: list[tuple[bool, str]]) -> Any:
        """Take in one choice; the error that it carries, if any."""
        if choice.get("index", 0) not in (0, None):
            return None
        self._answered = True
        delta = choice.get("delta")
        if isinstance(delta, dict):
            self._hear(cast("dict[str, Any]", delta), pieces)
        reason = choice.get("finish_reason")
        if isinstance(reason, str) and reason:
            name = one_line(reason, 40).casefold()
            self.finish_reason = _REASONS.get(name, name)
        return choice.get("error")

    def _hear(self, delta: dict[str, Any], pieces: list[tuple[bool, str]]) -> None:
        # Some services say their reasoning under both names.
        thought = delta.get("reasoning") or delta.get("reasoning_content")
        if thought and isinstance(thought, str):
            self._add(True, thought, pieces)
        content = delta.get("content")
        if isinstance(content, str):
            if content:
                self._add(False, content, pieces)
        elif isinstance(content, list):
            for part in cast("list[Any]", content):
                if isinstance(part, dict):
                    self._part(cast("dict[str, Any]", part), pieces)
        refusal = delta.get("refusal")
        if refusal and isinstance(refusal, str):
            self._add(False, refusal, pieces)

    def _part(self, part: dict[str, Any], pieces: list[tuple[bool, str]]) -> None:
        """A piece of content that names its kind, with texts of its own inside where it is a thought."""
        thinking = part.get("thinking")
        if isinstance(thinking, list):
            inner = [cast("dict[str, Any]", one).get("text") for one in cast("list[Any]", thinking) if isinstance(one, dict)]
            thinking = "".join(text for text in inner if isinstance(text, str))
        if thinking and isinstance(thinking, str):
            self._add(True, thinking, pieces)
        text = part.get("text")
        if text and isinstance(text, str):
            self._add(False, text, pieces)

    def _add(self, thought: bool, text: str, pieces: list[tuple[bool, str]]) -> None:
        room = LONGEST_TEXT - (self.reasoning_length if thought else self.text_length)
        if len(text) >= room:
            text = text[:room]
            self.finish_reason, self.ended = "length", True
        if thought:
            self.reasoning_length += len(text)
        else:
            self.text_length += len(text)
        pieces.append((thought, text))

    def _end(self, *, announced: bool = False) -> None:
        """The stream is over: the reply is whole only if it was said to be."""
        self.ended = True
        if self.failure is not None or self.finish_reason is not None:
            return
        if announced and self._answered:
            self.finish_reason = "stop"
        elif announced:
            self._fail(f"{self._where} ended its stream without an answer", passing=True)
        else:
            self._fail(f"{self._where} cut the reply off before it was complete", passing=True)

    def _fail(self, message: str, *, passing: bool) -> None:
        hint = "try again later" if passing else "check the base URL: something else than a model may answer there"
        self.failure, self.ended = ProviderError(message, hint=hint, retryable=passing), True


def _parsed(payload: str) -> Any:
    try:
        return from_json(payload)
    except ValueError:
        # Half a surrogate pair, as services send that cut an escaped text: the standard parser lets it pass, to be joined later.
        return json.loads(payload)


def _chunks(pieces: list[tuple[bool, str]]) -> list[Chunk]:
    if not pieces:
        return []
    joined: list[list[Any]] = []
    for thought, text in pieces:
        if joined and joined[-1][0] == thought:
            joined[-1][1].append(text)
        else:
            joined.append([thought, [text]])
    return [Chunk(reasoning="".join(texts)) if thought else Chunk(text="".join(texts)) for thought, texts in joined]


def _usage(told: Any, *, own_cost: bool) -> Usage | None:
    """What a service counted; None where it is not told as it should be."""
    if not isinstance(told, dict):
        return None
    record = cast("dict[str, Any]", told)
    sent, made = _count(record.get("prompt_tokens")), _count(record.get("completion_tokens"))
    if sent is None or made is None:
        return None
    details = record.get("completion_tokens_details")
    thought = _count(cast("dict[str, Any]", details).get("reasoning_tokens")) if isinstance(details, dict) else None
    thought = thought or 0
    # Some services count reasoning beside the reply instead of within it.
    if thought > made:
        made += thought
    return Usage(input_tokens=sent, output_tokens=made, reasoning_tokens=thought, usd=_cost(record) if own_cost else None)


def _cost(record: dict[str, Any]) -> float | None:
    cost = _dollars(record.get("cost"))
    details = record.get("cost_details")
    if cost is None or record.get("is_byok") is not True or not isinstance(details, dict):
        return cost
    # With a key of one's own the service charges its fee alone; the rest is on the other bill.
    return cost + (_dollars(cast("dict[str, Any]", details).get("upstream_inference_cost")) or 0.0)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else None


def _dollars(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**6 else None
