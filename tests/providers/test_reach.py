"""Whether a model can be asked, found out from real servers on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.providers import registry
from sitegen_tui.providers.reach import reached
from tests.providers import misbehaving

KEY = "sk-or-notarealkeyatall"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path) -> Path:
    monkeypatch.delenv("SITEGEN_MODELS", raising=False)
    monkeypatch.delenv("OPENROUTER_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def server() -> Iterator[misbehaving.Server]:
    with misbehaving.Server() as running:
        yield running


def listing(*ids: str) -> misbehaving.Script:
    return misbehaving.refused(200, {"object": "list", "data": [{"id": name} for name in ids]})


async def found(name: str) -> ModelInfo:
    (info,) = await reached((registry.model(name),))
    return info


async def test_a_server_that_lists_the_model_can_be_asked(server):
    server.then(listing("other", "llama3.2:latest"))
    info = await found(f"openai/llama3.2@{server.base_url}")
    assert info.reachable is True
    assert [(request.method, request.path) for request in server.requests] == [("GET", "/v1/models")]
    assert "authorization" not in server.requests[0].headers


async def test_a_server_that_does_not_list_it_says_what_it_lists(server):
    server.then(listing("llama3.2-instruct", "phi"))
    info = await found(f"openai/llama3.2@{server.base_url}")
    assert info.reachable is False
    assert "llama3.2-instruct" in info.note


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [(401, {}, "key"), (404, {}, "404"), (200, "<html>", "list of models"), (200, ["a"], "list of models"), (302, {}, "302")],
)
async def test_whatever_else_listens_there_is_not_taken_for_a_service(server, status, body, said):
    server.then(misbehaving.refused(status, body))
    info = await found(f"openai/x@{server.base_url}")
    assert info.reachable is False
    assert said in info.note


async def test_where_nobody_listens_it_says_so():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        info = await found(f"openai/x@http://127.0.0.1:{nobody.getsockname()[1]}/v1")
    assert info.reachable is False
    assert "cannot be reached" in info.note


async def test_openrouter_is_asked_for_its_key_first_and_then_for_its_list(server, elsewhere, monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", KEY)
    (elsewhere / "models.yaml").write_text(
        f'providers: {{openrouter: {{base_url: "{server.base_url}", key: OPENROUTER_API_KEY}}}}\n'
    )
    server.then(misbehaving.refused(200, {"data": {"label": "x"}}), listing("anthropic/claude-haiku-4.5"))
    assert (await found("claude-haiku-4.5")).reachable is True
    assert [request.path for request in server.requests] == ["/v1/key", "/v1/models"]
    assert all(request.headers["authorization"] == f"Bearer {KEY}" for request in server.requests)
    server.then(misbehaving.refused(401, {"error": {"message": f"no user for {KEY}"}}))
    refused = await found("claude-haiku-4.5")
    assert refused.reachable is False
    assert "OPENROUTER_API_KEY" in refused.note
    assert KEY not in refused.note


async def test_a_command_is_looked_for_and_not_started(elsewhere):
    (elsewhere / "models.yaml").write_text("models: {cli/there: {command: [touch, started]}, cli/away: {command: [no-such-one]}}\n")
    assert (await found("cli/there")).reachable is True
    assert not (elsewhere / "started").exists()
    away = await found("cli/away")
    assert away.reachable is False
    assert "no-such-one" in away.note
