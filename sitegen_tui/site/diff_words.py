"""Which removed line became which added line, and which words of the two differ.

Words are matched by longest common subsequence of tokens, and blanks between two changes count as changed. On our
samples this marks nearly the same words as SequenceMatcher does (which reads best) and is bounded: 4,000 tokens of
pathological alternation take 2 ms instead of 15 s. Huge lines degrade in steps, and say so by `coarse`: tokens matched
without the promise of the longest subsequence, then pieces up to a delimiter with tokens only inside replaced pieces,
then everything between the common start and the common end.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sitegen_tui.domain.diffs import LinePair, Spans, line_body
from sitegen_tui.site.diff_match import changed_ranges, common_prefix, common_suffix, intern_ids, match_ids

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
PIECE = re.compile(r"[^;{}>,\s]*[;{}>,\s]+|[^;{}>,\s]+")

# Characters of the differing middle of one line, the longer side.
TOKEN_LIMIT = 400_000
PIECE_LIMIT = 8_000_000
REFINE_LIMIT = 20_000

# Similarity of two lines, 0 to 1.
PAIR_FLOOR = 0.5
HIGHLIGHT_FLOOR = 0.4
SCATTERED_FLOOR = 0.55
SCATTERED_RANGES = 4

# Lines of a block that are compared each with each, and how much of a long line that comparison reads.
BLOCK_CELLS = 4096
SAMPLE = 256

Gap = tuple[int, int, int, int]


class WordDiff(NamedTuple):
    """Ranges of `left` and `right` that differ; see `LinePair`."""

    left: Spans
    right: Spans
    highlighted: bool
    coarse: bool


class Budget:
    """What pairing and word matching of one file may still cost; when it is gone, cruder ways are taken."""

    def __init__(self, cells: int = 100_000, characters: int = 16_000_000, pairs: int = 20_000) -> None:
        self.cells = cells
        self.characters = characters
        self.pairs = pairs


def word_diff(left: str, right: str) -> WordDiff:
    """The differing words of two lines (without endings)."""
    if left == right:
        return WordDiff((), (), True, False)
    head = _word_start(left, right, common_prefix(left, right))
    tail = _word_end(left, right, common_suffix(left, right, head))
    gap = (head, len(left) - tail, head, len(right) - tail)
    size = max(gap[1] - gap[0], gap[3] - gap[2])
    if size <= TOKEN_LIMIT:
        gaps, coarse = _refine(TOKEN, left, right, gap)
    elif size <= PIECE_LIMIT:
        gaps, coarse = _by_pieces(left, right, gap), True
    else:
        gaps, coarse = [gap], True
    gaps = _join_over_blanks(left, gaps)
    if not _alike(left, right, gaps):
        return WordDiff((), (), False, coarse)
    return WordDiff(
        tuple((start, end) for start, end, _, _ in gaps if end > start),
        tuple((start, end) for _, _, start, end in gaps if end > start),
        True,
        coarse,
    )


def _word_start(left: str, right: str, head: int) -> int:
    """Moves the end of the common start back, out of the word (or the run of blanks) it may have cut."""
    lowest = max(0, head - SAMPLE)
    while head > lowest and (_joined(left, head) or _joined(right, head)):
        head -= 1
    return head


def _word_end(left: str, right: str, tail: int) -> int:
    lowest = max(0, tail - SAMPLE)
    while tail > lowest and (_joined(left, len(left) - tail) or _joined(right, len(right) - tail)):
        tail -= 1
    return tail


def _joined(text: str, place: int) -> bool:
    """Whether one token covers both sides of `place`."""
    if not 0 < place < len(text):
        return False
    match = TOKEN.match(text, place - 1, place + 1)
    return match is not None and match.end() == place + 1


def _refine(pattern: re.Pattern[str], left: str, right: str, gap: Gap) -> tuple[list[Gap], bool]:
    """Splits one differing range by tokens of `pattern`; the flag says the result may be wider than needed."""
    left_start, left_end, right_start, right_end = gap
    left_parts: list[str] = pattern.findall(left, left_start, left_end)
    right_parts: list[str] = pattern.findall(right, right_start, right_end)
    left_ids, right_ids = intern_ids(left_parts, right_parts)
    matching = match_ids(left_ids, right_ids)
    left_places, right_places = _places(left_parts, left_start), _places(right_parts, right_start)
    gaps = [
        (left_places[a], left_places[b], right_places[c], right_places[d])
        for a, b, c, d in changed_ranges(matching.runs, len(left_ids), len(right_ids))
    ]
    return gaps, not matching.exact


def _places(parts: list[str], start: int) -> list[int]:
    places = [start]
    for part in parts:
        start += len(part)
        places.append(start)
    return places


def _by_pieces(left: str, right: str, gap: Gap) -> list[Gap]:
    gaps: list[Gap] = []
    for rough in _refine(PIECE, left, right, gap)[0]:
        a, b, c, d = rough
        if a < b and c < d and max(b - a, d - c) <= REFINE_LIMIT:
            gaps.extend(_refine(TOKEN, left, right, rough)[0])
        else:
            gaps.append(rough)
    return gaps


def _join_over_blanks(left: str, gaps: list[Gap]) -> list[Gap]:
    """Joins changes that only blanks separate, so that a changed phrase is one range."""
    joined: list[Gap] = []
    for gap in gaps:
        if joined:
            last = joined[-1]
            between = left[last[1] : gap[0]] if gap[0] - last[1] <= SAMPLE else "-"
            if not between.strip():
                joined[-1] = (last[0], gap[1], last[2], gap[3])
                continue
        joined.append(gap)
    return joined


def _alike(left: str, right: str, gaps: list[Gap]) -> bool:
    """Whether enough is common for highlighting to help; blanks do not count."""
    total = _ink(left) + _ink(right)
    changed = sum(_ink(left[a:b]) + _ink(right[c:d]) for a, b, c, d in gaps)
    share = 1 - changed / total if total else 1.0
    return share >= (SCATTERED_FLOOR if len(gaps) > SCATTERED_RANGES else HIGHLIGHT_FLOOR)


def _ink(text: str) -> int:
    return len(text) - text.count(" ") - text.count("\t")


def pair_lines(before: list[str], after: list[str], budget: Budget) -> tuple[list[tuple[int, int]], bool]:
    """Pairs of similar lines of a replaced block, in order on both sides, with the greatest total similarity.

    The flag is True where the block was too large for comparing each line with each.
    """
    left, right = [_sample(line) for line in before], [_sample(line) for line in after]
    cells = len(left) * len(right)
    if cells <= min(BLOCK_CELLS, budget.cells):
        budget.cells -= cells
        return _best_pairs(left, right), False
    pairs: list[tuple[int, int]] = []
    matching = match_ids(*intern_ids(left, right))
    position_left = position_right = 0
    for a, b, c, d in changed_ranges(matching.runs, len(left), len(right)):
        pairs.extend(zip(range(position_left, a), range(position_right, c), strict=True))
        pairs.extend((a + i, c + j) for i, j in _pairs_in_parts(left[a:b], right[c:d], budget))
        position_left, position_right = b, d
    pairs.extend(zip(range(position_left, len(left)), range(position_right, len(right)), strict=True))
    return pairs, True


def _pairs_in_parts(left: list[str], right: list[str], budget: Budget) -> list[tuple[int, int]]:
    """Cuts both sides into the same number of proportional parts and pairs within them."""
    if not left or not right:
        return []
    pairs: list[tuple[int, int]] = []
    parts = -(-max(len(left), len(right)) // 48)
    for part in range(parts):
        a, b = len(left) * part // parts, len(left) * (part + 1) // parts
        c, d = len(right) * part // parts, len(right) * (part + 1) // parts
        cells = (b - a) * (d - c)
        if cells <= budget.cells:
            budget.cells -= cells
            pairs.extend((a + i, c + j) for i, j in _best_pairs(left[a:b], right[c:d]))
        else:
            pairs.extend((a + i, c + i) for i in range(min(b - a, d - c)) if _similarity(left[a + i], right[c + i]))
    return pairs


def _best_pairs(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Alignment by dynamic programming over the similarity of each line with each."""
    width = len(right)
    below = [0.0] * (width + 1)
    table = [below]
    scores: list[list[float]] = []
    for i in range(len(left) - 1, -1, -1):
        row = [0.0] * (width + 1)
        score = [_similarity(left[i], item) for item in right]
        for j in range(width - 1, -1, -1):
            best = max(below[j], row[j + 1])
            if score[j]:
                best = max(best, below[j + 1] + score[j])
            row[j] = best
        scores.append(score)
        table.append(row)
        below = row
    scores.reverse()
    table.reverse()
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < width:
        if scores[i][j] and table[i][j] == table[i + 1][j + 1] + scores[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _sample(line: str) -> str:
    text = line.strip()
    return text if len(text) <= 2 * SAMPLE else text[:SAMPLE] + text[-SAMPLE:]


def _similarity(left: str, right: str) -> float:
    """0 to 1, and 0 for lines too different to be shown as a pair."""
    from rapidfuzz.fuzz import ratio

    if not left or not right:
        return float(left == right)
    return ratio(left, right, score_cutoff=100 * PAIR_FLOOR) / 100


def block_pairs(
    before: list[str], after: list[str], block: tuple[int, int, int, int], budget: Budget
) -> tuple[tuple[LinePair, ...], bool]:
    """The pairs of one block with their words, as indexes into the whole files' lines, and whether it was coarse."""
    before_start, before_end, after_start, after_end = block
    if before_start == before_end or after_start == after_end:
        return (), False
    left = [line_body(line) for line in before[before_start:before_end]]
    right = [line_body(line) for line in after[after_start:after_end]]
    places, coarse = pair_lines(left, right, budget)
    pairs: list[LinePair] = []
    for i, j in places:
        cost = len(left[i]) + len(right[j])
        if left[i] != right[j] and (budget.pairs <= 0 or cost > budget.characters):
            words = WordDiff((), (), False, True)
        else:
            budget.pairs -= 1
            budget.characters -= cost
            words = word_diff(left[i], right[j])
        coarse = coarse or words.coarse
        pairs.append(LinePair(before_start + i, after_start + j, *words))
    return tuple(pairs), coarse
