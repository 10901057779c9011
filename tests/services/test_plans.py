import pytest

from sitegen_tui.content.shelf import library
from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.domain.runs import Pairing
from sitegen_tui.errors import ProviderError, UnknownName, UsageError
from sitegen_tui.providers import registry
from sitegen_tui.services.fitting import needs
from sitegen_tui.services.plans import Wanted, make_plan, read_actions, read_wanted

GOOD = """\
name: Nightly
models: [reference, simulated/typical]
templates: [safari-lodge, blank-site]
repeat: 3
mode: isolated
actions: [1, 2-3, update-contact]
jobs: 2
seed: 7
budget: 1.5
"""


def plan(**wanted):
    return make_plan(Wanted(**wanted), library(), registry.model, lambda: "")


def test_a_file_says_all_that_flags_can_say(tmp_path):
    file = tmp_path / "nightly.yaml"
    file.write_text(GOOD)
    made = make_plan(read_wanted(file), library(), registry.model, lambda: "")
    assert made.name == "Nightly"
    assert made.models == ("reference", "simulated/typical")
    assert [pairing.template for pairing in made.pairings] == ["safari-lodge", "blank-site"]
    assert made.actions == (*ACTION_IDS[:3], "update-contact")
    assert (made.repeats, made.mode, made.jobs, made.seed, made.budget_usd) == (3, "isolated", 2, 7, 1.5)


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (GOOD.replace("repeat: 3", "repeat: many"), 4, "repeat"),
        (GOOD.replace("mode: isolated", "mode: alone"), 5, "mode"),
        (GOOD.replace("seed: 7", "sed: 7"), 8, "sed"),
        (GOOD.replace("jobs: 2", "jobs: 0"), 7, "jobs"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line_and_field(tmp_path, text, line, field):
    file = tmp_path / "broken.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as told:
        read_wanted(file)
    assert f"broken.yaml:{line} {field}" in told.value.message
    assert told.value.hint


@pytest.mark.parametrize("text", ["models: [", "- a\n- b\n", "", "\x00"])
def test_a_file_that_is_no_experiment_is_refused(tmp_path, text):
    file = tmp_path / "broken.yaml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"broken\.yaml|no model"):
        make_plan(read_wanted(file), library(), registry.model, lambda: "")


def test_a_file_that_is_not_there_is_told_by_name(tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        read_wanted(tmp_path / "nowhere.yaml")


def test_actions_are_named_numbered_or_ranged_and_kept_in_order():
    assert read_actions(()) == ACTION_IDS
    assert read_actions(("16", "2-4", "swap-fonts")) == (*ACTION_IDS[1:4], ACTION_IDS[15])


@pytest.mark.parametrize("word", ["0", "17", "4-2", "3-x", "swap-font", "", "1-"])
def test_an_action_that_is_none_is_refused(word):
    with pytest.raises(UsageError):
        read_actions((word,))


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ({"models": ("refrence",), "templates": ("blank-site",)}, "reference"),
        ({"models": ("reference",), "templates": ("blank-sit",)}, "blank-site"),
        ({"models": ("reference",), "requirements": ("thornveld-1",)}, "thornveld-01"),
        ({"models": ("reference",), "templates": ("blank-site",), "actions": ("swap-font",)}, "swap-fonts"),
    ],
)
def test_a_mistyped_name_is_told_its_neighbour(wanted, near):
    with pytest.raises(UnknownName) as told:
        plan(**wanted)
    assert near in told.value.hint


def test_requirements_alone_name_their_template():
    assert plan(models=("reference",), requirements=("thornveld-01",)).pairings == (
        Pairing(template="safari-lodge", requirements="thornveld-01"),
    )


def test_requirements_of_another_template_are_refused():
    with pytest.raises(UsageError, match="thornveld-01"):
        plan(models=("reference",), templates=("blank-site",), requirements=("thornveld-01",))


@pytest.mark.parametrize(
    "wanted", [{}, {"models": ("reference",)}, {"templates": ("blank-site",)}], ids=["nothing", "no template", "no model"]
)
def test_what_is_missing_is_asked_for(wanted):
    with pytest.raises(UsageError) as told:
        plan(**wanted)
    assert told.value.hint


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("judges", ("llm:reference",), "cannot judge"), ("executor", "dask:x", "not part of this version")],
)
def test_parts_that_are_not_there_are_refused_and_say_what_to_do(field, value, words):
    with pytest.raises(UsageError) as told:
        plan(models=("reference",), templates=("blank-site",), **{field: value})
    assert words in told.value.message
    assert "openai/" in told.value.hint or "local" in told.value.hint


def test_a_model_named_twice_runs_once():
    assert plan(models=("reference", "reference"), templates=("blank-site",)).models == ("reference",)


def small(context: int | None):
    """Plans for a model of this context: a function of what is wanted and where."""
    info = ModelInfo(name="openai/small@http://127.0.0.1:1/v1", kind="openai", context=context)

    def planned(wanted, site):
        return make_plan(Wanted(models=("small",), templates=(site,), **wanted), library(), lambda _: info, lambda: "")

    return planned


def test_a_model_is_planned_by_its_whole_name_whatever_it_was_called(monkeypatch):
    monkeypatch.setenv("OPENROUTER_API_KEY", "sk-or-notakey")
    made = plan(models=("kimi-k2.5", "openrouter/moonshotai/kimi-k2.5"), templates=("blank-site",))
    assert made.models == ("openrouter/moonshotai/kimi-k2.5",)


def test_a_model_that_cannot_be_asked_is_refused_before_anything_is_stored(monkeypatch):
    monkeypatch.delenv("OPENROUTER_API_KEY", raising=False)
    with pytest.raises(ProviderError, match="OPENROUTER_API_KEY"):
        plan(models=("kimi-k2.5",), templates=("blank-site",))


def test_a_context_too_small_for_prompt_and_answer_is_refused_with_the_arithmetic():
    with pytest.raises(UsageError) as told:
        small(8192)({}, "safari-lodge")
    worst = max(needs("safari-lodge", library().default_pack("safari-lodge")), key=lambda need: need.total)
    for said in (f"{worst.total:,}", f"{worst.prompt:,}", f"{worst.answer:,}", "8,192", "safari-lodge", worst.action):
        assert said in told.value.message
    assert "blank-site" in told.value.hint


def test_a_context_that_holds_the_largest_step_to_the_token_is_enough():
    worst = max(needs("blank-site", "harbour-books-01"), key=lambda need: need.total)
    assert small(worst.total)({}, "blank-site").models
    with pytest.raises(UsageError) as told:
        small(worst.total - 1)({}, "blank-site")
    assert "--actions" in told.value.hint
    assert small(worst.total - 1)({"actions": ("1-3",)}, "blank-site").models
    assert small(None)({}, "safari-lodge").models


def test_the_small_model_of_this_machine_holds_the_blank_site():
    context = registry.model("local/smollm2-135m").context
    assert max(need.total for need in needs("blank-site", "harbour-books-01")) <= (context or 0)
