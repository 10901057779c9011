"""The policies folder: routing policies as small files that people can read, one a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from sitegen_tui.content.findings import LintFinding
from sitegen_tui.content.loading import find_at, load_model
from sitegen_tui.content.yaml_text import Document
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.policies import ROUTED, Policy
from sitegen_tui.errors import UnknownName, UsageError

FOLDER = Path("policies")
"""In the working directory."""
FILE_LIMIT = 100_000

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UNROUTED = ("routed/", "replay/")


def names() -> tuple[str, ...]:
    """Names of the stored policies, in order."""
    if not FOLDER.is_dir():
        return ()
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if _NAME.fullmatch(path.stem)))


def path_of(name: str) -> Path:
    """Where a policy of that name lies, or would lie. Raises UsageError for what is no name."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a policy", hint="use letters, digits, dots and hyphens, 64 at most")
    return FOLDER / f"{name}.yaml"


def read(name: str) -> Policy:
    """A stored policy. Raises UnknownName, or UsageError with file and line of everything wrong in it.

    Whether its models are there is not looked at.
    """
    path = path_of(name)
    try:
        with path.open("rb") as file:
            data = file.read(FILE_LIMIT + 1)
    except FileNotFoundError:
        mend = f"{FOLDER}/ in the working directory holds none: sitegen stats routing --save NAME makes one"
        raise UnknownName("policy", name, names(), hint="" if names() else mend) from None
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}", hint="make it readable") from error
    if len(data) > FILE_LIMIT:
        raise UsageError(f"{path} is larger than a policy can be", hint="sitegen stats routing --save NAME makes one")
    loaded = load_model(Policy, data, str(path))
    findings = loaded.findings or (tuple(_faults(loaded.model, loaded.document)) if loaded.model else ())
    if loaded.model is None or findings:
        said = "\n".join(f"{finding.place}: {finding.message}" for finding in findings)
        raise UsageError(said, hint="; ".join(dict.fromkeys(finding.mend for finding in findings)))
    return loaded.model


def save(name: str, policy: Policy, *, replace: bool = False) -> Path:
    """Store a policy, and say where. Raises UsageError where nothing can be written, or, unless `replace`, another has that name.

    Runs keep the name of their policy: one that means something else from today on would be averaged with what it was.
    """
    path = path_of(name)
    text = written(name, policy)
    if path.exists() and not replace and path.read_text(encoding="utf-8", errors="replace") != text:
        raise UsageError(f"{path} is there already and says something else", hint="give another name, or add --replace")
    try:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
    return path


def written(name: str, policy: Policy) -> str:
    """A policy as its file holds it, actions in their order."""
    what = "costs least" if policy.saves == "cost" else "answers soonest"
    kept = policy.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    kept = {"saves": policy.saves, "tolerance": policy.tolerance, **kept}
    kept["choices"] = {action: policy.choices[action] for action in ACTION_IDS if action in policy.choices}
    head = (
        f"# Each action goes to the model that {what} of those within {policy.tolerance:g} points of the best.\n"
        f"# sitegen run -m {ROUTED}{name} runs it; `learned` says on what it was learned, and how it did where it was not.\n"
    )
    return head + yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=120)


def line_of(name: str, action: str) -> str:
    """File and line on which a policy says who does an action."""
    path = path_of(name)
    document = load_model(Policy, path.read_bytes()[:FILE_LIMIT], str(path)).document
    return find_at(document, ("choices", action), "", "", "error").place


def _faults(policy: Policy, document: Document | None) -> Iterator[LintFinding]:
    for action, model in policy.choices.items():
        path = ("choices", action)
        if action not in ACTION_IDS:
            yield find_at(document, path, f"no action is called {action!r}", f"actions are {', '.join(ACTION_IDS)}", "error")
        if model.startswith(_UNROUTED):
            mend = "name a model that answers for itself"
            yield find_at(document, path, f"{model} cannot be routed to", mend, "error")
