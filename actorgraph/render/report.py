"""A report: a brief in chapters and sections of tables, with one list of sources for all of it; and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from actorgraph.asked_dates import day_of
from actorgraph.dates import LONG_AGO, first_day, in_sentence
from actorgraph.questions.cells import several
from actorgraph.questions.changes import rows_of_changes, unit_of
from actorgraph.questions.lives import outside_of_life
from actorgraph.render.diff import blocks_of_changes, changes_total
from actorgraph.render.disputes import disputes_grid, disputes_total, legend
from actorgraph.render.grid import Grid, heading, to_markdown
from actorgraph.render.lives import told_of_life, without_its_end
from actorgraph.render.nearest import nearest_told
from actorgraph.render.phrases import NO_RECORD, Names, conditions_in, dateline, grades_in, nothing, under
from actorgraph.render.totals import answer_total, stated_and_implied
from actorgraph.render.who import BY_IMPLICATION, SILENCE, nobody_silent, rows_grids
from actorgraph.render.wrapping import isolated
from actorgraph.vocabulary import LINEUP, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.questions.brief import Brief
    from actorgraph.questions.diff import Changes
    from actorgraph.questions.rows import Row
    from actorgraph.render.evidence import Citations
    from actorgraph.render.grid import Note


class Topic(NamedTuple):
    """A question of a report, and its answer in tables."""

    title: str
    grids: tuple[Grid, ...]


class Chapter(NamedTuple):
    """What a report says of one proposal or actor: the question, the answer in sentences, and its sections."""

    id: str
    question: str
    told: tuple[str, ...]
    sections: tuple[Topic, ...]


class Briefing(NamedTuple):
    """Chapters, and the sources of all of them by number; `made` says of which model it is, `again` how it is made."""

    chapters: tuple[Chapter, ...]
    sources: tuple[Topic, ...]
    made: str
    again: str


def chapter_of(brief: Brief, question: str, finding: str, evidence: Citations, *, notes: Iterable[str] = ()) -> Chapter:
    """Return what a report says of one thing: the same sections for all, in the same order.

    Where a section has no answer it says so. Its evidence is numbered on. `notes` stand below the day.

    >>> from actorgraph import load
    >>> from actorgraph.questions.brief import brief
    >>> from actorgraph.render.evidence import Citations
    >>> told = brief(load("examples/minimal.yaml"), "the harbour", as_of="2026-06")
    >>> for section in chapter_of(told, "Who stands where?", "", Citations()).sections:
    ...     print(section.title)
    Positions, from against to for
    By implication
    Changes since 28 February 2026
    Not declared
    Disputes
    """
    answer = brief.positions
    names = Names(answer.about)
    sentences = (finding, dateline(answer), *notes, *told_of_life(answer.life, names))
    sections = (
        *_positions(brief, names, evidence),
        _changes(brief, evidence),
        _silent(brief),
        _disputes(brief, evidence),
    )
    return Chapter(brief.thing.id, question, sentences, sections)


def sources_of(evidence: Citations, sources: Mapping[str, Mapping[str, Any]]) -> tuple[Topic, ...]:
    """Return all that a report has cited: the evidence by number, and in full the sources (by id) that it points into.

    >>> from actorgraph.render.evidence import Citations
    >>> [(section.title, section.grids[0].below) for section in sources_of(Citations(), {})]
    [('Evidence', ('None is cited.',)), ('Sources', ('None are cited.',))]
    """
    if not evidence.cited:
        return (Topic("Evidence", (_said("None is cited."),)), Topic("Sources", (_said("None are cited."),)))
    notes: dict[str, list[Note]] = {}
    for cited, note in zip(evidence.cited, evidence.listed, strict=True):
        notes.setdefault(cited.source, []).append(note)
    lines = [(_reference(sources[key]), "\n".join(_addresses(sources[key]))) for key in notes]
    cells = tuple(lines) if any(address for _, address in lines) else tuple((reference,) for reference, _ in lines)
    listed = Grid((), ("SOURCE", ADDRESS)[: len(cells[0])], cells, evidence=tuple(map(tuple, notes.values())))
    return (
        Topic("Evidence", (Grid((), (), (), notes=evidence.listed, below=grades_in(evidence.cited)),)),
        Topic("Sources", (listed,)),
    )


ADDRESS: Final = "READ AT"
"""The heading of the column in which the addresses of sources stand, each on a line of its own."""


def _reference(source: Mapping[str, Any]) -> str:
    """Return a source as a bibliography has it: who wrote what, who published it, and when."""
    names = (source.get("author"), f"“{source['title']}”", source["publisher"])
    return ", ".join((*(isolated(name) for name in names if name), in_sentence(source["published"])))


def _addresses(source: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a source can be read, and what else there is to say of that."""
    if source.get("url"):
        yield source["url"]
    if source.get("accessed"):
        yield f"accessed {in_sentence(source['accessed'])}"
    if source.get("archived"):
        yield "archived copy:"
        yield source["archived"]


def report_markdown(report: Briefing) -> str:
    """Return a report as Markdown, in which every number links to where its evidence can be read."""
    parts: list[str] = []
    for chapter in report.chapters:
        parts += [heading(chapter.question, 1), to_markdown(_said(*chapter.told))]
        parts += [text for section in chapter.sections for text in _section(section)]
    parts += [text for section in report.sources for text in _section(section)]
    parts += [to_markdown(_said(report.made, *([report.again] if report.again else [])))]
    return "\n\n".join(parts)


def _section(section: Topic) -> list[str]:
    return [heading(section.title, 2), *map(to_markdown, section.grids)]


def _said(*sentences: str) -> Grid:
    """Return sentences as a grid without a table."""
    return Grid((), (), (), below=tuple(filter(None, sentences)))


# -- sections ----------------------------------------------------------------------------------------------------


def _positions(brief: Brief, names: Names, evidence: Citations) -> tuple[Topic, Topic]:
    """Return what is stated, in the columns of a line-up, and what is only possible; and by implication, apart."""
    answer = brief.positions
    subject = ("PROPOSAL",) if brief.thing.type == "actor" else ("ACTOR",)
    stated, implied = (without_its_end(rows, brief.thing.id, answer.life) for rows in stated_and_implied(answer.rows))
    columns = [
        *((title, _in_column(stated, positions)) for _, title, positions in LINEUP),
        ("Possibly", answer.possible),
    ]
    grids = [grid for title, rows in columns for grid in rows_grids((title,), rows, subject, names, evidence)]
    last = answer_total(answer) if answer.rows or answer.possible else nothing(answer)
    nearest, listed = nearest_told(answer, names)
    sentences = _said(*conditions_in(answer, (*answer.rows, *answer.possible, *listed)), *nearest, last)
    by_implication = rows_grids((), implied, subject, names, evidence)
    return (
        Topic("Positions, from against to for", (*grids, sentences)),
        Topic(BY_IMPLICATION, by_implication or (_said(*_why_none_is_implied(brief)),)),
    )


def _why_none_is_implied(brief: Brief) -> tuple[str, ...]:
    """Say why nothing stands by implication: what is implied otherwise than stated is told among the disputes."""
    if "stated" in brief.positions.query:
        return ("Left out of this report.",)
    is_implied_otherwise = any(
        dispute.dispute == "excludes"
        or any(row.basis == "inferred" and brief.thing.id in (row.actor, row.proposal) for row in rows)
        for dispute in brief.disputes
        for rows in dispute.sides
    )
    otherwise = ("What other statements imply against what is stated is told under Disputes.",)
    return ("Nothing is held by implication alone.", *(otherwise if is_implied_otherwise else ()))


def _in_column(rows: Sequence[Row], positions: Iterable[str]) -> list[Row]:
    return [row for position in positions for row in rows if row.position == position]


def _changes(brief: Brief, evidence: Citations) -> Topic:
    answer = brief.changes
    undated = _undated(brief.positions.rows, answer)
    if answer is None:
        return Topic("Changes", (_said(undated or f"None before that day{under(brief.positions)}."),))
    title = f"Changes since {in_sentence(answer.query['from'])}"
    if not answer.changes:
        return Topic(title, (_said("None: the same positions are in force on both days.", undated),))
    grids = blocks_of_changes(answer.changes, Names(answer.about), evidence)
    conditions = conditions_in(answer, rows_of_changes(answer.changes))
    return Topic(title, (*grids, _said(*conditions, changes_total(answer.changes), undated)))


def _undated(rows: Iterable[Row], answer: Changes | None) -> str:
    """Say of how many positions nobody knows whether they have changed since the day that was chosen."""
    changed = {change.unit for change in answer.changes} if answer else set()
    base = answer.query["from"] if answer else ""
    open_begins = [row for row in rows if row.since_date and first_day(row.since_date) == LONG_AGO]
    number = sum((row.since or "") > base and unit_of(row) not in changed for row in open_begins)
    if not number:
        return ""
    held = "it is" if number == 1 else "they are"
    return f"Not counted: {counted(number, 'position')} said by some day, since when {held} held nobody knows."


def _silent(brief: Brief) -> Topic:
    """Return who is silent on a proposal, or on which proposals an actor is, in a sentence."""
    answer, title = brief.silent, "Not declared"
    if answer is None:
        return Topic(title, (_said(_why_no_silence_counts(brief)),))
    names = Names(answer.about)
    if brief.thing.type == "actor":
        listed, noun, meaning = [names.proposal(row.proposal) for row in answer], "proposal", NO_RECORD
        none = "It has a record on every proposal that is on the table."
    else:
        listed, noun, meaning = [names.actor(row.actor) for row in answer], "actor", SILENCE
        none = nobody_silent(answer.query)
    said = (f"{counted(len(listed), noun)}: {several(listed)}.", meaning) if listed else (none,)
    return Topic(title, (_said(*said),))


def _why_no_silence_counts(brief: Brief) -> str:
    """Say why neither the silence of an actor counts, nor anybody's on a proposal."""
    if brief.thing.type == "proposal":
        return "Nobody is silent on what is not on the table."
    outside = outside_of_life(brief.thing, day_of(brief.positions.as_of))
    if outside is not None:
        return "It is not there on that day: its silence does not count."
    if brief.positions.about.speaks_for:
        return "This person speaks for another, whose silence counts."
    known = under(brief.positions)
    return (
        f"Nothing that this person says in their own name is certain by that day{known}: their silence does not count."
    )


def _disputes(brief: Brief, evidence: Citations) -> Topic:
    answer, title = brief.disputes, "Disputes"
    if not answer.disputes:
        return Topic(title, (_said(f"None on record for that day{under(answer)}."),))
    below = _said(*legend(answer), disputes_total(answer.disputes))
    return Topic(title, (disputes_grid(answer.disputes, Names(answer.about), evidence), below))
