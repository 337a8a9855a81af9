"""Networks as tables, as whole matrices, and as pictures."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from actorgraph.analysis.words import MIN_SHARED
from actorgraph.render.grid import Grid, letter
from actorgraph.render.measured import behind, left_out, number, what_counts
from actorgraph.render.phrases import Names, dateline
from actorgraph.render.pictures import (
    AGAINST,
    DIVERGING,
    FOR,
    NOTHING,
    heat_map,
    heat_map_size,
    lettering,
    noted,
    nothing_to_draw,
    picture,
)
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from actorgraph.analysis.network import Network
    from actorgraph.analysis.network_edges import NetworkEdge

MOST_TIES: Final = 40
"""How many ties a table lists: the strongest; and of two modes, how many actors. The JSON and the CSV have all."""

_ALL_OF_THEM: Final = "All of them: `--format csv`, or `--square` for the matrix"

MOST_DRAWN: Final = 40
"""How many actors or proposals a picture has room for: those with the most statements."""

_ROOM: Final = 50
"""How many letters the numbers of a whole matrix may take in a line beside the names."""

_LEAST_WIDTH: Final = 3
"""How many letters a column of it takes at least: one, and two that part it from the next."""

_ASKED: Final = {
    ("one", "congruence"): "Who agrees with whom?",
    ("one", "conflict"): "Who is in conflict with whom?",
    ("one", "subtract"): "Who agrees with whom, less what divides them?",
    ("one", "ignore"): "Who speaks on the same proposals?",
    ("two", "subtract"): "Who is for what, and who against?",
    ("two", "ignore"): "Who speaks on what?",
}

_WEIGHT: Final = {
    ("one", "congruence"): "statements of the one times those of the other at the same level of a proposal, summed",
    ("one", "conflict"): "statements of the one times those of the other at opposite levels of a proposal, summed",
    ("one", "subtract"): "congruence less conflict",
    ("one", "ignore"): "statements of the one times those of the other on a proposal, for or against, summed",
    ("two", "subtract"): "the actor's statements for the proposal, less those against it",
    ("two", "ignore"): "the actor's statements on the proposal, for or against",
}

_ON_THE_SCALE: Final = {
    ("one", "congruence"): "statements of the one times those of the other on a proposal, times their nearness, summed",
    ("one", "conflict"): "statements of the one times those of the other on a proposal, times their distance, summed",
    ("two", "subtract"): "the sum of the actor's statements on the proposal, from −1 (opposes) to 1 (supports)",
}
"""What is counted in other words where the levels are those of the scale."""

_DIVIDED: Final = {
    "none": "",
    "average": ", divided by the mean number of statements of the two",
    "jaccard": ", divided by m10 + m01 + m11 of DNA's Jaccard",
    "dna-cosine": ", divided by the product of their numbers of statements, which DNA calls cosine",
    "cosine": ", divided by the square root of what each would weigh with itself times the other's",
    "activity": ", divided by all statements of the actor",
    "prominence": ", divided by all statements on the proposal",
}


def network_grids(answer: Network, *, square: bool = False) -> tuple[Grid, ...]:
    """Return a network as tables: its strongest ties, and the whole matrix where it fits; `square` for that alone.

    Of two modes it is the matrix: where that does not fit, of the actors and the proposals with the most statements.
    """
    names = Names(answer.about)
    above = (_ASKED[_kind(answer)], _dateline(answer))
    if not answer.edges:
        nothing = "Nothing ties anybody to anybody." if answer.nodes else "Nothing that counts could tie anybody."
        return Grid(above, (), (), below=(nothing, *_below(answer)[bool(not answer.nodes) :])), *behind(answer, names)
    if not (square or answer.is_two_mode) and len(answer.of_type("actor")) * _LEAST_WIDTH > _ROOM:
        ties = _ties(answer, names, above)
        return ties._replace(below=(*ties.below, *_below(answer))), *behind(answer, names)
    table = _cells(answer)
    matrix = _matrix(answer, names, table, range(len(table)), range(len(table[0])))
    widths = [max(map(len, column)) + 2 for column in zip(matrix.headings, *matrix.lines, strict=True)][2:]
    fits = sum(widths) <= _ROOM
    if answer.is_two_mode and not square and not (fits and len(table) <= MOST_TIES):
        by_size = sorted(range(len(widths)), key=lambda at: -answer.of_type("proposal")[at].statements)
        room = sum(used <= _ROOM for used in accumulate(widths[at] for at in by_size))
        rows, columns, left_out = _largest(answer, table, MOST_TIES, room)
        matrix = _matrix(answer, names, table, rows, columns)
        matrix = matrix._replace(below=(*matrix.below, f"{' '.join(left_out)} {_ALL_OF_THEM}."))
    if square or answer.is_two_mode:
        return matrix._replace(above=above, below=(*matrix.below, *_below(answer))), *behind(answer, names)
    ties = _ties(answer, names, above)
    if not fits:
        return ties._replace(below=(*ties.below, *_below(answer))), *behind(answer, names)
    return ties, matrix._replace(below=(*matrix.below, *_below(answer))), *behind(answer, names)


def network_square(answer: Network) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Return the whole matrix as records and columns, names first: above the columns, and in a column without a name.

    >>> from actorgraph import load, network
    >>> lines, columns = network_square(network(load("examples/minimal.yaml"), as_of="2026-06", mode="two"))
    >>> columns, list(lines[0].values())
    (('', 'A deep-water harbour'), ['Fishers’ Union', -1])
    """
    about = answer.about
    across = answer.of_type("proposal" if answer.is_two_mode else "actor")
    same = {*about.same_name_actors, *about.same_name_proposals}
    headings, names = (
        [f"{node.name} ({node.id})" if node.id in same else node.name for node in nodes]
        for nodes in (across, answer.of_type("actor"))
    )
    lines: list[dict[str, object]] = [
        {"": name, **dict(zip(headings, line, strict=True))} for name, line in zip(names, answer.square(), strict=True)
    ]
    return lines, ("", *headings)


def network_picture(answer: Network, ending: str) -> bytes:
    """Return a network as a heat map: actors by actors, who are tied beside each other, or by proposals.

    Raises `UsageProblem` where there are no ties.
    """
    if not answer.edges and not answer.zeros:
        raise nothing_to_draw(network_grids(answer)[0].below[0])
    names = Names(answer.about)
    table = _cells(answer)
    rows, columns, left_out = _largest(answer, table, MOST_DRAWN, MOST_DRAWN)
    if not answer.is_two_mode:
        rows = columns = rows if answer.query["weight"] == "conflict" else answer.by_bloc(rows)
    actors = [f"{lettering(names.actor(node.id))} ({node.statements})" for node in answer.of_type("actor")]
    others = [f"{lettering(names.proposal(node.id))} ({node.statements})" for node in answer.of_type("proposal")]
    named = [actors[row] for row in rows], [(others or actors)[column] for column in columns]
    cells = [[table[row][column] for column in columns] for row in rows]
    most = max((abs(value) for line in cells for value in line if value), default=1)
    is_signed = answer.query["weight"] == "subtract"
    colours = DIVERGING if is_signed else (NOTHING, AGAINST if answer.query["weight"] == "conflict" else FOR)

    def draw(axes: Axes) -> None:
        limits = (-most if is_signed else 0, most)
        heat_map(axes, cells, named, colours=colours, limits=limits, number=_weight)

    below = (
        _dateline(answer),
        _counts_what(answer),
        f"In brackets: how many {_noun(answer)}s count (N). White: nothing {_of_the_same(answer)}is said, not 0.",
        *left_out,
        *_on_how_little(answer),
        _what_counts(answer),
    )
    size = heat_map_size(named)
    return picture(
        draw, title=_ASKED[_kind(answer)], below=noted(below, size[0]), ending=ending, size=(size[0], size[1] + 1)
    )


def _largest(
    answer: Network, table: list[list[int | float | None]], most_rows: int, most_columns: int
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]:
    """Return the rows and the columns of a matrix that there is room for, in their order, and what is left out.

    They are those with the most statements. Of two modes, a row or column of whose statements none is shown goes, too:
    to leave it blank would say that there are none.
    """
    rows = _most(answer, "actor", most_rows)
    if not answer.is_two_mode:
        return rows, rows, _fewer(answer, len(table) - len(rows), 0)
    columns = _most(answer, "proposal", most_columns)
    fewer = _fewer(answer, len(table) - len(rows), len(answer.of_type("proposal")) - len(columns))
    seen_rows = tuple(row for row in rows if any(table[row][column] is not None for column in columns))
    seen_columns = tuple(column for column in columns if any(table[row][column] is not None for row in rows))
    blank = " and ".join(
        f"{counted(several, noun)} with {_noun(answer)}s {word} these alone"
        for several, noun, word in (
            (len(rows) - len(seen_rows), "actor", "on"),
            (len(columns) - len(seen_columns), "proposal", "of"),
        )
        if several
    )
    return seen_rows, seen_columns, (*fewer, *([f"Not shown either: {blank}."] if blank else []))


def _fewer(answer: Network, actors: int, proposals: int) -> tuple[str, ...]:
    """Return that so many actors and proposals are not shown; nothing where all are."""
    hidden = [counted(several, noun) for several, noun in ((actors, "actor"), (proposals, "proposal")) if several]
    return (f"Not shown: {' and '.join(hidden)} with the fewest {_noun(answer)}s.",) if hidden else ()


def _most(answer: Network, kind: str, most: int) -> tuple[int, ...]:
    """Return the places of the nodes with the most statements, in their order."""
    numbers = [node.statements for node in answer.of_type(kind)]
    return tuple(sorted(sorted(range(len(numbers)), key=lambda at: (-numbers[at], at))[:most]))


def _cells(answer: Network) -> list[list[int | float | None]]:
    """Return the whole matrix, with None where nothing of the same is said: that is no 0."""
    common = {(edge.actor, edge.other) for edge in (*answer.edges, *answer.zeros)}
    common |= set() if answer.is_two_mode else {(other, actor) for actor, other in common}
    actors = answer.of_type("actor")
    across = answer.of_type("proposal") if answer.is_two_mode else actors
    return [
        [value if (actor.id, other.id) in common else None for other, value in zip(across, line, strict=True)]
        for actor, line in zip(actors, answer.square(), strict=True)
    ]


def _kind(answer: Network) -> tuple[str, str]:
    return answer.query["mode"], answer.query["weight"]


def _dateline(answer: Network) -> str:
    if "to" not in answer.query:
        return dateline(answer)
    since = f"from {answer.query['from']} to" if "from" in answer.query else "by"
    whose = {"actor": "", "speaker": " · by who spoke", "organisation": " · by the organisations of who spoke"}
    line = dateline(answer, dated=False)
    return f"Said {since} {answer.query['to']}{whose[answer.query['by']]} · {line[0].lower()}{line[1:]}"


def _weight(value: float) -> str:
    """Return a weight: a whole number as one."""
    return f"{value:,}".replace("-", "−") if isinstance(value, int) else number(value)


def _ties(answer: Network, names: Names, above: tuple[str, ...]) -> Grid:
    """Return the table of the strongest ties of actors."""
    statements = {node.id: node.statements for node in answer.nodes}

    def line(edge: NetworkEdge) -> tuple[str, ...]:
        of_each = f"{statements[edge.actor]:,} and {statements[edge.other]:,}"
        return names.actor(edge.actor), names.actor(edge.other), _weight(edge.weight), f"{edge.n:,}", of_each

    left_out = len(answer.edges) - MOST_TIES
    below = (f"The strongest {MOST_TIES} of {len(answer.edges):,} ties. {_ALL_OF_THEM}.",)
    return Grid(
        above,
        ("ACTOR", "AND", answer.query["weight"].upper(), "SHARED", "OF EACH"),
        tuple(map(line, answer.edges[:MOST_TIES])),
        frozenset({0, 1}),
        below=below if left_out > 0 else (),
    )


def _matrix(
    answer: Network,
    names: Names,
    table: list[list[int | float | None]],
    rows: Sequence[int],
    columns: Sequence[int],
) -> Grid:
    """Return some rows and columns of the matrix, by numbers of actors or letters of proposals that stand below.

    A dot is where nothing of the same is said.
    """
    actors, proposals = answer.of_type("actor"), answer.of_type("proposal")
    marks = [letter(at) if answer.is_two_mode else str(at + 1) for at in range(len(columns))]
    body = tuple(
        (
            names.actor(actors[row].id) if answer.is_two_mode else f"{row + 1} {names.actor(actors[row].id)}",
            f"{actors[row].statements:,}",
            *("·" if (value := table[row][column]) is None else _weight(value) for column in columns),
        )
        for row in rows
    )
    shown = [proposals[column] for column in columns] if answer.is_two_mode else []
    keys = (f"{mark} {names.proposal(node.id)} ({node.statements:,})" for mark, node in zip(marks, shown, strict=False))
    below = (" · ".join(keys),) if shown else ()
    return Grid((), ("ACTOR", "N", *marks), body, frozenset({0}), below=below)


def _counts_what(answer: Network) -> str:
    """Return what a weight is, in words."""
    kind = _kind(answer)
    words = _WEIGHT[kind]
    if answer.query["levels"] == "scale":
        words = _ON_THE_SCALE.get(kind, words)
    sentence = f"{answer.query['weight'].capitalize()}: {words}{_DIVIDED[answer.query['normalise']]}."
    return sentence.replace("statements", f"{_noun(answer)}s")


def _noun(answer: Network) -> str:
    """Return what counts: a statement of a window, or a position of a day."""
    return "statement" if "to" in answer.query else "position"


def _of_the_same(answer: Network) -> str:
    return "" if answer.is_two_mode else "of the same "


def _below(answer: Network) -> tuple[str, ...]:
    """Return what stands below the tables: what a weight is, on how little some rest, who is left out, what counts."""
    what = f"{_noun(answer)}s"
    if answer.is_two_mode:
        beside = f"N, OF EACH: how many {what} count, of an actor and on a proposal."
    else:
        beside = f"SHARED: proposals on which both have {what} that count; N, OF EACH: how many {what} each has."
    zeros = "1 more weighs" if len(answer.zeros) == 1 else f"{len(answer.zeros):,} more weigh"
    isolates = answer.isolates if "to" in answer.query else 0  # of a day the last line tells them
    return (
        f"{_counts_what(answer)} {beside}",
        *_on_how_little(answer),
        *([f"{zeros} 0, though something {_of_the_same(answer)}is said: silence is not 0."] if answer.zeros else []),
        *([f"Isolates, left out: {counted(isolates, 'actor')} of whom nothing counts."] if isolates else []),
        _what_counts(answer),
    )


def _on_how_little(answer: Network) -> tuple[str, ...]:
    """Return how many weights of pairs of actors rest on fewer shared proposals than a measure of nearness would."""
    few = answer.edges.rest_on_fewer(MIN_SHARED)
    if answer.is_two_mode or not few:
        return ()
    ties = "1 tie rests" if few == 1 else f"{few:,} ties rest"
    return (f"{ties} on fewer than {MIN_SHARED} shared proposals, and may be chance.",)


def _what_counts(answer: Network) -> str:
    """Return what counts: positions of a day, or statements of a window, and what does not."""
    if "to" not in answer.query:
        return what_counts(answer)
    rule = answer.query["duplicates"]
    again = "" if rule == "all" else f", each once in a {rule}"
    whole = f"{counted(answer.counted, 'statement')} of {counted(answer.speaking, 'actor')}{again}"
    return f"{whole}{left_out(answer)}."
