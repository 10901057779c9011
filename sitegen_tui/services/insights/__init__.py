"""The views over many runs, by name: the one line that registers a view.

A view called `name` is three files: `services/insights/<name>.py` (numbers), `tui/insights/<name>.py` (its pane) and
`cli/stats/<name>.py` (its command). They are found by name and loaded when they are asked for.
"""

from __future__ import annotations

from typing import NamedTuple

from sitegen_tui.errors import UnknownName


class Insight(NamedTuple):
    """A view's name, its title in lists, and the one question that it answers.

    `of_runs` False is about no run in the database; `framed` False chooses for itself under which conditions runs are read.
    """

    name: str
    title: str
    question: str
    of_runs: bool = True
    framed: bool = True

    @property
    def module(self) -> str:
        """Its file's name in every room."""
        return self.name.replace("-", "_")


INSIGHTS: tuple[Insight, ...] = (
    Insight("results", "Results", "Which model is best, and how sure are we?"),
    Insight("heatmap", "Heatmap", "Where does each model do well, and where badly?"),
    Insight("gap", "Gap", "How far is each model from a reference, and on which actions?"),
    Insight("difficulty", "Difficulty", "Which actions are hard, and how far do models differ on them?"),
    Insight("templates", "Templates", "How does each model do on each site, and how near is it to the reference?"),
    Insight("variance", "Variance", "How much do a model's runs differ, and how often do they end badly?"),
    Insight("violations", "Violations", "What are points lost to, and who loses them?"),
    Insight("compounding", "Compounding", "What do earlier errors cost later steps, and where do runs go wrong first?"),
    Insight("power", "Power", "How many runs does a difference need, what can these runs show, and which come next?"),
    Insight("cost", "Cost", "What does each model cost, and how long does it keep one waiting?"),
    Insight("routing", "Routing", "Which model should do which action, and what does that save and lose?"),
    Insight("agreement", "Agreement", "How far do people and judges agree, and on what do they differ?"),
    Insight("calibration", "Calibration", "What would people have given each model, and which labels would say it more surely?"),
    Insight("compare", "Compare", "What changed from one experiment, model or run to another?", framed=False),
    Insight("claims", "Claims", "Which figures of a published study follow from its other figures?", of_runs=False),
)


def insight(name: str) -> Insight:
    """The view of that name. Raises UnknownName."""
    found = next((one for one in INSIGHTS if one.name == name), None)
    if found is None:
        raise UnknownName("view", name, tuple(one.name for one in INSIGHTS))
    return found
