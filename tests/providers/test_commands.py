"""Command lines as contestants, with real programs: what they are given, what is heard of them, and that they end."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import aclosing
from pathlib import Path

import pytest

from sitegen_tui.domain.models import Price
from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest
from sitegen_tui.domain.runs import Message, Pairing, RunPlan
from sitegen_tui.errors import ProviderError
from sitegen_tui.providers.commands import Command, CommandProvider, environment_for, joined
from sitegen_tui.providers.contestants import Patience

PLAN = RunPlan(
    run_id="e1.1",
    experiment_id="e1",
    model="cli/test",
    pairing=Pairing(template="blank-site", requirements="harbour-books-01"),
    actions=("apply-colours",),
)
LANE = Lane(name="cli/test")


def provider(script: str, *, environment: tuple[str, ...] = (), price: Price | None = None, **patience: float) -> CommandProvider:
    command = Command((sys.executable, "-c", script), environment, Patience.model_validate(patience))
    return CommandProvider("cli/test", command, LANE, price)


def request(*texts: str) -> ModelRequest:
    roles = ("system", "user", "assistant", "user")
    messages = tuple(Message.model_validate({"role": role, "content": text}) for role, text in zip(roles, texts, strict=False))
    return ModelRequest(plan=PLAN, step=1, action="apply-colours", attempt=1, messages=messages, files={})


async def asked(of: CommandProvider, *texts: str) -> list[Chunk]:
    async with aclosing(of.stream(request(*(texts or ("be brief", "hello"))))) as chunks:
        return [chunk async for chunk in chunks]


def text_of(chunks: list[Chunk]) -> str:
    return "".join(chunk.text for chunk in chunks)


def living(pid: int) -> bool:
    """Whether a process is there and not just waiting for somebody to notice that it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def gone(pid: int, seconds: float = 8.0) -> bool:
    end = time.monotonic() + seconds
    while living(pid) and time.monotonic() < end:
        await asyncio.sleep(0.05)
    return not living(pid)


async def pid_in(file: Path) -> int:
    for _ in range(400):
        if file.exists() and file.read_text().strip():
            return int(file.read_text())
        await asyncio.sleep(0.025)
    raise AssertionError("the child never began")


async def test_the_prompt_is_read_on_stdin_and_the_reply_is_what_stands_on_stdout():
    chunks = await asked(provider("import sys; print(sys.stdin.read().upper(), end='')"))
    assert text_of(chunks) == "BE BRIEF\n\nHELLO\n"
    assert chunks[0].settings is not None
    assert chunks[-1].finish_reason == "stop"
    usage = chunks[-1].usage
    assert usage is not None
    assert usage.estimated
    assert usage.usd is None
    assert usage.output_tokens > 0


async def test_a_price_given_for_a_command_makes_a_cost_from_estimated_tokens():
    one = provider("print('x' * 4000, end='')", price=Price(input=1, output=1_000))
    usage = (await asked(one))[-1].usage
    assert usage is not None
    assert usage.usd == pytest.approx((usage.input_tokens * 1 + usage.output_tokens * 1000) / 1e6)
    assert (one.ceiling(request("a", "b")) or 0) > usage.usd
    assert provider("").ceiling(request("a", "b")) is None


def test_a_conversation_becomes_one_text_that_says_whose_words_are_whose():
    text = joined(request("rules", "task", "answer", "once more").messages)
    assert text == "rules\n\ntask\n\n=== Your answer so far ===\n\nanswer\n\n=== What is asked now ===\n\nonce more\n"


async def test_text_comes_as_it_is_written_also_where_a_character_is_torn_apart():
    script = """
import sys, time
for piece in (b'caf', b'\\xc3', b'\\xa9 \\xf0\\x9f', b'\\x8f\\x9d', b' end'):
    sys.stdout.buffer.write(piece); sys.stdout.flush(); time.sleep(0.15)
"""
    began, heard = time.monotonic(), []
    async with aclosing(provider(script).stream(request("a", "b"))) as chunks:
        async for chunk in chunks:
            if chunk.text:
                heard.append((chunk.text, time.monotonic() - began))
    assert "".join(text for text, _ in heard) == "café 🏝 end"
    assert len(heard) >= 3
    assert heard[-1][1] - heard[0][1] > 0.3


async def test_a_long_prompt_to_a_program_that_writes_before_it_reads_blocks_nobody():
    script = "import sys; print('y' * 300000, flush=True); print(len(sys.stdin.read()))"
    chunks = await asked(provider(script), "s", "u" * 2_000_000)
    assert text_of(chunks).endswith("2000004\n")


async def test_a_program_that_does_not_read_its_prompt_is_heard_all_the_same():
    assert text_of(await asked(provider("print('no interest')"), "s", "u" * 2_000_000)) == "no interest\n"


async def test_a_status_other_than_nought_is_an_outside_fault_with_the_end_of_what_was_said():
    script = "import sys; print('half'); sys.stderr.write('z' * 100000 + ' not signed in'); sys.exit(3)"
    with pytest.raises(ProviderError) as caught:
        await asked(provider(script))
    assert "status 3" in caught.value.message
    assert caught.value.message.endswith("not signed in")
    assert len(caught.value.message) < 1000
    assert not caught.value.retryable


async def test_secrets_that_a_command_was_given_are_not_in_its_error(monkeypatch):
    monkeypatch.setenv("SOME_API_KEY", "sk-verysecretvalue")
    script = "import os, sys; sys.exit('bad key ' + os.environ['SOME_API_KEY'])"
    with pytest.raises(ProviderError) as caught:
        await asked(provider(script, environment=("SOME_API_KEY",)))
    assert "bad key" in caught.value.message
    assert "verysecret" not in caught.value.message


async def test_only_named_variables_and_the_usual_ones_are_passed_on(monkeypatch):
    monkeypatch.setenv("SOME_API_KEY", "one")
    monkeypatch.setenv("OPENROUTER_API_KEY", "two")
    script = "import os; print(sorted(os.environ))"
    seen = text_of(await asked(provider(script, environment=("SOME_API_KEY",))))
    assert "SOME_API_KEY" in seen
    assert "OPENROUTER_API_KEY" not in seen
    assert "'PATH'" in seen
    assert environment_for((), {"LC_ALL": "C", "AWS_SECRET_ACCESS_KEY": "x"}) == {"LC_ALL": "C"}


async def test_a_command_works_in_an_empty_folder_that_is_gone_afterwards():
    script = "import os; open('made', 'w').write('x'); print(os.getcwd(), len(os.listdir()))"
    folder, count = text_of(await asked(provider(script))).split()
    assert count == "1"
    assert not Path(folder).exists()


async def test_a_program_that_is_not_here_says_so():
    absent = CommandProvider("cli/none", Command(("no-such-program-anywhere",)), LANE)
    with pytest.raises(ProviderError) as caught:
        await asked(absent)
    assert "no-such-program-anywhere" in caught.value.message
    assert not caught.value.retryable


async def test_a_program_that_writes_nothing_is_no_reply():
    with pytest.raises(ProviderError, match="without writing anything"):
        await asked(provider("pass"))


@pytest.mark.parametrize(
    ("script", "patience", "said"),
    [
        ("import time; time.sleep(60)", {"first": 0.4}, "wrote nothing for 0.4 s"),
        ("import time; print('a', flush=True); time.sleep(60)", {"idle": 0.4}, "wrote nothing for 0.4 s"),
        ("import time\nwhile True: print('a', flush=True); time.sleep(0.01)", {"whole": 0.6}, "longer than 0.6 s"),
        ("while True: print('a' * 1000)", {"whole": 0.6}, "longer than 0.6 s"),
    ],
)
async def test_no_command_holds_a_run_up_past_its_limits(script: str, patience: dict[str, float], said: str):
    began = time.monotonic()
    with pytest.raises(ProviderError) as caught:
        await asked(provider(script, **patience))
    assert said in caught.value.message
    assert caught.value.retryable
    assert time.monotonic() - began < 8


STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(120)"
process = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.DEVNULL if QUIET else None)
open(FILE, "w").write(str(process.pid))
print("begun", os.getpid(), flush=True)
"""


def stubborn(file: Path, *, quiet: bool) -> str:
    return f"FILE, QUIET = {str(file)!r}, {quiet}\n{STUBBORN}"


async def test_a_cancelled_command_dies_with_children_that_ignore_being_asked(tmp_path):
    file = tmp_path / "pid"
    told: list[str] = []

    async def listen() -> None:
        async with aclosing(provider(stubborn(file, quiet=False) + "time.sleep(120)").stream(request("a", "b"))) as chunks:
            async for chunk in chunks:
                told.append(chunk.text)

    task = asyncio.create_task(listen())
    child = await pid_in(file)
    while not any("begun" in text for text in told):
        await asyncio.sleep(0.02)
    parent = int("".join(told).split()[1])
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await gone(child)
    assert await gone(parent)


async def test_children_that_outlive_a_finished_command_hold_nothing_up_and_die(tmp_path):
    file = tmp_path / "pid"
    began = time.monotonic()
    assert "begun" in text_of(await asked(provider(stubborn(file, quiet=False))))
    assert time.monotonic() - began < 10
    assert await gone(int(file.read_text()))


async def test_a_reader_that_stops_listening_ends_the_command():
    script = "import os, time\nprint(os.getpid(), flush=True)\nwhile True: time.sleep(0.05); print('more', flush=True)"
    async with aclosing(provider(script).stream(request("a", "b"))) as chunks:
        async for chunk in chunks:
            if chunk.text:
                pid = int(chunk.text.split()[0])
                break
    assert await gone(pid)
    assert pid != os.getpid()
