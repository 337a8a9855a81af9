"""The sources of a model as BibTeX, for LaTeX: `bibtex_entries` reads it back, and so do BibTeX, Biber and Zotero."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from actorgraph.dates import MONTHS
from actorgraph.exchange.formats import OutOptions
from actorgraph.exchange.importing.library import OWN, SIGNS, authors, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actorgraph.exchange.formats import Request

OUT: Final = OutOptions(("model", "output", "no_cache"), endings=("bib",))

_SIGN: Final = re.compile(f"[{re.escape(''.join(SIGNS))}]")
_LIGATURE: Final = re.compile("(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[!?])(?=`)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)")
"""Between signs that LaTeX would set as another one: two hyphens as a dash, two commas as a quotation mark."""
_NO_ADDRESS: Final = re.compile(r"[{}\\]|@(?=\w*[ \t]*[({])")
_YEAR_AND_MONTH: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-\d\d)?", re.ASCII)


def write(asked: Request) -> str:
    """Return the sources of a model, sorted by id."""
    return to_bibtex(sources(asked.open()))


def to_bibtex(listed: Iterable[Mapping[str, Any]]) -> str:
    r"""Return sources as BibTeX, each of no special sort (`@misc`): a model does not tell which it is.

    Letters stand as they are, in UTF-8. The date is in `date`, as Biber takes it, and in `year` and `month` for BibTeX.

    >>> print(to_bibtex([{"id": "rt", "title": "R&D", "publisher": "RT", "published": "2025-05"}]), end="")
    @misc{rt,
      title = {{R\&D}},
      howpublished = {RT},
      date = {2025-05},
      year = {2025},
      month = may,
    }
    """
    return "\n".join(map(_entry, listed))


def in_latex(text: str) -> str:
    r"""Return a text as LaTeX has it.

    >>> print(in_latex("R&D: 5 % -- {so}"))
    R\&D: 5 \% -{}- \textbraceleft{}so\textbraceright{}
    """
    return _SIGN.sub(lambda sign: SIGNS[sign[0]], _LIGATURE.sub("\0", text)).replace("\0", "{}")


def _entry(source: Mapping[str, Any]) -> str:
    lines = [f"  {name} = {value},\n" for name, value in _fields(source)]
    return f"@misc{{{source['id']},\n{''.join(lines)}}}\n"


def _fields(source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry; braces of their own keep names whole, and titles in the letters that they have."""
    if "author" in source:
        yield "author", f"{{{' and '.join(f'{{{in_latex(name)}}}' for name in authors(source['author']))}}}"
    yield "title", f"{{{{{in_latex(source['title'])}}}}}"
    yield "howpublished", f"{{{in_latex(source['publisher'])}}}"
    yield "date", f"{{{source['published']}}}"
    year, month = (_in_all(source["published"].split("/"), part) for part in ("year", "month"))
    if year:
        yield "year", f"{{{year}}}"
    if year and month:
        yield "month", MONTHS[int(month) - 1][:3].lower()
    for name, key in (("url", "url"), ("archiveurl", "archived")):
        if key in source:
            yield name, f"{{{_address(source[key])}}}"
    for name, key in (("urldate", "accessed"), ("language", "language"), ("annote", "about")):
        if key in source:
            yield name, f"{{{in_latex(source[key])}}}"
    yield from ((name, f"{{{in_latex(source[name])}}}") for name in OWN if name in source)


def _in_all(days: Sequence[str], part: str) -> str | None:
    """Return the year, or the month, of all days of a period; None where they have not the same."""
    of_days = {day[part] if (day := _YEAR_AND_MONTH.fullmatch(text)) else None for text in days}
    return of_days.pop() if len(of_days) == 1 else None


def _address(url: str) -> str:
    """Return an address, which LaTeX takes as it is, but for what would end the field and is in no address."""
    return _NO_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", url)
