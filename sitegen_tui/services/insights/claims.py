"""The claims: what the tables of a published study say, held against one another, with the arithmetic of each verdict."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import cast, get_args

from sitegen_tui.content.findings import content_error
from sitegen_tui.content.loading import load_model, near
from sitegen_tui.domain.claims import Claim, Published, Verdict
from sitegen_tui.domain.insights import Frame, View
from sitegen_tui.errors import UsageError
from sitegen_tui.services.insights.samples import Samples
from sitegen_tui.stats.claims import audited

SHIPPED = "round1.yaml"
VERDICTS: tuple[Verdict, ...] = ("does not reproduce", "cannot be computed", "reproduces")
"""In the order of how much a reader wants to see them."""
assert set(VERDICTS) == set(get_args(Verdict))


class ClaimsView(View):
    """The claims of one file by verdict, those that do not reproduce first. It is about no run, so it has no conditions."""

    file: str = ""
    title: str = ""
    source: str = ""
    claims: tuple[Claim, ...] = ()

    def of(self, verdict: Verdict) -> tuple[Claim, ...]:
        """The claims with that verdict."""
        return tuple(claim for claim in self.claims if claim.verdict == verdict)


def load(frame: Frame, samples: Samples | None, file: str | None = None) -> ClaimsView:
    """The audit of a file, or of the study that is shipped. Raises UsageError or ContentError for a file that cannot be read."""
    return audit_file(file).model_copy(update={"scope": frame.scope})


def audit_file(file: str | None = None) -> ClaimsView:
    """As `load`, of no scope."""
    if file is None:
        return _shipped()
    try:
        return build(Path(file).read_bytes(), file)
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}", hint="give a YAML file of published tables") from error


@lru_cache(maxsize=1)
def published() -> Published:
    """The study that is shipped."""
    return _read(_shipped_bytes(), SHIPPED)[0]


@lru_cache(maxsize=1)
def _shipped() -> ClaimsView:
    return build(_shipped_bytes(), SHIPPED)


def _shipped_bytes() -> bytes:
    return files("sitegen_tui.stats").joinpath(SHIPPED).read_bytes()


def build(data: bytes, file: str) -> ClaimsView:
    """The audit of a file's bytes. Raises ContentError with file, line, field and mend."""
    study, unread = _read(data, file)
    claims = sorted(audited(study), key=lambda claim: VERDICTS.index(claim.verdict))
    notes = tuple(f"{name} is no table that is read: {near(name, Published.model_fields)}" for name in unread)
    if not claims:
        notes += ("nothing in this file can be held against anything else in it",)
    return ClaimsView(file=file, title=study.title or file, source=study.source, claims=tuple(claims), notes=notes)


def _read(data: bytes, file: str) -> tuple[Published, tuple[str, ...]]:
    """The tables, and the names of what stands beside them and is no table."""
    loaded = load_model(Published, data, Path(file).name)
    if loaded.model is None or loaded.document is None:
        raise content_error(Path(file).parent, loaded.findings)
    given = cast("Mapping[str, object]", loaded.document.value)
    return loaded.model, tuple(name for name in given if name not in Published.model_fields)
