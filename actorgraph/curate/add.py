"""A new record in a model's own text: which file it belongs in, where there, and what the model is like with it.

Nothing is written here. An `Addition` is the whole text that a file would have, checked with the whole model; every
byte that stood in the file before stands in it still.
"""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from actorgraph.curate.canonical import SECTIONS, block
from actorgraph.curate.changeset import BOM, Changeset, changeset, line_end, lines_of, parsed, sound, text_of
from actorgraph.curate.draft import Doubt, Draft
from actorgraph.errors import UsageProblem
from actorgraph.model.kinds import OF_SECTION
from actorgraph.model.loader import Loaded
from actorgraph.model.model import Model
from actorgraph.model.paths import SUFFIXES, shown, yaml_files
from actorgraph.model.sections import Section, sections
from actorgraph.questions.implications import brought_about
from actorgraph.render.implications import consequence_line

_SCHEMA: Final = "# yaml-language-server:"
_BRACKETS: Final = re.compile(r":[ \t]*(\[[ \t]*\]|\{[ \t]*\})")
_NOTHING: Final = re.compile(r":[ \t]+(null|~)(?=\s)")


class Addition(NamedTuple):
    """What a file would be with a record in it, and the id that the record has there.

    `twins` are the ids of records that say the same. `consequence` is what a proposal's rules bring about, in words;
    empty where it has none.
    """

    changeset: Changeset
    id: str
    twins: tuple[str, ...]
    consequence: str = ""

    @property
    def path(self) -> str:
        """The file, by its real path."""
        return self.changeset.replacements[0].path

    @property
    def after(self) -> str:
        """What the file would hold."""
        return self.changeset.replacements[0].new.decode()

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a person should see before it is written; that nothing refers to a new thing yet is no such thing."""
        problems = [
            str(problem)
            for problem in self.changeset.problems
            if problem.category != "unused" or problem.about != self.id
        ]
        return (
            *problems,
            *(f"{shown(self.path)}: the same record is in the model already: {twin}" for twin in self.twins),
        )


def plan(path: str | Path, draft: Draft, *, today: str | date, file: str | None = None) -> Addition:
    r"""Return what the right file of the model at a path would be with a record added at the end of its section.

    The right file is the one that is named, or else holds most records of that section; a source has a file of its own,
    called by its id, where the others do. Where no file has the section yet, a folder gets a new file (a source: in the
    first folder that the model includes), and a single file a new section. `today` decides what lies in the future.
    Raises `ModelError` where the model is broken already, `UsageProblem` for a file that the model does not read, and
    `Doubt` where a file is written so that nothing can be added at the end.

    >>> union = Draft("actors", "port-union", {"name": "Port Union", "kind": "organisation"})
    >>> addition = plan("examples/minimal.yaml", union, today="2026-06-01")
    >>> addition.id, addition.doubts
    ('port-union', ())
    >>> print(*[line for line in addition.changeset.diff.splitlines() if line.startswith("+")], sep="\n")
    +++ examples/minimal.yaml
    +  port-union:
    +    name: Port Union
    +    kind: organisation
    """
    old, model = sound(path, today=today)
    target = home(old, model, draft.section, draft.key) if file is None else _named_home(old, file)
    target = os.path.realpath(target)
    before = text_of(target)
    revised = changeset(old, {target: (before, with_record(before, draft, file=target))}, today=today)
    new = revised.model
    name = _added(new, draft.section, revised.shown_as[target]) if new else draft.key or ""
    return Addition(revised, name, _twins(new, draft.section, name), _consequence(new, draft, name))


def fingerprint(document: str) -> str:
    """Return the sha256 of a document, as a source notes it. Raises OSError where it cannot be read."""
    return sha256(Path(document).read_bytes()).hexdigest()


def _consequence(model: Model | None, draft: Draft, name: str) -> str:
    """Return what the rules of a proposal that is added bring about, in words."""
    if model is None or draft.section != "proposals" or not {"entails", "excludes"} & draft.body.keys():
        return ""
    return consequence_line(brought_about(model, name), model)


# -- where --------------------------------------------------------------------------------------------------


def home(loaded: Loaded, model: Model, section: str, key: str | None) -> str:
    """Return the file in which a record of a section belongs, which may not exist yet; a thing has a key."""
    keys_in: dict[str, list[str]] = {}
    for (name, known), span in model.places.items():
        if name == section:
            keys_in.setdefault(span.file, []).append(str(known))
    if keys_in:
        label, keys = max(keys_in.items(), key=lambda item: (len(item[1]), item[0]))
        file = next(path for path, shown_as in loaded.shown_as.items() if shown_as == label)
        own_file = section == "sources" and [Path(file).stem] == keys
        return str(Path(file).with_name(f"{key}.yaml")) if own_file else file
    root, *included = (Path(listed) for _, listed in loaded.roots)
    if section == "sources":
        for folder in filter(Path.is_dir, included):
            return str(folder / f"{key}.yaml")
    own = yaml_files(str(root))
    with_section = [file for file in own if section in sections((text_of(file) or "").removeprefix(BOM))]
    if with_section or len(own) == 1:
        return (with_section or own)[0]
    return str(root / f"{section}.yaml")


def _named_home(loaded: Loaded, file: str) -> str:
    """Return a file that is named as the home of a record. Raises `UsageProblem` where the model does not read it."""
    path = os.path.realpath(file)
    if Path(path).suffix not in SUFFIXES:
        raise UsageProblem(f"{file} is no YAML file: its name ends in neither {' nor '.join(SUFFIXES)}")
    roots = [os.path.realpath(listed) for _, listed in loaded.roots]
    if path not in roots and not any(Path(path).is_relative_to(root) for root in filter(os.path.isdir, roots)):
        known = ", ".join(map(shown, roots))
        raise UsageProblem(f"{file} is not read by the model, which is made of {known}")
    if not Path(path).parent.is_dir():
        raise UsageProblem(f"there is no folder {shown(str(Path(path).parent))}; make it first")
    return path


def _added(model: Model, section: str, file: str) -> str:
    """Return the id of the last record of a section in a file, which is called as places call it."""
    here = {key: span for (name, key), span in model.places.items() if (name, span.file) == (section, file)}
    return str(max(here, key=lambda key: here[key][1:]))


def _twins(model: Model | None, section: str, name: str) -> tuple[str, ...]:
    """Return the ids of the records that say the same as one does, whatever their notes."""
    if model is None or OF_SECTION[section].keyed:
        return ()
    bodies = {record.id: record.model_dump(exclude={"id", "note"}) for record in getattr(model, section)}
    return tuple(key for key, body in bodies.items() if key != name and body == bodies[name])


# -- the text -----------------------------------------------------------------------------------------------


def with_record(text: str | None, draft: Draft, *, file: str = "") -> str:
    r"""Return a file's text with a record added, all that was in it kept to the byte; None stands for a new file.

    The record comes after the last one of its section and the comments that trail it. Raises `Doubt` for a section
    in brackets, and wherever the rest of the file would not read as before.

    >>> print(with_record("actors:\n  a: {name: A, kind: state}\n  # more to come\n\nproposals:\n",
    ...                   Draft("actors", "b", {"name": "B", "kind": "state"})), end="")
    actors:
      a: {name: A, kind: state}
      # more to come
      b:
        name: B
        kind: state
    <BLANKLINE>
    proposals:
    """
    return with_records(text, [draft], file=file)


def with_records(text: str | None, drafts: Sequence[Draft], *, file: str) -> str:
    """Return a file's text with records added, as `with_record` adds one: in order, those of a section together."""
    by_section: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_section.setdefault(draft.section, []).append(draft)
    changed = text
    for section in sorted(by_section, key=SECTIONS.index):
        changed = _with_section(changed, section, by_section[section], file)
    if text is not None and changed is not None:
        _see_that_they_stand(text, changed, drafts, file)
    return changed or ""


def _with_section(text: str | None, section: str, drafts: Sequence[Draft], file: str) -> str:
    """Return a file's text with records of one section added."""
    blocks = [_block(draft, 2) for draft in drafts]
    if text is None:
        return f"{_schema_line(file)}{section}:\n{''.join(blocks)}"
    lines = lines_of(text)
    end = line_end(text)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    written = sections(text.removeprefix(BOM))
    if section in written:
        at, new = _slot(lines, written, section, drafts)
    else:
        at, new = len(lines), f"{section}:\n{''.join(blocks)}"
        if lines and lines[-1].strip():
            new = f"\n{new}"
    return "".join([*lines[:at], new.replace("\n", end), *lines[at:]])


def _slot(lines: list[str], written: Mapping[str, Section], section: str, drafts: Sequence[Draft]) -> tuple[int, str]:
    """Return how many lines come before the records of a section, and their text; opens an empty section."""
    here = written[section]
    if here.brackets:
        lines[here.line - 1], opened = _BRACKETS.subn(":", lines[here.line - 1], count=1)
        if not (opened and here.empty):
            raise Doubt(f"the section {section} is written in brackets; `actorgraph fmt` writes one record per line")
    elif here.empty:
        lines[here.line - 1] = _NOTHING.sub(":", lines[here.line - 1], count=1)
    later = [one.line for one in written.values() if one.line > here.line]
    stop = min(later, default=len(lines) + 1) - 1
    first = next((line for line in lines[here.line : stop] if line.strip() and not line.lstrip().startswith("#")), "")
    indent = len(first) - len(first.lstrip(" ")) if first else 2
    at = here.line
    for number in range(here.line, stop):
        line = lines[number]
        comment = line.lstrip().startswith("#")
        if line.strip() and not (comment and line.startswith("#") and (indent or later)):
            at = number + 1
    keyed = OF_SECTION[section].keyed
    starts = [number for number in range(here.line, at) if _starts(lines[number], indent, keyed=keyed)]
    has_empty_lines_between = len(starts) > 1 and not lines[starts[-1] - 1].strip()
    between = "\n" if has_empty_lines_between else ""
    return at, "".join(f"{between}{_block(draft, indent)}" for draft in drafts)


def _starts(line: str, indent: int, *, keyed: bool) -> bool:
    """Whether a record starts in a line."""
    rest = line[indent:]
    return not line[:indent].strip() and (rest[:1] not in (" ", "#", "") if keyed else rest[:1] == "-")


def _block(draft: Draft, indent: int) -> str:
    """Return the record's canonical text, indented as its neighbours are."""
    text = block(draft.section, draft.key, draft.body)
    if indent == 2:
        return text
    lines = text.removesuffix("\n").split("\n")
    return "".join(f"{' ' * indent}{line[2:]}\n" if line else "\n" for line in lines)


def _see_that_they_stand(old: str, new: str, drafts: Sequence[Draft], file: str) -> None:
    """Raise `Doubt` unless the new text holds what the old one does and the records at the end of their sections."""
    before, after = (parsed(text, file).data for text in (old, new))
    twice = False
    for draft in drafts:
        section = before.get(draft.section)
        if draft.key is None:
            listed = section if isinstance(section, list) else []
            listed.append(dict(draft.body))
            before[draft.section] = listed
        else:
            keyed = section if isinstance(section, dict) else {}
            twice = twice or draft.key in keyed  # `check` tells that, with the place of the first
            keyed[draft.key] = dict(draft.body)
            before[draft.section] = keyed
    if after != before and not twice:
        raise Doubt(f"{shown(file)}: cannot tell where its section {drafts[0].section} ends; add the record by hand")


def _schema_line(file: str) -> str:
    """Return the line by which editors find the schema, as a neighbour in the folder has it."""
    try:
        beside = [name for name in yaml_files(str(Path(file).parent)) if Path(name).parent == Path(file).parent]
    except OSError:
        return ""
    firsts = [(text_of(name) or "").partition("\n")[0] for name in beside]
    return next((f"{line.rstrip()}\n\n" for line in firsts if line.startswith(_SCHEMA)), "")
