"""The headings of a sheet: which column each of them means, and which one a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.everyday import heads_voters
from actorgraph.exchange.sheets.mapping import likely_keys
from actorgraph.model.paths import shown
from actorgraph.names import fold
from actorgraph.written_cells import WORDS
from actorgraph.written_dates import is_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

_OF_ANSWERS: Final = frozenset({"since_date", "basis", "records"})
"""Columns of the rows of an answer as CSV, such as `export csv` writes: inferred ones are among them."""


class Headings:
    """The headings of a sheet, and where they stand."""

    def __init__(self, place: str, cells: Sequence[str], elsewhere: str) -> None:
        self.place, self.elsewhere = place, elsewhere
        self.texts = [" ".join(text.split()) for text in cells]
        self.folded = list(map(fold, self.texts))

    def names(self) -> dict[int, str]:
        """Return what each column with a heading is called: by that, or its letter where it stands over others, too."""
        named = {number: text for number, text in enumerate(self.texts) if text}
        return {
            number: text if self.folded.count(self.folded[number]) == 1 else letter(number)
            for number, text in named.items()
        }

    def text(self, number: int) -> str:
        """Return the heading of a column, empty where it has none."""
        return self.texts[number] if number < len(self.texts) else ""

    def find(self, heading: str) -> int:
        """Return the column that a heading, or a letter, means."""
        at = [number for number, text in enumerate(self.folded) if text and text == fold(heading)]
        if len(at) > 1:
            raise UsageProblem(f"{self.place}: {over_several(heading, at)}; name one by its letter")
        if at:
            return at[0]
        number = _number(heading)
        if number is None:
            named = [text for text in self.texts if text]
            hint = did_you_mean(heading, named) or f"; there are {', '.join(map(quoted, named))}{self.below()}"
            raise UsageProblem(f"{self.place}: no column has the heading {quoted(heading)}{hint}")
        return number

    def below(self, *, is_likely: bool = False) -> str:
        """Return where else the headings may stand, if that is likely, or this looks like the title of a sheet."""
        return f"; {self.elsewhere}" if is_likely or sum(map(bool, self.texts)) == 1 else ""

    def called(self, key: str) -> int | None:
        """Return the only column that is called as a key."""
        at = [number for number, text in enumerate(self.folded) if text == fold(key)]
        if len(at) > 1:
            raise UsageProblem(f"{self.place}: {over_several(key, at)}; --map {key}={letter(at[0])}")
        return at[0] if at else None

    def must_differ(self, columns: Collection[int], named: Callable[[str], str]) -> None:
        """Raise `UsageProblem` where two of some columns are of one thing; `named` says which a heading names."""
        for alike in _alike({number: named(self.texts[number]) for number in columns}).values():
            fix = f"--ignore {letter(alike[-1])}"
            if len({self.folded[number] for number in alike}) > 1:
                texts = " and ".join(f"{quoted(self.texts[number])} (column {letter(number)})" for number in alike)
                raise UsageProblem(f"{self.place}: {texts} name one thing; {fix}")
            raise UsageProblem(
                f"{self.place}: {over_several(self.texts[alike[0]], alike)}; rename one of them, or {fix}"
            )

    def must_be_some(self, dates: int | None) -> None:
        """Raise `UsageProblem` where a day stands over a column of dates: then the first row is no row of headings."""
        text = "" if dates is None or dates >= len(self.texts) else self.texts[dates]
        if is_day(text):
            raise UsageProblem(
                f"{self.place}: {quoted(text)} stands over the dates, and is one itself, so there are no headings; "
                f"write a line of them above the rows{self.below()}"
            )

    def must_have(self, present: set[str], *, wide: bool, sourced: bool) -> None:
        """Raise `UsageProblem` unless what every record needs is there."""
        needed = (("actor",), ("proposal",), WORDS, ("date",), *[("source", "url")] * sourced)
        missing = [" or ".join(keys) for keys in needed if not present.intersection(keys)]
        if not missing:
            return
        named = ", ".join(quoted(text) for text in self.texts if text)
        suggested = ", --guess suggests one for each" * sourced
        fix = f"{self._maps(missing)}{suggested}, --set what holds for all rows"
        way = "--wide" if sourced else "`actorgraph import csv --wide` reads it"
        hint = f"; is it a table of actors by proposals? {way}" if not wide and missing[0] == "proposal" else ""
        if _OF_ANSWERS.issubset(self.texts):
            hint = "; an answer is no record: what was curated comes back by `export datapackage`, `import datapackage`"
        below = self.below(is_likely=len(missing) == len(needed))
        raise UsageProblem(
            f"{self.place}: no column for {', '.join(missing)} among {named or 'none'}; {fix}{hint}{below}"
        )

    def _maps(self, missing: Sequence[str]) -> str:
        """Return the options that say which columns are those that are missing, with what they may be."""
        keys = [names.partition(" ")[0] for names in missing]
        maps = " ".join(f"--map {key}={self._likely(key)}" for key in keys)
        return f"{maps} {'says which one it is' if len(keys) == 1 else 'say which ones they are'}"

    def _likely(self, key: str) -> str:
        """Return the heading that a key may have, as it is quoted: what people write for it, or one with it inside."""
        formed = [(text, form) for text, form in zip(self.texts, self.folded, strict=True) if text]
        likely = sorted(
            (text for text, _ in formed if key in likely_keys(text)), key=lambda text: not heads_voters(text)
        )
        inside = [text for text, form in formed if key in form.split()]
        return next((quoted(text) for text in (*likely, *inside)), "COLUMN")


def must_stand_once(file: str, headings: Sequence[str], read: Collection[str]) -> None:
    """Raise `UsageProblem` where a heading stands over two columns of which one is read; those are folded."""
    for form, columns in _alike(dict(enumerate(map(fold, headings)))).items():
        if form in read:
            raise UsageProblem(
                f"{shown(file)}, row 1: {over_several(headings[columns[0]], columns)}; rename one of them"
            )


def _alike(named: Mapping[int, str]) -> dict[str, list[int]]:
    """Return the columns that bear one name, by it, where they are several."""
    columns: dict[str, list[int]] = {}
    for at, name in named.items():
        columns.setdefault(name, []).append(at)
    return {name: alike for name, alike in columns.items() if len(alike) > 1}


def over_several(heading: str, columns: Sequence[int]) -> str:
    """Return that a heading stands over several columns, counted from 0.

    >>> over_several("date", [3, 4])
    "'date' stands over the columns D and E"
    """
    return f"{quoted(heading)} stands over the columns {' and '.join(map(letter, columns))}"


def letter(number: int) -> str:
    """Return what spreadsheets call a column, counted from 0.

    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _number(text: str) -> int | None:
    """Return the number of a column (from 0) by its letters, None for what is not one."""
    if not re.fullmatch("[A-Z]{1,3}", text.strip()):
        return None
    number = 0
    for sign in text.strip():
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1
