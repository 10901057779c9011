"""The sixteen actions by number, name and category, in the order they are applied: the one line that registers an action."""

from __future__ import annotations

from typing import NamedTuple

from sitegen_tui.domain.violations import Category


class ActionName(NamedTuple):
    """What an action is called; what it does is in `actions/`, in the file of its id."""

    number: int
    id: str
    title: str
    category: Category


_ORDER: tuple[tuple[str, str, Category], ...] = (
    ("apply-colours", "Apply colours", Category.BRAND),
    ("swap-fonts", "Swap fonts", Category.BRAND),
    ("replace-header-logo", "Replace header logo", Category.BRAND),
    ("replace-footer-logo", "Replace footer logo", Category.BRAND),
    ("replace-favicon", "Replace favicon", Category.BRAND),
    ("replace-hero-bg", "Replace hero background", Category.IMAGES),
    ("replace-section-bgs", "Replace section backgrounds", Category.IMAGES),
    ("update-hero-text", "Update hero text", Category.CONTENT),
    ("update-about-text", "Update about text", Category.CONTENT),
    ("update-contact", "Update contact", Category.CONTENT),
    ("apply-hero-layout", "Apply hero layout", Category.LAYOUT),
    ("apply-sections-layout", "Apply sections layout", Category.LAYOUT),
    ("add-seo-meta", "Add SEO metadata", Category.TECHNICAL),
    ("add-structured-data", "Add structured data", Category.TECHNICAL),
    ("add-accessibility", "Add accessibility", Category.TECHNICAL),
    ("verify-contrast", "Verify contrast", Category.QUALITY),
)

PIPELINE: tuple[ActionName, ...] = tuple(ActionName(n, *entry) for n, entry in enumerate(_ORDER, start=1))
ACTION_IDS: tuple[str, ...] = tuple(name.id for name in PIPELINE)
BY_ID: dict[str, ActionName] = {name.id: name for name in PIPELINE}
"""Action name by id."""
