"""How simulated models write: prefaces, thoughts and fences around the edits, and the ways in which edits go wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

from sitegen_tui.domain.pipeline import BY_ID
from sitegen_tui.providers.profiles import Style

_BLOCK = re.compile(r"^<{7,9} SEARCH\n(?P<search>.*?)^={7,9}\n(?P<replace>.*?)^>{7,9} REPLACE$", re.DOTALL | re.MULTILINE)

_PREFACES = (
    "Here are the edits for {title}.",
    "I changed only what {title} asks for.",
    "Done. The edits below cover {title}.",
    "{title}: the following blocks make the change.",
)
_THOUGHTS = (
    "The task is {title}. First find where the current values stand in the files.",
    "I should keep the markup as it is and touch only the lines that matter.",
    "The style sheet uses custom properties, so the values change in one place.",
    "Check that every quoted line occurs once, otherwise the edit cannot be applied.",
    "Nothing outside the task should change; the rest of the page must keep its hooks.",
    "The brief gives exact values, so they go in as they are written there.",
)
_TALK = (
    "I have gone through the files and applied {title} as requested. Everything should now look right.",
    "To carry out {title}, open the files and replace the old values with those from the brief.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply before it is sent."""

    text: str
    reasoning: str = ""
    finish_reason: str = "stop"


def talk(action_id: str, chance: Random) -> Draft:
    """A reply that gives no edits."""
    return Draft(_said(_TALK, action_id, chance) + "\n")


def cut(text: str, chance: Random) -> Draft:
    """The first half to nine tenths of the edits, as a reply that met its length limit."""
    return Draft(text[: int(len(text) * chance.uniform(0.5, 0.9))], finish_reason="length")


def corrupted(text: str, chance: Random) -> str:
    """The edits with the quoted lines of one block misremembered; unchanged where none are quoted."""
    blocks = [match for match in _BLOCK.finditer(text) if match["search"].strip()]
    if not blocks:
        return text
    block = chance.choice(blocks)
    lines = block["search"].split("\n")
    at = chance.choice([index for index, line in enumerate(lines) if line.strip()])
    body = lines[at].rstrip()
    lines[at] = body[: max(1, len(body) * 2 // 3)] + " ..."
    return text[: block.start("search")] + "\n".join(lines) + text[block.end("search") :]


def mangled(text: str) -> str:
    """The edits with the indentation of each block lost."""

    def flat(match: re.Match[str]) -> str:
        block = match[0]
        depth = _common_indent(match["search"] + match["replace"])
        return re.sub(rf"^{re.escape(depth)}", "", block, flags=re.MULTILINE) if depth else block

    return _BLOCK.sub(flat, text)


def _common_indent(text: str) -> str:
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in text.split("\n") if line.strip()]
    first, last = min(indents, default=""), max(indents, default="")
    length = next((at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[:length]


def decorated(draft: Draft, action_id: str, style: Style, chance: Random) -> Draft:
    """A draft with what models put around their edits."""
    if not draft.text:
        return talk(action_id, chance)
    text = draft.text
    if chance.random() < style.fences and draft.finish_reason == "stop":
        text = f"```\n{text}```\n"
    if chance.random() < style.preface:
        text = f"{_said(_PREFACES, action_id, chance)}\n\n{text}"
    if chance.random() >= style.thinks:
        return replace(draft, text=text)
    lines = [_THOUGHTS[0], *chance.sample(_THOUGHTS[1:], chance.randint(1, len(_THOUGHTS) - 1))]
    thought = " ".join(line.format(title=_title(action_id)) for line in lines)
    if style.inline_thought:
        return replace(draft, text=f"<think>\n{thought}\n</think>\n\n{text}")
    return replace(draft, text=text, reasoning=thought)


def _said(sentences: tuple[str, ...], action_id: str, chance: Random) -> str:
    return chance.choice(sentences).format(title=_title(action_id))


def _title(action_id: str) -> str:
    return BY_ID[action_id].title.lower()
