"""What `add` asks for: the kinds of records, and the fields of each in the order in which they are asked."""

from __future__ import annotations

from typing import Final, NamedTuple, get_args

from actorgraph.model.kinds import KIND
from actorgraph.vocabulary import POSITIONS, STAGES, ActorKind, Reliability, Tie


class Field(NamedTuple):
    """One key of a record: what it says, what it may refer to or be, and whether it is part of an evidence."""

    name: str
    help: str
    metavar: str = "TEXT"
    refers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    cites: bool = False

    @property
    def dest(self) -> str:
        """The name of its option's variable."""
        return f"{self.name.replace('-', '_')}_"


class Kind(NamedTuple):
    """A kind of record: its section, and of a named thing the fields that its id is made of."""

    name: str
    section: str
    help: str
    fields: tuple[Field, ...]
    called: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether it stands under its id, rather than in a list."""
        return KIND[self.name].keyed

    @property
    def types(self) -> tuple[str, ...]:
        """The types of things whose ids it must not take."""
        return KIND[self.name].companions


def _actor(name: str, told: str, *, required: bool = False, many: bool = False) -> Field:
    return Field(name, told, "ACTOR", refers=("actor",), required=required, many=many)


def _evidence(*, required: bool) -> tuple[Field, ...]:
    return (
        Field("source", "the document that reports it", "SOURCE", refers=("source",), required=required, cites=True),
        Field("lines", "the lines of it, such as 12-13, 20", "LINES", cites=True),
        Field("page", "the page, where there are no lines", cites=True),
        Field("via", "the outlet that it relays", cites=True),
        Field("credibility", "1 confirmed to 6 cannot be judged", "1-6", cites=True),
        Field("quote", "a few words of it, as they stand there", cites=True),
    )


_ID: Final = Field("id", "its id; left out, it is actor.proposal.date", "ID")
_NOTE: Final = Field("note", "your own words, one or two sentences")
_DATE: Final = Field("date", "when it was said: 2026, 2026-01 or 2026-01-06", "DATE", required=True)
_UNTIL: Final = Field("until", "the first day on which it no longer holds", "DATE")
_PROPOSAL: Final = Field("proposal", "on what", "PROPOSAL", refers=("proposal",), required=True)
_CONDITIONS: Final = (
    Field("if", "what it depends on", "CONDITION", refers=("condition",), many=True),
    Field("unless", "what must not hold", "CONDITION", refers=("condition",), many=True),
)
_OWN_ID: Final = Field("id", "its id; left out, it is made of its name", "ID")
_SAID: Final = (_UNTIL, *_CONDITIONS, _NOTE, _ID)

KINDS: Final = (
    Kind(
        "stance",
        "stances",
        "Add what an actor thinks of a proposal.",
        (
            _actor("actor", "who", required=True),
            Field("position", "what it thinks of it", "POSITION", words=POSITIONS, required=True),
            _PROPOSAL,
            _DATE,
            *_evidence(required=True),
            _actor("speaker", "who said so for it"),
            *_SAID,
        ),
    ),
    Kind(
        "commitment",
        "commitments",
        "Add what an actor itself undertakes on a proposal, or declines to.",
        (
            _actor("actor", "who", required=True),
            Field("stage", "how far it goes", "STAGE", words=STAGES, required=True),
            _PROPOSAL,
            _DATE,
            *_evidence(required=True),
            _actor("speaker", "who said so for it"),
            _actor("toward", "to whom it is promised, or whom it threatens", many=True),
            *_SAID,
        ),
    ),
    Kind(
        "relation",
        "relations",
        "Add a tie between two actors.",
        (
            _actor("actor", "who", required=True),
            Field("relation", "is what", "RELATION", words=get_args(Tie), required=True),
            _actor("to", "to whom", required=True),
            Field("role", "in what role"),
            Field("since", "from when: 2026, 2026-01 or 2026-01-06", "DATE", required=True),
            _UNTIL,
            *_evidence(required=False),
            _NOTE,
            _ID._replace(help="its id; left out, it is actor.relation.to"),
        ),
    ),
    Kind(
        "source",
        "sources",
        "Add a document that reports positions. With --document FILE at hand, its sha256 is noted.",
        (
            Field("publisher", "who published it", required=True),
            Field("published", "when: 2026, 2026-01 or 2026-01-06", "DATE", required=True),
            Field("title", "its headline", required=True),
            Field("author", "who wrote it"),
            Field("language", "in what language, such as en"),
            Field("url", "where it stands", "URL"),
            Field("document", "the file name of your copy", "FILE"),
            Field("sha256", "the checksum of your copy", "HEX"),
            Field("reliability", "A reliable to F cannot be judged", "A-F", words=get_args(Reliability)),
            Field("about", "your own words on what it is and how it was graded"),
            _OWN_ID._replace(help="its id; left out, it is made of publisher and date"),
        ),
        ("publisher", "published"),
    ),
    Kind(
        "actor",
        "actors",
        "Add a state, organisation, coalition or person that can hold a position.",
        (
            Field("name", "its name", required=True),
            Field("kind", "what it is", "KIND", words=get_args(ActorKind), required=True),
            Field("aliases", "other names", "NAME", many=True),
            Field("country", "ISO 3166, such as IT", "CC"),
            _NOTE,
            _OWN_ID,
        ),
        ("name",),
    ),
    Kind(
        "proposal",
        "proposals",
        "Add what positions are about: a plan, a demand, a policy.",
        (
            Field("title", "what it is called", required=True),
            Field("aliases", "other names", "NAME", many=True),
            Field("part-of", "the larger one that it is a part of", "PROPOSAL", refers=("proposal",), many=True),
            Field("entails", "what its supporters support with it", "PROPOSAL", refers=("proposal",), many=True),
            Field("excludes", "what its supporters oppose with it", "PROPOSAL", refers=("proposal",), many=True),
            _NOTE,
            _OWN_ID._replace(help="its id; left out, it is made of its title"),
        ),
        ("title",),
    ),
    Kind(
        "condition",
        "conditions",
        "Add what a record may depend on.",
        (
            Field("title", "what would hold, as a sentence", required=True),
            _NOTE,
            _OWN_ID._replace(help="its id; left out, it is made of its title"),
        ),
        ("title",),
    ),
    Kind(
        "event",
        "events",
        "Add a dated milestone.",
        (
            Field("title", "what happened", required=True),
            _DATE._replace(help="when: 2026, 2026-01 or 2026-01-06"),
            _actor("actors", "who took part", many=True),
            *_evidence(required=True),
            _NOTE,
            _OWN_ID._replace(help="its id; left out, it is made of its title"),
        ),
        ("title",),
    ),
)
