"""un-votes: roll calls of the UN General Assembly, from the tables of the R package unvotes, after Erik Voeten's data.

Each roll call is a proposal, an event and a source, with a joint stance of those who voted for it, of those against
it, and of those who abstained. Who has no row did not take part, and stays silent.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.draft import Draft
from actorgraph.dates import OPEN, period
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.formats import Option
from actorgraph.exchange.importing.incoming import Arrival, Skipped
from actorgraph.exchange.importing.un_tables import VoteTable
from actorgraph.model.paths import shown
from actorgraph.names import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from actorgraph.exchange.importing.incoming import RowPlace, Things
    from actorgraph.model.reader import Data

IN: Final = (
    Option("from", "From this day on; a month or a year from its first day on.", "DATE"),
    Option("to", "Up to this day, which is inside; a month or a year up to its last.", "DATE"),
    Option("match", "Whose title, text, symbol or number holds this; of several, any. Repeatable.", "TEXT", many=True),
)

POSITION_OF: Final = {"yes": "supports", "no": "opposes", "abstain": "neutral"}
"""What a vote says of the proposal."""

_ADOPTED: Final = re.compile(r"\s*:\s*resolutions? /?\s*adopted by the General Assembl.*\Z", re.IGNORECASE)
_RESOLUTION: Final = re.compile(r"(?:A/RES|R)/(\d+)/(\d+)([A-Z]?)\Z")
_FIRST_NUMBERED_BY_SESSION: Final = 31
"""Before that session of 1976, symbols of resolutions were another thing: A/RES/3379(XXX)."""
_LONGEST_TITLE: Final = 160
_ROLL_CALLS: Final = "un_roll_calls"


class _RollCall(NamedTuple):
    """A roll call as its row has it; `own` is whether no other roll call was on the same text."""

    number: str
    date: str
    day: int
    text: str
    long_text: str
    unres: str
    part: str
    own: bool
    place: RowPlace

    @property
    def key(self) -> str:
        """The id of its proposal."""
        return f"un-{self.number}"

    @property
    def is_resolution(self) -> bool:
        """Whether what was voted on became the resolution of that symbol, so far as the tables say it."""
        said = f"{self.text} {self.long_text}".casefold()
        return not self.part and ("adopted by the general assembl" in said or self.unres.startswith("A/RES/"))

    @property
    def symbol(self) -> str:
        """The UN's symbol of the text, as the table has it where it is of the time of other symbols."""
        numbers = _RESOLUTION.match(self.unres)
        if numbers is None or int(numbers[1]) < _FIRST_NUMBERED_BY_SESSION:
            return self.unres
        return f"A/RES/{numbers[1]}/{numbers[2]}{numbers[3]}"

    @property
    def url(self) -> str | None:
        """Where the UN has the text, None where that is not sure."""
        plain = self.symbol.startswith("A/RES/") and self.symbol[-1:].isdigit()
        return f"https://undocs.org/{self.symbol}" if plain and self.is_resolution else None

    @property
    def aliases(self) -> list[Data]:
        """By what else people ask for it."""
        other: list[Data] = [self.unres] if self.own and self.unres != self.symbol else []
        return [f"roll call {self.number}", *other]

    @property
    def title(self) -> str:
        """What was voted on, with its symbol, and its number where others were on the same text.

        Where one of the two texts is the title of a resolution, it is that; the other has keywords in older years.
        """
        texts = [text for text in (self.text, self.long_text) if text] or ["Untitled"]
        words = _ADOPTED.sub("", next((text for text in texts if _ADOPTED.search(text)), texts[0])).strip()
        words = words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE].rpartition(' ')[0]} …"
        number = f"roll call {self.number}"
        which = [self.symbol, self.part, "" if self.own and self.symbol else number]
        return f"{words} ({', '.join(filter(None, which))})"

    def beyond(self, text: str) -> str:
        """Return a text, empty where the title says it already."""
        return "" if _ADOPTED.sub("", text) in self.title else text

    def holds(self, words: str) -> bool:
        """Whether its title, its text, its symbol or its number holds some words, in capitals or not."""
        texts = (self.text, self.long_text, self.unres, self.symbol)
        return words == self.number or any(words.casefold() in text.casefold() for text in texts)


def is_folder(path: str) -> bool:
    """Whether a path is a folder with such tables."""
    return Path(path).is_dir() and VoteTable.path(Path(path), _ROLL_CALLS) is not None


def read(
    files: Sequence[str],
    things: Things,
    *,
    from_: str | None = None,
    to: str | None = None,
    match: Sequence[str] = (),
) -> Iterator[Arrival | Skipped]:
    """Yield the roll calls of the tables in a folder by date, both ends inside, and each row that is left out.

    Raises `UsageProblem` for a folder without those tables, a table that cannot be read, and where none is found.
    """
    if len(files) != 1:
        raise UsageProblem(f"one folder at a time; {len(files)} are named")
    if not Path(files[0]).is_dir():
        raise UsageProblem(f"{shown(files[0])} is no folder; name the one that holds un_roll_calls.csv")
    first = _end("from", from_)[0] if from_ else 0
    last = _end("to", to)[1] if to else OPEN
    if first > last:
        raise UsageProblem(f"--from {from_} lies behind --to {to}; turn them round")
    folder = Path(files[0])
    skipped: list[Skipped] = []
    known = _roll_calls(folder, skipped)
    wanted = {
        call.number: call
        for call in sorted(known.values(), key=lambda call: (call.day, len(call.number), call.number))
        if first <= call.day <= last and (not match or any(map(call.holds, match)))
    }
    yield from skipped
    if not wanted:
        of = f" holds {' or '.join(map(quoted, match))}" if match else " is of that time"
        days = sorted(call.date for call in known.values()) or ["nothing"]
        raise UsageProblem(f"no roll call{of}; {shown(files[0])} has {len(known):,}, from {days[0]} to {days[-1]}")
    tags = _issues(folder, wanted)
    votes = _Votes(folder, known, wanted)
    yield from votes.skipped
    for number, call in wanted.items():
        if not votes.of[number]:
            yield Skipped(call.place, "no table has a vote in it")
            continue
        yield from _brought(call, votes.of[number], votes.codes, tags.get(number, []), things)


def _end(option: str, text: str) -> tuple[int, int]:
    try:
        return period(text)
    except ValueError as error:
        raise UsageProblem(f"--{option} {text}: {error}") from error


def _roll_calls(folder: Path, skipped: list[Skipped]) -> dict[str, _RollCall]:
    """Return the roll calls by number; rows that are none are added to those that are left out."""
    table = VoteTable.of(folder, _ROLL_CALLS, ("rcid", "date", "unres", "amend", "para", "short", "descr"))
    rows: dict[str, tuple[RowPlace, tuple[str, ...]]] = {}
    for place, row in table.rows(skipped):
        number, date, *_ = row
        if not re.fullmatch("[0-9]{1,9}", number):
            skipped.append(Skipped(place, f"rcid {quoted(number)} is no number"))
        elif number in rows:
            skipped.append(Skipped(place, f"roll call {number} is there already ({rows[number][0]})"))
        elif not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", date) or not _is_date(date):
            skipped.append(Skipped(place, f"{quoted(date)} is no date such as 2014-03-27"))
        else:
            rows[number] = place, row
    texts = Counter(row[2] for _, row in rows.values())
    calls = {}
    for number, (place, (_, date, unres, amend, para, short, descr)) in rows.items():
        part = "on an amendment" if amend == "1" else "on a paragraph" if para == "1" else ""
        day, own = period(date)[0], texts[unres] == 1
        calls[number] = _RollCall(
            number=number,
            date=date,
            day=day,
            text=one_line(short),
            long_text=one_line(descr),
            unres=unres,
            part=part,
            own=own,
            place=place,
        )
    return calls


def _is_date(text: str) -> bool:
    try:
        period(text)
    except ValueError:
        return False
    return True


def _issues(folder: Path, wanted: Mapping[str, _RollCall]) -> dict[str, list[str]]:
    """Return what the roll calls are about, none where the folder has no such table."""
    if VoteTable.path(folder, "un_roll_call_issues") is None:
        return {}
    tags: dict[str, list[str]] = defaultdict(list)
    for _, (number, issue) in VoteTable.of(folder, "un_roll_call_issues", ("rcid", "issue")).rows([]):
        if number in wanted and issue and issue not in tags[number]:
            tags[number].append(issue)
    return tags


class _Votes:
    """The votes of some roll calls, from all tables: by roll call the vote of each country, and countries' codes."""

    def __init__(self, folder: Path, known: Mapping[str, _RollCall], wanted: Mapping[str, _RollCall]) -> None:
        self.of: dict[str, dict[str, str]] = defaultdict(dict)
        self.codes: dict[str, str] = {}
        self.skipped: list[Skipped] = []
        self._seen_in: dict[tuple[str, str], str] = {}
        tables = VoteTable.all_of(folder, "un_votes")
        if not tables:
            raise UsageProblem(f"{shown(str(folder))} has no un_votes.csv, nor un_votes.csv.gz")
        for table in tables:
            here: set[tuple[str, str]] = set()
            for place, (number, country, code, vote) in table.rows(self.skipped):
                if number in wanted:
                    self._take(here, place, number, one_line(country), code, vote)
                elif number not in known:
                    self.skipped.append(Skipped(place, f"un_roll_calls.csv has no roll call {quoted(number)}"))

    def _take(
        self, here: set[tuple[str, str]], place: RowPlace, number: str, country: str, code: str, vote: str
    ) -> None:
        """Count a country's vote once, and tell what is none, or is not the one that was counted."""
        if vote.casefold() not in POSITION_OF or not country:
            wrong = "no country" if not country else f"{quoted(vote)} is no vote: yes, no or abstain"
            self.skipped.append(Skipped(place, wrong))
            return
        counted = self.of[number].setdefault(country, vote.casefold())
        if counted != vote.casefold():
            self.skipped.append(Skipped(place, f"{country} votes {vote} in roll call {number}, elsewhere {counted}"))
        elif (number, country) in here:
            self.skipped.append(Skipped(place, f"the vote of {country} in roll call {number} is there already"))
        here.add((number, country))
        if re.fullmatch("[A-Z]{2}", code):
            self.codes.setdefault(country, code)


def _brought(
    call: _RollCall, votes: Mapping[str, str], codes: Mapping[str, str], tags: Sequence[str], things: Things
) -> Iterator[Arrival]:
    """Yield the stances and the event of a roll call, whose proposal and source come with them."""
    what: dict[str, Data] = {"title": call.title, "aliases": call.aliases, "tags": list(tags), "url": call.url}
    what["note"] = "; ".join(dict.fromkeys(filter(None, map(call.beyond, (call.text, call.long_text)))))
    proposal = things.add("proposal", call.key, _filled(what), call.place, key=call.key)
    named = f"un-roll-call-{call.number}"
    source = things.add("source", named, _filled(_source(call)), call.place, key=named)
    evidence: list[Data] = [{"source": source}]
    sides: dict[str, list[Data]] = {vote: [] for vote in POSITION_OF}
    for country in sorted(votes):
        state = {"name": country, "kind": "state", "country": codes.get(country)}
        key = things.find("actor", country, call.place, _filled(state))
        if key is not None:
            sides[votes[country]].append(key)
    for vote, actors in sides.items():
        if actors:
            said: dict[str, Data] = {"actor": actors if len(actors) > 1 else actors[0], "position": POSITION_OF[vote]}
            body = {**said, "proposal": proposal, "date": call.date, "evidence": evidence}
            yield Arrival(Draft("stances", None, body), call.place)
    count = Counter(votes.values())
    result = f"{count['yes']} for, {count['no']} against, {count['abstain']} abstaining"
    title = f"The General Assembly votes, {result}: {call.title}"
    event: dict[str, Data] = {"id": f"{call.key}-vote", "title": title, "date": call.date, "evidence": evidence}
    yield Arrival(Draft("events", None, event), call.place)


def _source(call: _RollCall) -> dict[str, Data]:
    return {
        "title": f"Roll call {call.number} of the UN General Assembly: {call.title}",
        "publisher": "United Nations General Assembly",
        "published": call.date,
        "url": call.url,
        "about": f"As the tables of the R package unvotes have it (rcid {call.number}), after Erik Voeten's data.",
    }


def _filled(body: Mapping[str, Data]) -> dict[str, Data]:
    return {key: value for key, value in body.items() if value not in (None, "", [])}
