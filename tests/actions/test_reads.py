"""What an action says that its checks read is what they read: earlier work is only judged again when it can have changed."""

from collections.abc import Mapping
from random import Random

import pytest

from sitegen_tui.actions.base import Page, Step
from sitegen_tui.actions.registry import ACTIONS
from sitegen_tui.site.page import EDITABLE
from tests.actions.gold import PAIRS, brief, gold_after, gold_before, start


class Watched(Mapping):
    """Files that note which of them was looked at."""

    def __init__(self, files):
        self._files = dict(files)
        self.read = set()

    def __getitem__(self, path):
        self.read.add(path)
        return self._files[path]

    def __iter__(self):
        self.read.update(self._files)
        return iter(self._files)

    def __len__(self):
        return len(self._files)

    def __contains__(self, path):
        self.read.add(path)
        return path in self._files


def states(pair):
    """Gold states and what faults make of them."""
    for action in ACTIONS:
        after = gold_after(pair, action.id)
        yield after
        for fault in action.faults:
            faulty = fault.apply(gold_before(pair, action.id), after, brief(pair), Random(1))
            if faulty is not None:
                yield {**after, **faulty}


@pytest.mark.parametrize("pair", PAIRS)
def test_checks_read_no_file_that_their_action_does_not_name(pair):
    assets = frozenset(brief(pair).assets)
    skeleton = Page(start(pair), assets)
    for files in states(pair):
        for action in ACTIONS:
            watched = Watched(files)
            page = Page(watched, assets)
            step = Step(before=page, after=page, brief=brief(pair), start=skeleton)
            for check in action.checks:
                list(check(step))
            assert watched.read.intersection(EDITABLE) <= set(action.reads), action.id
