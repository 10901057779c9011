"""A diff for other programs: the unified format that `git apply` and `patch` read, and JSON for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen_tui.domain.diffs import BlobInfo, DiffStats, FileDiff, Hunk, SiteDiff
from sitegen_tui.site.diff_rows import DiffRows, hunks

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def unified_text(diff: FileDiff, context: int = 3) -> str:
    """The diff in git's unified format, empty for an unchanged file.

    Write it with "\\n" untranslated: lines that end in "\\r\\n" keep their "\\r". With `context=0`, `git apply` needs
    `--unidiff-zero`. A binary file gives git's one-line notice, which no program can apply.
    """
    return "".join(_unified(diff, context))


def _unified(diff: FileDiff, context: int) -> Iterator[str]:
    if diff.status == "same":
        return
    old, new = _quoted("a/" + diff.path), _quoted("b/" + diff.path)
    yield f"diff --git {old} {new}\n"
    if diff.status == "added":
        yield "new file mode 100644\n"
        old = "/dev/null"
    elif diff.status == "deleted":
        yield "deleted file mode 100644\n"
        new = "/dev/null"
    if diff.binary:
        yield f"Binary files {old} and {new} differ\n"
        return
    if not diff.blocks:
        return
    # A tab ends a name that contains a space, else patch would take the rest for a date.
    yield "".join(f"{mark} {name}" + ("\t\n" if " " in name else "\n") for mark, name in (("---", old), ("+++", new)))
    for hunk in hunks(diff, context):
        yield from _hunk_lines(diff, hunk)


def _hunk_lines(diff: FileDiff, hunk: Hunk) -> Iterator[str]:
    yield _printable(hunk.header) + "\n"
    left = hunk.before_start
    for block in diff.blocks[hunk.first_block : hunk.last_block]:
        yield from _marked(" ", diff.before_lines[left : block.before_start])
        yield from _marked("-", diff.before_lines[block.before_start : block.before_end])
        yield from _marked("+", diff.after_lines[block.after_start : block.after_end])
        left = block.before_end
    yield from _marked(" ", diff.before_lines[left : hunk.before_end])


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def _quoted(name: str) -> str:
    if all(character.isprintable() and character not in _ESCAPES for character in name):
        return name
    escaped = (
        _ESCAPES.get(character)
        or (character if character.isprintable() else "".join(f"\\{byte:03o}" for byte in _bytes(character)))
        for character in name
    )
    return f'"{"".join(escaped)}"'


def _bytes(character: str) -> bytes:
    return character.encode("utf-8", "surrogatepass")


def to_json(diff: FileDiff | SiteDiff, context: int | None = 3) -> dict[str, Any]:
    """The diff as JSON-able data with stable keys.

    A site has `stats` and `files`; a file has `path`, `status`, `binary`, `coarse`, `before`, `after` (size and
    sha256, or null), `stats` and `hunks`; a hunk has its header's parts and `rows`, whose `words` are `[start, end]`
    columns and whose `ending` is null but for a line that does not end in a plain "\\n".
    """
    if isinstance(diff, SiteDiff):
        return {"stats": _stats(diff.stats), "files": [to_json(file, context) for file in diff.files]}
    return {
        "path": diff.path,
        "status": diff.status,
        "binary": diff.binary,
        "coarse": diff.coarse,
        "before": _blob(diff.before),
        "after": _blob(diff.after),
        "stats": _stats(diff.stats),
        "hunks": [_hunk(diff, hunk) for hunk in hunks(diff, context)],
    }


def _stats(stats: DiffStats) -> dict[str, int]:
    return {"files": stats.files, "added": stats.added, "removed": stats.removed}


def _blob(blob: BlobInfo | None) -> dict[str, int | str] | None:
    return None if blob is None else {"size": blob.size, "sha256": blob.sha256}


def _hunk(diff: FileDiff, hunk: Hunk) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for row in DiffRows(diff, (hunk,), "unified"):
        if row.kind == "hunk":
            continue
        right = row.left is None
        ending = row.right_ending if right else row.left_ending
        rows.append(
            {
                "kind": row.kind,
                "before": row.left_number,
                "after": row.right_number,
                "text": row.right if right else row.left,
                "ending": None if ending == "\n" else ending,
                "ending_changed": row.ending_changed,
                "words": [list(span) for span in (row.right_words if right else row.left_words)],
            }
        )
    return {
        "before_line": hunk.before_start + 1,
        "before_count": hunk.before_end - hunk.before_start,
        "after_line": hunk.after_start + 1,
        "after_count": hunk.after_end - hunk.after_start,
        "heading": hunk.heading,
        "rows": rows,
    }
