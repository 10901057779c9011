"""YAML turned into domain models, each thing wrong told in one plain sentence with its line and its mend."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Generic, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sitegen_tui.content.findings import LintFinding, Severity
from sitegen_tui.content.yaml_text import Document, FieldPath, dotted, parse_yaml

Model = TypeVar("Model", bound=BaseModel)

_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case words joined by hyphens, such as safari-lodge",
    r"^#[0-9A-Fa-f]{6}$": 'a colour written "#rrggbb", in quotes',
    r"^assets/[A-Za-z0-9][A-Za-z0-9._/-]*$": "a path that begins with assets/, without spaces",
    r"^\+[1-9][0-9]{6,14}$": 'a number as dialled, such as "+27155550142"',
    r"^[A-Z]{2}$": "a country as two capital letters, such as ZA",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "an e-mail address",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language tag, such as en-ZA",
}


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """A model where one could be made, the document it came from where that could be read, and what is wrong."""

    model: Model | None
    document: Document | None
    findings: tuple[LintFinding, ...]


def load_model(kind: type[Model], data: bytes, file: str) -> Loaded[Model]:
    """Reads `data` as YAML and validates it as `kind`; never raises for what is written in it."""
    document = parse_yaml(data, file)
    if isinstance(document, LintFinding):
        return Loaded(None, None, (document,))
    value: Any = document.value
    if not isinstance(value, Mapping):
        mend = f"begin with the fields {', '.join(list(kind.model_fields)[:3])}, ..."
        return Loaded(None, document, (LintFinding(file, 1, "", "holds no fields", mend),))
    try:
        return Loaded(kind.model_validate(value), document, ())
    except ValidationError as error:
        return Loaded(None, document, _findings(kind, document, error))


def find_at(document: Document | None, path: FieldPath, message: str, mend: str, severity: Severity) -> LintFinding:
    """A finding on the field at `path`, with its line."""
    file, line = (document.file, document.line_of(path)) if document else ("", None)
    return LintFinding(file, line, dotted(path), message, mend, severity)


def near(name: str, known: object) -> str:
    """`did you mean X?` for a mistyped name, or the list of names it may be."""
    names = [str(one) for one in cast("Any", known)]
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"use one of: {', '.join(names)}"


def _findings(kind: type[BaseModel], document: Document, error: ValidationError) -> tuple[LintFinding, ...]:
    by_field: dict[FieldPath, list[tuple[str, str]]] = {}
    for detail in error.errors(include_url=False):
        path, value = _locate(document.value, detail["loc"])
        said = _sentence(kind, detail["type"], detail.get("ctx") or {}, path, value)
        by_field.setdefault(path, []).append(said or (detail["msg"], "see the field's description"))
    findings: list[LintFinding] = []
    for path, said in by_field.items():
        # The branches of an `X or Y` field each complain: together they say what is allowed.
        messages, mends = dict.fromkeys(one[0] for one in said), dict.fromkeys(one[1] for one in said)
        findings.append(find_at(document, path, "; or ".join(messages), " or ".join(mends), "error"))
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))


def _locate(value: Any, loc: tuple[int | str, ...]) -> tuple[FieldPath, object]:
    """The field a validation error is about; names of union branches in `loc` are no fields."""
    path: FieldPath = ()
    here: object = value
    for index, part in enumerate(loc):
        inside = _children(here)
        if part in inside:
            here = inside[part]
            path = (*path, part)
        elif isinstance(here, dict) and index == len(loc) - 1 and part != "[key]":
            return (*path, part), None
    return path, cast("object", here)


def _children(value: Any) -> dict[Any, Any]:
    if isinstance(value, list):
        return dict(enumerate(cast("list[Any]", value)))
    return cast("dict[Any, Any]", value) if isinstance(value, dict) else {}


def _sentence(kind: type[BaseModel], code: str, context: dict[str, Any], path: FieldPath, value: object) -> tuple[str, str] | None:
    """What is wrong and how to mend it, for the kinds of error these models can give."""
    shown = _shown(value)
    name = str(path[-1]) if path else ""
    match code:
        case "missing":
            return "is required and not there", f"add {name}"
        case "extra_forbidden":
            return "is no field that is known here", near(name, _fields_at(kind, path[:-1]))
        case "literal_error":
            allowed = [word.strip("'") for word in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
            wrong = value if isinstance(value, str) and value not in allowed else name
            return f"{_shown(wrong)} is not one of {', '.join(allowed)}", near(str(wrong), allowed)
        case "string_pattern_mismatch":
            wanted = _PATTERNS.get(str(context.get("pattern")), f"text matching {context.get('pattern')}")
            return f"{shown} is not {wanted}", f"write {wanted}"
        case "string_type" if isinstance(value, bool | int | float):
            return f"{shown} is read as a number or a yes/no, and text is wanted", "put it in quotes"
        case "string_type" if value is None:
            return "is empty", "fill it in; what begins with # goes in quotes, else YAML takes it for a comment"
        case "string_type":
            return f"{shown} is not text", "write one text here"
        case "string_too_short" | "too_short":
            return "is empty", "give it at least one entry" if code == "too_short" else "fill it in"
        case "string_too_long":
            return f"is longer than {context.get('max_length')} characters", "shorten it"
        case "int_type" | "int_parsing" | "int_from_float":
            return f"{shown} is not a whole number", "write a whole number without a unit"
        case "float_type" | "float_parsing":
            return f"{shown} is not a number", "write a number without a unit"
        case "bool_type" | "bool_parsing":
            return f"{shown} is neither true nor false", "write true or false"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            words = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
            limits = [f"{words[key]} {context[key]}" for key in words if key in context]
            return f"{shown} is out of range", f"it must be {' and '.join(limits)}"
        case "model_type" | "dict_type":
            return f"{shown} is not a group of fields", "write fields below it, each as name: value"
        case "tuple_type":
            return f"{shown} is not a list", "write a list below it, each entry after a hyphen"
        case _:
            return None


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a group of fields"
    text = repr(value) if isinstance(value, str) else "nothing" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _fields_at(kind: Any, path: FieldPath) -> list[str]:
    """Names of the fields the model has at `path`, to suggest from."""
    kinds: list[Any] = [kind]
    for part in path:
        kinds = [below for one in kinds for plain in _plain_kinds(one) for below in _below(plain, part)]
    models = [plain for one in kinds for plain in _plain_kinds(one) if _is_model(plain)]
    return [name for model in models for name in model.model_fields]


def _plain_kinds(kind: Any) -> list[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        return _plain_kinds(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return [plain for one in get_args(kind) for plain in _plain_kinds(one)]
    return [kind]


def _below(kind: Any, part: str | int) -> list[Any]:
    if _is_model(kind):
        fields = cast("Mapping[str, Any]", kind.model_fields)
        return [fields[str(part)].annotation] if str(part) in fields else []
    if get_origin(kind) is tuple:
        return [get_args(kind)[0]]
    return [get_args(kind)[1]] if get_origin(kind) is dict else []


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
