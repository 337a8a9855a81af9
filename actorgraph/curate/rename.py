"""Another id for a thing, wherever a model's files refer to it: exactly those words change, and no other byte."""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from actorgraph import atomic
from actorgraph.atomic import Recovery, Replacement, replace_all
from actorgraph.errors import ModelError, Problem, UsageProblem, did_you_mean, quoted
from actorgraph.model.files import Disk
from actorgraph.model.kinds import KIND, KINDS, OF_SECTION, Kind, references
from actorgraph.model.loader import Loaded, read_file, read_model
from actorgraph.model.paths import journal_of
from actorgraph.model.reader import Loc, Token, scalars
from actorgraph.names import slug
from actorgraph.vocabulary import NOT

_SHAPES: Final = {"record": re.compile("[a-z0-9]+([-.][a-z0-9]+)*")}
_KEBAB: Final = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class Renaming(NamedTuple):
    """What a renaming of a model changes: in which files, and in how many places."""

    model: str
    old: str
    new: str
    kind: str
    changes: tuple[Replacement, ...]
    shown: tuple[str, ...]
    places: int


class _Mention(NamedTuple):
    kind: str
    name: str
    token: Token
    defines: bool


def rename(model: str, old: str, new: str, *, kind: str | None = None) -> Renaming:
    """Return what it takes to give a thing another id. Nothing is written.

    `kind` says what the thing is, where several are called so. Raises `UsageProblem` where `old` is unknown or
    ambiguous, or `new` is no id or taken, and ModelError for files that cannot be read.

    >>> done = rename("examples/minimal.yaml", "olsen", "kari-olsen")
    >>> done.kind, done.places, done.shown
    ('actor', 3, ('examples/minimal.yaml',))
    """
    if os.path.lexists(journal_of(model)):
        raise UsageProblem("an earlier renaming of this model was cut short, and must be settled before the next one")
    loaded = read_model(model)
    files = [read_file(stamp.path) for stamp in loaded.stamps]
    unread = [problem for problem in loaded.problems if problem.category in ("path", "include", "text")]
    if unread or not files:
        raise ModelError(unread or loaded.problems)
    found_in = {one.path: list(mentions(one.text)) for one in files}
    defined: dict[str, set[str]] = defaultdict(set)
    for one in (each for found in found_in.values() for each in found if each.defines):
        defined[one.kind].add(one.name)
    given = _given(loaded) - defined["record"] - defined["event"]
    kind = _kind(old, kind, defined, loaded, given)
    _free(old, new, kind, defined, given)
    if any((one.kind, one.name) == (kind, new) for found in found_in.values() for one in found):
        raise UsageProblem(f"{quoted(new)} is taken: {_a(kind)} is called so somewhere, though nobody defined it")
    changes, labels, places = [], [], 0
    for file in files:
        found = [one.token for one in found_in[file.path] if (one.kind, one.name) == (kind, old)]
        if found:
            text = replaced(file.text, found, old, new)
            mark = b"\xef\xbb\xbf" if file.raw.startswith(b"\xef\xbb\xbf") else b""
            changes.append(Replacement(file.path, file.raw, mark + text.encode()))
            labels.append(file.shown)
            places += len(found)
    done = Renaming(model, old, new, kind, tuple(changes), tuple(labels), places)
    _checks_as_before(model, loaded, done)
    return done


def write(done: Renaming) -> None:
    """Write what a renaming changes: all files or none, even where the process is killed (see `recover`).

    Raises OSError, with every file as it was.
    """
    replace_all(done.changes, journal=journal_of(done.model), label=f"{done.old} {done.new}")


def recover(model: str) -> Recovery | None:
    """Finish or undo what `write` was doing to a model when it was killed; None where there is nothing to settle.

    Raises OSError where a file has been edited in the meantime; both texts are kept.
    """
    return atomic.recover(journal_of(model))


def mentions(text: str) -> Iterator[_Mention]:
    """Yield every place of a file where an id is defined or referred to."""
    for loc, is_key, token in scalars(text):
        kind, defines = _meaning(loc, is_key=is_key)
        if kind:
            yield _Mention(kind, token.value.removeprefix(NOT) if kind == "condition" else token.value, token, defines)


def _meaning(loc: Loc, *, is_key: bool) -> tuple[str, bool]:
    """Return what kind of thing a key or value names, or nothing, and whether it defines it."""
    kind = OF_SECTION.get(str(loc[0]))
    if kind is None:
        return "", False
    keys = tuple(part for part in loc[2:] if isinstance(part, str))
    if is_key and len(loc) == 2:
        return kind_name(kind) if kind.keyed else "", True
    if keys == ("id",) and not is_key and len(loc) == 3:
        return "" if kind.keyed else kind_name(kind), True
    refers = {reference.keys: reference.kind for reference in references(kind.name)}
    # A list of ids may have been written as a mapping whose keys are the ids.
    return refers.get(keys[:-1] if is_key and len(keys) == 2 else () if is_key else keys, ""), False


def kind_name(kind: Kind) -> str:
    """Return what renaming calls a kind: all records are one to it, since they share their ids."""
    return "record" if kind.is_record else kind.name


def _given(loaded: Loaded) -> set[str]:
    """Return the ids of records, also those that were made for them."""
    model = loaded.model
    return set() if model is None else {one.id for one in (*model.records, *model.events)}


def _kind(old: str, kind: str | None, defined: dict[str, set[str]], loaded: Loaded, given: set[str]) -> str:
    kinds = sorted(each for each in defined if old in defined[each])
    if kind in kinds or (kind is None and len(kinds) == 1):
        return kind or kinds[0]
    if len(kinds) > 1 and kind is None:
        raise UsageProblem(f"{quoted(old)} is {' and '.join(map(_a, kinds))}; say which with --type")
    if old in given and kind in (None, "record"):
        places = loaded.model.places if loaded.model else {}
        at = next((f" at {span}" for (_, name), span in places.items() if name == old), "")
        raise UsageProblem(f"{quoted(old)} is made of the record's own words; give the record{at} an `id: …` instead")
    names = {name for each in defined if kind in (None, each) for name in defined[each]}
    raise UsageProblem(f"no {kind or 'thing'} is called {quoted(old)}{_also(kinds)}{did_you_mean(old, names)}")


def _also(kinds: Iterable[str]) -> str:
    found = " and ".join(map(_a, kinds))
    return f"; it is {found}" if found else ""


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


def _free(old: str, new: str, kind: str, defined: dict[str, set[str]], given: set[str]) -> None:
    if old == new:
        raise UsageProblem(f"{quoted(old)} is its id already")
    if not _SHAPES.get(kind, _KEBAB).fullmatch(new) or new == "null":
        near = slug(new)
        hint = f" (did you mean {quoted(near)}?)" if near not in ("", "null", new) else ""
        raise UsageProblem(f"{quoted(new)} is no id: lower-case letters and digits, in words joined by '-'{hint}")
    for other in _companions(kind):
        if new in defined[other]:
            raise UsageProblem(f"{quoted(new)} is taken: {_a(other)} is called so")
    if kind in ("record", "event") and new in given:
        raise UsageProblem(f"{quoted(new)} is taken: a record is called so")


def _companions(kind: str) -> tuple[str, ...]:
    """Return the kinds, as renaming calls them, whose ids a kind's must differ from."""
    first = next(each for each in KINDS if kind_name(each) == kind)
    return tuple(dict.fromkeys(kind_name(KIND[name]) for name in first.companions))


def replaced(text: str, found: Iterable[Token], old: str, new: str) -> str:
    """Return a text in which these scalars, or what stands in them behind `not:`, say another id."""
    parts, last = [], 0
    for token in sorted(found, key=lambda one: one.start):
        written = text[token.start : token.end]
        at = token.start + written.rfind(old)
        end = at + len(old)
        if old not in written:  # it is written with escapes
            at, end = token.start + 1, token.end - 1
        prefix = NOT if old not in written and token.value.startswith(NOT) else ""
        parts += [text[last:at], prefix, new]
        last = end
    return "".join([*parts, text[last:]])


def _checks_as_before(model: str, before: Loaded, done: Renaming) -> None:
    """Refuse what would make a problem that was not there: such as one id for two things."""
    after = read_model(model, files=Disk({os.path.realpath(change.path): change.new for change in done.changes}))
    seen = Counter(map(_gist, before.problems))
    worse: list[Problem] = []
    for problem in after.problems:
        if seen[_gist(problem)]:
            seen[_gist(problem)] -= 1
        else:
            worse.append(problem)
    if worse:
        raise UsageProblem("that would make new problems; nothing is renamed\n" + "\n".join(map(str, worse)))


def _gist(problem: Problem) -> tuple[str, str, int]:
    return problem.code, problem.span.file, problem.span.line
