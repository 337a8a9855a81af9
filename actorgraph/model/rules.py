"""What must hold between records: one function each, every one over the whole model."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, get_args

from actorgraph.dates import ends_on, first_day, iso, last_day
from actorgraph.errors import Span, did_you_mean, quoted
from actorgraph.model.kinds import KIND, KINDS, Reference, references
from actorgraph.model.links import is_link
from actorgraph.model.model import Model, Place
from actorgraph.model.reader import Loc
from actorgraph.model.records import Actor, Proposal
from actorgraph.names import fold, slug
from actorgraph.vocabulary import Fate

MOST_HINTS: Final = 50
"""A hint takes 10 ms among 300 names; where more names are unknown than this, a whole file is missing or misnamed."""


class Finding(NamedTuple):
    """A broken rule: the record's place in the model, and the way to the value inside the record.

    What it is `about`, how many it stands for and what it names `beside` is as a `Problem` has it.
    """

    code: str
    message: str
    place: Place
    loc: Loc = ()
    about: str | None = None
    stands_for: int = 1
    beside: Span | None = None


Rule = Callable[[Model], Iterator[Finding]]


def findings(model: Model, *, without: Collection[Rule] = ()) -> Iterator[Finding]:
    """Yield every broken rule of a model, `without` those that cannot be judged."""
    for rule in RULES:
        if rule not in without:
            yield from rule(model)


def known_references(model: Model) -> Iterator[Finding]:
    """Every actor, proposal, condition and source that is named is defined."""
    known = {
        "actor": model.actors,
        "proposal": model.proposals,
        "condition": model.conditions,
        "source": model.sources,
    }
    hints: dict[tuple[str, str], str] = {}  # a name that is missing is often missed in many places
    for kind, name, place, loc in _unknown(model):
        if (kind, name) not in hints and len(hints) < MOST_HINTS:
            others = "".join(f", which is one of the {other}s" for other in known if name in known[other])
            undefined = f"; it has no entry under '{KIND[kind].section}'"
            hints[kind, name] = others or likely_id(model, name, [kind], known[kind]) or undefined
        message = f"unknown {kind} {quoted(name)}{hints.get((kind, name), '')}"
        yield Finding("AG012", message, place, loc, about=name)


def ends_after_it_begins(model: Model) -> Iterator[Finding]:
    """What ends, ends after the day from which it is in force."""
    for section, records in (("stances", model.stances), ("commitments", model.commitments)):
        for number, record in enumerate(records):
            if record.until:  # a source that is unknown may have come out on the first day
                since = model.in_force_from(record, unknown=first_day(record.date))
                yield from _length(record.date, since, record.until, (section, number))
    for number, relation in enumerate(model.relations):
        yield from _length(relation.since, relation.first, relation.until, ("relations", number))
    lives: dict[str, Mapping[str, Actor | Proposal]] = {"actors": model.actors, "proposals": model.proposals}
    for section, things in lives.items():
        for key, thing in things.items():
            if thing.since:
                yield from _length(thing.since, last_day(thing.since), thing.until, (section, key))
    for key, condition in model.conditions.items():
        for number, time in enumerate(condition.held):
            yield from _length(time.since, last_day(time.since), time.until, ("conditions", key), ("held", number))


def _length(date: str, since: int, until: str | None, place: Place, loc: Loc = ()) -> Iterator[Finding]:
    """Yield a finding where nothing lies between the day `since`, known as `date`, and `until`."""
    if ends_on(until) <= since:
        from_day = "" if iso(since) == date else f", which is in force from {iso(since)}"
        message = f"until '{until}' does not come after '{date}'{from_day}; until is the first day outside"
        yield Finding("AG020", message, place, (*loc, "until"))


def proposals_stand_in_order(model: Model) -> Iterator[Finding]:
    """No proposal is part of itself or succeeds itself, by whatever detour, nor entails or excludes itself."""
    for key, proposal in model.proposals.items():
        for field, others in (("entails", proposal.entails), ("excludes", proposal.excludes)):
            if key in others:
                yield Finding("AG021", f"{quoted(key)} {field} itself", ("proposals", key), (field,))
        if _leads_back(key, model, lambda proposal: proposal.part_of):
            yield Finding("AG021", f"{quoted(key)} is part of itself, in a circle", ("proposals", key), ("part-of",))
        if _leads_back(key, model, lambda proposal: proposal.succeeds):
            yield Finding("AG021", f"{quoted(key)} succeeds itself, in a circle", ("proposals", key), ("succeeds",))


def _leads_back(key: str, model: Model, others: Callable[[Proposal], tuple[str, ...]]) -> bool:
    """Whether a proposal names itself among others, or they do, and so on."""
    above = list(others(model.proposals[key]))
    seen = set(above)
    while above:
        parent = model.proposals.get(above.pop())
        new = set(others(parent)) - seen if parent else set()
        seen |= new
        above.extend(new)
    return key in seen


def actors_are_themselves(model: Model) -> Iterator[Finding]:
    """No actor says that it is not itself, nor commits itself toward itself."""
    for key, actor in model.actors.items():
        if key in actor.not_:
            yield Finding("AG021", f"{quoted(key)} is said to be not itself", ("actors", key), ("not",))
    for number, commitment in enumerate(model.commitments):
        if commitment.actor in commitment.toward:
            message = f"{quoted(commitment.actor)} is its own addressee"
            yield Finding("AG021", message, ("commitments", number), ("toward",))


def ends_have_a_fate(model: Model) -> Iterator[Finding]:
    """Every proposal that has an end has a fate, and the other way round."""
    fates = ", ".join(get_args(Fate))
    for key, proposal in model.proposals.items():
        if proposal.until and not proposal.fate:
            message = f"{quoted(key)} ends and has no fate; add `fate:` with one of {fates}"
            yield Finding("AG026", message, ("proposals", key), ("until",))
        elif proposal.fate and not proposal.until:
            message = (
                f"{quoted(key)} was {proposal.fate} and has no end; add `until:`, the day after its last on the table"
            )
            yield Finding("AG026", message, ("proposals", key), ("fate",))


def amounts_are_counted_once(model: Model) -> Iterator[Finding]:
    """No amount is of several actors, or toward several: each of them would count all of it."""
    for number, commitment in enumerate(model.commitments):
        if commitment.amount is None:
            continue
        makers = model.joint[commitment.id].actors if commitment.id in model.joint else ()
        for several, how in ((makers, "of"), (tuple(dict.fromkeys(commitment.toward)), "toward")):
            if len(several) > 1:
                message = f"the amount would be counted {len(several)} times: it is {how} {listed(several)}"
                yield Finding("AG027", message, ("commitments", number), ("amount",))


def listed(ids: Iterable[str]) -> str:
    """Return ids as messages name several: 'a', 'b' and 'c'."""
    *others, last = map(quoted, dict.fromkeys(ids))
    return f"{', '.join(others)} and {last}" if others else last


def proposals_can_be_supported(model: Model) -> Iterator[Finding]:
    """No proposal entails, by whatever chain, one that excludes it, or two that exclude each other.

    Whoever supported it would have to oppose it. Proposals that entail one another in a circle mean the same, and may.
    """
    entailed: dict[str, list[str]] = defaultdict(list)
    for key, proposal in model.proposals.items():
        for other in proposal.entails:
            entailed[other].append(key)
    seen: set[tuple[str, ...]] = set()
    for key, proposal in model.proposals.items() if entailed else ():
        for number, other in enumerate(proposal.excludes):
            pair = tuple(sorted((key, other)))
            if key == other or pair in seen:
                continue
            seen.add(pair)
            if chains := _contradiction(key, other, entailed):
                message = f"{quoted(chains[0][0])} contradicts itself: it entails {_ends(*chains)}, which "
                message += "excludes it" if min(map(len, chains)) == 1 else "exclude each other"
                yield Finding("AG024", message, ("proposals", key), ("excludes", number))


def _contradiction(proposal: str, other: str, entailed: Mapping[str, list[str]]) -> tuple[list[str], ...]:
    """Return the chains by which one proposal entails each of two, or is one of them: the shortest, or none."""
    sides = _above(proposal, entailed), _above(other, entailed)
    both = sides[0].keys() & sides[1].keys()
    chains = (tuple(_chain(key, side) for side in sides) for key in sides[0] if key in both)
    return min(chains, key=lambda pair: (sum(map(len, pair)), pair), default=())


def _above(proposal: str, entailed: Mapping[str, list[str]]) -> dict[str, str | None]:
    """Return a proposal and all that entail it, the nearest first, each with the next in its chain (itself: None)."""
    following: dict[str, str | None] = {proposal: None}
    for key in (waiting := [proposal]):
        new = [parent for parent in entailed.get(key, ()) if parent not in following]
        following |= dict.fromkeys(new, key)
        waiting.extend(dict.fromkeys(new))
    return following


def _chain(key: str, following: Mapping[str, str | None]) -> list[str]:
    """Return the proposals from one to the last that it entails, in order."""
    chain = [key]
    while following_key := following[chain[-1]]:
        chain.append(following_key)
    return chain


def _ends(*chains: list[str]) -> str:
    """Return the last proposal of each chain in words, with those on the way to it."""
    ends = []
    for _, *rest in (chain for chain in chains if len(chain) > 1):
        way = f" (by {', '.join(map(quoted, rest[:-1]))})" if rest[:-1] else ""
        ends.append(quoted(rest[-1]) + way)
    return " and ".join(ends)


def actors_and_proposals_differ(model: Model) -> Iterator[Finding]:
    """No proposal has an actor's id: in a graph they would be one node."""
    for key in model.proposals:
        if key in model.actors:
            yield Finding("AG023", f"{quoted(key)} is an actor too; give the proposal another id", ("proposals", key))


def links_are_web_links(model: Model) -> Iterator[Finding]:
    """The url of a source or a proposal, and that of a source's archived copy, may be made a link of by the page."""
    links = [(("sources", key), "url", source.url) for key, source in model.sources.items()]
    links += [(("sources", key), "archived", source.archived) for key, source in model.sources.items()]
    links += [(("proposals", key), "url", proposal.url) for key, proposal in model.proposals.items()]
    for place, key, url in links:
        if url and not is_link(url):
            message = f"{quoted(url)} is no http, https or mailto link, so it will be shown as text"
            yield Finding("AG101", message, place, (key,))


def names_of(model: Model) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the names and aliases of actors, proposals and conditions, by section and id."""
    return {
        "actors": {key: (actor.name, *actor.aliases) for key, actor in model.actors.items()},
        "proposals": {key: proposal.names for key, proposal in model.proposals.items()},
        "conditions": {key: (condition.title,) for key, condition in model.conditions.items()},
    }


def _bearer(model: Model, name: str, kind: str) -> str | None:
    """Return the id of the thing of a kind that bears a name, a source also by its address; None where none does."""
    form = fold(name)
    if kind == "source":
        names = {key: (source.title, *filter(None, (source.url,))) for key, source in model.sources.items()}
    else:
        names = names_of(model).get(KIND[kind].section, {})
    bearers = (key for key, own in names.items() if form and form in map(fold, (key, *own)))
    return next((key for key in bearers if slug(key) == key), None)  # another key is wrong itself


def ids_of_names(model: Model, text: str, kind: str) -> str:
    """Return a hint at the ids of what is named where an id belongs: one thing, or several; nothing where none is.

    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("examples/minimal.yaml")
    >>> ids_of_names(model, "Fishers’ Union", "actor"), ids_of_names(model, "Harbour Board and Olsen", "actor")
    (" (did you mean 'fishers-union'?)", ' (did you mean [harbour-board, olsen]?)')
    """
    if whole := _bearer(model, text, kind):
        return f" (did you mean {quoted(whole)}?)"
    parts = list(filter(None, map(str.strip, re.split(r"[,;/&+]|\band\b", text))))
    ids = [key for part in parts if (key := _bearer(model, part, kind))]
    return f" (did you mean [{', '.join(ids)}]?)" if len(ids) == len(parts) > 1 else ""


def likely_id(model: Model, name: str, kinds: Iterable[str], known: Iterable[str]) -> str:
    """Return a hint at the id that is meant: of what bears a name, or the id that it would make; else the nearest one.

    >>> from actorgraph.model.loader import load_model
    >>> model = load_model("examples/minimal.yaml")
    >>> likely_id(model, "Fishers-Union", ["actor", "proposal"], model.actors)
    " (did you mean 'fishers-union'?)"
    """
    bearer = next(filter(None, (_bearer(model, name, kind) for kind in kinds)), None)
    return f" (did you mean {quoted(bearer)}?)" if bearer else did_you_mean(name, known)


def names_are_distinct(model: Model) -> Iterator[Finding]:
    """No two actors, no two proposals, and no two conditions have a name in common."""
    for section, names in names_of(model).items():
        owner: dict[str, str] = {fold(key): key for key in names}
        for key, forms in names.items():
            for name in forms:
                first = owner.setdefault(fold(name), key)
                if first != key:
                    message = f"{quoted(name)} is also a name of {quoted(first)}, so neither can be asked for by it"
                    yield Finding("AG102", message, (section, key))


def sources_are_cited(model: Model) -> Iterator[Finding]:
    """Every source is evidence for something."""
    citing = (*model.records, *model.events, *model.proposals.values())
    cited = {evidence.source for record in citing for evidence in record.evidence}
    for key in model.sources:
        if key not in cited:
            yield Finding("AG103", f"nothing cites the source {quoted(key)}", ("sources", key), about=key)


RULES: Final[tuple[Rule, ...]] = (
    known_references,
    ends_after_it_begins,
    proposals_stand_in_order,
    actors_are_themselves,
    ends_have_a_fate,
    amounts_are_counted_once,
    proposals_can_be_supported,
    actors_and_proposals_differ,
    links_are_web_links,
    names_are_distinct,
    sources_are_cited,
)

_Unknown = tuple[str, str, Place, Loc]
"""The kind that an unknown id should be of, the id, the place of the record, and the way to the id in it."""


def _unknown(model: Model) -> Iterator[_Unknown]:
    """Yield every reference in the model to something that is not defined.

    There may be a hundred thousand records, and hardly ever is something unknown: nothing is built before that is sure.
    """
    for kind in KINDS:
        known = [(reference, getattr(model, KIND[reference.kind].section)) for reference in references(kind.name)]
        entries = getattr(model, kind.section)
        for place, entry in entries.items() if kind.keyed else enumerate(entries):
            for reference, defined in known or ():
                value = getattr(entry, reference.fields[0])
                if not value or (value.__class__ is str and value in defined):
                    continue
                for name, way in _named_at(value, reference):
                    if name not in defined:
                        yield reference.kind, name, (kind.section, place), way


def _named_at(value: Any, reference: Reference) -> Iterator[tuple[str, Loc]]:
    """Yield every id that stands at a reference, with the way to it."""
    key, inner = reference.keys[0], reference.keys[1:]
    if isinstance(value, str):
        yield value, (key,)
    elif inner:
        for at, item in enumerate(value):
            yield getattr(item, reference.fields[1]), (key, at, *inner)
    else:
        yield from ((name, (key, at)) for at, name in enumerate(value))
