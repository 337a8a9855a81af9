"""How many actors stand where, as tables: a line a proposal, or all the counts of one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from actorgraph.pasting import as_typed
from actorgraph.questions.cells import several
from actorgraph.questions.counting import BETWEEN, sum_in_words
from actorgraph.questions.options import NARROWINGS
from actorgraph.render.diff import tables_of_changes
from actorgraph.render.grid import Grid
from actorgraph.render.lives import outside_its_life
from actorgraph.render.measured import number
from actorgraph.render.narrowing import PLURAL
from actorgraph.render.phrases import Names, dateline, options_typed, tone
from actorgraph.render.totals import total
from actorgraph.render.weights import weights_grids, whose
from actorgraph.vocabulary import LADDER, POSITIONS
from actorgraph.vocabulary import counted as counted_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from actorgraph.questions.counting import Count
    from actorgraph.questions.tally import Tally

_WIDEST_SPLIT: Final = 20
"""Where the words for what is in between take more letters, a table shows their number alone."""

_IN_EACH: Final = "; who belongs to several groups counts in each"
"""How members are counted where lines are of groups."""

AGREEMENT: Final = (
    "the index of Hix, Noury and Roland (2005): 1 where all who state a position are on one side (for, against or in "
    "between), 0 where each of the three has a third of them."
)


RANKED: Final = "Most split is where the smaller of FOR and AGAINST is largest, then where both together are."
"""In which order proposals come."""


def tally_grids(answer: Tally, model: str | None) -> tuple[Grid, ...]:
    """Return counts as tables: a line a proposal, kind or group, or all the counts of the only proposal.

    `model` is the path of the model as it was named, for the command that tells more of it.
    """
    names = Names(answer.about)
    above = (*_question(answer, names), dateline(answer), *outside_its_life(answer.life, names))
    if not answer.proposals:
        return (Grid(above, (), (), below=("There is nothing to count.",)),)
    if not _is_about_one(answer):
        return (_overview(answer, names, above, model), *weights_grids(answer, answer.proposals, names))
    moves = _moves(answer) if "since" in answer.query else ()
    if "by" in answer.query or len(answer.proposals) > 1:
        return (_overview(answer, names, above), *weights_grids(answer, answer.proposals, names), *moves)
    (counted,) = answer.proposals
    below = (*_departing((counted,), names), *_in_a_sentence(counted))
    tables = (_stances(counted, above), *_commitments(counted))
    return (*tables[:-1], tables[-1]._replace(below=below), *weights_grids(answer, (counted,), names), *moves)


def _is_about_one(answer: Tally) -> bool:
    return answer.about.target_type == "proposal"


def _question(answer: Tally, names: Names) -> tuple[str, ...]:
    if _is_about_one(answer):
        return (f"How many stand where on {names.title(answer.query['target'])}?",)
    return ("How many stand where, the most split first?",)


def _overview(answer: Tally, names: Names, above: tuple[str, ...], model: str | None = None) -> Grid:
    """Return a table with a line for each count; of several proposals counted by kind or group, not for the silent."""
    by = answer.query.get("by")
    several = len({counted.proposal for counted in answer.proposals}) > 1
    counts = [counted for counted in answer.proposals if counted.actors > counted.silent or not (by and several)]
    columns = _columns(answer, names, counts, named=several or by is None or not _is_about_one(answer))
    lines = [tuple(cell(counted) for cell in columns.values()) for counted in counts]
    if by is not None and "PROPOSAL" in columns:  # a proposal is named in the first of its lines
        lines = [
            ("" if at and counts[at - 1].proposal == counts[at].proposal else line[0], *line[1:])
            for at, line in enumerate(lines)
        ]
    flexible = frozenset(at for at, heading in enumerate(columns) if heading in ("PROPOSAL", "GROUP", "BETWEEN"))
    left_out = len(answer.proposals) - len(counts)
    verb = "is" if left_out == 1 else "are"
    elsewhere = _elsewhere(counts)
    place, words = ("Others", ", ".join(elsewhere)) if "OTHERS" in columns else ("In no column", _in_words(elsewhere))
    below = (
        *([f"Where all are silent, there is no line: {left_out:,} {verb} left out."] if left_out else []),
        *_departing(answer.proposals, names),
        *([f"{place}: {words}{_IN_EACH if by == 'group' and place != 'Others' else ''}."] if words else []),
        *([RANKED] if several and by is None and not _is_about_one(answer) else []),
        f"AGREE is {AGREEMENT}{_of_one(counts)}",
        *([_how_it_moved(answer, model)] if "since" in answer.query and not _is_about_one(answer) else []),
        *([] if by else [_total(answer.proposals)]),
    )
    return Grid(above, tuple(columns), tuple(lines), flexible, below=below)


def _columns(
    answer: Tally, names: Names, counts: Iterable[Count], *, named: bool
) -> Mapping[str, Callable[[Count], str]]:
    """Return the columns of a table by their headings: what is contested, or elsewhere, only where something is.

    What is elsewhere has a column only where no proposal has to be `named` in the line, which has no more room.
    """
    by = answer.query.get("by")
    counts = tuple(counts)
    columns: dict[str, Callable[[Count], str]] = {}
    if named:
        columns["PROPOSAL"] = lambda counted: names.proposal(counted.proposal)
    if by is not None:
        columns[by.upper()] = lambda counted: whose(counted, by, names)
    columns["FOR"] = lambda counted: f"{counted.supporting:,}"
    columns["AGAINST"] = lambda counted: f"{counted.opposing:,}"
    columns["BETWEEN"] = _between
    if any(counted.contested for counted in counts):
        columns["CONTESTED"] = lambda counted: f"{counted.contested:,}"
    if not named and any(counted.others for counted in counts):
        columns["OTHERS"] = lambda counted: f"{counted.others:,}"
    columns["SILENT"] = lambda counted: f"{counted.silent:,}"
    columns["AGREE"] = lambda counted: number(counted.agreement)
    if "since" in answer.query:
        columns["MOVED"] = lambda counted: f"{len(counted.moved or ()):,}"
    return columns


def _how_it_moved(answer: Tally, model: str | None) -> str:
    """Return the command that tells what moved, of those and on the evidence that were counted."""
    words = ["actorgraph", "diff", answer.query["since"], answer.as_of, "--stated"]
    return f"What moved: `{as_typed([*words, *options_typed(answer, model, *NARROWINGS)])}`."


def _total(counts: Iterable[Count]) -> str:
    counts = tuple(counts)
    implied = sum(sum(counted.implied.values()) + counted.implied_contested for counted in counts)
    stated = sum(counted.n + counted.contested + counted.alternatives for counted in counts)
    return total(f"{counted_in_words(stated, 'stance')} on {counted_in_words(len(counts), 'proposal')}", [], implied)


def _elsewhere(counts: Iterable[Count]) -> dict[str, int]:
    """Return how many are in which of the places that no column but one for all of them has."""
    counts = tuple(counts)
    numbers = {
        "with a commitment only": sum(counted.commitment_only for counted in counts),
        "possible only": sum(counted.possible for counted in counts),
        "one way or another": sum(counted.alternatives for counted in counts),
        "left out, as conditions do not hold": sum(counted.left_out for counted in counts),
    }
    return {place: number for place, number in numbers.items() if number}


def _between(counted: Count) -> str:
    words = _in_words({position: counted.stances[position] for position in BETWEEN})
    return words if words and len(words) <= _WIDEST_SPLIT else f"{counted.between:,}"


def _of_one(counts: Iterable[Count]) -> str:
    """Return how many of the numbers of agreement are those of a single actor, which are 1 whatever it holds."""
    alone = sum(counted.n == 1 for counted in counts)
    return f" Of one actor alone it is always 1.00: so in {counted_in_words(alone, 'line')}." if alone else ""


def _departing(counts: Iterable[Count], names: Names) -> tuple[str, ...]:
    """Return who departs from which group, and on what, where there are several proposals."""
    departing: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    proposals = set()
    for counted in counts:
        proposals.add(counted.proposal)
        for actor, groups in counted.departs_from.items():
            departing[counted.proposal][actor].update(dict.fromkeys(groups))
    lines = []
    for proposal, left in departing.items():
        on = f" on {names.proposal(proposal)}" if len(proposals) > 1 else ""
        who = (f"{names.actor(actor)} from {several(map(names.actor, groups))}" for actor, groups in left.items())
        lines.append(f"Departing{on}: {'; '.join(who)}.")
    return tuple(lines)


def _stances(counted: Count, above: tuple[str, ...]) -> Grid:
    """Return the table of where each actor stands, in exactly one place."""
    lines = [(position, f"{counted.stances[position]:,}", "") for position in POSITIONS]
    kinds = ", ".join(_several(number, kind) for kind, number in counted.silent_of.items())
    places = (
        ("contested", counted.contested, ""),
        ("one way or another", counted.alternatives, "one position if, another unless the same condition"),
        ("possible only", counted.possible, "perhaps said by that day, perhaps later"),
        ("commitment only", counted.commitment_only, "no stance, see below"),
        ("silent", counted.silent, kinds),
        ("left out", counted.left_out, "their conditions do not hold"),
    )
    lines += [(place, f"{number:,}", note) for place, number, note in places if number]
    lines.append(("all", f"{counted.actors:,}", ""))
    tones = tuple(tone(line[0]) if line[0] in POSITIONS else "" for line in lines)
    return Grid(above, ("STANCE", "ACTORS", ""), tuple(lines), frozenset({2}), 0, tones)


def _in_a_sentence(counted: Count) -> tuple[str, ...]:
    """Return the agreement in words, and last how many have a stance, contested or on conditions, and what follows."""
    unclear = {"contested": counted.contested, "one way or another": counted.alternatives}
    parts = [
        f"{number:,} {place}" for place, number in {**unclear, "on conditions": counted.conditional}.items() if number
    ]
    stated = counted.n + sum(unclear.values())
    implied = sum(counted.implied.values()) + counted.implied_contested
    words = _in_words({**counted.implied, "contested": counted.implied_contested})
    return (
        *([f"By implication, and not counted: {words}."] if words else []),
        *(
            []
            if counted.agreement is None
            else [f"Agreement {number(counted.agreement)} (N {counted.n:,}) is {AGREEMENT}"]
        ),
        total(f"{counted_in_words(stated, 'actor')} with a stance", parts, implied),
    )


def _commitments(counted: Count) -> tuple[Grid, ...]:
    """Return the table of how many have reached which stage, on conditions or not, and how much; none where nobody has.

    What no line has anything of has no column.
    """
    stages = [stage for stage in (*LADDER, "threatens") if counted.commitments[stage]]
    lines = [(stage, f"{counted.commitments[stage]:,}", *_bound_and_amount(counted, stage)) for stage in stages]
    if counted.contested_commitments:
        lines.append(("contested", f"{counted.contested_commitments:,}", "", ""))
    if not lines:
        return ()
    tones = tuple(tone(line[0]) if line[0] != "contested" else "" for line in lines)
    headings = ("COMMITMENT", "ACTORS", "ON CONDITIONS", "TOGETHER")
    shown = [at for at in range(len(headings)) if any(line[at] for line in lines)]
    flexible = frozenset(at for at, column in enumerate(shown) if headings[column] == "TOGETHER")
    cells = tuple(tuple(line[at] for at in shown) for line in lines)
    return (Grid((), tuple(headings[at] for at in shown), cells, flexible, 0, tones),)


def _bound_and_amount(counted: Count, stage: str) -> tuple[str, str]:
    """Return how many in a stage depend on conditions, and how much all in it undertake together."""
    bound = counted.conditional_commitments[stage]
    sums = [summed for summed in counted.amounts if summed.stage == stage]
    words = (sum_in_words(summed, counted.commitments[stage]).removeprefix(f"{stage} ") for summed in sums)
    return f"{bound:,}" if bound else "", "\n".join(words)


def _moves(answer: Tally) -> tuple[Grid, ...]:
    """Return what moved on the proposals that were counted, with its evidence."""
    title = f"Moved from {answer.query['since']} to {answer.as_of}, of what was stated"
    changes = tuple(dict.fromkeys(change for counted in answer.proposals for change in counted.moved or ()))
    if not changes:
        return (Grid((title,), (), (), below=("Nothing: the same positions are in force on both days.",)),)
    return tables_of_changes((title,), answer, changes)


def _several(number: int, kind: str) -> str:
    return f"{number:,} {kind if number == 1 else PLURAL[kind]}"


def _in_words(counts: Mapping[str, int]) -> str:
    """Return numbers with their words, those that are not zero."""
    return ", ".join(f"{number:,} {word}" for word, number in counts.items() if number)
