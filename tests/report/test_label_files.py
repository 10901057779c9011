"""Labels that are written can be read again, the same to the byte; what cannot be read is named by place and field."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen_tui.domain.diffs import SiteDiff
from sitegen_tui.domain.events import LabelRecorded, LabelSkipped
from sitegen_tui.domain.marks import Lines, Mark
from sitegen_tui.report.label_files import as_csv, jsonl, read_csv, read_jsonl
from sitegen_tui.report.label_rows import LabelFileError
from sitegen_tui.report.label_studio import StudioTask, diff_html, read_studio, studio
from sitegen_tui.site.diff import diff_sites

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\0"), max_size=30)
ids = st.sampled_from(("html.parse-error", "text.missing", "seo.title"))


@st.composite
def marks(draw):
    first = draw(st.integers(1, 50))
    place = Lines(
        file="index.html", side=draw(st.sampled_from(("before", "after"))), first=first, last=first + draw(st.integers(0, 5))
    )
    return Mark(
        violation=draw(ids),
        subject=draw(st.sampled_from(("", "cta"))),
        places=(place,) * draw(st.integers(0, 2)),
        wrong=draw(st.integers(1, 3)),
    )


@st.composite
def labels(draw):
    common = {
        "run_id": f"e1.{draw(st.integers(1, 3))}",
        "seq": 0,
        "at": NOW + timedelta(microseconds=draw(st.integers(0, 10**12))),
        "step": draw(st.integers(1, 16)),
        "rater": draw(st.sampled_from(("bo", "Mara Ōe"))),
        "seconds": draw(st.none() | st.floats(0, 1e6)),
        "pi": draw(st.none() | st.floats(0, 1, exclude_min=True)),
        "stratum": draw(texts),
        "source": draw(st.sampled_from(("", "label-studio"))),
    }
    if draw(st.booleans()):
        return LabelSkipped(**common, reason=draw(texts))
    marked = draw(st.lists(marks(), max_size=3))
    named = (
        tuple(dict.fromkeys(mark.violation for mark in marked)) if marked else tuple(draw(st.lists(ids, unique=True, max_size=2)))
    )
    return LabelRecorded(
        **common, violations=named, marks=tuple(marked), note=draw(texts), rubric=draw(st.none() | st.just(1)), version=2
    )


def scored(label):
    return float(len(label.violations))


@settings(max_examples=60)
@given(st.lists(labels(), max_size=4))
def test_jsonl_and_csv_read_back_are_the_same_labels_and_written_again_the_same_bytes(given_labels):
    for write, read in ((jsonl, read_jsonl), (as_csv, read_csv)):
        text = write(given_labels, scored)
        again = [label for _, label in read(text, NOW)]
        assert sorted(again, key=repr) == sorted(given_labels, key=repr)
        assert write(again, scored) == text


def row(**changes):
    values = {"run": "e1.1", "step": 3, "rater": "bo", "at": "2026-03-01T12:00:00Z", "violations": ["a.b"], **changes}
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rater": None}, "rater"),
        ({"step": 17}, "step"),
        ({"step": "three"}, "step"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2026-03-01T12:00:00"}, "at"),
        ({"pi": 1.5}, "pi"),
        ({"pi": float("nan")}, "pi"),
        ({"seconds": -1}, "seconds"),
        ({"seconds": float("inf")}, "seconds"),
        ({"kind": "guess"}, "kind"),
        ({"colour": "red"}, "colour"),
        ({"action": "swap-fonts"}, "action"),
        ({"violations": "a.b"}, "violations"),
        ({"marks": [{"violation": "a.b", "places": [{"file": "x", "first": 3, "last": 2}]}]}, "marks.0.places.0"),
        ({"marks": [{"violation": "c.d"}]}, "marks"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_field(changes, field):
    text = json.dumps(row()) + "\n\n" + json.dumps(row(**changes)) + "\n"
    with pytest.raises(LabelFileError, match=rf"^line 3, field {field}: "):
        read_jsonl(text, NOW)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("run,step,rater\ne1.1,x,bo\n", "line 2, field step"),
        ('run,step,rater,note\ne1.1,1,bo,"two\nlines"\ne1.1,2,,\n', "line 4, field rater"),
        ("run,step\n", "line 1, field rater"),
        ("run,step,rater,run\n", "line 1, field run"),
        ("run,step,rater,shade\n", "line 1, field shade"),
        ("run,step,rater\ne1.1,1\n", "line 2: has 2 cells"),
        ("run,step,rater,marks\ne1.1,1,bo,{\n", "line 2, field marks"),
        ('run,step,rater\n"e1.1,1,bo\n', "line"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_line(text, where):
    with pytest.raises(LabelFileError, match=f"^{where}"):
        read_csv(text, NOW)


def test_a_table_made_by_hand_needs_no_more_than_run_step_and_rater():
    (found,) = read_csv("rater,run,step,violations\nbo,e1.2,8,text.missing; a.b\n", NOW)
    assert found.label == LabelRecorded(run_id="e1.2", seq=0, at=NOW, step=8, rater="bo", violations=("text.missing", "a.b"))


def site_diff(before: str, after: str) -> SiteDiff:
    return diff_sites({"index.html": before.encode()}, {"index.html": after.encode()})


def test_label_studio_gets_what_raters_see_and_gives_back_what_they_marked():
    diff = site_diff("<p>one</p>\n", "<p>two & <script>x</script></p>\n")
    task = StudioTask(
        "e1.1", 8, "update-hero-text", "Say it.", diff, (("text.missing:cta", "Text missing"), ("html.parse-error", "Error"))
    )
    mark = Mark(violation="text.missing", subject="cta", places=(Lines(file="index.html", first=1, last=1),))
    label = LabelRecorded(
        run_id="e1.1",
        seq=0,
        at=NOW,
        step=8,
        rater="bo",
        violations=("text.missing",),
        marks=(mark,),
        note="gone",
        seconds=4.5,
        version=2,
    )
    skipped = LabelSkipped(run_id="e1.1", seq=0, at=NOW, step=8, rater="mara", reason="too dark")
    (told,) = json.loads(studio([task], [label, skipped]))
    assert told["data"]["choices"][0] == {"value": "text.missing:cta", "hint": "Text missing"}
    assert "<script>" not in told["data"]["diff"]
    assert "&lt;script&gt;" in told["data"]["diff"]
    again = [found.label for found in read_studio(json.dumps([told]), NOW)]
    assert again == [one.model_copy(update={"source": "label-studio"}) for one in (label, skipped)]


def annotated(value, **more):
    return json.dumps([{"data": {"task": "e1.1/8"}, "annotations": [{"result": [{"type": "choices", "value": value}], **more}]}])


def test_an_annotation_made_in_label_studio_is_a_label_of_whoever_made_it():
    text = annotated({"choices": ["text.missing:cta", "html.parse-error"]}, completed_by=7, lead_time=12.25)
    (found,) = read_studio(text, NOW)
    assert found.label.rater == "label-studio 7"
    assert found.label.marks == (Mark(violation="text.missing", subject="cta"), Mark(violation="html.parse-error"))
    assert found.label.seconds == 12.25


def test_choices_that_were_changed_in_label_studio_count_and_not_the_marks_that_came_along():
    text = json.loads(annotated({"choices": ["html.parse-error"]}, completed_by={"email": "bo"}))
    text[0]["annotations"][0]["result"][0]["meta"] = {"marks": [{"violation": "text.missing", "subject": "cta"}]}
    (found,) = read_studio(json.dumps(text), NOW)
    assert found.label.violations == ("html.parse-error",)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{}", "line 1: is not a list"),
        ("[{}]", "task 1, field data.task"),
        ('[{"data": {"task": "e1.1"}}]', "task 1, field data.task"),
        (annotated({"choices": "a.b"}, completed_by=1), "task 1, annotation 1, field result.0.value.choices"),
        (annotated({"choices": ["a.b"]}), "task 1, annotation 1, field rater"),
        (annotated({"choices": ["a.b"]}, completed_by=1, lead_time=-3), "task 1, annotation 1, field seconds"),
    ],
)
def test_an_annotation_that_cannot_be_read_is_named(text, where):
    with pytest.raises(LabelFileError, match=f"^{where}"):
        read_studio(text, NOW)


def test_a_step_that_changed_nothing_says_so():
    assert "changed nothing" in diff_html(site_diff("a", "a"))
