"""A stylesheet as rules and declarations with their source ranges; tolerant as browsers are, and it says what it tolerated."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from sitegen_tui.site.css_pieces import CssError, Declaration, Piece, Rule, placed_rules, read_declaration, read_piece, statements
from sitegen_tui.site.css_text import blank_end, normal_selector
from sitegen_tui.site.source import SourceText, Span


class CssFile(SourceText):
    """A parsed stylesheet. Never raises on any text."""

    @cached_property
    def _pieces(self) -> Piece:
        rules: list[Rule] = []
        errors: list[CssError] = []
        open_at_end = False
        for start, end, depth in statements(self.text, top=True):
            piece_text = self.text[start:end]
            piece = read_piece(piece_text, (), "", depth)
            rules += placed_rules(piece_text, start, depth)
            errors += [CssError(error.offset + start, error.message) for error in piece.errors]
            open_at_end = piece.open_at_end
        return Piece(tuple(rules), tuple(errors), open_at_end)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every block that holds declarations, in source order, those inside at-rules included."""
        return self._pieces.rules

    @property
    def errors(self) -> tuple[CssError, ...]:
        """Statements and declarations that a browser drops."""
        return self._pieces.errors

    @property
    def open_at_end(self) -> bool:
        """Whether the text ends inside a block, a comment or a string."""
        return self._pieces.open_at_end

    @property
    def last_statement(self) -> Span:
        """The outermost statement that ends the text: the one left open, if one is."""
        start = max((start for start, _, _ in statements(self.text, top=True)), default=0)
        return Span(blank_end(self.text, start), len(self.text))

    @cached_property
    def custom_properties(self) -> dict[str, tuple[tuple[Rule, Declaration], ...]]:
        """Every definition of each custom property."""
        found: dict[str, list[tuple[Rule, Declaration]]] = {}
        for rule in self.rules:
            for declaration in rule.declarations:
                if declaration.name.startswith("--"):
                    found.setdefault(declaration.name, []).append((rule, declaration))
        return {name: tuple(pairs) for name, pairs in found.items()}

    @cached_property
    def _by_selector(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for selector in rule.selectors:
                found.setdefault(selector, []).append(rule)
        return {selector: tuple(rules) for selector, rules in found.items()}

    def rules_for(self, selector: str, context: tuple[str, ...] | None = None) -> tuple[Rule, ...]:
        """Rules that name exactly this selector, alone or in a list; with `context`, only those inside just these at-rules."""
        found = self._by_selector.get(normal_selector(selector), ())
        return found if context is None else tuple(rule for rule in found if rule.context == context)

    @cached_property
    def _by_property(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, rule in enumerate(self.rules):
            for name in {declaration.name for declaration in rule.declarations}:
                found.setdefault(name, []).append(at)
        return found

    def rules_setting(self, names: Iterable[str]) -> list[Rule]:
        """Rules with a declaration of any of these names, in source order."""
        known = self._by_property
        return [self.rules[at] for at in sorted({at for name in names for at in known.get(name, ())})]

    def source(self, span: Span) -> str:
        """The text of a range."""
        return self.text[span.start : span.end]


@lru_cache(maxsize=48)
def parse_css(text: str) -> CssFile:
    """A parsed stylesheet, kept for the next one who asks for the same text."""
    return CssFile(text)


def parse_declarations(text: str) -> tuple[Declaration, ...]:
    """The declarations of an inline style; ranges are in `text`."""
    return tuple(d for start, end, _ in statements(text, top=False) if (d := read_declaration(text[start:end], start)))
