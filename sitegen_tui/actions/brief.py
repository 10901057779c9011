"""What a model is told for one action: the directive, what there is to work on, and how to answer; the same for every model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen_tui.actions.base import Action
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.runs import Message
from sitegen_tui.domain.template import Manifest
from sitegen_tui.site.page import EDITABLE
from sitegen_tui.site.protocol import protocol_rules

PROHIBITIONS = """\
Whatever the action, do not:
- lose or empty a section, a card, a picture or a text, or change text that the action does not speak of;
- remove or rename ids, classes, data or aria attributes that styles, scripts or links use;
- break a link, refer to a file that is not listed below, load a picture from another host,
  or write a description where a file name belongs;
- shorten a file, leave part of it out, or put a comment in place of content;
- break the page's script or its adaptation to small screens, or undo what earlier actions did."""


def build_messages(
    action: Action, files: Mapping[str, str], assets: Sequence[str], requirements: Requirements, manifest: Manifest
) -> tuple[Message, ...]:
    """The prompt: rules and prohibitions as the system's turn; directive, slots, sections, assets and files as the user's."""
    system = "\n\n".join(
        (
            "You edit a small website for a business, one action at a time. "
            "Do the action given, completely and exactly, and nothing else.",
            PROHIBITIONS,
            protocol_rules(),
        )
    )
    shown = [path for path in EDITABLE if path in files and (path in action.write_set or path in EDITABLE[:2])]
    user = "\n\n".join(
        (
            f"Action {action.number} of 16, {action.id}: {action.intent}.",
            action.directive(requirements, manifest),
            f"Files that this action may change: {', '.join(action.write_set)}.",
            "Places in the page, by selector:\n" + _places(manifest),
            "Files of the site that may be referred to:\n" + "\n".join(f"- {path}" for path in assets),
            *(f'{path} as it is now:\n<file path="{path}">\n{files[path]}</file>' for path in shown),
        )
    )
    return (Message(role="system", content=system), Message(role="user", content=user))


def _places(manifest: Manifest) -> str:
    rows = [f"- {slot}: {selector}" for slot, selector in manifest.slots.items()]
    rows += [f"- section {section.id}: {section.selector}" for section in manifest.sections]
    rows.append(f"- hero: {manifest.hero.selector}")
    if manifest.footer is not None:
        rows.append(f"- footer columns: {manifest.footer.selector}")
    return "\n".join(rows)
