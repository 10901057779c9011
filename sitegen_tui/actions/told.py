"""A hash of what all models are told alike: scores that were earned on other words are not compared."""

from __future__ import annotations

import hashlib
from functools import cache

from sitegen_tui.actions.brief import build_messages
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.content.library import Library, shipped_root
from sitegen_tui.site.page import EDITABLE
from sitegen_tui.site.protocol import apply_reply, parse_reply, repair_prompt, whole_file_prompt

# Wording can only be told on some content: on the plainest that ships, whatever content a run itself has.
_TEMPLATE, _REQUIREMENTS = "blank-site", "harbour-books-01"
_DIGITS = 12


@cache
def common_hash() -> str:
    """Rules, prohibitions, directives, and what is asked where edits failed; a few hex digits, the same for every pairing.

    Words that a site or a business brings are no part of it: those are in the content's own hash.
    """
    shelf = Library((shipped_root(),))
    template, pack = shelf.template(_TEMPLATE), shelf.pack(_REQUIREMENTS)
    digest = hashlib.sha256()
    files: dict[str, str] = dict.fromkeys(EDITABLE, "")
    for action in ACTIONS:
        for message in build_messages(action, files, (), pack.requirements, template.manifest):
            digest.update(f"{message.role}\0{message.content}\0".encode())
    failed = apply_reply(files, parse_reply(f"FILE: {EDITABLE[0]}\n<<<<<<< SEARCH\nnot there\n=======\n>>>>>>> REPLACE\n"))
    for text in (repair_prompt(failed, files), whole_file_prompt(failed, files)):
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()[:_DIGITS]
