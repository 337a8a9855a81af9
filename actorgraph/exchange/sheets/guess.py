"""What a sheet's headings and words suggest: a mapping file for a person to look over."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from actorgraph.curate.canonical import Collection, Entry, Scalar, document
from actorgraph.errors import UsageProblem, quoted
from actorgraph.everyday import SAID_FOR, heads_voters
from actorgraph.exchange.sheets.headings import Headings, letter
from actorgraph.exchange.sheets.mapping import IN_NUMBERS, KEYS, NOTHING, likely_keys, word_form
from actorgraph.exchange.sheets.sheet_rows import filled
from actorgraph.model.records import DATES
from actorgraph.names import fold, one_line
from actorgraph.questions.cells import several
from actorgraph.vocabulary import ACTOR_KINDS, POSITIONS, STAGES
from actorgraph.written_cells import WORDS, why_no_value
from actorgraph.written_dates import ORDERS, AmbiguousDate, written_date
from actorgraph.written_numbers import DECIMALS, AmbiguousNumber, written_number

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from actorgraph.exchange.sheets.mapping import SheetMapping
    from actorgraph.exchange.sheets.sheet_rows import Sheet, SheetRow

_NO_POSITION: Final = (
    "n/a, na, none, not available, unknown, no position, no data, absent, not present, excused, not voting, "
    "did not vote, no vote recorded, ?, "
    "keine angabe, k.a., unbekannt, abwesend, entschuldigt, sans objet, s.o., inconnu, non votant, excusé, "
    "sin datos, s/d, desconocido, ausente, no vota, non disponibile, n.d., assente"
)
"""The words that people use where they have none for a position, in the languages in which headings are known."""

_SIGNS: Final = (";", "\n", "/", "&", "+")
"""What people write between several actors in a cell, the plainest first."""
_MOST_ROWS: Final = 2000
"""How many rows are looked at."""
_MOST_TITLES: Final = 20
"""In how many rows the headings are looked for."""
_MOST_WORDS: Final = 30
"""With more different words than that, a column holds no positions."""
_HEAD: Final = (
    "# How a sheet is read: look every line over, and import by it with --map FILE.",
    f"# Positions are {', '.join(POSITIONS)};",
    f"# undertakings are {', '.join(STAGES)}; what says neither is {NOTHING}.",
)


def guessed(sheet: Sheet, mapping: SheetMapping) -> str:
    """Return a mapping file for a sheet. What cannot be told is left open, with a comment that says what to do.

    What the mapping says already is kept. Raises `UsageProblem` for a sheet without headings.
    """
    rows = list(islice(filled(sheet.rows, mapping.header), _MOST_ROWS))
    if not rows:
        raise UsageProblem(f"{sheet.place} is empty; {sheet.should_have}")
    at_row = 0 if mapping.header else heading_row(rows)
    header, *below = rows[at_row:]
    headings = Headings(
        f"{sheet.place}, row {header.number}", header.cells, "--header N where they stand in another row"
    )
    names = headings.names()
    mapping = _by_names(mapping, headings, names)
    at = {name: number for number, name in names.items()}

    def values(name: str) -> list[str]:
        return _values(below, at[name])

    texts = {name: headings.text(number) for number, name in names.items()}
    layout = _layout(texts, values, mapping)
    columns, wide = layout.columns, layout.wide
    words = _different(word for name in layout.positions for word in values(name) if not why_no_value("position", word))
    kinds = _different(values(columns["kind"])) if "kind" in columns else []
    days = [text for key in ("date", "published") if key in columns for text in values(columns[key])]
    across = "an actor" if "proposal" in columns and "actor" not in columns else "a proposal"
    at_actor = at.get(columns.get("actor", ""))
    actors = [] if at_actor is None else [row.cells[at_actor].strip() for row in below if at_actor < len(row.cells)]
    at_amounts = {at[columns[key]] for key in IN_NUMBERS if columns.get(key) in at}
    amounts = [row.cells[at] for row in below for at in at_amounts - {*row.numbers} if at < len(row.cells)]
    entries = [
        *([Entry("sheet", Scalar(mapping.sheet))] if mapping.sheet else []),
        *([Entry("header", Scalar(str(header.number)), comment=_HEADER)] if at_row or mapping.header else []),
        Entry("columns", _named(columns.items(), texts)),
        Entry("words", _pairs(list(_all_meanings(words, kinds, mapping)))),
        Entry("set", _pairs(_constants(columns, mapping, wide=wide))),
        _way("dates", mapping.dates, days, written_date, ORDERS),
        _way("decimals", mapping.decimals, amounts, written_number, DECIMALS),
        *_kind_of_new(mapping, kinds),
        *_several(actors, mapping),
        *([Entry("wide", Scalar("true"), comment=f"# a column {across}")] if wide else []),
        Entry("ignore", _named([(None, name) for name in layout.others], texts)),
    ]
    kept = [entry for entry in entries if not (isinstance(entry.value, Collection) and not entry.value.entries)]
    others = f"; --sheet reads another: {', '.join(map(quoted, sheet.beside))}" if sheet.beside else ""
    of_sheet = [f"# This is the sheet {quoted(sheet.title)}{others}."] if sheet.title else []
    return document(Collection(keyed=True, entries=kept), (*_HEAD, *of_sheet, *_without_heading(below, names)))


def _without_heading(rows: Sequence[SheetRow], names: Container[int]) -> Iterator[str]:
    """Yield a comment on the columns that hold something and have no heading, as under a merged one."""
    filled_ones = {at for row in rows for at, text in enumerate(row.cells) if text.strip()}
    letters = [letter(at) for at in sorted(filled_ones) if at not in names]
    if letters:
        which = f"column{'s' * (len(letters) > 1)} {several(letters)}"
        yield f"# Nothing stands above {which}, as under a merged heading: name it by its letter, or it is not read."


class _Layout(NamedTuple):
    """What the columns of a sheet seem to hold: the heading of each key, of those with positions, and of the others.

    `wide` is a sheet in which each proposal has a column, with positions in it.
    """

    columns: dict[str, str]
    positions: list[str]
    others: list[str]
    wide: bool


def _by_names(mapping: SheetMapping, headings: Headings, names: dict[int, str]) -> SheetMapping:
    """Return a mapping that calls columns as `names` do; one without a heading, which it calls by a letter, is added.

    Raises `UsageProblem` for a column that is not there.
    """

    def name(heading: str) -> str:
        number = headings.find(heading)
        return names.setdefault(number, letter(number))

    return mapping._replace(
        columns={key: name(heading) for key, heading in mapping.columns.items()},
        ignore=tuple(name(heading) for heading in mapping.ignore),
    )


def _layout(texts: Mapping[str, str], values: Callable[[str], list[str]], mapping: SheetMapping) -> _Layout:
    """Return what columns seem to hold, by the headings over them and by the values below; the mapping knows better.

    Where no heading means a position, it is in the column whose values are words for one, and where there are several
    of these, the sheet is wide: then what shares a word for a position with them is one more of them. Of a sheet that
    is said to be wide, columns of few values may have unknown words.
    """
    open_texts = {
        name: text for name, text in texts.items() if name not in (*mapping.columns.values(), *mapping.ignore)
    }
    said_already = [*mapping.columns, *mapping.constants]
    columns = {**mapping.columns, **_columns(open_texts, values, without=said_already)}
    others = [name for name in texts if name not in columns.values()]
    said = [column for column in (columns.get("position"), columns.get("stage")) if column]
    may_be_said = [name for name in others if name in open_texts and "actor" not in likely_keys(texts[name])]
    wordy = [] if said else [name for name in may_be_said if _are_words(values(name))]
    wide = mapping.wide or len(wordy) > 1
    if wide:
        shared = {
            form for name in wordy for word in values(name) if _POSITIONS.get(form := word_form(word)) in _STANCES
        }
        said = [name for name in may_be_said if name in wordy or not shared.isdisjoint(map(word_form, values(name)))]
        said = said or [name for name in may_be_said if 0 < len(set(values(name))) <= _MOST_WORDS]
    elif wordy:
        said = wordy
        columns["position"] = wordy[0]
    in_order = {key: columns[key] for key in KEYS if key in columns}
    return _Layout(in_order, said, [name for name in others if name not in said], wide)


_HEADER: Final = "# the row in which the headings seem to stand"
_OF_ALL: Final = "# no column says it: what is it for all rows?"
_TURNED: Final = " where each proposal has its own, write a proposal a row, with a column for its date"
_END: Final = "the first day outside, not the last one inside"
_OF_NEW: Final = f"# of new actors: {', '.join(ACTOR_KINDS)}"


def _meant(words: Iterable[str]) -> dict[str, str]:
    """Return words of the vocabulary by themselves, and by what people say for them, in the form of `word_form`."""
    return {word_form(form): ours for ours in words for form in (ours, *SAID_FOR.get(ours, ours).split(", "))}


_POSITIONS: Final = {
    **_meant((*POSITIONS, *STAGES)),
    **dict.fromkeys(map(word_form, _NO_POSITION.split(", ")), NOTHING),
}
_STANCES: Final = frozenset((*POSITIONS, *STAGES))
_KINDS: Final = _meant(ACTOR_KINDS)


def heading_row(rows: Sequence[SheetRow]) -> int:
    """Return which row has the headings: the first, unless titles stand above a row with more of them.

    One heading alone that is known may be the name of a row, such as *Sum*: then the first of the widest rows has them.
    """

    def rank(row: SheetRow) -> tuple[int, int]:
        texts = [text for text in row.cells if text.strip()]
        return len(_columns(dict(zip(texts, texts, strict=True)), lambda _: [])), len(texts)

    first, *_ = ranks = [rank(row) for row in rows[:_MOST_TITLES]]
    best = max(range(len(ranks)), key=lambda number: ranks[number][0])
    if ranks[best][0] > 1:
        return best if all(more > less for more, less in zip(ranks[best], first, strict=True)) else 0
    widest = max(range(len(ranks)), key=lambda number: ranks[number][1])
    is_below_titles = first[0] == 0 and first[1] < ranks[widest][1] and (first[1] == 1 or widest == best)
    return widest if is_below_titles else 0


def _columns(
    texts: Mapping[str, str], values: Callable[[str], list[str]], without: Sequence[str] = ()
) -> dict[str, str]:
    """Return which column is likely to be which key; one that is called as a key comes before all that may mean it.

    `texts` are the headings by the names of their columns. A party or a country is not the actor where each of its
    members votes. What is `without` keys is not looked for.
    """
    column_of: dict[str, str] = {}
    called = {fold(key): (key,) for key in KEYS}
    ways: tuple[Callable[[str], Sequence[str]], ...] = (
        lambda name: called.get(fold(texts[name]), ()),
        lambda name: ("actor",) if heads_voters(texts[name]) else (),
        lambda name: _fitting(likely_keys(texts[name]), values(name))[:1],
        lambda name: _fitting(likely_keys(texts[name]), values(name))[1:],
    )
    for keys_of in ways:
        for name in texts:
            for key in keys_of(name):
                if key not in column_of and key not in without and name not in column_of.values():
                    column_of[key] = name
    return column_of


def _fitting(keys: Sequence[str], values: Sequence[str]) -> Sequence[str]:
    """Return the keys that a heading may mean, of several those that fit its values: `to` is a day or an addressee."""
    are_dates = bool(values) and all(any(_fits(text, way, written_date) for way in ORDERS) for text in values)
    return [key for key in keys if (key in DATES) == are_dates] if len(keys) > 1 and values else keys


def _values(rows: Iterable[SheetRow], at: int) -> list[str]:
    """Return what stands in a column, without the cells that are empty."""
    return [one_line(row.cells[at]) for row in rows if at < len(row.cells) and row.cells[at].strip()]


def _different(words: Iterable[str]) -> list[str]:
    """Return words in order, of those that a mapping takes for one the spelling that comes first."""
    spelled: dict[str, str] = {}
    for word in words:
        spelled.setdefault(word_form(word), word)
    return sorted(spelled.values())


def _are_words(values: Sequence[str]) -> bool:
    """Whether values are words for positions: few, and more of them known than not."""
    different = set(values)
    known = [word for word in different if word_form(word) in _POSITIONS]
    return 0 < len(different) <= _MOST_WORDS and len(known) * 2 > len(different)


def _meanings(words: Iterable[str], meant: Mapping[str, str]) -> Iterator[tuple[str, str | None, str]]:
    """Yield the words that are not our own, what each may mean, and a comment where nobody can tell."""
    for word in words:
        form = word_form(word)
        ours = meant.get(form)
        if ours is None or word_form(ours) != form:
            yield word, ours, "# what does it mean?"


def _all_meanings(
    words: Sequence[str], kinds: Sequence[str], mapping: SheetMapping
) -> Iterator[tuple[str, str | None, str]]:
    """Yield what the words for positions and for kinds mean, as the mapping says, and what else it says of words."""
    said = {form: NOTHING if ours is None else ours for form, ours in mapping.words.items() if ours != ""}
    yield from _meanings(words, _POSITIONS | said)
    yield from _meanings(kinds, _KINDS | said)
    here = {word_form(word) for word in (*words, *kinds)}
    yield from ((form, ours, "") for form, ours in said.items() if form not in here)


def _constants(columns: dict[str, str], mapping: SheetMapping, *, wide: bool) -> Iterator[tuple[str, str | None, str]]:
    """Yield what is to be set for all rows, and a question: what no column says, and what else the mapping sets."""
    for key in dict.fromkeys((*_missing(columns, wide=wide), *mapping.constants)):
        turned = _TURNED if wide and key == "date" and "actor" in columns else ""
        yield key, mapping.constants.get(key), f"{_OF_ALL}{turned}"


def _kind_of_new(mapping: SheetMapping, kinds: Sequence[str]) -> list[Entry]:
    """Return the kind of new actors, or the question what it is where neither the mapping nor a column says it."""
    if mapping.kind:
        return [Entry("kind", Scalar(mapping.kind))]
    return [] if kinds else [Entry("kind", Scalar(None), comment=_OF_NEW)]


def _missing(columns: dict[str, str], *, wide: bool) -> list[str]:
    needed = [key for key in ("actor", "proposal", "date") if key not in columns]
    if not wide and not columns.keys() & WORDS:
        needed.insert(1, "position")
    if wide and len({"actor", "proposal"} & columns.keys()) == 1:
        needed.remove("proposal" if "actor" in columns else "actor")  # which stand in the headings
    return needed + ([] if {"source", "url"} & columns.keys() else ["source"])


def _several(actors: Sequence[str], mapping: SheetMapping) -> list[Entry]:
    """Return the sign between several actors in a cell; where none is said, the question whether one of them is."""
    if mapping.several:
        return [Entry("several", Scalar(mapping.several))]
    asked = ((sign, actor) for sign in _SIGNS for actor in actors if sign in actor.strip(sign))
    return [
        Entry("several", Scalar(None), comment=f"# is {one_line(actor)} one actor? if it is several: {_spelled(sign)}")
        for sign, actor in islice(asked, 1)
    ]


def _spelled(sign: str) -> str:
    """Return a sign as YAML has it."""
    return '"\\n"' if sign == "\n" else repr(sign)


def _way(name: str, said: str | None, texts: Iterable[str], read: Callable[..., str], ways: Sequence[str]) -> Entry:
    """Return in which way texts are read that can be read in two, where it is said or other texts tell."""
    if said:
        return Entry(name, Scalar(said))
    ambiguous = ""
    only: dict[str, str] = {}
    for text in texts:
        if _fits(text, None, read):
            fitting = [way for way in ways if _fits(text, way, read)]
            if len(fitting) == 1:
                only.setdefault(fitting[0], text)
        elif any(_fits(text, way, read) for way in ways):
            ambiguous = ambiguous or text
    if not ambiguous:
        return Entry(name, Collection(keyed=True, entries=[]))
    if len(only) == 1:
        ((way, text),) = only.items()
        return Entry(name, Scalar(way), comment=f"# as {text} can only be; is {ambiguous}, too?")
    return Entry(name, Scalar(None), comment=f"# {' or '.join(ways)}? {ambiguous} can be both")


def _fits(text: str, way: str | None, read: Callable[..., str]) -> bool:
    """Whether a text can be read, in some way or, where that is none, in one alone."""
    try:
        read(text, way)
    except (ValueError, AmbiguousDate, AmbiguousNumber):
        return False
    return True


def _pairs(pairs: Iterable[tuple[str, str | None, str]]) -> Collection:
    return Collection(
        keyed=True,
        entries=[Entry(key, Scalar(value), comment=comment if value is None else "") for key, value, comment in pairs],
    )


def _named(columns: Iterable[tuple[str | None, str]], texts: Mapping[str, str]) -> Collection:
    """Return columns by key, or a list of them; of one that is called by its letter the heading stands beside it.

    Beside an end that bears another name than ours stands what we take it for.
    """
    entries = []
    for key, name in columns:
        text = texts[name]
        remarks = [*([text] if text not in ("", name) else []), *([_END] if key == "until" != fold(text) else [])]
        entries.append(Entry(key, Scalar(name), comment=f"# {'; '.join(remarks)}" if remarks else ""))
    return Collection(keyed=all(entry.key is not None for entry in entries), entries=entries)
