"""References read from BibTeX, as BibTeX and BibLaTeX write it."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias
from unicodedata import normalize

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

from actorgraph.dates import MONTHS
from actorgraph.errors import UsageProblem, quoted
from actorgraph.exchange.importing.incoming import Skipped
from actorgraph.exchange.importing.library import BOOKS, OWN, SIGNS, SORTS, first, library_item, line, link_of, prose
from actorgraph.model.links import is_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bibtexparser.library import Library

    from actorgraph.exchange.importing.library import LibraryItem

Fields: TypeAlias = dict[str, str]

_PUBLISHERS: Final = ("publisher", "institution", "school", "organization")
_CONTAINERS: Final = ("journaltitle", "journal", "maintitle", "booktitle", "eventtitle")
_DATES: Final = ("year", "month", "day")
_DATED: Final = frozenset(("date", *_DATES))
_TEXTS: Final = frozenset(
    (
        *(*_PUBLISHERS, *_CONTAINERS, *OWN, *_DATES),
        *("title", "subtitle", "howpublished", "type", "language", "langid"),
    )
)
"""The fields that are read as they are set in type."""
_LATEX: Final = re.compile(r"[\\$~`]|--|''")
"""What makes a text more than letters and braces: only then is it worth the time to read it as LaTeX."""
_ESCAPED_SIGN: Final = re.compile(r"(?<!\\)\\([&%#_])")
_MARKS: Final = dict(zip("`'^\"~=.", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307", strict=True))
_ACCENT: Final = re.compile(r"(?<!\\)\{?\\([`'^\"~=.])\{?([A-Za-z])\}?\}?")
_BRACES: Final = re.compile("[{}]")
_BARE_PERCENT: Final = re.compile(r"(?<!\\)%")
_LINK_OF: Final = re.compile(r"\\href\s*\{[^{}]*\}")
_URL: Final = re.compile(r"\\(?:url|nolinkurl)\s*\{(.*)\}\s*")
_ESCAPED: Final = re.compile(r"\{?\\([_%&#~{}$])\}?(?:\{\})?|\{\\textasciitilde\}|\\textasciitilde(?:\{\})?")
_PART: Final = re.compile(r'"([^"]*)"|\{(.*)\}|([^\s#]+)', re.DOTALL)

for _library in ("bibtexparser", "pylatexenc"):  # whoever reads here lists what they could not read
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def _decoder() -> LatexNodes2Text:
    """Return what turns LaTeX into text; it knows the words that `bibtex` writes for signs, and reads links as text."""
    words = {spelled[1:].removesuffix("{}"): sign for sign, spelled in SIGNS.items() if spelled[1:2].isalpha()}
    words["url"] = "%s"
    macros = [MacroTextSpec(word, simplify_repl=text) for word, text in words.items()]
    context = get_default_latex_context_db()
    context.add_context_category("signs", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, math_mode="text")


_DECODER: Final = _decoder()


@lru_cache(maxsize=8192)  # a library repeats its publishers and authors
def text_of(latex: str) -> str:
    r"""Return the text that LaTeX stands for: without braces and commands, accents as letters.

    >>> text_of(r"{\"U}ber {R\&D} in \v{S}koda"), text_of(r"50\% -- 60%")
    ('Über R&D in Škoda', '50% – 60%')
    """
    plain = _ACCENT.sub(lambda said: normalize("NFC", said[2] + _MARKS[said[1]]), _ESCAPED_SIGN.sub(r"\1", latex))
    if not _LATEX.search(plain):
        return _BRACES.sub("", plain)
    try:
        return str(_DECODER.latex_to_text(_BARE_PERCENT.sub(r"\\%", _LINK_OF.sub("", latex))))
    except (LatexWalkerError, IndexError, ValueError):  # it is no LaTeX, so it says what it says
        return _BRACES.sub("", latex)


def read_items(text: str, file: str) -> Iterator[LibraryItem | Skipped]:
    """Yield the references of a text, in their order. Raises `UsageProblem` where it holds no entry."""
    library = parse_string(text)
    if not library.entries and not library.failed_blocks:
        raise UsageProblem(f"{file} holds no entry of BibTeX; export the library as BibTeX or BibLaTeX")
    for block in library.blocks:
        place = f"line {(block.start_line or 0) + 1}"
        if isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
            block = block.ignore_error_block  # noqa: PLW2901 - who gives out ids sees what bears the key already
        if isinstance(block, ParsingFailedBlock):
            yield Skipped(place, f"it is no BibTeX: {_fault(block)}")
        elif isinstance(block, Entry):
            place = f"{place} ({block.key})" if block.key else place
            try:
                yield _library_item(block, _with_inherited(block, library), place)
            except ValueError as reason:
                yield Skipped(place, str(reason))


def _fault(block: ParsingFailedBlock) -> str:
    reason = getattr(block.error, "abort_reason", None) or str(block.error)
    return line(reason.partition(". Note: ")[0]).rstrip(". ")


def _fields(entry: Entry, library: Library) -> Fields:
    """Return the fields of an entry as they are written, with what is put together of several parts put together."""
    fields = {}
    for field in entry.fields:
        value = str(field.value)
        if field.enclosing == "no-enclosing" and "#" in value:
            value = "".join(_part(part, library) for part in _PART.finditer(value))
        fields[field.key.lower()] = value
    return fields


def _with_inherited(entry: Entry, library: Library) -> Fields:
    """Return the fields of an entry with those that it has of the whole of which it is a part (BibTeX's `crossref`)."""
    fields = _fields(entry, library)
    whole = library.entries_dict.get(fields.get("crossref", "").strip())
    if whole is None or whole.key == entry.key:
        return fields
    said = _fields(whole, library)
    inherited = {*_PUBLISHERS, *_CONTAINERS, *(() if fields.keys() & _DATED else _DATED)}
    of_whole = {name: value for name, value in said.items() if name in inherited}
    return {"booktitle": said.get("title", ""), **of_whole, **fields}


def _part(part: re.Match[str], library: Library) -> str:
    quoted_text, braced, name = part.groups()
    if name is None:
        return braced if quoted_text is None else quoted_text
    known = library.strings_dict.get(name)
    return re.sub(r'^[{"]|[}"]$', "", str(known.value)) if known else name


def _library_item(entry: Entry, fields: Fields, place: str) -> LibraryItem:
    sort = entry.entry_type.lower()
    texts = {name: line(text_of(value)) for name, value in fields.items() if name in _TEXTS}
    how = fields.get("howpublished", "")
    link = _address(how) if _URL.fullmatch(how) or "://" in how else ""
    publisher = first(*(texts.get(name) for name in _PUBLISHERS))
    if not publisher and not _URL.fullmatch(how) and not is_link(link):  # it names who, maybe with an address beside
        publisher, link = texts.get("howpublished", ""), ""
    container = first(*(texts.get(name) for name in _CONTAINERS))
    named_sort = texts.get("type", "")
    said = {
        "title": ": ".join(part for name in ("title", "subtitle") if (part := texts.get(name, ""))),
        "publisher": first(publisher, container) if sort in BOOKS else first(container, publisher),
        "author": _names(fields.get("author", "")),
        "language": first(texts.get("language"), texts.get("langid")),
        "url": _address(fields.get("url", "")) or link or link_of(_address(fields.get("doi", ""))),
        "archived": _address(fields.get("archiveurl", "")),
        "about": prose(text_of(fields.get("annote") or fields.get("annotation") or "")),
        **{name: texts.get(name, "") for name in OWN},
    }
    return library_item(
        place,
        line(entry.key),
        said,
        published=line(_BRACES.sub("", fields.get("date", ""))) or _when(texts),  # in `2025~` the sign says: about then
        accessed=line(_BRACES.sub("", fields.get("urldate", ""))),
        sort=SORTS.get(named_sort, named_sort) or SORTS.get(sort, ""),
        files=_files(fields.get("file", "")),
    )


def _when(texts: Mapping[str, str]) -> str:
    """Return the date that year, month and day make, as far as they go. Raises `ValueError` for what is no month."""
    year, month, day = (texts.get(name, "") for name in ("year", "month", "day"))
    if not month:
        return year
    numbers = {name[:3].lower(): f"{number:02}" for number, name in enumerate(MONTHS, start=1)}
    written = re.fullmatch(r"(\d{1,2})|(?:(\d{1,2})[ ~.\xa0]*)?([A-Za-z]{3,9})\.?(?:[ ~\xa0]*(\d{1,2}))?", month)
    number = written and (written[1] or numbers.get(written[3][:3].lower()))
    if not number:
        raise ValueError(f"its month {quoted(month)} is none; write jan to dec, or 1 to 12")
    day = day or (written and (written[2] or written[4])) or ""
    return "-".join(part.zfill(2) for part in (year, number, day) if part)


def _address(latex: str) -> str:
    r"""Return an address, which may stand in `\url{…}` or have escaped signs.

    >>> _address(r"https://example.org/a\_b\%20c"), _address(r"\url{https://example.org/~a}")
    ('https://example.org/a_b%20c', 'https://example.org/~a')
    """
    inside = _URL.fullmatch(latex.strip())
    return _ESCAPED.sub(lambda sign: sign[1] or "~", line(inside[1] if inside else latex))


def _names(latex: str) -> str:
    """Return who wrote something, in the order in which they are named, with semicolons between them."""
    return "; ".join(filter(None, (line(_name(name)) for name in split_multiple_persons_names(latex))))


def _name(latex: str) -> str:
    if latex.strip() == "others":
        return "et al."
    try:
        parts = parse_single_name_into_parts(latex, strict=False)
    except InvalidNameError:
        return text_of(latex)
    return text_of(" ".join([*parts.first, *parts.von, *parts.last, *parts.jr]))


def _files(value: str) -> list[str]:
    r"""Return the names of attached files: paths, or as Zotero and JabRef write them, `title:path:type` by semicolons.

    >>> _files(r"Full Text PDF:C\:\\Users\\a\\Doe - 2020.pdf:application/pdf;files/12/snapshot.html")
    ['Doe - 2020.pdf', 'snapshot.html']
    """
    names = []
    for attached in re.split(r"(?<!\\);", value):
        parts = re.split(r"(?<!\\):", attached)
        path = re.sub(r"\\(.)", r"\1", parts[1] if len(parts) > 2 else parts[0])
        names.append(re.split(r"[/\\]", path.strip())[-1])
    return [name for name in names if name]
