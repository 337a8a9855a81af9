"""What a curator would want to look at again: warnings that only `check` looks for, so that no question waits for them.

What such a warning is about may also be right. Each rule leaves a way to say so in the model: docs/problems.md.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from actorgraph.dates import OPEN, ends_on, first_day, iso, last_day, period
from actorgraph.errors import quoted
from actorgraph.model import lives
from actorgraph.model.kinds import KINDS
from actorgraph.model.model import Model, Place, Statement
from actorgraph.model.near_names import near_names
from actorgraph.model.records import DATES, Actor, Evidence, Proposal, Relation, Source, Stance
from actorgraph.model.rules import Finding, names_of
from actorgraph.names import fold, invisible


def warnings(model: Model, whole: bool, *, today: int) -> Iterator[Finding]:  # noqa: FBT001 - as the loader calls it
    """Yield all that merits a second look; where the model is not `whole`, nothing that only seems to be missing."""
    for rule in SECOND_LOOKS:
        yield from rule(model)
    yield from nothing_lies_in_the_future(model, today)
    for absence in ABSENCES if whole else ():
        yield from absence(model)


def _statements(model: Model) -> Iterator[tuple[Place, Statement]]:
    """Yield every stance and commitment with its place."""
    for number, stance in enumerate(model.stances):
        yield ("stances", number), stance
    for number, commitment in enumerate(model.commitments):
        yield ("commitments", number), commitment


def _cited(model: Model) -> Iterator[tuple[Place, int, Evidence]]:
    """Yield all evidence: the place of its record, its index there, and the evidence itself."""
    for kind in (kind for kind in KINDS if kind.cites):
        entries = getattr(model, kind.section)
        for key, record in entries.items() if kind.keyed else enumerate(entries):
            for at, evidence in enumerate(record.evidence):
                yield (kind.section, key), at, evidence


# -- what is missing -------------------------------------------------------------------------------------------


def things_are_used(model: Model) -> Iterator[Finding]:
    """Every actor, proposal and condition is named by a record, event, relation or `via`, or tied to others."""
    actors = {key for tie in model.relations for key in (tie.actor, tie.to)}
    actors |= {key for event in model.events for key in event.actors}
    actors |= {key for commitment in model.commitments for key in commitment.toward}
    actors |= {key for proposal in model.proposals.values() for key in proposal.by}
    relayed = {fold(evidence.via) for _, _, evidence in _cited(model) if evidence.via}
    actors |= {key for key, actor in model.actors.items() if relayed & {fold(actor.name), *map(fold, actor.aliases)}}
    proposals: set[str] = set()
    conditions: set[str] = set()
    for _, record in _statements(model):
        actors |= {record.actor, record.speaker or record.actor}
        proposals.add(record.proposal)
        conditions.update(record.if_, record.unless)
    for key, proposal in model.proposals.items():
        others = set(_knows(proposal))
        proposals |= others | ({key} if others else set())
    for kind, keys, used in (
        ("actor", model.actors, actors),
        ("proposal", model.proposals, proposals),
        ("condition", model.conditions, conditions),
    ):
        for key in keys:
            if key not in used:
                yield Finding("AG104", f"nothing refers to the {kind} {quoted(key)}", (f"{kind}s", key), about=key)


def speakers_have_roles(model: Model) -> Iterator[Finding]:
    """Who speaks for an actor represents or leads it at the time, or what does so in turn."""
    roles: dict[str, list[Relation]] = defaultdict(list)
    for tie in model.relations:
        if tie.relation in {"represents", "leads"}:
            roles[tie.actor].append(tie)
    strangers: dict[tuple[str, str], list[tuple[Place, Statement]]] = defaultdict(list)
    for place, record in _statements(model):
        together = model.joint[record.id].actors if record.id in model.joint else (record.actor,)
        if record.speaker in (None, *together) or _speaks_for(record, together, roles):
            continue
        own = [tie for tie in roles[record.speaker or ""] if tie.to == record.actor]
        if own:
            terms = " and ".join(f"{tie.relation} it {_term(tie.since, tie.until)}" for tie in own)
            message = f"{quoted(str(record.speaker))} speaks for {quoted(record.actor)} on {record.date}, but {terms}"
            yield Finding("AG105", message, place, ("speaker",))
        else:
            strangers[str(record.speaker), record.actor].append((place, record))
    for (speaker, actor), records in strangers.items():
        others = ", ".join(f"{tie.relation} {quoted(tie.to)} {_term(tie.since, tie.until)}" for tie in roles[speaker])
        also = f", in {len(records)} records" if len(records) > 1 else ""
        known = f" (it {others})" if others else ""
        message = (
            f"{quoted(speaker)} speaks for {quoted(actor)}{also}, but no represents or leads relation says so{known}"
        )
        about = f"{speaker} for {actor}"
        yield Finding("AG105", message, records[0][0], ("speaker",), about=about, stands_for=len(records))


def _speaks_for(record: Statement, together: tuple[str, ...], roles: dict[str, list[Relation]]) -> bool:
    """Whether a chain of roles leads from the speaker to one of those who speak together; dates may be a little off."""
    first, last = first_day(record.date), last_day(record.date)
    reached = [str(record.speaker)]
    for actor in reached:
        reached.extend(
            tie.to
            for tie in roles.get(actor, ())
            if first_day(tie.since) <= last and first < _latest_end(tie.until) and tie.to not in reached
        )
    return not set(together).isdisjoint(reached)


def grades_are_given(model: Model) -> Iterator[Finding]:
    """Every source has its reliability, and every evidence its credibility; where none has, that is one warning."""
    sources = [key for key, source in model.sources.items() if source.reliability is None]
    if 1 < len(sources) == len(model.sources):
        message = f"no source has a reliability, A to F (F: cannot be judged); there are {len(sources)}"
        yield Finding("AG109", message, ("sources", sources[0]), about="reliability", stands_for=len(sources))
    else:
        for key in sources:
            message = f"the source {quoted(key)} has no reliability, A to F (F: cannot be judged)"
            yield Finding("AG109", message, ("sources", key), about="reliability")
    cited = list(_cited(model))
    bare = [(place, at) for place, at, evidence in cited if evidence.credibility is None]
    if 1 < len(bare) == len(cited):
        message = f"no evidence has a credibility, 1 to 6 (6: cannot be judged); there are {len(bare)}"
        place, at = bare[0]
        yield Finding("AG109", message, place, ("evidence", at), about="credibility", stands_for=len(bare))
    else:
        for place, at in bare:
            message = "this evidence has no credibility, 1 to 6 (6: cannot be judged)"
            yield Finding("AG109", message, place, ("evidence", at), about="credibility")


ABSENCES: Final[tuple[Callable[[Model], Iterator[Finding]], ...]] = (
    things_are_used,
    speakers_have_roles,
    grades_are_given,
    lives.what_was_superseded_has_a_successor,
    lives.authors_have_stances,
)
"""Rules that can be judged only where every record could be read."""


# -- dates -----------------------------------------------------------------------------------------------------


def evidence_comes_after(model: Model) -> Iterator[Finding]:
    """No source came out before what it reports was said; a relation it may announce before it begins."""
    for place, record in _statements(model):
        first = first_day(record.date)
        for at, evidence in enumerate(record.evidence):
            key = evidence.source
            if model.published(key) < first:
                day = model.sources[key].published
                message = f"the source {quoted(key)} came out on {day}, before {record.date}, when this was said"
                yield Finding("AG106", message, place, ("evidence", at, "source"))


def nothing_lies_in_the_future(model: Model, today: int) -> Iterator[Finding]:
    """Nothing was said or published in the future; events, roles and ends may be announced.

    Tomorrow passes: somewhere it has begun.
    """
    tomorrow = int(f"{date.fromisoformat(str(iso(today))) + timedelta(days=1):%Y%m%d}")
    now = f"lies in the future; today is {iso(today)}"
    for place, record in _statements(model):
        if first_day(record.date) > tomorrow:
            yield Finding("AG107", f"'{record.date}' {now}", place, ("date",))
    for key, source in model.sources.items():
        if source.published and first_day(source.published) > tomorrow:
            yield Finding("AG107", f"'{source.published}' {now}", ("sources", key), ("published",))


def years_have_four_digits(model: Model) -> Iterator[Finding]:
    """Nothing is dated to the years 0 to 99, as a year of two digits is that was filled up with zeros."""
    for kind in KINDS:
        entries = getattr(model, kind.section)
        for key, entry in entries.items() if kind.keyed else enumerate(entries):
            for field in sorted(DATES):
                text = getattr(entry, field, None)
                if text and _FIRST_CENTURY.search(text):
                    message = f"'{text}' lies in the first century; write the year with all its digits"
                    yield Finding("AG122", message, (kind.section, key), (field,))


_FIRST_CENTURY: Final = re.compile(r"(?<![\d-])00\d\d")
"""A year of the first century in a date as curated."""


def actors_live_in_their_dates(model: Model) -> Iterator[Finding]:
    """No relation reaches outside the dates of its two actors, and no record of an actor counts outside its own."""
    dated = {key: actor for key, actor in model.actors.items() if actor.since or actor.until}
    if not dated:
        return
    for number, tie in enumerate(model.relations):
        for key in dict.fromkeys((tie.actor, tie.to)):
            if key in dated and (loc := _outside(tie.since, ends_on(tie.until), tie.until, dated[key])) is not None:
                term = _term(dated[key].since, dated[key].until)
                message = f"{tie.relation} {_term(tie.since, tie.until)}, but {quoted(key)} is dated {term}"
                yield Finding("AG111", message, ("relations", number), loc)
    for place, record in _statements(model):
        actor = dated.get(record.actor)
        if actor is None:
            continue
        since = model.in_force_from(record)
        is_too_late = since >= ends_on(actor.until)
        if is_too_late or _outside(record.date, first_day(record.date), None, actor) is not None:
            counts = (
                f", so it counts from {iso(since)} only"
                if first_day(record.date) < ends_on(actor.until) <= since
                else ""
            )
            term = _term(actor.since, actor.until)
            message = f"said on {record.date}{counts}, but {quoted(record.actor)} is dated {term}"
            yield Finding("AG111", message, place, ("date",))


def _outside(since: str, end: int, until: str | None, actor: Actor) -> tuple[str, ...] | None:
    """Return the way to what surely lies outside an actor's dates, or None; partial dates get the benefit of doubt."""
    if actor.since and last_day(since) < first_day(actor.since):
        return ("since",)
    if actor.until and first_day(since) >= _latest_end(actor.until):
        return ("since",)
    if actor.until and end > _latest_end(actor.until):
        return ("until",) if until else ("since",)
    return None


def _latest_end(until: str | None) -> int:
    """Return the last day that a partial `until` can mean, as the first day outside."""
    return OPEN if until is None else last_day(until)


def _term(since: str | None, until: str | None) -> str:
    return " ".join(f"{word} {day}" for word, day in (("since", since), ("until", until)) if day)


# -- the same again --------------------------------------------------------------------------------------------


def records_add_something(model: Model) -> Iterator[Finding]:
    """No record says what the one before it on its track says, on the same day or from the same place of a source."""
    tracks: dict[tuple[str, str, str], list[tuple[Place, Statement]]] = defaultdict(list)
    for place, record in _statements(model):
        tracks[str(place[0]), record.actor, record.proposal].append((place, record))
    for track in tracks.values():
        days: dict[str, dict[object, Statement]] = defaultdict(dict)
        before: dict[object, Statement] = {}
        for place, record in sorted(track, key=lambda entry: last_day(entry[1].date)) if len(track) > 1 else ():
            same_day = days[record.date]
            content = _content(record)
            if first := same_day.get(content):
                at = model.places[place[0], first.id]
                first_at = f"{quoted(first.id)} ({at.file}:{at.line})"
                message = f"repeats {first_at}, of the same day; give that record this evidence too"
                yield Finding("AG108", message, place, beside=at)
            elif (last := before.get(content)) and last.note == record.note and _places(record) <= _places(last):
                at = model.places[place[0], last.id]
                last_at = f"{quoted(last.id)} of {last.date} ({at.file}:{at.line})"
                message = f"repeats {last_at}, with no evidence that the other has not"
                yield Finding("AG108", message, place, beside=at)
            same_day.setdefault(content, record)
            before = same_day if len(same_day) > 1 else {content: record}


def _content(record: Statement) -> tuple[object, ...]:
    """Return what a record says, without its date and evidence."""
    of_both = record.word, record.conditions, record.speaker, record.until
    if isinstance(record, Stance):
        return of_both
    amount = record.amount and (*record.amount.bounds, record.amount.unit)
    return *of_both, frozenset(record.toward), amount


def _places(record: Statement) -> set[tuple[object, ...]]:
    """Return the places in sources that a record rests on."""
    return {(evidence.source, evidence.lines, evidence.page) for evidence in record.evidence}


def names_are_not_near(model: Model) -> Iterator[Finding]:
    """No two actors, proposals or conditions have nearly the same name, unless the model says that they are two.

    It says so of actors of two countries or of two kinds, with a relation between them, or of which one says that it is
    `not` the other, and proposals of which one is part of, entails, excludes or succeeds the other.
    """
    known = {frozenset((tie.actor, tie.to)) for tie in model.relations}
    known |= {frozenset((key, other)) for key, actor in model.actors.items() for other in actor.not_}
    for key, proposal in model.proposals.items():
        known |= {frozenset((key, other)) for other in _knows(proposal)}
    for section, names in names_of(model).items():
        with_ids = {key: (key, *own) for key, own in names.items()}
        for key, name, other, other_name in near_names(with_ids, in_order=section != "actors"):
            if frozenset((key, other)) in known or (section == "actors" and _differ(model, key, other)):
                continue
            message = f"{quoted(name)} is nearly the name {quoted(other_name)} of {quoted(other)}; is it another?"
            yield Finding("AG110", message, (section, key))


def sources_are_distinct(model: Model) -> Iterator[Finding]:
    """No two sources are one document, by the checksum of their copies, or by an address that both have.

    A page that changed is two: they came out on different days, or their copies have different checksums.
    """
    copies: dict[str, str] = {}
    pages: dict[str, list[str]] = defaultdict(list)
    for key, source in model.sources.items():
        if source.sha256 and (first := copies.setdefault(source.sha256, key)) != key:
            yield _one_document(key, first, "checksum", "sha256")
        elif source.url:
            pages[source.url].append(key)
    for keys in pages.values():
        for key, first in _of_one_time({key: model.sources[key] for key in keys}):
            yield _one_document(key, first, "address", "url")


def _one_document(key: str, first: str, shared: str, field: str) -> Finding:
    message = f"{quoted(key)} has the {shared} of {quoted(first)}; is it another document?"
    return Finding("AG121", message, ("sources", key), (field,))


def _of_one_time(sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    """Yield each source with another that may have come out on one day with it, where no checksum tells them apart."""
    periods = {key: period(source.published) for key, source in sources.items()}
    before: list[str] = []
    for key in sorted(sources, key=periods.__getitem__):
        before = [other for other in before if periods[other][1] >= periods[key][0]]
        alike = (other for other in before if not (sources[key].sha256 and sources[other].sha256))
        if first := next(alike, ""):
            yield key, first
        else:
            before.append(key)


def names_can_be_seen(model: Model) -> Iterator[Finding]:
    """No name, title or publisher holds a letter that cannot be seen."""
    sections: dict[str, Iterable[tuple[str | int, tuple[str, ...]]]] = {
        "actors": ((key, (actor.name, *actor.aliases)) for key, actor in model.actors.items()),
        "proposals": ((key, proposal.names) for key, proposal in model.proposals.items()),
        "conditions": ((key, (condition.title,)) for key, condition in model.conditions.items()),
        "sources": ((key, (source.title, source.publisher)) for key, source in model.sources.items()),
        "events": ((number, (event.title,)) for number, event in enumerate(model.events)),
    }
    for section, entries in sections.items():
        for key, names in entries:
            for name in names:
                if not name.isascii() and (letter := invisible(name)):
                    message = f"{quoted(name)} holds U+{ord(letter):04X}, which cannot be seen"
                    yield Finding("AG112", message, (section, key))


def _knows(proposal: Proposal) -> tuple[str, ...]:
    """Return the proposals that a proposal names."""
    return (*proposal.part_of, *proposal.entails, *proposal.excludes, *proposal.succeeds)


def _differ(model: Model, actor: str, other: str) -> bool:
    """Whether two actors are surely not one: of two kinds, or of two countries."""
    actors = model.actors[actor], model.actors[other]
    countries = {actor.country for actor in actors}
    return actors[0].kind != actors[1].kind or (None not in countries and len(countries) > 1)


SECOND_LOOKS: Final[tuple[Callable[[Model], Iterator[Finding]], ...]] = (
    evidence_comes_after,
    actors_live_in_their_dates,
    lives.records_live_with_their_proposals,
    lives.successions_are_whole,
    lives.amounts_have_one_unit,
    lives.addressees_are_kept,
    records_add_something,
    names_are_not_near,
    sources_are_distinct,
    names_can_be_seen,
    years_have_four_digits,
)
