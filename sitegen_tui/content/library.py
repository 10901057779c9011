"""The shelf of templates and requirements: a person's own folders first, then what ships with the program."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sitegen_tui
from sitegen_tui.content.findings import LintFinding, content_error
from sitegen_tui.content.loading import Loaded, Model, find_at, load_model
from sitegen_tui.content.tree import MAX_SITE_BYTES, read_file, read_tree
from sitegen_tui.content.yaml_text import MAX_YAML_BYTES
from sitegen_tui.domain.requirements import Requirements
from sitegen_tui.domain.template import Manifest
from sitegen_tui.errors import ContentError, UnknownName

TEMPLATE_FILE = "template.yaml"
REQUIREMENTS_FILE = "requirements.yaml"
_NUMBER = re.compile(r"-(\d{1,6})\Z")
PAGE_FILES = ("index.html", "css/styles.css", "js/main.js")


@dataclass(frozen=True, slots=True)
class Template:
    """A skeleton site and its manifest; `files` maps site paths to content, the manifest not among them."""

    manifest: Manifest
    folder: Path
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Pack:
    """A business's requirements and the assets they bring, by the site path they are to have."""

    requirements: Requirements
    folder: Path
    assets: Mapping[str, bytes]


@dataclass(slots=True)
class Library:
    """Finds content by id below `roots`, each with a folder `templates/` and `requirements/`; earlier roots win.

    Content is read when first asked for and then kept.
    """

    roots: tuple[Path, ...]
    _templates: dict[str, Template] = field(default_factory=dict[str, Template], init=False, repr=False)
    _packs: dict[str, Pack] = field(default_factory=dict[str, Pack], init=False, repr=False)
    _briefs: dict[str, Loaded[Requirements]] = field(default_factory=dict[str, "Loaded[Requirements]"], init=False, repr=False)

    @classmethod
    def default(cls, cwd: Path | None = None) -> Library:
        """The working directory's content, then that which ships with the program."""
        roots = ((cwd or Path.cwd()).resolve(), shipped_root())
        return cls(tuple(dict.fromkeys(roots)))

    def template_ids(self) -> tuple[str, ...]:
        """Ids of all templates, sorted."""
        return tuple(sorted(self._folders("templates", TEMPLATE_FILE)))

    def requirements_ids(self) -> tuple[str, ...]:
        """Ids of all requirements, sorted."""
        return tuple(sorted(self._folders("requirements", REQUIREMENTS_FILE)))

    def template(self, template_id: str) -> Template:
        """The template; UnknownName if there is none, ContentError if it cannot be used."""
        if template_id not in self._templates:
            folder = self.template_folder(template_id)
            template, findings = read_template(folder)
            if template is None:
                raise content_error(folder, findings)
            self._templates[template_id] = template
        return self._templates[template_id]

    def pack(self, requirements_id: str) -> Pack:
        """The requirements with their assets; UnknownName if there are none, ContentError if they cannot be used."""
        if requirements_id not in self._packs:
            folder = self.requirements_folder(requirements_id)
            pack, findings = read_pack(folder)
            if pack is None:
                raise content_error(folder, findings)
            self._packs[requirements_id] = pack
        return self._packs[requirements_id]

    def template_folder(self, template_id: str) -> Path:
        """Where the template lies; UnknownName if there is none."""
        return self._pick("templates", TEMPLATE_FILE, "template", template_id)

    def requirements_folder(self, requirements_id: str) -> Path:
        """Where the requirements lie; UnknownName if there are none."""
        return self._pick("requirements", REQUIREMENTS_FILE, "requirements", requirements_id)

    def _pick(self, shelf: str, marker: str, kind: str, name: str) -> Path:
        folders = self._folders(shelf, marker)
        if name in folders:
            return folders[name]
        for root in self.roots if re.fullmatch(r"[\w-]+", name) else ():
            if (root / shelf / name).is_dir():
                raise ContentError(
                    f"{root / shelf / name} has no {marker}",
                    hint=f"write one; `sitegen {kind} check {shelf}/{name}` tells what it must hold",
                )
        raise UnknownName(kind, name, tuple(sorted(folders)))

    def packs_for(self, template_id: str) -> tuple[str, ...]:
        """Ids of the requirements written for a template, by the number they end in; those whose file is broken are left out.

        The first written, which ends in -01, stays the first whatever businesses are added later.
        """
        return tuple(sorted((name for name in self.requirements_ids() if self._is_for(name, template_id)), key=_in_turn))

    def default_pack(self, template_id: str) -> str:
        """The first of `packs_for`; UnknownName if there is none."""
        for name in self.packs_for(template_id):
            return name
        self._pick("templates", TEMPLATE_FILE, "template", template_id)
        hint = f"write one: requirements/NAME/{REQUIREMENTS_FILE} with template: {template_id}"
        raise UnknownName("requirements for template", template_id, hint=hint)

    def start_files(self, template: Template, pack: Pack) -> dict[str, bytes]:
        """The site a run starts from: the skeleton with the pack's assets unpacked into it."""
        files = {**template.files, **pack.assets}
        if sum(map(len, files.values())) > MAX_SITE_BYTES:
            raise ContentError(
                f"{template.manifest.id} with {pack.requirements.id} exceeds {MAX_SITE_BYTES // 1024**2} MB",
                hint="make the pictures smaller",
            )
        return files

    def content_hash(self, template_id: str, requirements_id: str) -> str:
        """sha256, in hex, over every byte of the template and of the requirements; it is recorded with a run."""
        digest = hashlib.sha256()
        template, pack = self.template(template_id), self.pack(requirements_id)
        parts = (
            (TEMPLATE_FILE, template.folder, template.files),
            (REQUIREMENTS_FILE, pack.folder, pack.assets),
        )
        for name, folder, files in parts:
            for path, content in sorted({**files, name: (folder / name).read_bytes()}.items()):
                digest.update(f"{name}\0{path}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        return digest.hexdigest()

    def _folders(self, shelf: str, marker: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for root in reversed(self.roots):
            shelf_folder = root / shelf
            if shelf_folder.is_dir():
                children = (child for child in shelf_folder.iterdir() if not child.name.startswith("."))
                found.update({child.name: child for child in children if (child / marker).is_file()})
        return found

    def _is_for(self, requirements_id: str, template_id: str) -> bool:
        if requirements_id not in self._briefs:
            self._briefs[requirements_id] = load_brief(self.requirements_folder(requirements_id))
        brief = self._briefs[requirements_id].model
        return brief is not None and brief.template == template_id


def shipped_root() -> Path:
    """The folder whose `templates/` and `requirements/` ship with the program: inside a wheel, or the checkout."""
    package = Path(sitegen_tui.__file__).resolve().parent
    packed = package / "_content"
    return packed if packed.is_dir() else package.parent


def load_manifest(folder: Path) -> Loaded[Manifest]:
    """The manifest in a template's folder, which must bear its id as name."""
    return _named(folder, _load(Manifest, folder / TEMPLATE_FILE))


def load_brief(folder: Path) -> Loaded[Requirements]:
    """The requirements in a folder, which must bear their id as name; their assets are left unread."""
    return _named(folder, _load(Requirements, folder / REQUIREMENTS_FILE))


def read_template(folder: Path) -> tuple[Template | None, tuple[LintFinding, ...]]:
    """A template, or None and everything that keeps it from being used."""
    loaded = load_manifest(folder)
    files, findings = read_tree(folder, leave_out={TEMPLATE_FILE})
    lacking = tuple(
        LintFinding(name, None, "", "is not there", f"add {name}; every template has it")
        for name in PAGE_FILES
        if name not in files and not any(finding.file == name for finding in findings)
    )
    findings = (*loaded.findings, *findings, *lacking, *_not_text(files))
    if loaded.model is None or findings:
        return None, findings
    return Template(loaded.model, folder, files), ()


def read_pack(folder: Path) -> tuple[Pack | None, tuple[LintFinding, ...]]:
    """Requirements with their assets, or None and everything that keeps them from being used."""
    loaded = load_brief(folder)
    files, findings = read_tree(folder, leave_out={REQUIREMENTS_FILE})
    stray = tuple(
        LintFinding(path, None, "", "lies outside assets/", "move it into assets/ or remove it")
        for path in files
        if not path.startswith("assets/")
    )
    findings = (*loaded.findings, *findings, *stray)
    if loaded.model is None or findings:
        return None, findings
    return Pack(loaded.model, folder, files), ()


def _load(kind: type[Model], path: Path) -> Loaded[Model]:
    data = read_file(path, path.name)
    if isinstance(data, LintFinding):
        return Loaded(None, None, (data,))
    return load_model(kind, data[: MAX_YAML_BYTES + 1], path.name)


def _named(folder: Path, loaded: Loaded[Model]) -> Loaded[Model]:
    own: object = getattr(loaded.model, "id", None)
    name = folder.resolve().name
    if own is None or own == name:
        return loaded
    message = f"{own!r} is not the folder's name, {name!r}"
    finding = find_at(loaded.document, ("id",), message, f"write id: {name}, or rename the folder", "error")
    return Loaded(None, loaded.document, (*loaded.findings, finding))


def _not_text(files: Mapping[str, bytes]) -> tuple[LintFinding, ...]:
    findings: list[LintFinding] = []
    for name in PAGE_FILES:
        try:
            files.get(name, b"").decode("utf-8")
        except UnicodeDecodeError:
            findings.append(LintFinding(name, None, "", "is not UTF-8 text", "save it as UTF-8"))
    return tuple(findings)


def _in_turn(requirements_id: str) -> tuple[int, str]:
    """What requirements of one template are ordered by: the number at the end of the id, then the id."""
    number = _NUMBER.search(requirements_id)
    return (int(number[1]) if number else 1_000_000, requirements_id)
