"""Replies that go wrong as replies: prose, edits that do not fit, edits that fit only after repair, an end that is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from sitegen_tui.actions.base import Grade
from sitegen_tui.domain.edits import ApplyOutcome
from sitegen_tui.site.protocol import apply_reply, format_edits, parse_reply

_BLOCK = re.compile(r"^<{7,9} SEARCH\n(?P<search>.*?)^={7,9}\n(?P<replace>.*?)^>{7,9} REPLACE$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"^FILE: (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Reply:
    """A model's reply, and why it ended."""

    text: str
    finish_reason: str = "stop"


Wording = Callable[[str, Mapping[str, str], Random], "Reply | None"]
"""A bad reply, from the reference's reply and the files that it edits; None if there is none to be had."""


@dataclass(frozen=True)
class ReplyFault:
    """A fault of a reply to any action: the protocol ids that it must earn.

    What the site lacks because of it is charged as on any other site; `violations` does not name it.
    """

    id: str
    violations: tuple[str, ...]
    write: Wording
    grade: Grade = "realistic"


def received(before: Mapping[str, str], gold: Mapping[str, str], fault: ReplyFault, rng: Random) -> ApplyOutcome | None:
    """What comes of a bad reply: changed files, refused blocks, protocol ids earned; None where the fault does not apply."""
    reply = fault.write(format_edits(before, gold), before, rng)
    return None if reply is None else apply_reply(before, parse_reply(reply.text, finish_reason=reply.finish_reason))


# -- nothing that can be read or applied ----------------------------------------------------------------------------------


def _prose(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
    """It tells what was done and gives no edit."""
    told = rng.choice(("I have made every change you asked for.", "Everything is in place now; the site looks as the brief wants."))
    return Reply(f"{told}\n")


def _bare_code(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
    """It shows the new lines in fences, without saying which lines they replace."""
    shown = "\n\n".join(f"```\n{block['replace']}```" for block in _BLOCK.finditer(good))
    return Reply(f"Here are the new lines:\n\n{shown}\n") if shown else None


def _other_folder(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
    """Every edit is of a file in a folder that the site does not have."""
    return Reply(_FILE.sub(lambda match: f"FILE: {rng.choice(('src', 'public'))}/{match[1]}", good)) if _FILE.search(good) else None


# -- some edits fail ------------------------------------------------------------------------------------------------------


def _with_failing(good: str, files: Mapping[str, str], search: str) -> Reply | None:
    """The good edits and one that fails."""
    path = next(iter(files))
    return (
        Reply(f"{good}\nFILE: {path}\n<<<<<<< SEARCH\n{search}\n=======\n{search}<!-- edited -->\n>>>>>>> REPLACE\n")
        if good
        else None
    )


def _half_misquoted(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
    """Of the edits every second one quotes lines that are not there."""
    blocks = list(_BLOCK.finditer(good))
    wrong = [block for block in blocks[1::2] if block["search"].strip()]
    text = good
    for block in reversed(wrong):
        text = text[: block.start("search")] + _forgotten(block["search"]) + text[block.end("search") :]
    return Reply(text) if wrong else None


def _misquoted(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
    """One more edit quotes a line that is not there."""
    return _with_failing(good, files, '  <div class="page-shell">')


def _ambiguous(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
    """One more edit quotes a line that is there several times."""
    lines = next(iter(files.values())).split("\n")
    often = sorted({line for line in lines if lines.count(line) > 2 and line.strip() and line not in good})
    return _with_failing(good, files, rng.choice(often)) if often else None


def _forgotten(search: str) -> str:
    lines = search.split("\n")
    at = next(index for index, line in enumerate(lines) if line.strip())
    lines[at] = lines[at].rstrip()[: max(1, len(lines[at]) * 2 // 3)] + " ..."
    return "\n".join(lines)


# -- edits that fit after repair ------------------------------------------------------------------------------------------


def _relined(change: Callable[[str], str]) -> Wording:
    """The quoted lines of each edit are spelled otherwise."""

    def write(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
        def other(match: re.Match[str]) -> str:
            whole = match[0]
            at, end = match.start("search") - match.start(), match.end("search") - match.start()
            lines = "".join(change(line) for line in match["search"].splitlines(keepends=True))
            return whole[:at] + lines + whole[end:]

        text = _BLOCK.sub(other, good)
        return Reply(text) if text != good else None

    return write


def _one_space(line: str) -> str:
    return f" {line}" if line[:1] in (" ", "\t") else line


# -- an end that is missing -----------------------------------------------------------------------------------------------


def _cut(share: float) -> Wording:
    """The reply met its limit inside an edit."""

    def write(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
        at = int(len(good) * (share + rng.uniform(-0.05, 0.05)))
        return Reply(good[:at], "length") if good else None

    return write


def _end_missing(good: str, files: Mapping[str, str], rng: Random) -> Reply | None:
    """Only the last marker is not there."""
    at = good.rstrip().rfind("\n>>>>>>>")
    return Reply(good[: at + 1], "length") if at > 0 else None


REPLIES: tuple[ReplyFault, ...] = (
    ReplyFault("reply-prose", ("protocol.unparseable",), _prose, "blatant"),
    ReplyFault("reply-bare-code", ("protocol.unparseable",), _bare_code, "realistic"),
    ReplyFault("reply-other-folder", ("protocol.unparseable",), _other_folder, "subtle"),
    ReplyFault("reply-half-misquoted", ("protocol.partial-apply",), _half_misquoted, "blatant"),
    ReplyFault("reply-misquoted", ("protocol.partial-apply",), _misquoted, "realistic"),
    ReplyFault("reply-ambiguous", ("protocol.partial-apply",), _ambiguous, "subtle"),
    ReplyFault("reply-no-indent", ("protocol.repaired",), _relined(lambda line: line.lstrip(" \t") or line), "blatant"),
    ReplyFault(
        "reply-wide-indent",
        ("protocol.repaired",),
        _relined(lambda line: line[:1] * 2 + line[1:] if line[:1] == " " else line),
        "realistic",
    ),
    ReplyFault("reply-one-space", ("protocol.repaired",), _relined(_one_space), "subtle"),
    ReplyFault("reply-cut-early", ("protocol.truncated",), _cut(0.4), "blatant"),
    ReplyFault("reply-cut-late", ("protocol.truncated",), _cut(0.85), "realistic"),
    ReplyFault("reply-end-missing", ("protocol.truncated",), _end_missing, "subtle"),
)
"""Faults of replies."""
