"""Another id for a thing, wherever a model's files refer to it: exactly those words change, and no other byte."""

import os
import re
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args

from actorgraph import replacing
from actorgraph.errors import ModelError, Problem, UsageProblem, did_you_mean, quoted
from actorgraph.model.files import Disk
from actorgraph.model.kinds import KIND, KINDS, OF_SECTION, Kind, referred_to
from actorgraph.model.loader import Alone, Loaded, read_file, read_model
from actorgraph.model.messages import not_an_id
from actorgraph.model.paths import journal_of
from actorgraph.model.reader import Loc, Token
from actorgraph.model.rules import likely_id
from actorgraph.model.sections import scalars
from actorgraph.model.values import Id, RecordId
from actorgraph.names import slug
from actorgraph.replacing import Recovery, Replacement, is_cut_short, replace_all
from actorgraph.vocabulary import NOT


class Renaming(NamedTuple):
    """What a renaming of a model changes: in which files, and in how many places."""

    model: str
    old: str
    new: str
    kind: str
    changes: tuple[Replacement, ...]
    shown: tuple[str, ...]
    places: int

    def write(self) -> None:
        """Write all files or none, even where the process is killed (see `recover`).

        Raises OSError, with every file as it was.
        """
        replace_all(self.changes, journal=journal_of(self.model), label=f"{self.old} {self.new}")


class _Mention(NamedTuple):
    """A place of a file that defines an id or refers to one, and of which kind (`kind_name`)."""

    kind: str
    name: str
    token: Token
    defines: bool

    def names(self, kind: str, name: str) -> bool:
        """Whether it defines or refers to a thing of a kind."""
        return (self.kind, self.name) == (kind, name)


def rename(model: str, old: str, new: str, *, kind: str | None = None) -> Renaming:
    """Return what it takes to give a thing another id. Nothing is written.

    `kind` says what the thing is, where several are called so. Raises `UsageProblem` where `old` is unknown or
    ambiguous, or `new` is no id or taken, and ModelError for files that cannot be read.

    >>> renaming = rename("examples/minimal.yaml", "olsen", "kari-olsen")
    >>> renaming.kind, renaming.places, renaming.shown
    ('actor', 3, ('examples/minimal.yaml',))
    """
    if is_cut_short(journal_of(model)):
        raise UsageProblem("an earlier renaming of this model was cut short, and must be settled before the next one")
    loaded = read_model(model)
    files = [read_file(stamp.path) for stamp in loaded.stamps]
    unread = [problem for problem in loaded.problems if problem.category in ("path", "include", "text")]
    if unread or not files:
        raise ModelError(unread or loaded.problems)
    mentions_in = {file.path: list(mentions(file.text)) for file in files}
    every_mention = [mention for in_file in mentions_in.values() for mention in in_file]
    defined: dict[str, set[str]] = defaultdict(set)
    for mention in every_mention:
        if mention.defines:
            defined[mention.kind].add(mention.name)
    made = _record_ids(loaded) - defined["record"] - defined["event"]
    kind = _kind(old, kind, defined, loaded, made)
    _must_be_free(old, new, kind, defined, made)
    if any(mention.names(kind, new) for mention in every_mention):
        raise UsageProblem(f"{quoted(new)} is taken: {_a(kind)} is called so somewhere, though nobody defined it")
    places = {
        path: [mention.token for mention in in_file if mention.names(kind, old)]
        for path, in_file in mentions_in.items()
    }
    touched = [file for file in files if places[file.path]]
    renaming = Renaming(
        model=model,
        old=old,
        new=new,
        kind=kind,
        changes=tuple(_replacement(file, places[file.path], old, new) for file in touched),
        shown=tuple(file.shown for file in touched),
        places=sum(map(len, places.values())),
    )
    _must_check_as_before(model, loaded, renaming)
    return renaming


def _replacement(file: Alone, places: Iterable[Token], old: str, new: str) -> Replacement:
    """Return a file as it is, to the byte, and as it is to be."""
    mark = BOM_UTF8 if file.raw.startswith(BOM_UTF8) else b""
    return Replacement(file.path, file.raw, mark + replaced(file.text, places, old, new).encode())


def recover(model: str) -> Recovery | None:
    """Finish or undo what `Renaming.write` was doing to a model when it was killed; None where nothing is unsettled.

    Raises OSError where a file has been edited in the meantime; both texts are kept.
    """
    return replacing.recover(journal_of(model))


def mentions(text: str) -> Iterator[_Mention]:
    """Yield every place of a file where an id is defined or referred to."""
    for loc, is_key, token in scalars(text):
        kind, defines = _meaning(loc, is_key=is_key)
        if kind:
            yield _Mention(kind, token.value.removeprefix(NOT) if kind == "condition" else token.value, token, defines)


def _meaning(loc: Loc, *, is_key: bool) -> tuple[str, bool]:
    """Return what kind of thing a key or value names, or nothing, and whether it defines it."""
    section, way = str(loc[0]), loc[2:]
    kind = OF_SECTION.get(section)
    if kind is not None and (len(loc) == 2 and is_key if kind.keyed else way == ("id",) and not is_key):
        return kind_name(kind), True
    # A list of ids may have been written as a mapping whose keys are the ids.
    return referred_to(section, way[:-1] if is_key else way) or "", False


def kind_name(kind: Kind) -> str:
    """Return what renaming calls a kind: all records are one to it, since they share their ids."""
    return "record" if kind.is_record else kind.name


def _record_ids(loaded: Loaded) -> set[str]:
    """Return the ids of records, also those that were made for them."""
    model = loaded.model
    return set() if model is None else {record.id for record in (*model.records, *model.events)}


def _kind(old: str, kind: str | None, defined: dict[str, set[str]], loaded: Loaded, made: set[str]) -> str:
    """Return the kind of what is called `old`; `made` are the ids that no file has, being made of a record's words."""
    kinds = sorted(name for name in defined if old in defined[name])
    if kind in kinds or (kind is None and len(kinds) == 1):
        return kind or kinds[0]
    if len(kinds) > 1 and kind is None:
        raise UsageProblem(f"{quoted(old)} is {' and '.join(map(_a, kinds))}; say which with --type")
    if old in made and kind in (None, "record"):
        joint = loaded.model.joint.get(old) if loaded.model else None
        whole = old.rpartition(".")[0]
        if joint and whole in defined["record"]:
            raise UsageProblem(f"{quoted(old)} is part of the joint record {quoted(whole)}; rename that")
        places = loaded.model.places if loaded.model else {}
        at = next((f" at {span}" for (_, name), span in places.items() if name == old), "")
        raise UsageProblem(f"{quoted(old)} is made of the record's own words; give the record{at} an `id: …` instead")
    names = {name for other in defined if kind in (None, other) for name in defined[other]}
    if loaded.model and kind != "record":
        hint = likely_id(loaded.model, old, [kind] if kind else KIND, names)
    else:
        hint = did_you_mean(old, names)
    raise UsageProblem(f"no {kind or 'thing'} is called {quoted(old)}{_also(kinds)}{hint}")


def _also(kinds: Iterable[str]) -> str:
    others = " and ".join(map(_a, kinds))
    return f"; it is {others}" if others else ""


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


def _must_be_free(old: str, new: str, kind: str, defined: dict[str, set[str]], made: set[str]) -> None:
    """Raise `UsageProblem` unless `new` is an id of that kind, and of nothing that it must differ from."""
    if old == new:
        raise UsageProblem(f"{quoted(old)} is its id already")
    if not re.fullmatch(_pattern(kind), new) or new == "null":
        near = slug(new)
        hint = f" (did you mean {quoted(near)}?)" if near not in ("", "null", new) else ""
        raise UsageProblem(not_an_id(new, hint))
    for other in _companions(kind):
        if new in defined[other]:
            same = (
                f"; are both one, `actorgraph merge {old} {new}`" if other == kind in KIND and KIND[kind].keyed else ""
            )
            raise UsageProblem(f"{quoted(new)} is taken: {_a(other)} is called so{same}")
    if kind in ("record", "event") and new in made:
        raise UsageProblem(f"{quoted(new)} is taken: a record is called so")


def _pattern(kind: str) -> str:
    """Return the pattern of a kind's ids, as the model's classes have it."""
    _, constraints, *_ = get_args(RecordId if kind == "record" else Id)
    return str(constraints.pattern)


def _companions(kind: str) -> tuple[str, ...]:
    """Return the kinds, as renaming calls them, whose ids a kind's must differ from."""
    first = next(each for each in KINDS if kind_name(each) == kind)
    return tuple(dict.fromkeys(kind_name(KIND[name]) for name in first.companions))


def replaced(text: str, places: Iterable[Token], old: str, new: str) -> str:
    """Return a text in which these scalars, or what stands in them behind `not:`, say another id."""
    parts, last = [], 0
    for token in sorted(places, key=lambda place: place.start):
        written = text[token.start : token.end]
        at = token.start + written.rfind(old)
        end = at + len(old)
        if old not in written:  # it is written with escapes
            at, end = token.start + 1, token.end - 1
        prefix = NOT if old not in written and token.value.startswith(NOT) else ""
        parts += [text[last:at], prefix, new]
        last = end
    return "".join([*parts, text[last:]])


def _must_check_as_before(model: str, before: Loaded, renaming: Renaming) -> None:
    """Refuse what would make a problem that was not there: such as one id for two things."""
    after = read_model(model, files=Disk({os.path.realpath(change.path): change.new for change in renaming.changes}))
    known = Counter(map(_code_and_line, before.problems))
    new: list[Problem] = []
    for problem in after.problems:
        if known[_code_and_line(problem)]:
            known[_code_and_line(problem)] -= 1
        else:
            new.append(problem)
    if new:
        raise UsageProblem("that would make new problems; nothing is renamed\n" + "\n".join(map(str, new)))


def _code_and_line(problem: Problem) -> tuple[str, str, int]:
    return problem.code, problem.span.file, problem.span.line
