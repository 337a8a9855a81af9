"""How much weight stands where, and whether it carries: tables beside those of a tally."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actorgraph.questions.cells import several
from actorgraph.questions.majorities import ALL, HEADS, MOST_LISTED, MOST_MEMBERS, STATED
from actorgraph.render.grid import Grid
from actorgraph.render.narrowing import PLURAL
from actorgraph.vocabulary import counted as counted_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actorgraph.questions.counting import Count
    from actorgraph.questions.majorities import Hurdle, Majority, Weighed
    from actorgraph.questions.tally import Tally
    from actorgraph.render.phrases import Names

WHOLE: Final = {ALL: "of all who were asked about", STATED: "of all who state a position"}
"""What a share is of, in words."""


_BLOCKED: Final = (
    "Blocked: it could not carry even if all who are not against joined. Pivotal: without any one of them it would not."
)

_MOST_NAMED: Final = 12
"""Of how many members a minority is listed by their names."""

MINIMAL: Final = "Without any one of its members such a minority no longer blocks."


def weights_grids(answer: Tally, counts: Sequence[Count], names: Names) -> tuple[Grid, ...]:
    """Return the sums of weights as tables, and whether those for a proposal carry it; none where nobody asked."""
    if "weight" not in answer.query:
        return ()
    if len(counts) > 1 or "by" in answer.query:
        some = [counted for counted in counts if counted.actors > counted.silent]
        return _of_many(answer, some, names)
    (counted,) = counts
    grids = (_sums(counted.weighed or (), answer.query["share_of"], names),)
    if counted.majority is None:
        return grids
    return *grids, _hurdles(counted.majority, answer.query["share_of"], names)


def whose(counted: Count, by: str, names: Names) -> str:
    """Return of whom a count is, by kind or group."""
    if counted.by is None:
        return "of no group"
    return PLURAL[counted.by] if by == "kind" else names.actor(counted.by)


def amount(value: float) -> str:
    """Return a sum as people write it, long fractions with two digits.

    >>> amount(1234), amount(67.5), amount(200 / 3)
    ('1,234', '67.5', '66.67')
    """
    text = f"{value:,}"
    return text if len(text.partition(".")[2]) <= 6 else f"{value:,.2f}"


def share(value: float | None) -> str:
    """Return a share in percent, with one digit where it has one; a dash where there is none.

    >>> share(0.65), share(0.6667), share(None)
    ('65%', '66.7%', '–')
    """
    return "–" if value is None else f"{round(value * 100 + 1e-9, 1):g}%"


def _sums(weights: Sequence[Weighed], share_of: str, names: Names) -> Grid:
    """Return the sums of the only count, a column for each weight."""
    places = ("for", "against", "between", "contested", "others", "silent", "all")
    columns = [_column(weighed, share_of) for weighed in weights]
    lines = [
        (place, *(cell for column in columns for cell in column[at]))
        for at, place in enumerate(places)
        if place in ("for", "against", "all") or any(column[at][0] != "0" for column in columns)
    ]
    headings = ("SIDE", *(text for weighed in weights for text in (weighed.weight.upper(), "SHARE")))
    below = (f"Shares are {WHOLE[share_of]}.", *_without(weights, names))
    return Grid((), headings, tuple(lines), below=below)


def _sides(weighed: Weighed) -> tuple[tuple[float, float | None], ...]:
    """Return the weight of each side with its share: for, against and in between."""
    return (
        (weighed.supporting, weighed.supporting_share),
        (weighed.opposing, weighed.opposing_share),
        (weighed.between, weighed.between_share),
    )


def _column(weighed: Weighed, share_of: str) -> list[tuple[str, str]]:
    others = (weighed.contested, weighed.others, weighed.silent, weighed.whole)
    cells = [(amount(value), share(part)) for value, part in _sides(weighed)]
    if share_of != ALL:
        return [*cells, *((amount(value), "") for value in others)]
    return [*cells, *((amount(value), share(value / weighed.of if weighed.of else None)) for value in others)]


def _without(weights: Iterable[Weighed], names: Names) -> tuple[str, ...]:
    """Return who has no such weight on record, and so is in no sum of it."""
    return tuple(
        f"Not in the sums of {weighed.weight}, since none is on record: {several(map(names.actor, weighed.without))}."
        for weighed in weights
        if weighed.without
    )


def _hurdles(held: Majority, share_of: str, names: Names) -> Grid:
    """Return what those for the only proposal need, and in sentences whether they carry it and who is pivotal."""
    lines = tuple(
        (
            _threshold(hurdle),
            amount(hurdle.needed),
            amount(hurdle.reached),
            "–" if hurdle.met else amount(hurdle.missing),
            amount(hurdle.most),
        )
        for hurdle in held.hurdles
    )
    grown = any(hurdle.needed != hurdle.needed_of_all for hurdle in held.hurdles)
    needed = "; ".join(f"{hurdle.weight} {amount(hurdle.needed_of_all)}" for hurdle in held.hurdles)
    more = f"; then more would be needed: {needed}" if grown else ""
    verdict = f"{_verdict(held)} {_who_blocks(held, names)}{_on_whom(held, names)}".strip()
    at_most = f"{_met(share_of)} AT MOST is the sum if all who are not against joined{more}."
    return Grid((), ("THRESHOLD", "NEEDED", "FOR", "MISSING", "AT MOST"), lines, below=(verdict, at_most))


def _met(share_of: str) -> str:
    return f"A threshold is met where the sum for is at least that; shares are {WHOLE[share_of]}."


def _threshold(hurdle: Hurdle) -> str:
    return f"{hurdle.weight} {hurdle.threshold}"


def _missing(held: Majority) -> str:
    """Return how much of what is missing until it carries; nothing where nothing is."""
    return ", ".join(f"{hurdle.weight} {amount(hurdle.missing)}" for hurdle in held.hurdles if not hurdle.met)


def _verdict(held: Majority) -> str:
    if held.carries:
        return "It carries."
    if not held.reachable:
        if held.smallest:
            return "It does not carry, and cannot: those against block it, even if all others joined."
        return "It does not carry, and cannot: not even all who were asked about would be enough."
    return f"It does not carry yet; missing: {_missing(held)}."


def _who_blocks(held: Majority, names: Names) -> str:
    """Return the blocking minorities among those against; nothing where they do not block, or none is needed."""
    if held.reachable or not held.smallest:
        return ""
    listed = "; ".join(_coalition(coalition, names) for coalition in held.smallest)
    if held.blocking == 1:
        return f"Among them is one minimal blocking minority: {listed}. {MINIMAL} "
    number = "more of them than can be counted" if held.blocking is None else f"{held.blocking:,}"
    first = " weightiest of the" if len(held.smallest) == MOST_LISTED or len(held.smallest[0]) > MOST_MEMBERS else ""
    return f"Minimal blocking minorities among them: {number}; the{first} smallest: {listed}. {MINIMAL} "


def _coalition(members: Sequence[str], names: Names) -> str:
    if len(members) <= _MOST_NAMED:
        return several(map(names.actor, members))
    return f"{len(members):,} actors, {names.actor(members[0])} among them"


def _on_whom(held: Majority, names: Names) -> str:
    if not held.carries:
        return ""
    if not held.pivotal:
        return "Nobody is pivotal: it would carry without any one of those for it. "
    return f"Pivotal (without any one of them it would not carry): {several(map(names.actor, held.pivotal))}. "


def _of_many(answer: Tally, counts: Sequence[Count], names: Names) -> tuple[Grid, ...]:
    """Return a line for each count: the sums of each weight, and then whether those for it carry it."""
    by, share_of = answer.query.get("by"), answer.query["share_of"]
    subject = ("PROPOSAL", *([by.upper()] if by else []))

    def named(counted: Count) -> tuple[str, ...]:
        return names.proposal(counted.proposal), *([whose(counted, by, names)] if by else [])

    flexible = frozenset(range(len(subject)))
    grids = []
    for at, weight in enumerate(answer.query["weight"]):
        if weight == HEADS and len(answer.query["weight"]) > 1:
            continue  # they stand in the table above
        weights = [counted.weighed[at] for counted in counts if counted.weighed]
        lines = tuple(
            (
                *named(counted),
                *(f"{amount(value)} {share(part)}" if value else "0" for value, part in _sides(weighed)),
                amount(weighed.silent),
                amount(weighed.whole),
            )
            for counted, weighed in zip(counts, weights, strict=True)
        )
        without = _without_any(weights, names)
        below = (f"Shares are {WHOLE[share_of]}; ALL has in it who is contested, or in another place.", *without)
        headings = (*subject, "FOR", "AGAINST", "BETWEEN", "SILENT", "ALL")
        grids.append(Grid((f"By {weight}",), headings, lines, flexible, below=below))
    return (*grids, *([_verdicts(answer, counts, names)] if "threshold" in answer.query else []))


def _without_any(weights: Iterable[Weighed], names: Names) -> tuple[str, ...]:
    """Return who has no such weight on record, of all counts together."""
    weights = tuple(weights)
    lacking = sorted({key for weighed in weights for key in weighed.without}, key=names.actor)
    return _without([weights[0]._replace(without=tuple(lacking))], names) if lacking else ()


def _verdicts(answer: Tally, counts: Sequence[Count], names: Names) -> Grid:
    by = answer.query.get("by")
    lines = []
    for counted in counts:
        held = counted.majority
        if held is None:
            continue
        lines.append(
            (
                names.proposal(counted.proposal),
                *([whose(counted, by, names)] if by else []),
                "yes" if held.carries else "no" if held.reachable else "blocked",
                _missing(held) or "–",
                several(map(names.actor, held.pivotal)) if held.pivotal else "–",
            )
        )
    headings = ("PROPOSAL", *([by.upper()] if by else []), "CARRIES", "MISSING", "PIVOTAL")
    above = (f"Whether it carries: {' and '.join(answer.query['threshold']).replace('=', ' ')}",)
    carrying = sum(line[-3] == "yes" for line in lines)
    verb = "carries" if carrying == 1 else "carry"
    total = f"{carrying:,} of {counted_in_words(len(lines), 'line')} {verb}."
    below = (f"{_met(answer.query['share_of'])} {_BLOCKED} {total}",)
    return Grid(above, headings, tuple(lines), frozenset({0, len(headings) - 2, len(headings) - 1}), below=below)
