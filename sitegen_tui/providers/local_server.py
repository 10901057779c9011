"""The process in which the small model answers: llama.cpp's server on loopback, for as long as whoever started it lives.

It is started with `python -m`, reads one line of JSON on stdin (`parent`, `weights`, `key`, `name`, `context`), writes one line of
JSON on stdout (`url`, or `error`) and ends when its stdin does or its parent is gone, whichever is seen first.
"""

from __future__ import annotations

import json
import os
import select
import sys
from importlib import import_module
from typing import Any, TextIO

GLANCE = 1.0
"""Seconds between two looks at whether the parent is still there."""


def main() -> None:
    """Serve until the parent is gone. Never returns: threads of the server would hold an interpreter that leaves open for good."""
    status = 1
    try:
        answers = _answers()
        wanted = json.loads(sys.stdin.readline())
        _serve(wanted, answers)
        status = 0
    finally:
        os._exit(status)


def _serve(wanted: dict[str, Any], answers: TextIO) -> None:
    # Told and not looked up: a parent that died before we began would be taken for whoever inherited us.
    parent = wanted.pop("parent")
    if os.getppid() != parent:
        return
    try:
        server = serve(**wanted)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), file=answers, flush=True)
        return
    print(json.dumps({"url": server.listening_address}), file=answers, flush=True)
    while os.getppid() == parent:
        readable, _, _ = select.select([sys.stdin], [], [], GLANCE)
        if readable and not os.read(sys.stdin.fileno(), 1024):
            return


def serve(*, weights: str, key: str, name: str, context: int) -> Any:
    """A server that listens when this returns: one slot, so that the whole context is one request's, and one thread."""
    llama: Any = import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = weights
    params.model_alias = name
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    params.n_threads_http = 2
    params.cache_ram_mib = 0
    params.ui = False
    params.verbosity = -1
    return llama.Server(params)


def _answers() -> TextIO:
    """Our own way to the parent: what llama.cpp prints goes where errors go."""
    ours = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(ours, "w", encoding="utf-8")


if __name__ == "__main__":
    main()
