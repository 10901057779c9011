from datetime import UTC, datetime

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from sitegen_tui.domain.diffs import FileDiff
from sitegen_tui.site.diff import diff_texts
from sitegen_tui.tui.figures import clock, elapsed, money, out_of, points
from sitegen_tui.tui.insights.power import named
from sitegen_tui.tui.line import Line
from sitegen_tui.tui.theme import DARK_NAME, LIGHT_NAME, THEMES
from sitegen_tui.tui.widgets.bars import joined_keys
from sitegen_tui.tui.widgets.columns import Column, ColumnList, Headings, allot
from sitegen_tui.tui.widgets.detail import flowed
from sitegen_tui.tui.widgets.diff_view import DiffView
from sitegen_tui.tui.widgets.line_list import LineList
from sitegen_tui.tui.widgets.text_pane import LINE_LIMIT, StreamPane, TextPane

HOSTILE = "[/] [bold]x[/bold] input[type=text] { \x1b[2J\x1b]0;title\x07 \u202eevil 漢字かな 👩‍👩‍👧 \ud800 \x00 é"


class Words(LineList[str]):
    """Rows of words that count how often they are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []

    def key_of(self, row: str) -> str:
        return row.split("=")[0]

    def paint_row(self, row: str, line: Line, part: int) -> None:
        self.painted.append(row)
        line.add(row)


class Numbers(ColumnList[int]):
    """Rows of one number at the right end."""

    COLUMNS = (Column("name", "name", 4, 40), Column("number", "number", 6, 6, right=True))

    def key_of(self, row: int) -> str:
        return str(row)

    def paint_cell(self, row: int, column: Column, width: int, line: Line) -> None:
        line.column(str(row) if column.name == "number" else "row", width, right=column.right)


class Headed(App[None]):
    """A table with its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Numbers()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK_NAME

    def compose(self) -> ComposeResult:
        yield Headings(self.table)
        yield self.table

    def lines(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]


class Host(App[None]):
    """One widget on a screen with our themes."""

    def __init__(self, widget: Words | StreamPane | TextPane | DiffView) -> None:
        super().__init__()
        self.widget = widget
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK_NAME

    def compose(self) -> ComposeResult:
        yield self.widget

    def lines(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]


async def test_a_list_of_a_hundred_thousand_rows_paints_what_is_seen() -> None:
    words = Words()
    async with Host(words).run_test(size=(40, 10)) as pilot:
        words.set_rows([f"{number}=row" for number in range(100_000)])
        await pilot.pause()
        assert len(words.painted) <= 20
        await pilot.press("end")
        assert words.cursor_key == "99999"
        assert len(words.painted) <= 60


async def test_only_changed_rows_are_painted_again_and_the_cursor_stays_on_its_key() -> None:
    words = Words()
    async with Host(words).run_test(size=(40, 10)) as pilot:
        words.set_rows(["a=1", "b=1", "c=1"])
        await pilot.press("down")
        words.painted.clear()
        words.set_rows(["a=1", "b=1", "c=2"])
        await pilot.pause()
        assert words.painted == ["c=2"]
        words.set_rows(["new=1", "a=1", "b=1", "c=2"])
        await pilot.pause()
        assert words.cursor_key == "b"


async def test_a_list_that_gets_lower_keeps_its_cursor_in_sight() -> None:
    words = Words()
    async with Host(words).run_test(size=(40, 20)) as pilot:
        words.set_rows([f"{number}=row" for number in range(100)])
        words.move_to("15")
        await pilot.pause()
        assert words.scroll_offset.y == 0
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert words.scroll_offset.y == 6
        words.scroll_to(y=50, animate=False, force=True)
        await pilot.pause()
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        assert words.scroll_offset.y == 50


async def test_what_an_empty_list_says_is_broken_where_lines_end() -> None:
    words = Words()
    words.set_words("Nobody has labelled a step yet.", "Press l: thirty steps are drawn.")
    async with Host(words).run_test(size=(24, 8)) as pilot:
        await pilot.pause()
        app = pilot.app
        assert isinstance(app, Host)
        lines = [line.strip() for line in app.lines()]
    assert " ".join(line for line in lines if line) == "Nobody has labelled a step yet. Press l: thirty steps are drawn."


async def test_a_row_that_goes_away_leaves_the_cursor_on_a_neighbour() -> None:
    words = Words()
    async with Host(words).run_test(size=(40, 10)) as pilot:
        words.set_rows(["a", "b"])
        await pilot.press("down")
        words.set_rows(["a"])
        assert words.cursor_key == "a"
        words.set_rows([])
        await pilot.press("down", "enter")
        assert words.cursor_key is None


async def test_a_stream_shows_its_end_until_somebody_scrolls_up() -> None:
    pane = StreamPane()
    app = Host(pane)
    async with app.run_test(size=(40, 10)) as pilot:
        for number in range(100):
            pane.append(f"line {number}\n")
        pane.append("tail")
        await pilot.pause()
        assert any("tail" in line for line in app.lines())
        pane.focus()
        await pilot.press("home")
        pane.append(" more\nand more\n")
        await pilot.pause()
        assert "line 0" in app.lines()[0]
        await pilot.press("end")
        pane.append("last\n")
        await pilot.pause()
        assert any("last" in line for line in app.lines())


async def test_a_stream_cut_anywhere_reads_as_if_it_came_at_once() -> None:
    text = "one two\n" + HOSTILE.replace("\n", "") + "\n\n" + "word " * 60 + "\nend"
    whole, pieces = StreamPane(), StreamPane()
    async with Host(whole).run_test(size=(30, 10)):
        whole.append(text)
    async with Host(pieces).run_test(size=(30, 10)):
        for start in range(0, len(text), 3):
            pieces.append(text[start : start + 3])
        assert pieces.text == whole.text
        assert pieces.virtual_size.height == whole.virtual_size.height


async def test_a_stream_keeps_a_window_and_not_a_history() -> None:
    pane = StreamPane()
    async with Host(pane).run_test(size=(40, 10)):
        pane.append("".join(f"line {number}\n" for number in range(3 * LINE_LIMIT)))
        for number in range(LINE_LIMIT):
            pane.append(f"more {number}\n")
        assert pane.virtual_size.height <= LINE_LIMIT + 1
        assert f"more {LINE_LIMIT - 1}" in pane.text


async def test_a_line_of_two_megabytes_is_painted_as_its_beginning() -> None:
    pane = StreamPane()
    app = Host(pane)
    async with app.run_test(size=(60, 10)) as pilot:
        pane.append("<svg>" + "x" * 2_000_000)
        await pilot.pause()
        assert pane.virtual_size.height < 200
        assert "more characters" in pane.text


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (160, 48)])
async def test_hostile_text_is_painted_without_harm(size: tuple[int, int]) -> None:
    pane = TextPane()
    app = Host(pane)
    async with app.run_test(size=size) as pilot:
        pane.show_lines([[(HOSTILE, "text")], [(HOSTILE, "accent"), (HOSTILE, "faint")]])
        await pilot.pause()
        text = "\n".join(app.lines())
        assert "[/]" in text.replace("\n", "")
        assert "\x1b" not in text
        assert all(cell_len(line) == size[0] for line in app.lines())


SPITEFUL = HOSTILE.replace("\x00", "")
"""As hostile, but text: what holds a NUL is shown as binary."""


def _diff(changed: int = 200) -> FileDiff:
    before = [f"line {number}" for number in range(400)]
    after = list(before)
    after[10] = "line ten"
    after[changed] = SPITEFUL
    return diff_texts("css/styles.css", "\n".join(before), "\n".join(after))


async def test_next_and_previous_go_from_change_to_change() -> None:
    view = DiffView()
    async with Host(view).run_test(size=(80, 24)) as pilot:
        view.show(_diff())
        await pilot.pause()
        assert view.next_hunk(1)
        assert view.place() in (("before", 11), ("after", 11))
        assert view.next_hunk(1)
        assert view.where() == "change 2 of 2"
        assert not view.next_hunk(1)
        assert view.next_hunk(-1)
        assert view.where() == "change 1 of 2"


async def test_going_to_a_line_outside_the_hunks_opens_its_context() -> None:
    view = DiffView()
    app = Host(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.show(_diff())
        await pilot.pause()
        assert view.go_to("after", 301)
        await pilot.pause()
        assert view.place() == ("after", 301)
        assert any("line 300" in line for line in app.lines())
        assert not view.go_to("after", 9_999)


async def test_side_by_side_falls_back_to_one_column_where_it_is_narrow() -> None:
    view = DiffView()
    async with Host(view).run_test(size=(140, 24)) as pilot:
        view.show(_diff())
        view.set_layout("split")
        assert view.layout_name == "split"
        view.go_to("after", 201)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert view.layout_name == "unified"
        assert view.place() == ("after", 201)


@pytest.mark.parametrize("layout", ["unified", "split"])
async def test_a_diff_with_hostile_and_huge_lines_fills_its_width_exactly(layout: str) -> None:
    view = DiffView()
    app = Host(view)
    async with app.run_test(size=(120, 24)) as pilot:
        huge = "<path d='" + "M0 1漢 " * 400_000 + "'/>"
        view.show(diff_texts("a.svg", f"{SPITEFUL}\nsame\n{huge}\n", f"{SPITEFUL}!\nsame\n{huge}x\n"))
        view.set_layout(layout)  # type: ignore[arg-type]
        await pilot.press("shift+right", "down", "down", "end")
        assert all(cell_len(line) == 120 for line in app.lines())
        assert "\x1b" not in "".join(app.lines())


async def test_colours_follow_the_theme() -> None:
    view = DiffView()
    app = Host(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.show(_diff())
        await pilot.pause()
        dark = view.render_line(5)
        app.theme = LIGHT_NAME
        await pilot.pause()
        light = view.render_line(5)
        assert dark.text == light.text
        assert [piece.style for piece in dark] != [piece.style for piece in light]


async def test_headings_stay_above_their_columns_when_a_scroll_bar_comes_and_goes() -> None:
    app = Headed()
    async with app.run_test(size=(40, 8)) as pilot:
        for rows in (3, 30, 3):
            app.table.set_rows(range(1, rows + 1))
            await pilot.pause(0.2)
            heading, first = app.lines()[:2]
            assert heading.index("number") + len("number") == first.rindex("1") + 1


def test_columns_that_matter_less_go_first() -> None:
    columns = (Column("a", "a", 10, 20), Column("b", "b", 10, 10, rank=2), Column("c", "c", 10, 10, rank=1))
    assert [column.name for column, _ in allot(columns, 40)] == ["a", "b", "c"]
    assert [column.name for column, _ in allot(columns, 25)] == ["a", "c"]
    assert [column.name for column, _ in allot(columns, 12)] == ["a"]
    assert allot(columns, 40)[0][1] == 16


def test_a_detail_goes_on_in_the_next_line_only_where_that_one_is_free() -> None:
    head, pair, rest = ("apply-colours", "strong"), ("  furthest apart e1.10 and e1.6", "text"), ("differs", "warn")
    assert flowed([[head, pair], []], 20, 2) == [[head], [("furthest apart e1.10 and e1.6", "text")]]
    assert flowed([[head, pair], [rest]], 20, 2) == [[head, pair], [rest]]
    assert flowed([[head, pair], [rest]], 60, 3) == [[head, pair], [rest]]
    assert flowed([], 20, 2) == []


def test_names_that_do_not_fit_are_counted() -> None:
    assert named(["safari-lodge", "blank-site"], "site", 40) == "safari-lodge, blank-site"
    assert named(["safari-lodge", "blank-site"], "site", 20) == "2 sites"
    assert named(["a-very-long-name-of-a-site"], "site", 12) == "a-very…-site"


def test_figures_say_what_they_are_out_of() -> None:
    assert out_of(142, 160, 16, full=True) == "142.0 / 160"
    assert out_of(63.5, 90.5, 16, full=False) == "63.5 of 90.5 static"
    assert out_of(0, 0, 0, full=True) == "–"
    assert points(-3.25) == "−3.25"
    assert points(None) == "–"
    assert points(-0.0) == "0.0"
    assert (money(None), money(0), money(0.0042), money(1.5)) == ("–", "$0", "$0.0042", "$1.50")
    assert clock(3671) == "1:01:11"
    began = datetime(2026, 1, 1, tzinfo=UTC)
    assert elapsed(began, began.replace(minute=2)) == "2:00"


def test_digits_in_a_row_are_one_hint() -> None:
    assert joined_keys(joined_keys("1", "2"), "3") == "1-3"
    assert joined_keys("n", "p") == "n p"
