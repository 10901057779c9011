"""Asking whether a model can be asked: its service, its key, its program; never the model itself, so that it costs nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any, cast

from pydantic import SecretStr

from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.errors import SitegenError
from sitegen_tui.providers import local, registry
from sitegen_tui.settings import redact

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
LIST_LIMIT = 16 * 1024 * 1024
"""Bytes of a service's list of models: OpenRouter's is about half a megabyte."""


async def reached(infos: Sequence[ModelInfo]) -> tuple[ModelInfo, ...]:
    """The same models with `reachable` and `note` as they were found now, all asked at the same time."""
    return tuple(await asyncio.gather(*(_reached(info) for info in infos)))


async def _reached(info: ModelInfo) -> ModelInfo:
    if info.reachable is False:
        return info
    match info.kind:
        case "openrouter" | "openai":
            said = await _served(info)
        case "local":
            said = await _started(info)
        case "routed":
            said = await _legs(info)
        case "cli":
            said = (True, f"{registry.command(info.name).executable()} is there; whether it is signed in only a run tells")
        case _:
            return info
    return info.model_copy(update={"reachable": said[0], "note": redact(said[1])})


async def _legs(info: ModelInfo) -> tuple[bool | None, str]:
    """A policy can be asked where all its models can."""
    legs = await reached([registry.model(leg) for leg in dict.fromkeys(info.routes.values())])
    away = [leg for leg in legs if leg.reachable is False]
    if away:
        return False, "; ".join(f"{leg.name}: {leg.note}" for leg in away)
    return (True if all(leg.reachable for leg in legs) else None), info.note


async def _started(info: ModelInfo) -> tuple[bool, str]:
    server = local.server(info.name.removeprefix("local/"), info.context or local.CONTEXT)
    try:
        await asyncio.to_thread(server.address)
    except SitegenError as error:
        return False, error.message
    return True, "it starts"


async def _served(info: ModelInfo) -> tuple[bool, str]:
    import httpx

    key = registry.key_of(info)
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if isinstance(key, SecretStr) else {}
    timeout = httpx.Timeout(WHOLE_SECONDS, connect=CONNECT_SECONDS)
    try:
        async with asyncio.timeout(WHOLE_SECONDS), httpx.AsyncClient(headers=headers, timeout=timeout) as client:
            if info.kind == "openrouter" and key is not None:
                # Its list is open to everyone, so that only this tells a good key from a bad one.
                status, _ = await _get(client, f"{info.base_url}/key")
                if status in (401, 403):
                    return False, f"the key in {info.key} is not accepted"
            status, body = await _get(client, f"{info.base_url}/models")
    except TimeoutError:
        return False, f"{info.base_url} does not answer within {WHOLE_SECONDS:g} s"
    except httpx.TimeoutException:
        return False, f"{info.base_url} does not answer in time"
    except httpx.HTTPError as error:
        return False, f"{info.base_url} cannot be reached: {str(error) or type(error).__name__}"
    if status in (401, 403):
        which = f"the key in {info.key} is not accepted" if info.key else "it asks for a key, and none is named in the models file"
        return False, f"{info.base_url}: {which}"
    if status != 200:
        return False, f"{info.base_url}/models answers {status}, so this may be no OpenAI-compatible service"
    return _listed(registry.served_id(info), body)


async def _get(client: Any, url: str) -> tuple[int, bytes]:
    async with client.stream("GET", url) as response:
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > LIST_LIMIT:
                break
        return int(response.status_code), bytes(body)


def _listed(model: str, body: bytes) -> tuple[bool, str]:
    """Whether the service's list of models names this one; variants such as :free are listed, or belong to one that is."""
    try:
        listed: Any = json.loads(body)
        ids = {str(entry["id"]) for entry in cast("list[dict[str, Any]]", listed["data"])}
    except (ValueError, KeyError, TypeError):
        return False, "its list of models cannot be read, so this may be no OpenAI-compatible service"
    if model in ids or model.split(":")[0] in ids or f"{model}:latest" in ids:
        return True, "the service answers and lists it"
    from difflib import get_close_matches

    near = get_close_matches(model, ids, n=3) or sorted(ids)[:3]
    return False, f"the service answers and does not list it; it lists {', '.join(near)}" if near else "the service lists no model"
