"""Realistic models of any size, the same for the same seed: actors that state and change positions over ten years.

Actors mostly keep to what they said; few actors speak much and few proposals draw many (Zipf's law with its head cut
off: in 100,000 records the first proposal has some hundreds of holders). Everything grows in proportion to the records.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

START: Final = date(2016, 1, 1)
DAYS: Final = 3653
KINDS: Final = {"state": 3, "organisation": 7, "coalition": 1, "person": 7}
"""The kinds of actors, with how many there are of each for so many of the others."""

NAMES: Final = {"state": "Republic of", "organisation": "Union of", "coalition": "Friends of", "person": "Envoy from"}
PLACES: Final = ("Åland", "Brno", "Cádiz", "Derry", "Évora", "Fès", "Gdańsk", "Hebron", "İzmir", "Jena", "Košice")
MATTERS: Final = ("grain", "harbours", "troops", "gas", "prisoners", "sanctions", "borders", "water", "tariffs")
SCALE: Final[Sequence[str]] = ("opposes", "sceptical", "neutral", "undecided", "open", "supports")
LADDER: Final[Sequence[str]] = ("threatens", "withdraws", "declines", "considers", "pledges", "allocates", "delivers")
FIRST_WORDS: Final = {SCALE: (4, 1, 1, 1, 2, 7), LADDER: (1, 0, 6, 10, 12, 2, 4)}
"""How often each word is an actor's first on a proposal."""

RELIABILITY: Final = ("A", "B", "B", "C", "D")


class World(NamedTuple):
    """What records speak of; who speaks most and what draws most comes first. Days count from `START`."""

    kinds: dict[str, str]
    voices: tuple[str, ...]
    proposals: tuple[str, ...]
    conditions: tuple[str, ...]
    published: tuple[int, ...]
    terms: dict[str, list[tuple[str, int, int]]]
    """By actor, one after the other: who represents it, from a day until another."""


class Said(NamedTuple):
    """A record in the making; `source` is the number of the one that reports it."""

    actor: str
    word: str
    proposal: str
    day: int
    source: int


def model_text(records: int, *, seed: int = 1) -> str:
    """Return one YAML file with this many stances and commitments, sourced, by a fifteenth as many actors."""
    chance = random.Random(seed)  # noqa: S311 - no secret, but the same model every time
    world = _world(chance, records)
    sections: dict[str, list[str]] = {
        "actors": list(_actors(chance, world)),
        "proposals": list(_proposals(chance, world)),
        "conditions": list(_conditions(chance, world)),
        "relations": list(_relations(chance, world)),
        "stances": [],
        "commitments": [],
        "events": list(_events(chance, world)),
        "sources": list(_sources(chance, world)),
    }
    for said in _speech(chance, world, records):
        sections["stances" if said.word in SCALE else "commitments"].append(_record(chance, world, said))
    out = ["model: {id: generated, title: A generated model}"]
    for section, lines in sections.items():
        out += [f"{section}:", *lines] if lines else []
    return "\n".join(out) + "\n"


def _world(chance: random.Random, records: int) -> World:
    drawn = chance.choices(tuple(KINDS), tuple(KINDS.values()), k=max(records // 15 - len(KINDS), 0))
    kinds = {f"actor-{number}": kind for number, kind in enumerate((*KINDS, *drawn))}
    persons = [actor for actor, kind in kinds.items() if kind == "person"]
    bodies = [actor for actor, kind in kinds.items() if kind != "person"]
    private = set(persons[3::4])
    served: dict[str, list[str]] = defaultdict(list)
    for person in persons:
        if person not in private:  # the greater an actor, the more persons have spoken for it
            served[bodies[int(len(bodies) * chance.random() ** 2)]].append(person)
    terms = {}
    for body, people in served.items():
        changes = sorted(chance.sample(range(1, DAYS), len(people) - 1))
        terms[body] = [(person, *days) for person, days in zip(people, pairwise((0, *changes, DAYS)), strict=True)]
    return World(
        kinds,
        tuple(actor for actor, kind in kinds.items() if kind != "person" or actor in private),
        tuple(f"proposal-{number}" for number in range(max(records // 40, 3))),
        tuple(f"condition-{number}" for number in range(max(records // 400, 3))),
        tuple(sorted(chance.randrange(DAYS) for _ in range(max(records // 8, 1)))),
        terms,
    )


# -- who says what, in the order of time -----------------------------------------------------------------------


def _speech(chance: random.Random, world: World, records: int) -> Iterator[Said]:
    """Yield what is said: often on a matter that the actor has spoken on, where it mostly says the same again."""
    voices, proposals = _most_for_the_first(world.voices), _most_for_the_first(world.proposals)
    spoken: dict[str, dict[tuple[str, Sequence[str]], str]] = defaultdict(dict)
    said = Said("", "", "", 0, 0)
    for number in range(records):
        source = number * len(world.published) // records
        if said.actor and chance.random() < 0.02:  # another source has it otherwise
            words = SCALE if said.word in SCALE else LADDER
            yield said._replace(word=chance.choice([word for word in words if word != said.word]), source=source)
            continue
        (actor,) = chance.choices(world.voices, cum_weights=voices)
        own = spoken[actor]
        if own and chance.random() < 0.6:
            proposal, words = chance.choice(list(own))
            word = _next_word(chance, words, own[proposal, words])
        else:
            (proposal,) = chance.choices(world.proposals, cum_weights=proposals)
            words = SCALE if chance.random() < 0.7 else LADDER
            (word,) = chance.choices(words, FIRST_WORDS[words])
        own[proposal, words] = word
        day = max(world.published[source] - int(chance.expovariate(0.3)), 0)
        said = Said(actor, word, proposal, day, source)
        yield said


def _most_for_the_first(things: Sequence[str]) -> list[float]:
    """Return cumulative weights after Zipf's law, without the head that would grow as fast as the records."""
    return list(accumulate(1 / (25 + rank) for rank in range(len(things))))


def _next_word(chance: random.Random, words: Sequence[str], word: str) -> str:
    """Return what an actor says after a word: mostly the same, sometimes the next one, rarely the reverse."""
    place, mood = words.index(word), chance.random()
    if mood < 0.7:
        return word
    if mood < 0.94:
        return words[min(max(place + chance.choice((-1, 1)), 0), len(words) - 1)]
    return words[-1 - place]


def _addressee(world: World, said: Said) -> str:
    """Return whom an actor commits itself to: the same one on a proposal whenever it does, and never itself."""
    at = world.proposals.index(said.proposal) % len(world.voices)
    return world.voices[at] if world.voices[at] != said.actor else world.voices[at - 1]


def _record(chance: random.Random, world: World, said: Said) -> str:
    day = _iso(said.day)
    when = day if chance.random() < 0.91 else day[: chance.choice((4, 7, 7))]
    is_stance = said.word in SCALE
    lines = [
        f"- actor: {said.actor}",
        f"  {'position' if is_stance else 'stage'}: {said.word}",
        f"  proposal: {said.proposal}",
        f"  date: {when}",
    ]
    if when == day and chance.random() < 0.04:
        lines.append(f"  until: {_iso(said.day + chance.randrange(30, 700))}")
    speaker = next(
        (person for person, since, until in world.terms.get(said.actor, ()) if since <= said.day < until), None
    )
    if speaker and chance.random() < 0.7:
        lines.append(f"  speaker: {speaker}")
    if not is_stance and chance.random() < 0.7:
        lines.append(f"  toward: [{_addressee(world, said)}]")
    for key, share in (("if", 0.15), ("unless", 0.02)):
        if chance.random() < share:
            lines.append(f"  {key}: [{chance.choice(world.conditions)}]")
    if chance.random() < 0.8:
        lines.append(f"  note: Told the press on {day}, after the talks, with reservations about terms and dates.")
    lines.append("  evidence:")
    last = len(world.published) - 1
    for source in sorted({said.source, min(said.source + (chance.random() < 0.2), last)}):
        line = chance.randrange(1, 90)
        via = f", via: The {chance.choice(PLACES)} Courier" if chance.random() < 0.3 else ""
        credibility = chance.choice((1, 2, 2, 2, 3, 3, 4, 6))
        lines.append(f"  - {{source: source-{source}, lines: {line}-{line + 3}{via}, credibility: {credibility}}}")
    return "\n".join(lines)


# -- what they speak of ----------------------------------------------------------------------------------------


def _actors(chance: random.Random, world: World) -> Iterator[str]:
    for number, (actor, kind) in enumerate(world.kinds.items()):
        aliases = f", aliases: [The {number}th]" if chance.random() < 0.3 else ""
        yield f"  {actor}: {{name: {NAMES[kind]} {chance.choice(PLACES)} {number}, kind: {kind}{aliases}}}"


def _proposals(chance: random.Random, world: World) -> Iterator[str]:
    """Yield proposals, each of which may entail or exclude some that come shortly before it, and rarely after it."""
    drawn = list(_drawn_proposals(chance, world))
    entailing: dict[str, list[str]] = defaultdict(list)
    for proposal, _, entailed, _ in drawn:
        for other in entailed:
            entailing[other].append(proposal)
    for proposal, keys, entailed, excluded in drawn:
        ties = [
            ("entails", entailed),
            ("excludes", [other for other in excluded if not _clash(proposal, other, entailing)]),
        ]
        fields = [*keys, *(f"{key}: [{', '.join(others)}]" for key, others in ties if others)]
        yield f"  {proposal}: {{{', '.join(fields)}}}"


def _clash(proposal: str, other: str, entailing: dict[str, list[str]]) -> bool:
    """Whether some proposal entails two, so that they cannot exclude each other."""
    above = [[proposal], [other]]
    for reached in above:
        for upper in reached:
            reached.extend(entailed for entailed in entailing.get(upper, ()) if entailed not in reached)
    return bool(set(above[0]) & set(above[1]))


def _drawn_proposals(chance: random.Random, world: World) -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """Yield (proposal, its title and what it is part of, what it entails, what it would exclude)."""
    for number, proposal in enumerate(world.proposals):
        keys = [f"title: Plan {number} for {chance.choice(MATTERS)}"]
        before = world.proposals[max(number - 8, 0) : number]
        after = world.proposals[number + 1 : number + 4]
        if before and chance.random() < 0.35:
            keys.append(f"part-of: {chance.choice(before)}")
        near = ((before, 0.25), (after, 0.02))
        entailed = [chance.choice(others) for others, share in near if others and chance.random() < share]
        excluded = [chance.choice(before)] if before and chance.random() < 0.08 else []
        yield proposal, keys, entailed, excluded


def _conditions(chance: random.Random, world: World) -> Iterator[str]:
    for number, condition in enumerate(world.conditions):
        since = chance.randrange(DAYS - 400)
        terms = f", held: [{{since: {_iso(since)}, until: {_iso(since + 300)}}}]" if number % 3 == 2 else ""
        yield f"  {condition}: {{title: There is agreement {number} on {chance.choice(MATTERS)}{terms}}}"


def _relations(chance: random.Random, world: World) -> Iterator[str]:
    for body, terms in world.terms.items():
        for person, since, until in terms:
            end = f", until: {_iso(until)}" if until < DAYS else ""
            yield f"- {{actor: {person}, relation: represents, to: {body}, role: Minister, since: {_iso(since)}{end}}}"
    groups = [actor for actor, kind in world.kinds.items() if kind == "coalition"]
    for actor, kind in world.kinds.items():
        if kind in {"state", "organisation"} and chance.random() < 0.4:
            month = _iso(chance.randrange(DAYS))[:7]
            yield f"- {{actor: {actor}, relation: member-of, to: {chance.choice(groups)}, since: {month}}}"


def _events(chance: random.Random, world: World) -> Iterator[str]:
    for number, source in enumerate(range(0, len(world.published), 12)):
        guests = sorted(set(chance.choices(world.voices, k=3)))
        yield (
            f"- {{id: talks-{number}, title: Talks {number} on {chance.choice(MATTERS)}, "
            f"date: {_iso(world.published[source])}, actors: [{', '.join(guests)}], "
            f"evidence: [{{source: source-{source}, lines: 1-9}}]}}"
        )


def _sources(chance: random.Random, world: World) -> Iterator[str]:
    for number, published in enumerate(world.published):
        yield (
            f"  source-{number}: {{title: Report {number} on {chance.choice(MATTERS)}, "
            f"publisher: The {chance.choice(PLACES)} Courier, published: {_iso(published)}, language: en, "
            f"reliability: {chance.choice(RELIABILITY)}}}"
        )


def _iso(day: int) -> str:
    return (START + timedelta(days=day)).isoformat()
