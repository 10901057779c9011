"""An event as it lies in its row: prompts, replies and whole site trees are kept as content, the row holds hashes and changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, cast

from sitegen_tui.domain.events import EVENT, AttemptFinished, Event, JudgeSampled, OutputApplied, RunStarted
from sitegen_tui.domain.runs import Message

Site = Mapping[str, str]


def encode(event: Event, site: Site) -> tuple[str, dict[str, bytes]]:
    """The row's JSON, and the contents it refers to by sha256. `site` is the tree of the run before this event."""
    match event:
        case AttemptFinished():
            texts: dict[str, bytes] = {}
            attempt = event.attempt
            body = event.model_dump(mode="json", exclude={"attempt": {"messages", "reply", "reasoning"}})
            body["texts"] = {
                "messages": [[message.role, _text(message.content, texts)] for message in attempt.messages],
                "reply": _text(attempt.reply, texts),
                "reasoning": _text(attempt.reasoning, texts),
            }
            return _dumps(body), texts
        case JudgeSampled():
            said: dict[str, bytes] = {}
            body = event.model_dump(mode="json", exclude={"reply"})
            body["texts"] = {"reply": _text(event.reply, said)}
            return _dumps(body), said
        case RunStarted():
            tree = _dumps(dict(sorted(event.site.items()))).encode()
            sha = sha256(tree).hexdigest()
            body = event.model_dump(mode="json", exclude={"site"})
            body["tree"] = sha
            return _dumps(body), {sha: tree}
        case OutputApplied():
            body = event.model_dump(mode="json", exclude={"site"})
            told = {change.path: change.after for change in event.changes}
            if _changed(site, told) != event.site:
                # In isolated mode the step did not begin with what the step before it left.
                body["delta"] = _delta(site, event.site)
            return _dumps(body), {}
        case _:
            return EVENT.dump_json(event).decode(), {}


def decode(kind: str, body: str, site: Site, read: Callable[[str], bytes] | None) -> Event:
    """The event again. `site` is the tree of the run before it; without `read`, texts stay empty."""
    match kind:
        case "AttemptFinished":
            data = json.loads(body)
            texts = data.pop("texts")
            if read is not None:
                attempt = data["attempt"]
                attempt["messages"] = [Message(role=role, content=_filled(kept, read)) for role, kept in texts["messages"]]
                attempt["reply"] = _filled(texts["reply"], read)
                attempt["reasoning"] = _filled(texts["reasoning"], read)
            return EVENT.validate_python(data)
        case "JudgeSampled":
            data = json.loads(body)
            texts = data.pop("texts")
            data["reply"] = _filled(texts["reply"], read) if read is not None else ""
            return EVENT.validate_python(data)
        case "RunStarted":
            data = json.loads(body)
            tree = data.pop("tree")
            data["site"] = json.loads(read(tree)) if read is not None else {}
            return EVENT.validate_python(data)
        case "OutputApplied":
            data = json.loads(body)
            data["site"] = applied(data, site)
            data.pop("delta", None)
            return EVENT.validate_python(data)
        case _:
            return EVENT.validate_json(body)


def applied(body: Mapping[str, Any], site: Site) -> dict[str, str]:
    """The tree after an OutputApplied whose row holds `body`."""
    delta: dict[str, str | None] | None = body.get("delta")
    if delta is None:
        delta = {change["path"]: change["after"] for change in body["changes"]}
    return _changed(site, delta)


def referred(kind: str, body: str) -> list[str]:
    """The sha256 of every content that a row itself refers to."""
    if kind == "RunStarted":
        return [json.loads(body)["tree"]]
    if kind == "AttemptFinished":
        texts = json.loads(body)["texts"]
        kept = [text for _, text in texts["messages"]] + [texts["reply"], texts["reasoning"]]
        return [cast("str", text["sha"]) for text in kept if isinstance(text, dict)]
    if kind == "JudgeSampled":
        reply = json.loads(body)["texts"]["reply"]
        return [cast("str", reply["sha"])] if isinstance(reply, dict) else []
    return []


_INLINE = 200
"""Characters up to which a text is cheaper in the row than as a content of its own."""


def _text(text: str, texts: dict[str, bytes]) -> str | dict[str, str]:
    if len(text) <= _INLINE:
        return text
    data = text.encode()
    sha = sha256(data).hexdigest()
    texts[sha] = data
    return {"sha": sha}


def _filled(kept: str | dict[str, str], read: Callable[[str], bytes]) -> str:
    return kept if isinstance(kept, str) else read(kept["sha"]).decode()


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _delta(before: Site, after: Site) -> dict[str, str | None]:
    delta: dict[str, str | None] = {path: sha for path, sha in after.items() if before.get(path) != sha}
    delta.update({path: None for path in before if path not in after})
    return delta


def _changed(site: Site, delta: Mapping[str, str | None]) -> dict[str, str]:
    after = dict(site)
    for path, sha in delta.items():
        if sha is None:
            after.pop(path, None)
        else:
            after[path] = sha
    return after
