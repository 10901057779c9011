"""What our judge and axe-core say of the examples, and the page of the documentation that compares the two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen_tui.actions.base import Files, Step, page_of
from sitegen_tui.actions.checks import access as access_checks
from sitegen_tui.actions.checks import focus_seen
from sitegen_tui.actions.checks import seo as seo_checks
from sitegen_tui.domain.findings import Finding, Provenance
from sitegen_tui.domain.probes import VIEWPORTS, ProbeWants
from sitegen_tui.judge.files import survey_files
from sitegen_tui.render.probe import Renderer, axe_source
from tests.looking import Look, _renderer_version, alone, keep
from tests.standards.examples import Example, Rule, brief, files

STATIC = (
    access_checks.check_skip_link,
    access_checks.check_names,
    access_checks.check_alternatives,
    access_checks.check_language,
    seo_checks.check_title,
)
CONTRAST = "color-contrast"
_AXE_CONTRAST = """async () => {
  const result = await axe.run(document, { runOnly: ["color-contrast"], preload: false, iframes: false });
  return { violations: result.violations.length, incomplete: result.incomplete.length };
}"""
PLAIN = Example(id="plain", expect="passed")


@dataclass(frozen=True)
class Outcome:
    """What is said of an example. `axe` is None where axe-core has no such rule, and "unsure" where it cannot tell."""

    rule: Rule
    example: Example
    ours: tuple[str, ...]
    axe: str | None

    @property
    def ours_right(self) -> bool:
        """Whether our judge reports just what fails."""
        return bool(self.ours) == (self.example.expect == "failed")

    @property
    def axe_right(self) -> bool:
        """Whether axe-core reports just what fails; so if it has no such rule."""
        return self.axe is None or self.axe == ("failed" if self.example.expect == "failed" else "passed")

    @property
    def name(self) -> str:
        return f"{self.rule.rule}/{self.example.id}"


class StandardsLook(Look):
    """Looks at examples, and lets axe-core judge their contrast in the same browser."""

    def axe_contrast(self, site: Files) -> str:
        """What axe-core's contrast rule says: passed, failed or unsure."""
        key = hashlib.sha256(b"contrast" + _renderer_version() + json.dumps(dict(site), sort_keys=True).encode()).hexdigest()
        path = self._kept / f"{key}.txt"
        with alone(path):
            if not path.exists():
                keep(path, self._run(self._contrast(site)))
            return path.read_text(encoding="utf-8")

    async def _contrast(self, site: Files) -> str:
        if self._renderer is None:
            self._renderer = Renderer()
        hosted = self._renderer.server.add({**brief().assets, **{path: text.encode() for path, text in site.items()}})
        try:
            async with self._renderer.browser.tab() as tab:
                await tab.show(hosted, VIEWPORTS["desktop"], "load")
                await tab.run_source(axe_source())
                said: dict[str, Any] = await tab.evaluate(_AXE_CONTRAST)
        finally:
            self._renderer.server.remove(hosted)
        return "failed" if said["violations"] else "unsure" if said["incomplete"] else "passed"


def outcome(look: StandardsLook, rule: Rule, example: Example) -> Outcome:
    """What both say of an example."""
    context, site = brief(), files(example)
    keys = bool({"a11y.skip-link-missing", "a11y.focus-invisible"} & {*rule.ours})
    want = ProbeWants(
        views=("desktop",),
        contrast=("desktop",) if "contrast" in rule.ours else (),
        states=False,
        focus=keys,
        tints=False,
        behaviours=False,
    )
    seen, before = look(context, site, want), look(context, files(PLAIN), want)
    assert seen.failure is None
    assert seen.axe is not None
    after, plain = page_of(site, context), page_of(files(PLAIN), context)
    step = Step(plain, after, context, plain, seen_before=before, seen_after=seen, seen_start=before)
    found: list[Finding] = [one for check in STATIC for one in check(step)]
    found += survey_files(after, context)
    checks = (*((focus_seen.check_skip_link, focus_seen.check_focus) if keys else ()), focus_seen.check_axe)
    found += [one for check in checks for one in check(step, before, seen)]
    told = {one.violation for one in found if one.provenance is Provenance.OWN and _concerns(one, rule)}
    if any(text.fails for text in seen.views["desktop"].texts):
        told.add("contrast")
    if CONTRAST in rule.axe:
        axe: str | None = look.axe_contrast(site)
    else:
        axe = "failed" if {one.id for one in seen.axe} & {*rule.axe} else "passed"
    return Outcome(rule, example, tuple(sorted(told & {*rule.ours})), axe if rule.axe else None)


def _concerns(finding: Finding, rule: Rule) -> bool:
    """What axe-core reports is about a rule only if it is by the rule's own ids."""
    return finding.violation not in ("a11y.axe-new", "a11y.aria-invalid") or finding.subject in rule.axe


# -- documentation --------------------------------------------------------------------------------------------------------

_INTRO = """# Held against the standards

The W3C's ACT community group publishes rules for testing accessibility. For {rules} of them we wrote {examples} small pages
that pass, fail or are none of a rule's business (`tests/standards/act/`), and asked our own judge and axe-core, in the same
browser, about each. A judge agrees with a rule about a page when it reports the page if and only if the rule says that it fails.
This page is generated from the results; a test compares the two.

| rule | | examples | our judge agrees | axe-core agrees |
|---|---|---|---|---|
"""
_DIFFERENCES = """
## Every disagreement

| example | the rule | our judge | axe-core | who is right, and why |
|---|---|---|---|---|
"""
_WHO = {"ours": "Our judge", "axe": "axe-core", "rule": "The rule"}


def page(outcomes: Sequence[Outcome]) -> str:
    """The page of the documentation, as Markdown."""
    rules = list({one.rule.rule: one.rule for one in outcomes}.values())
    text = _INTRO.format(rules=len(rules), examples=len(outcomes))
    total = [0, 0, 0, 0]
    for rule in rules:
        mine = [one for one in outcomes if one.rule.rule == rule.rule]
        by_axe = [one for one in mine if one.axe is not None]
        ours, axe = sum(one.ours_right for one in mine), sum(one.axe_right for one in by_axe)
        total = [a + b for a, b in zip(total, (len(mine), ours, axe, len(by_axe)), strict=True)]
        said = f"{axe} of {len(by_axe)}" if by_axe else "no such rule"
        text += f"| {rule.rule} | {rule.name} | {len(mine)} | {ours} | {said} |\n"
    text += f"| | all | {total[0]} | {total[1]} | {total[2]} of {total[3]} |\n"
    text += _DIFFERENCES
    for one in outcomes:
        if not one.ours_right or not one.axe_right:
            axe = {None: "no such rule", "unsure": "cannot tell"}.get(one.axe, one.axe)
            ours = f"failed ({', '.join(one.ours)})" if one.ours else "passed"
            reason = f"{_WHO.get(one.example.right, '?')}: {one.example.why}"
            text += f"| {one.name} | {one.example.expect} | {ours} | {axe} | {reason} |\n"
    return text


def documented() -> Path:
    """Where the page is kept."""
    return Path(__file__).parents[2] / "docs" / "standards.md"
