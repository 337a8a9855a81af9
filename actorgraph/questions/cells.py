"""What stands in the cells of flat records: a position, an evidence or a chain in one line, and the columns of rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from actorgraph.dates import ended
from actorgraph.questions.rows import FIELDS
from actorgraph.vocabulary import NOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from actorgraph.ledger.codec import Cited
    from actorgraph.questions.behind import Quantity
    from actorgraph.questions.rows import Row

EVIDENCE_COLUMNS: Final = ("known_by", "min_grade", "without")
"""Which evidence counts in an answer."""

ASKED_COLUMNS: Final = ("as_of", *EVIDENCE_COLUMNS, "assume")
"""For which day, on what evidence, and under which assumptions an answer holds."""

CITED_COLUMNS: Final = ("evidence", "sources", "urls")
"""What something rests on: each evidence in a line, the ids of the sources, and where these can be read, each once."""

_CELLS_OF: Final = {"earliest": (), "amount": ("at_least", "at_most", "unit"), "evidence": CITED_COLUMNS}
"""What stands in flat records for a field of a row, where it is not the field itself."""

ROW_COLUMNS: Final = (*ASKED_COLUMNS, *(column for field in FIELDS for column in _CELLS_OF.get(field, (field,))))

_NAMED_PAGE: Final = re.compile(
    r"pages?(?![^\W\d_])|pp?\.|pp?(?=\s*\d)|(?![ivxlcdm]+(?![^\W\d_]))[^\W\d_]{2,}|[§¶#]", re.IGNORECASE
)
"""How a `page` begins that says itself what it is: `p. iv`, or a section by its name."""

TRACK_COLUMNS: Final = ("kind", "actor", "actor_name", "proposal", "proposal_title")

DATES: Final = frozenset({"as_of", "known_by", "since", "until", "last_said", "from", "to"})
"""The columns that hold days, in ISO form."""

TEXTS: Final = frozenset(
    {
        *("without", "assume", "narrowed", "toward", "conditions", "because", "records", *CITED_COLUMNS),
        *("before", "after", "against", "parts"),
    }
)
"""The columns that hold several texts, alone or, as in `before_records`, behind a side."""

NUMBERS: Final = frozenset({"at_least", "at_most"})
"""The columns that hold numbers, whole or not."""

FLAGS: Final = frozenset({"contested", "stale"})
"""The columns of rows that hold true or false."""


def side_columns(side: str) -> tuple[str, ...]:
    """Return the columns of one side: what is held, on which records, on what evidence.

    >>> side_columns("before")
    ('before', 'before_records', 'before_evidence', 'before_sources', 'before_urls')
    """
    return side, f"{side}_records", *(f"{side}_{column}" for column in CITED_COLUMNS)


def side_cells(side: str, rows: tuple[Row, ...]) -> dict[str, object]:
    """Return the cells of `side_columns`, each a tuple of texts."""
    cells = (
        tuple(map(held, rows)),
        tuple(record for row in rows for record in row.records),
        *cited_cells(evidence for row in rows for evidence in row.evidence).values(),
    )
    return dict(zip(side_columns(side), cells, strict=True))


def row_cells(row: Row) -> dict[str, object]:
    """Return the cells of a row: those of `ROW_COLUMNS` that tell of the row alone."""
    chain = tuple(f"{step.rule}: {step.position} {step.proposal}" for step in row.because)
    amount = {} if row.amount is None else row.amount._asdict()
    return {**row._asdict(), **amount, "because": chain, **cited_cells(row.evidence)}


def cited_cells(evidence: Iterable[Cited]) -> dict[str, tuple[str, ...]]:
    """Return the cells of `CITED_COLUMNS`, each a tuple of texts without repetition.

    >>> from actorgraph.ledger.codec import Cited
    >>> rt = Cited("rt", "RT", "2025-05-28", "https://rt.example/1", None, None, "4-6", None, None, "D3")
    >>> cited_cells([rt, rt._replace(lines="9")])
    {'evidence': ('RT 2025-05-28, lines 4-6 [D3]', 'RT 2025-05-28, line 9 [D3]'), 'sources': ('rt',), 'urls': ('https://rt.example/1',)}
    """
    evidence = tuple(evidence)
    cells = (
        tuple(dict.fromkeys(map(cite, evidence))),
        tuple(dict.fromkeys(cited.source for cited in evidence)),
        tuple(dict.fromkeys(cited.url for cited in evidence if cited.url)),
    )
    return dict(zip(CITED_COLUMNS, cells, strict=True))


def condition_in_words(condition: str) -> str:
    """Return a condition as a clause.

    >>> condition_in_words("ceasefire"), condition_in_words("not:ceasefire")
    ('if ceasefire', 'unless ceasefire')
    """
    return f"unless {condition.removeprefix(NOT)}" if condition.startswith(NOT) else f"if {condition}"


def held(row: Row, name: Callable[[str], str] = str, condition: Callable[[str], str] = condition_in_words) -> str:
    """Return a row's position with what limits it: amount, addressees, basis, contest, age, conditions, end.

    `name` gives the name of an actor by its id, `condition` a condition as a clause; in flat records they stay ids.

    >>> from actorgraph import load, who
    >>> (row,) = who(load("examples/minimal.yaml"), "pledges", "harbour", as_of="2026-06").rows
    >>> held(row)
    'pledges toward town-council, if state-loan'
    """
    ends = [ended(row.until_date)] if row.until_date else []
    inferred = ["inferred"] * (row.basis == "inferred")
    contested = [contested_in_words(row.contest)] if row.contested else []
    marks = contested + ["stale"] * row.stale
    amount = [] if row.amount is None else [amount_in_words(row.amount)]
    toward = [f"toward {several(map(name, row.toward))}"] if row.toward else []
    position = " ".join([row.position, *amount, *toward])
    return ", ".join([position, *inferred, *marks, *map(condition, row.conditions), *ends])


def contested_in_words(contest: str | None) -> str:
    """Return that a row is contested, and in what where it is not what is said but when.

    >>> contested_in_words("sources"), contested_in_words("order")
    ('contested', 'contested (order unknown)')
    """
    return "contested (order unknown)" if contest == "order" else "contested"


def several(names: Iterable[str]) -> str:
    """Return names as a sentence lists them.

    >>> several(["B"]), several(["B", "C"]), several(["B", "C", "D"])
    ('B', 'B and C', 'B, C and D')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def amount_in_words(amount: Quantity) -> str:
    """Return an amount as people write it.

    >>> from actorgraph.questions.behind import Quantity
    >>> [amount_in_words(Quantity(*bounds, "soldiers")) for bounds in ((2000, 2000), (1000, 2000), (1000, None))]
    ['2,000 soldiers', '1,000–2,000 soldiers', 'at least 1,000 soldiers']
    """
    least, most = amount.at_least, amount.at_most
    if least == most and least is not None:
        return f"{least:,} {amount.unit}"
    if least is not None and most is not None:
        return f"{least:,}–{most:,} {amount.unit}"
    return f"at least {least:,} {amount.unit}" if least is not None else f"at most {most:,} {amount.unit}"


def cite(evidence: Cited) -> str:
    """Return an evidence as an answer cites it in a line.

    >>> from actorgraph.ledger.codec import Cited
    >>> cite(Cited("rt", "RT", "2025-05-28", None, None, None, "4-6", None, "Financial Times", "D3"))
    'RT 2025-05-28, lines 4-6, via Financial Times [D3]'
    """
    where = "".join(f", {place}" for place in places_of(evidence.lines, evidence.page))
    via = f", via {evidence.via}" if evidence.via else ""
    grade = f" [{evidence.grade}]" if evidence.grade else ""
    return f"{evidence.publisher} {evidence.published}{where}{via}{grade}"


def places_of(lines: str | None, page: str | None) -> tuple[str, ...]:
    """Return where in its source an evidence points, in words: lines, page, or both.

    >>> places_of("3", "12"), places_of(None, "p. iv"), places_of(None, "Annex II")
    (('line 3', 'p. 12'), ('p. iv',), ('Annex II',))
    """
    of_page = None if page is None else page if _NAMED_PAGE.match(page) else f"p. {page}"
    return tuple(filter(None, (of_lines(lines) if lines else None, of_page)))


def of_lines(lines: str) -> str:
    """Return the numbers of lines in words.

    >>> of_lines("4"), of_lines("4-6, 9")
    ('line 4', 'lines 4-6, 9')
    """
    return f"line{'s' if '-' in lines or ',' in lines else ''} {lines}"


def plain_value(value: object) -> str:
    """Return the value of a key of a model in one line, as nearly as people would write it.

    >>> plain_value({"since": "2024", "until": None}), plain_value(["a", "b"])
    ('since 2024, until nothing', 'a; b')
    """
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {plain_value(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(map(plain_value, value))
    return str(value)


def only(columns: Iterable[str], cells: dict[str, object]) -> dict[str, object]:
    """Return the cells of these columns, in their order; None where there is none."""
    return {column: cells.get(column) for column in columns}
