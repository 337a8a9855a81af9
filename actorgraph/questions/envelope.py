"""What all answers share: the envelope that says what was asked, of which model, for which day, on what evidence.

An answer is frozen and hashable: nothing in it can be changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NamedTuple, TypeVar

from actorgraph.gc_pause import no_garbage_collection
from actorgraph.ledger.codec import ReadOnlyDict
from actorgraph.questions.cells import ASKED_COLUMNS, ROW_COLUMNS, row_cells, side_cells, side_columns
from actorgraph.questions.listing import Item, Listing
from actorgraph.questions.options import narrowed_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from actorgraph.ledger.store import Ledger
    from actorgraph.questions.rows import Row

Value = TypeVar("Value")


class ReadOnly(Mapping[str, Value]):
    """A mapping that cannot be changed, and that is hashable if its values are.

    >>> query = ReadOnly({"command": "who", "position": "opposes"})
    >>> query["position"], query == {"command": "who", "position": "opposes"}
    ('opposes', True)
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


class Period(NamedTuple):
    """A time in which a condition held, as curated: `since` is inside, `until`, None where it still holds, outside."""

    since: str
    until: str | None


class ConditionTitle(NamedTuple):
    """A condition that an answer names: its id and title, and when it held, where that is on record."""

    id: str
    title: str
    held: tuple[Period, ...]


class Life(NamedTuple):
    """When a proposal was on the table, as curated: `until`, the day after its last, and its `fate` are None till then.

    `succeeded_by` are the ids of the proposals that succeed it. `outside` says that the day asked about lies `before`
    or `after` its life, None where it lies in it.
    """

    since_date: str | None
    until_date: str | None
    fate: str | None
    succeeded_by: tuple[str, ...]
    outside: str | None

    @property
    def is_off_the_table(self) -> bool:
        """Whether nothing can be in force on it on the day: it is not there yet, or gone without being adopted."""
        return off_the_table(self.outside, self.fate)


def off_the_table(outside: str | None, fate: str | None) -> bool:
    """Whether nothing can be in force on a proposal on a day that lies so to its life, of which that became.

    >>> off_the_table("before", None), off_the_table("after", "adopted"), off_the_table("after", "lapsed")
    (True, False, True)
    """
    return outside == "before" or (outside == "after" and fate != "adopted")


class About(NamedTuple):
    """What it takes to read an answer: of which model it is, and what the ids in it mean.

    `latest_source` is the day by which the latest source was published, `latest_source_date` its date as curated, which
    may be a month, a year or `../2025-12-31`. `actors` and `proposals` are the names and
    titles, by id, of those that the answer names; `same_name_actors` and `same_name_proposals` are the ids of those of
    them whose name (in whatever case) others of the model bear, too; `short_titles` are those of the proposals, by id,
    that have one. `conditions` are sorted by id. `target_type` says
    whether one `actor` or one `proposal` was asked about; `speaks_for` are the ids of those whom that actor represents
    on the day. `without` tells, by id, who published the sources that were left out, and when.
    """

    title: str
    description: str | None
    latest_source: str | None
    latest_source_date: str | None
    actors: Mapping[str, str]
    same_name_actors: tuple[str, ...]
    proposals: Mapping[str, str]
    same_name_proposals: tuple[str, ...]
    short_titles: Mapping[str, str]
    conditions: tuple[ConditionTitle, ...]
    target_type: str | None
    speaks_for: tuple[str, ...]
    without: Mapping[str, str]


class ToBeRead(Generic[Value]):
    """What is worked out when somebody first asks for it, or before the ledger is closed that it is read from.

    >>> from actorgraph import load
    >>> ledger = load("examples/minimal.yaml")
    >>> title = ToBeRead(lambda: ledger.title, ledger)
    >>> ledger.close()
    >>> title.read()
    'The new harbour'
    """

    def __init__(self, work_out: Callable[[], Value], ledger: Ledger) -> None:
        self._work_out: Callable[[], Value] | None = work_out
        self._lock = Lock()
        ledger.before_closing(self)

    def read(self) -> Value:
        """Return it."""
        with self._lock:
            if self._work_out is not None:
                with no_garbage_collection():
                    self._value = self._work_out()
                self._work_out = None
        return self._value

    def keep(self) -> None:
        """Read it."""
        self.read()


class _ReadWhenAsked:
    """The manners of a field that is given as what it holds, or as what is to be read."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, answer: object, owner: type) -> Any:
        if answer is None:
            return self
        given = vars(answer)[self._name]
        return given.read() if isinstance(given, ToBeRead) else given

    def __set__(self, answer: object, given: object) -> None:
        vars(answer)[self._name] = given


@dataclass(frozen=True, repr=False)
class Envelope(Listing[Item]):
    """What every answer says of itself: what was asked, of which model, as of which day, on what evidence, what if.

    `as_of` and `known_by` are days in ISO form; where `known_by` is None, all sources count. `min_grade` is the grade
    that evidence had to reach, None where all counts, `without` are the ids of the sources that were left out, sorted.
    `assume` are ids of conditions, with `not:` where they are assumed not to hold.
    """

    query: Mapping[str, Any]
    model: str
    as_of: str
    known_by: str | None
    min_grade: str | None
    without: tuple[str, ...]
    assume: tuple[str, ...]
    about: About

    JSON_NAMES: ClassVar[Mapping[str, str]] = {}
    """Fields that JSON has under another name."""

    @property
    def subject(self) -> str:
        """What was asked, and the day."""
        asked = (str(self.query[key]) for key in _TOLD if key in self.query)
        return f"{' '.join(asked)}, as of {self.as_of}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its flat records; where the question was narrowed, also to whom and what."""
        return (*self.COLUMNS, "narrowed") if self.narrowed else self.COLUMNS

    @property
    def narrowed(self) -> tuple[str, ...]:
        """To whom and what the question was narrowed, in the words of its options."""
        return narrowed_in_words(self.query)

    @cached_property
    def asked(self) -> Mapping[str, object]:
        """The cells that say for which day, on what evidence, under which assumptions and of whom it holds."""
        return ReadOnlyDict({**{name: getattr(self, name) for name in ASKED_COLUMNS}, "narrowed": self.narrowed})

    def _asdict(self) -> dict[str, Any]:
        """Return the answer that JSON has: what was asked, what was found, and what the ids in it mean."""
        values = super()._asdict()
        about = values.pop("about")
        return {**{self.JSON_NAMES.get(name, name): value for name, value in values.items()}, "about": about}

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "about": self.about}


Envelope.about = _ReadWhenAsked("about")  # type: ignore[assignment]
"""Of long answers few are asked for it."""

_TOLD: Final = ("command", "position", "target", "actor", "proposal", "from", "to", "base", "base_rev", "base_known_by")
"""The keys of a query that tell what was asked."""


class Nearest(NamedTuple):
    """What is nearest to an answer, one way: the rows to which a part, a speaker, a member … leads.

    `near` is that way, one of `nearest.NEAR`, and `through` the id of that proposal or actor; None where
    the rows are about what was asked.
    """

    near: str
    through: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, repr=False)
class Answer(Envelope["Row"]):
    """Rows under an envelope that says what was asked, of which model, and for which day.

    `against` is what the actor itself holds that was asked about (`who opposes ACTOR`), on the proposals in `rows`.
    `nearest` is what is nearest to an answer where there are no rows; of `what ACTOR`, always what it said for others.
    `possible` are rows of which it is not certain that they were said by that day. `life` is that of the proposal that
    was asked about, where anything is known of it.
    """

    rows: tuple[Row, ...]
    against: tuple[Row, ...]
    possible: tuple[Row, ...] = ()
    life: Life | None = None
    nearest: tuple[Nearest, ...] = ()

    LISTS = "rows"
    COLUMNS = ROW_COLUMNS
    SHOWN = ("actor_name", "position", "proposal_title", "conditions", "since", "until", "evidence", "against")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its flat records; where it is about an opponent, with what that actor holds itself."""
        return (*super().columns, *side_columns("against")) if self.is_against_actor else super().columns

    @property
    def is_against_actor(self) -> bool:
        """Whether it answers who opposes an actor."""
        return self.query.get("target_type") == "actor"

    def opposed_by(self, row: Row) -> tuple[Row, ...]:
        """Return what the actor that was asked about holds itself on the proposal of a row."""
        return tuple(own for own in self.against if own.proposal == row.proposal)

    def cells(self) -> Iterator[dict[str, object]]:
        """Yield the cells of each row."""
        is_against_actor = self.is_against_actor
        for row in self.rows:
            against = side_cells("against", self.opposed_by(row)) if is_against_actor else {}
            yield {**self.asked, **row_cells(row), **against}
