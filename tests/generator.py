"""Realistic models of any size, the same for the same seed: actors that state and change positions over ten years."""

import random
from datetime import date, timedelta
from typing import Final

from actorgraph.words import POSITIONS, STAGES

START: Final = date(2016, 1, 1)
DAYS: Final = 3650
CONDITIONS: Final = ("ceasefire", "mandate", "funding")


def model_text(records: int, *, seed: int = 1) -> str:
    """Return one YAML file with this many stances and commitments, sourced, by a fifteenth as many actors."""
    chance = random.Random(seed)  # noqa: S311 - no secret, but the same model every time
    actors = [f"actor-{number}" for number in range(max(records // 15, 3))]
    proposals = [f"proposal-{number}" for number in range(max(records // 40, 3))]
    sources = [f"source-{number}" for number in range(max(records // 10, 3))]
    out = ["model: {id: generated, title: A generated model}", "actors:"]
    for number, actor in enumerate(actors):
        kind = chance.choice(("state", "organisation", "coalition"))
        out.append(f"  {actor}: {{name: Actor {number}, kind: {kind}, aliases: [The {number}th]}}")
    out.append("proposals:")
    for number, proposal in enumerate(proposals):
        parent = f", part-of: proposal-{chance.randrange(number)}" if number and chance.random() < 0.3 else ""
        out.append(f"  {proposal}: {{title: Proposal {number}{parent}}}")
    out.append("conditions:")
    out.extend(f"  {condition}: {{title: There is a {condition}}}" for condition in CONDITIONS)
    stances: list[str] = []
    commitments: list[str] = []
    for _ in range(records):
        is_stance = chance.random() < 0.7
        (stances if is_stance else commitments).append(_record(chance, actors, proposals, sources, is_stance=is_stance))
    out += ["stances:", *stances, "commitments:", *commitments, "sources:"]
    for number, source in enumerate(sources):
        published = START + timedelta(days=chance.randrange(DAYS))
        reliability = chance.choice("ABCDE")
        out.append(
            f"  {source}: {{title: Report {number}, publisher: Paper {number % 40}, "
            f"published: {published}, reliability: {reliability}}}"
        )
    return "\n".join(out) + "\n"


def _record(
    chance: random.Random, actors: list[str], proposals: list[str], sources: list[str], *, is_stance: bool
) -> str:
    day = (START + timedelta(days=chance.randrange(DAYS))).isoformat()
    when = day if chance.random() < 0.9 else day[: chance.choice((4, 7))]
    key, words = ("position", POSITIONS) if is_stance else ("stage", STAGES)
    lines = [
        f"- actor: {chance.choice(actors)}",
        f"  {key}: {chance.choice(words)}",
        f"  proposal: {chance.choice(proposals)}",
        f"  date: {when}",
    ]
    if chance.random() < 0.2:
        lines.append(f"  if: [{chance.choice(CONDITIONS)}]")
    if chance.random() < 0.5:
        lines.append(f"  note: Said on {day} to the press, with some reservations.")
    lines.append("  evidence:")
    for source in chance.sample(sources, chance.choice((1, 1, 1, 2))):
        first = chance.randrange(1, 90)
        lines.append(f"  - {{source: {source}, lines: {first}-{first + 3}, credibility: {chance.randrange(1, 7)}}}")
    return "\n".join(lines)
