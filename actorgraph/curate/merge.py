"""Two things that are one: what names the one names the other, which gets its names and what else it alone says."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.changeset import BOM, Changeset, changeset, emptied, files_of, without_mark
from actorgraph.curate.comments import comments
from actorgraph.curate.draft import Doubt
from actorgraph.curate.locate import items_of, located
from actorgraph.curate.rename import mentions, replaced
from actorgraph.curate.revise import revised
from actorgraph.errors import UsageProblem, quoted
from actorgraph.ledger.holdings import holdings
from actorgraph.model.kinds import STATEMENTS, references
from actorgraph.model.paths import shown
from actorgraph.names import fold, one_line
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from actorgraph.curate.locate import Located
    from actorgraph.curate.revise import Changes
    from actorgraph.errors import Problem
    from actorgraph.model.loader import Loaded
    from actorgraph.model.model import Model, Place
    from actorgraph.model.reader import Data

_NAMES: Final = ("name", "title", "short", "aliases")
"""The keys of what a thing is called, where it has aliases."""

_CALLED: Final = ("title", "url")
"""The keys by which an import finds what has no aliases."""

_LIFE: Final = ("since", "until", "fate")
"""The keys of a life. One that is absent says something: that it has not ended, or that it was always there."""

_APART: Final = ("not", "excludes")
"""The keys by which a thing says that another is not the same."""

_COPY: Final = ("document", "sha256")
"""The keys of a source's own copy, in which lines are counted."""

_SIGN: Final = re.compile("#[^\r\n]*")
"""What every comment is, and what some texts have."""

_MOST: Final = 60
"""How many characters of a value are told."""


class Merging(NamedTuple):
    """What it takes to make one of two things.

    `remarks` tell what goes or stays otherwise than somebody may think, `doubts` what is to be looked up again.
    """

    changeset: Changeset
    remarks: tuple[str, ...]
    doubts: tuple[str, ...]


def merging(loaded: Loaded, old: Located, new: Located, *, take: Collection[str] = (), today: str | date) -> Merging:
    """Return what it takes to make one of two things: `new` stays, with the names of `old` and what only that says.

    What names `old` names `new`. Where both say something, and also of when it began and ended, it is as `new` says,
    except for the keys to `take`. Raises `UsageProblem` where they cannot be one, and `Doubt`, with its file, where a
    record cannot be told from others.
    """
    everything = located(loaded)
    _must_be_alike(old, new, take)
    _must_not_be_told_apart(old, new, everything)
    body, remarks = joined(old, new, take)
    if "aliases" not in _keys(new) and _differ(old, new, _CALLED):
        remarks.append(f"a {new.kind.name} has no aliases: an import that names what {old.id} was brings it in again")
    changes: dict[str, dict[Place, Mapping[str, Data] | None]] = defaultdict(dict)
    changes[old.file][old.place] = None
    if body != new.body:
        changes[new.file][new.place] = body
    others = [(record, *_left(record, old, new)) for record in everything if record.where not in (old.where, new.where)]
    for record, left, why in others:
        if why:
            changes[record.file][record.place] = left
            remarks.append(f"{record.at}: the {record.kind.name} {record.id} {why}")
    before = files_of(loaded)
    revised = {path: _revised(path, before[path], placed) for path, placed in changes.items()}
    texts = {path: (text, _renamed(revised.get(path, text), old, new)) for path, text in before.items()}
    merged = changeset(loaded._replace(problems=_of_new(loaded.problems, old, new)), texts, today=today)
    remarks += [f"a comment goes: {comment}" for comment in _lost_comments(texts.values())]
    remarks += emptied(texts)
    if loaded.model and merged.model:
        remarks += _contests(loaded.model, merged.model, old.id, new.id)
    doubts = [*_elsewhere(old, new, everything), *_doubles((record, left) for record, left, _ in others)]
    return Merging(merged, tuple(remarks), tuple(doubts))


def _contests(before: Model, after: Model, old: str, new: str) -> Iterator[str]:
    """Yield on what positions that were those of two contradict each other now, and did not before."""
    known = _contested(before, {old: new})
    for track, positions in _contested(after, {}).items():
        if track not in known:
            _, actor, proposal = track
            called = f"{after.actors[actor].name} on {after.proposals[proposal].title}"
            yield f"contested then: {called}, {' / '.join(positions)}"


def _contested(model: Model, merged: Mapping[str, str]) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return what positions contradict each other, by kind, actor and proposal; `merged` has new ids by old ones."""
    positions: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for held in holdings(model):
        if held.contest:
            actor, proposal = merged.get(held.actor, held.actor), merged.get(held.proposal, held.proposal)
            positions[held.kind, actor, proposal][held.position] = None
    return {track: tuple(held) for track, held in positions.items()}


def _must_be_alike(old: Located, new: Located, take: Collection[str]) -> None:
    """Raise `UsageProblem` unless two things are of one kind that others refer to, with the keys to `take`."""
    kind = new.kind
    if old.where == new.where:
        raise UsageProblem(f"{quoted(old.id)} and {quoted(new.id)} are one already")
    if old.kind is not kind:
        raise UsageProblem(f"{quoted(old.id)} is of the kind {old.kind.name}, {quoted(new.id)} of the kind {kind.name}")
    if not kind.keyed:
        raise UsageProblem(
            f"nothing refers to a record of the kind {kind.name}: `add evidence {new.id}` gives the one what the "
            f"other cites, and `remove {old.id}` takes that out"
        )
    known = _keys(new)
    for key in take:
        if key not in known or key == "aliases":
            raise UsageProblem(f"there is no {quoted(key)} to take of {kind.name}s: {', '.join(known)}")


def _must_not_be_told_apart(old: Located, new: Located, everything: Iterable[Located]) -> None:
    """Raise `UsageProblem` where something says that two things are not the same."""
    for thing, other in ((old, new), (new, old)):
        for key in _APART:
            if other.id in items_of(thing.body.get(key)):
                raise UsageProblem(f"{thing.at}: {quoted(thing.id)} says by `{key}` that {quoted(other.id)} is another")
        for record in everything if new.kind.name == "condition" else ():
            if thing.id in items_of(record.body.get("if")) and other.id in items_of(record.body.get("unless")):
                raise UsageProblem(f"{record.at}: {record.id} depends on {quoted(thing.id)} without {quoted(other.id)}")


def joined(old: Located, new: Located, take: Collection[str] = ()) -> tuple[dict[str, Data], list[str]]:
    """Return what one of two things says when it has what both said, and what there is to tell of that.

    >>> from actorgraph.curate.locate import find, located
    >>> from actorgraph.model.loader import read_model
    >>> everything = located(read_model("examples/minimal.yaml"))
    >>> body, remarks = joined(find("olsen", everything), find("fishers-union", everything))
    >>> body["aliases"][-1], remarks[0]
    ('Kari Olsen', 'fishers-union keeps its kind, organisation; olsen had person')
    """
    body = dict(new.body)
    remarks = []
    has_aliases = "aliases" in _keys(new)
    for key, default in _keys(new).items():
        ours, theirs = new.body.get(key), old.body.get(key)
        if key in take:
            body[key] = theirs
        elif ours == theirs or (has_aliases and key in _NAMES):
            continue
        elif default == () and not (key == "evidence" and _differ(old, new, _LIFE)):
            body[key] = _union(items_of(ours), items_of(theirs))
        elif isinstance(theirs, dict) and isinstance(ours, dict):
            body[key] = {**theirs, **ours}
            both = [name for name in theirs if name in ours and theirs[name] != ours[name]]
            remarks += [_kept(old, new, f"{key} of {name}", ours[name], theirs[name]) for name in both]
        elif ours is None and _may_be_added(key, old, new):
            body[key] = theirs
        elif theirs is not None or key in _LIFE:
            remarks.append(_kept(old, new, key, ours, theirs))
    if remarks:
        remarks.append(f"--take KEY takes what {old.id} says")
    remarks += _without_each_other(body, old, new)
    if has_aliases:
        body["aliases"] = _aliases(old, new, body)
    return {key: value for key, value in body.items() if value not in (None, [])}, remarks


def _may_be_added(key: str, old: Located, new: Located) -> bool:
    """Whether what only the one that goes says may be said of the other: nothing of its life, or of another copy."""
    if key in _COPY:
        return all(new.body.get(name) in (None, old.body.get(name)) for name in _COPY)
    return key not in (*_LIFE, "evidence")


def _without_each_other(body: dict[str, Data], old: Located, new: Located) -> Iterator[str]:
    """Take the names of two things out of what one says of others of its kind; yield what there is to tell of that."""
    for key in (reference.keys[0] for reference in references(new.kind.name) if reference.kind == new.kind.name):
        listed = items_of(body.get(key))
        if old.id in listed or new.id in listed:
            body[key] = [name for name in listed if name not in (old.id, new.id)]
            yield f"one of both names the other in `{key}`: that goes"


def _keys(thing: Located) -> dict[str, object]:
    """Return the keys that a thing may have, each with what it says where it is absent."""
    fields = thing.kind.record_class.model_fields
    return {field.alias or name: field.default for name, field in fields.items()}


def _kept(old: Located, new: Located, key: str, ours: Data, theirs: Data) -> str:
    return f"{new.id} keeps its {key}, {_short(ours)}; {old.id} had {_short(theirs)}"


def _short(value: Data) -> str:
    """Return a value as it is told."""
    if isinstance(value, list):
        return counted(len(value), "item")
    text = "none" if value is None else one_line(str(value))
    return text if len(text) <= _MOST else f"{text[:_MOST].rstrip()}…"


def _differ(old: Located, new: Located, keys: Iterable[str]) -> bool:
    return any(old.body.get(key) != new.body.get(key) for key in keys)


def _aliases(old: Located, new: Located, body: Mapping[str, Data]) -> list[Data]:
    """Return the aliases of a thing: those that it has, and all names of both by which it would not be found else."""
    aliases = items_of(new.body.get("aliases"))
    known = {fold(str(name)) for key in _NAMES[:-1] for name in (*items_of(body.get(key)), *aliases)}
    for name in (name for thing in (new, old) for key in _NAMES for name in items_of(thing.body.get(key))):
        if fold(str(name)) not in known:
            known.add(fold(str(name)))
            aliases.append(name)
    return aliases


def _union(first: Iterable[Data], second: Iterable[Data]) -> list[Data]:
    joint: list[Data] = []
    for item in (*first, *second):
        if item not in joint:
            joint.append(item)
    return joint


# -- what refers to them ---------------------------------------------------------------------------------------


def _left(record: Located, old: Located, new: Located) -> tuple[dict[str, Data] | None, str]:
    """Return what is left of a record whose words are not enough to be changed, and why; nothing where they are."""
    body, why = dict(record.body), ""
    for reference in references(record.kind.name):
        key, *inner = reference.keys
        items = items_of(body.get(key)) if reference.kind == new.kind.name else []
        renamed = [_item(item, inner, old.id, new.id) for item in items]
        if renamed == items:
            continue
        kept = _union(renamed, ())
        if len(kept) < len(renamed):
            why = f"would have {new.id} twice in `{key}`: it stays once"
            body[key] = kept[0] if key == "actor" and len(kept) == 1 else kept
        else:
            body[key] = renamed if isinstance(body[key], list) else renamed[0]
    if body == record.body:
        return body, ""
    if record.kind.name == "relation" and body["actor"] == body["to"]:
        return None, f"would tie {new.id} to itself: it goes"
    if "speaker" in body and body["speaker"] == body["actor"]:
        del body["speaker"]
        why = f"is by {new.id} itself: its `speaker` goes"
    return body, why


def _doubles(left: Iterable[tuple[Located, dict[str, Data] | None]]) -> Iterator[str]:
    """Yield which ties and events would say the same as another; of statements `check` tells that."""
    said: dict[tuple[str, str], Located] = {}
    for record, body in left:
        if record.kind.keyed or record.kind.name in STATEMENTS or body is None:
            continue
        gist = json.dumps({**body, "id": ""}, sort_keys=True)
        twin = said.setdefault((record.kind.name, gist), record)
        if {**twin.body, "id": ""} != {**record.body, "id": ""}:
            yield f"{record.at}: the {record.kind.name} {record.id} would say the same as that at {twin.at}"


def _item(item: Data, inner: list[str], old: str, new: str) -> Data:
    """Return an item of a list, or what stands alone, with the one id for the other."""
    if inner and isinstance(item, dict):
        return {**item, inner[0]: _item(item.get(inner[0]), [], old, new)} if inner[0] in item else item
    return new if item == old else item


def _revised(path: str, text: str, changes: Changes) -> str:
    """Return a file's text with some of its records changed. Raises `Doubt`, which names the file."""
    try:
        return revised(text, changes)
    except Doubt as doubt:
        raise Doubt(f"{shown(path)}: {doubt}") from doubt


def _renamed(text: str, old: Located, new: Located) -> str:
    """Return a text in which what names the one thing names the other, and no other byte has changed."""
    if old.id not in text and "\\" not in text:  # an escape may be part of it
        return text
    bare, mark = without_mark(text)
    tokens = [mention.token for mention in mentions(bare) if mention.names(old.kind.name, old.id)]
    return mark + replaced(bare, tokens, old.id, new.id)


def _of_new(problems: Iterable[Problem], old: Located, new: Located) -> tuple[Problem, ...]:
    """Return what is wrong in a model already as it is told of what stays: it is not new by its name alone."""
    named, alone = re.compile(rf"'{re.escape(old.id)}(?=['.])"), re.compile(rf"(?<!\S){re.escape(old.id)}(?!\S)")
    return tuple(
        problem._replace(
            message=named.sub(f"'{new.id}", problem.message),
            about=None if problem.about is None else alone.sub(new.id, problem.about),
        )
        for problem in problems
    )


def _lost_comments(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the comments that stood in files, and stand there no more."""
    for before, after in texts:
        may_have_lost = before != after and Counter(_SIGN.findall(before)) - Counter(_SIGN.findall(after))
        if may_have_lost:  # to tell comments from texts takes as long as all the rest
            was, now = (Counter(comments(text.removeprefix(BOM))) for text in (before, after))
            yield from (was - now).elements()


def _elsewhere(old: Located, new: Located, everything: Iterable[Located]) -> Iterator[str]:
    """Yield what is to be looked up again where two sources are not known to be one document."""
    if new.kind.name != "source" or _is_one_document(old, new):
        return
    moved, kept = (old, new) if any(key in new.body for key in _COPY) else (new, old)
    cited = sum(
        isinstance(evidence, dict) and evidence.get("source") == moved.id and "lines" in evidence
        for record in everything
        for evidence in items_of(record.body.get("evidence"))
    )
    if cited:
        citations = counted(cited, "citation")
        yield f"{citations} of {moved.id} count lines, maybe of another document than that of {kept.id}"


def _is_one_document(old: Located, new: Located) -> bool:
    """Whether two sources are of one document, as far as they tell."""
    document, digest = ([source.body.get(key) for source in (old, new)] for key in _COPY)
    return digest[0] == digest[1] if None not in digest else document[0] == document[1]
