"""What a page refers to: files that are not there, descriptions in place of files, pictures from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from sitegen_tui.actions.base import Brief, Page, at, finding
from sitegen_tui.actions.checks.measure import words
from sitegen_tui.domain.findings import Evidence, Finding
from sitegen_tui.site.html import attribute, normal_text
from sitegen_tui.site.references import Reference

PICTURE_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|bmp)$", re.IGNORECASE)
ALIKE_WORDS = 0.6
"""Share of common words from which on a reference counts as a description."""
_PICTURES = ("image", "icon")
_FILES = (*_PICTURES, "script", "stylesheet", "font", "media", "manifest", "other")


def survey_assets(page: Page, brief: Brief) -> Iterator[Finding]:
    """assets.not-found, images.description-as-src and images.hotlinked of a page as it stands."""
    for reference in page.references:
        if reference.kind not in _FILES or reference.raw.strip().startswith(("data:", "#", "blob:", "mailto:", "tel:")):
            continue
        if reference.external:
            if reference.kind in _PICTURES:
                yield finding(
                    "images.hotlinked",
                    "A picture is loaded from another host",
                    subject=reference.raw[:200],
                    evidence=at(page, reference.file, reference.span, expected="a file of the site", measured=reference.raw),
                )
            continue
        path = reference.path
        if (path is not None and page.exists(path)) or (reference.kind == "other" and reference.attribute == "href"):
            continue
        if not reference.raw.strip() and reference.kind not in _PICTURES:
            continue
        evidence = at(page, reference.file, reference.span, expected="a file of the site", measured=reference.raw or "empty")
        subject = f"{reference.file}: {reference.raw}"[:200]
        if reference.kind in _PICTURES and is_description(reference, brief):
            message = "A picture's reference is a description, not a file"
            yield finding("images.description-as-src", message, subject=subject, evidence=evidence)
        message = f"The site has no file {reference.raw[:120]!r}"
        yield finding("assets.not-found", message, subject=subject, evidence=evidence)


def is_description(reference: Reference, brief: Brief) -> bool:
    """Whether a picture's reference that names no file describes the picture (DOMAIN, A.2)."""
    raw = unquote(reference.raw).strip()
    if not raw:
        return False
    if re.search(r"\s", raw):
        return True
    split = words(re.sub(r"[-_/+]", " ", raw))
    if len(split) >= 3 and not PICTURE_SUFFIX.search(raw) and "/" not in raw:
        return True
    descriptions = [attribute(reference.element, "alt") or ""] if reference.element is not None else []
    requirements = brief.requirements
    if requirements.images.hero:
        descriptions.append(requirements.images.hero.alt)
    descriptions += [requirements.logos.header.alt, requirements.logos.footer.alt]
    for description in descriptions:
        if not description.strip():
            continue
        if normal_text(raw) == normal_text(description):
            return True
        bare = words(re.sub(r"[-_/+.]", " ", PICTURE_SUFFIX.sub("", raw)))
        union = bare | words(description)
        if not PICTURE_SUFFIX.search(raw) and union and len(bare & words(description)) / len(union) >= ALIKE_WORDS:
            return True
    return False


def deleted_assets(before: Page, after: Page) -> Iterator[Finding]:
    """assets.deleted: files of the input that the output no longer has; one that is still asked for is charged as not found."""
    asked = {reference.path for reference in after.references}
    for path in sorted(set(before.assets) - set(after.assets) - asked):
        yield finding("assets.deleted", f"{path} is gone", subject=path, evidence=at(after, path, None, measured="not there"))


def altered_assets(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Finding]:
    """assets.deleted: files beside the site whose content is another."""
    for path in sorted(before.keys() & after.keys()):
        if before[path] != after[path]:
            sizes = f"{len(after[path])} bytes"
            evidence = Evidence(file=path, expected=f"{len(before[path])} bytes as they were", measured=sizes)
            yield finding("assets.deleted", f"{path} was altered", subject=path, evidence=evidence)
