"""To whom and what a question is narrowed: actors of a kind or a group, proposals with a tag, a proposal and its parts.

Narrowing leaves rows out and changes none of those that it leaves: who contests, supersedes or implies what is settled
before. So it is the same to narrow a question and to pick from its answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.names import fold
from actorgraph.questions.arguments import checked_text, checked_word
from actorgraph.questions.envelope import ReadOnly
from actorgraph.questions.options import NARROWINGS
from actorgraph.questions.relations import members_of
from actorgraph.questions.selection import Selection
from actorgraph.questions.sql import GROUPS
from actorgraph.questions.structure import links, steps_from
from actorgraph.vocabulary import ACTOR_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.options import Narrowing
    from actorgraph.questions.renames import Renames


def select(ledger: Ledger, day: int, options: Narrowing, proposal: str | None = None) -> Selection:
    """Return whom and what a question is narrowed to on a day; `proposal` is the id of the one that is asked about.

    Raises `UsageProblem` for a kind, group or tag that is unknown, with the nearest, for a group that nobody ever
    belonged to, and for `parts` of nothing.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> sorted(select(ledger, 20260110, {"kind": "state,person"}).actors)
    ['olsen', 'town-council']
    """
    asked: dict[str, Any] = {}
    actors: frozenset[str] | None = None
    proposals: frozenset[str] | None = None
    if (kind := options.get("kind")) is not None:
        kinds = _kinds(kind)
        asked["kind"] = ",".join(kinds)
        actors = frozenset(thing.id for thing in ledger.things("actor") if thing.body["kind"] in kinds)
    if (name := options.get("group")) is not None:
        group = _group(ledger, name)
        asked["group"] = group
        members = members_of(ledger, group, day)
        actors = members if actors is None else actors & members
    if (tag := options.get("tag")) is not None:
        asked["tag"], proposals = _tagged(ledger, tag)
    about: tuple[str, ...] = () if proposal is None else (proposal,)
    if options.get("parts", False):
        if not about and proposals is None:
            raise UsageProblem("parts of what? They go with a proposal, or with the proposals of a tag")
        asked["parts"] = True
        about = with_parts(ledger, about)
        proposals = None if proposals is None else frozenset(with_parts(ledger, proposals))
    if proposals is not None:
        about = tuple(key for key in about if key in proposals)
    return Selection(actors, proposals, about, ReadOnly({key: asked[key] for key in NARROWINGS if key in asked}))


def select_in_either(ledger: Ledger, base: Ledger, day: int, options: Narrowing, renames: Renames) -> Selection:
    """Return what a question about two versions of a model is narrowed to: what is left in the one or in the other.

    A version in which a name is unknown, also as that of what has another id there, leaves nothing. Raises
    `UsageProblem` where neither knows it, as `select` does.
    """
    selections: list[Selection] = []
    problems: list[UsageProblem] = []
    for version, other in ((ledger, base), (base, ledger)):
        asked = options
        if (group := options.get("group")) is not None:
            asked = {**options, "group": renames.name_in(version, other, group, "actor")}
        try:
            selections.append(select(version, day, asked))
        except UsageProblem as problem:
            problems.append(problem)
    if not selections:
        raise problems[0]
    left = selections[0] if len(selections) == 1 else selections[0].or_else(selections[1])

    def under_both(ids: frozenset[str] | None, kind: str) -> frozenset[str] | None:
        moved = (renames.ids[kind], renames.later.get(kind, {}))
        return None if ids is None else ids | {new_ids.get(key, key) for key in ids for new_ids in moved}

    return left._replace(actors=under_both(left.actors, "actor"), proposals=under_both(left.proposals, "proposal"))


def with_parts(ledger: Ledger, proposals: Iterable[str]) -> tuple[str, ...]:
    """Return proposals and all their parts, at all levels, by id: each once, the nearest first.

    >>> from actorgraph import load
    >>> with_parts(load("examples/minimal.yaml"), ["harbour"])
    ('harbour',)
    """
    return tuple(steps_from(proposals, links(ledger.things("proposal"), "part-of").back))


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(word.strip().lower() for word in checked_text(text, "a kind of actors").split(",")))
    for kind in kinds:
        checked_word(kind, ACTOR_KINDS, "unknown kind of actors", f"it is one of {', '.join(ACTOR_KINDS)}")
    return tuple(kind for kind in ACTOR_KINDS if kind in kinds)


def _group(ledger: Ledger, name: str) -> str:
    thing = ledger.resolve(name, "actor")
    groups = [group for (group,) in ledger.rows(GROUPS)]
    if thing.id not in groups:
        known = f"groups with members are {_listed(groups)}" if groups else "no group has members"
        raise UsageProblem(f"nobody is on record as a member of {thing.name}; {known}")
    return thing.id


def _tagged(ledger: Ledger, tag: str) -> tuple[str, frozenset[str]]:
    """Return a tag as curated, and the ids of the proposals that bear it, in whatever case."""
    wanted = fold(checked_text(tag, "a tag"))
    bearers = [(label, thing.id) for thing in ledger.things("proposal") for label in thing.body.get("tags", ())]
    spelled = [label for label, _ in bearers if fold(label) == wanted]
    if not spelled:
        known = sorted({label for label, _ in bearers})
        hint = did_you_mean(tag, known) or (f"; tags are {_listed(known)}" if known else "; none has a tag")
        raise UsageProblem(f"no proposal is tagged {quoted(tag)}{hint}")
    return spelled[0], frozenset(key for label, key in bearers if fold(label) == wanted)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:_MOST_LISTED]) + (" and others" if len(words) > _MOST_LISTED else "")


_MOST_LISTED: Final = 6
"""How many groups or tags a message lists."""
