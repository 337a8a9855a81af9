"""What the cells of a row say, in a sheet that is imported and in a table that is compiled."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from actorgraph.errors import quoted
from actorgraph.exchange.importing.incoming import with_scheme
from actorgraph.exchange.sheets.mapping import AMOUNT_KEYS, IN_NUMBERS
from actorgraph.names import fold
from actorgraph.vocabulary import NOT
from actorgraph.written_cells import ABSENT, DASHES, NAMIBIA, SEVERAL, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.exchange.importing.incoming import Things
    from actorgraph.model.reader import Data

SPEAKER_KIND: Final = "person"
"""The kind of who spoke for an actor, where it is new: its silence means nothing."""
USUAL_KIND: Final = "organisation"
"""The kind of a new actor of a large table where nothing says it."""


_UNTOLD: Final = frozenset(
    {
        *(
            "unknown",
            "not known",
            "tbd",
            "tba",
            "tbc",
            "unbekannt",
            "inconnu",
            "inconnue",
            "desconocido",
            "sconosciuto",
        ),
        *("ditto", "idem", "ibid", "ibidem", "ebd", "ebenda", "as above", "see above", "same as above", "s.o"),
    }
)
"""What they write where something would stand, if they knew what, or where it stands in the row above."""

REFERS: Final = {"speaker": "actor", "toward": "actor", "if": "condition", "unless": "condition"}
NAMED: Final = {"actor": "actor", "proposal": "proposal", "source": "source", **REFERS}
"""What the names under a key are of."""


def is_empty(key: str, text: str, known: Things) -> bool:
    """Whether a cell says nothing, and nothing that is known is called so.

    >>> from actorgraph.exchange.importing.incoming import Things
    >>> from actorgraph.model.loader import load_model
    >>> known = Things(load_model("examples/minimal.yaml"))
    >>> is_empty("speaker", "n/a", known), is_empty("speaker", "olsen", known)
    (True, False)
    """
    kind = NAMED.get(key)
    return says_nothing(key, text) and not (kind and known.known(kind, text))


def says_nothing(key: str, text: str) -> bool:
    """Whether a cell says nothing: dashes, or what stands for nothing in tables, unless it may be a position's word.

    >>> says_nothing("url", "N/A"), says_nothing("speaker", "NA"), says_nothing("note", "\N{EM DASH}")
    (True, True, True)
    >>> says_nothing("actor", "NA"), says_nothing("position", "n/a"), says_nothing("url", "?")
    (False, False, False)
    """
    form = text.casefold()
    is_absent = not text.strip(DASHES) or form in ABSENT or (form == NAMIBIA and key not in ("actor", "toward"))
    return is_absent and key not in WORDS


def names_nothing(text: str) -> bool:
    """Whether what stands where a name should says that it is not known, or has no letter, digit or picture.

    >>> [names_nothing(text) for text in ("?", ";", "TBD", "NA", "Unknown", "Ibid.", "C+", "7", "中", "\N{FIRE}")]
    [True, True, True, True, True, True, False, False, False, False]
    """
    is_sign = not any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in text)
    return is_sign or text.casefold().rstrip(".") in (*_UNTOLD, NAMIBIA)


def why_no_name(kind: str | None, text: str, known: Things) -> str | None:
    """Return why a text does not tell which thing of a kind it names, None where it may; without a kind, an address.

    >>> from actorgraph.exchange.importing.incoming import Things
    >>> from actorgraph.model.loader import load_model
    >>> known = Things(load_model("examples/minimal.yaml"))
    >>> why_no_name("actor", "?", known), why_no_name("actor", "the fishers", known)
    ('names nothing; write what it is, or leave it empty', None)
    """
    bearers = known.bearers(kind, text) if kind and kind != "source" else []  # of sources the address may tell
    if names_nothing(text) and not (kind and known.known(kind, text)):
        return "names nothing; write what it is, or leave it empty"
    if len(bearers) > 1:
        return f"may be {' or '.join(map(quoted, bearers))}; write the id"
    if kind == "actor" and text.endswith("?") and not known.spells(kind, text):
        return "is in doubt, by its question mark; take that away where it is not"
    return None


_BETWEEN_NAMES: Final = re.compile(r"\s*[;,/&+|]\s*|\s+(?:and|und|et|y|e)\s+")
"""What people write between the names of several actors."""


def parts_of_name(name: str) -> list[str]:
    """Return the names that one name may be made of.

    >>> parts_of_name("France; Italy"), parts_of_name("Germany, France and Italy"), parts_of_name("Canal+")
    (['France', 'Italy'], ['Germany', 'France', 'Italy'], ['Canal'])
    """
    return [part for part in _BETWEEN_NAMES.split(name) if part]


def condition_in(text: str) -> tuple[bool, str]:
    """Return whether a condition is marked as one that must not hold, and the condition without that mark.

    >>> condition_in("A ceasefire"), condition_in("NOT: a ceasefire"), condition_in("not:not:x")
    ((False, 'A ceasefire'), (True, 'a ceasefire'), (False, 'x'))
    """
    is_otherwise = False
    while text.lower().startswith(NOT):
        is_otherwise, text = not is_otherwise, text[len(NOT) :].lstrip()
    return is_otherwise, text


_PERCENT: Final = frozenset(map(fold, ("%", "percent", "per cent", "prozent", "pour cent", "por ciento", "per cento")))


def in_percent(said: Mapping[str, str]) -> dict[str, str]:
    """Return what a row says, with the sign of a percentage, such as 25%, as the unit of its amount.

    >>> in_percent({"amount": "25%"}), in_percent({"at-least": "2 %", "unit": "percent"})
    ({'amount': '25', 'unit': '%'}, {'at-least': '2', 'unit': 'percent'})
    >>> in_percent({"amount": "25%", "unit": "euros"})
    {'amount': '25%', 'unit': 'euros'}
    """
    signed = {key: said[key][:-1].rstrip() for key in IN_NUMBERS if said.get(key, "").endswith("%")}
    unit = said.get("unit", "%")
    return {**said, **signed, "unit": unit} if signed and fold(unit) in _PERCENT else dict(said)


def amount_of(said: Mapping[str, str]) -> dict[str, Data]:
    """Return how much a row says, empty where it says nothing."""
    value = {"value": said["amount"]} if "amount" in said else {}
    bounds = {key: said[key] for key in AMOUNT_KEYS if key in said}
    return {**value, **bounds} if value or len(bounds) > 1 else {}


_BEGINS: Final = "https?://"
_ADDRESS: Final = re.compile(rf'(?:^|(?<=[\s,;|(<\[])){_BEGINS}(?:(?![,;|]{_BEGINS})[^\s<>"])+', re.IGNORECASE)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
_BETWEEN: Final = f",;:|{DASHES}"
"""What stands between a name and an address beside it."""
_BESIDE: Final = f"{_BETWEEN}.<>()[]"
"""What stands there, or around the address."""


def with_address(said: dict[str, str]) -> dict[str, str]:
    """Return what a row says, with the address that stands beside the name of its source as that of the source.

    One without its scheme has it, and none the brackets around it.

    >>> with_address({"source": "Gazette, 5 May (https://example.org/a)"})
    {'source': 'Gazette, 5 May', 'url': 'https://example.org/a'}
    >>> with_address({"source": "www.example.org/a"})
    {'source': 'https://www.example.org/a'}
    """
    said = {**said, **{key: with_scheme(said[key]) for key in ("source", "url") if key in said}}
    text = said.get("source", "")
    addresses = _ADDRESS.findall(text)
    if len(addresses) != 1 or "url" in said or text == addresses[0].rstrip(",;"):
        return said
    url = addresses[0].rstrip(".,;]")
    url = url if "(" in url else url.rstrip(")")
    words = (word for part in text.split(addresses[0]) for word in part.split() if word.strip(_BESIDE))
    name = " ".join(words).strip(_BETWEEN)
    return {**said, "source": name or url, **({"url": url} if name else {})}


def why_not_one_address(key: str, text: str) -> str | None:
    """Return why what a cell says of a source is not one source, None where it may be.

    >>> why_not_one_address("source", "https://example.org/a; https://example.org/b")
    "source 'https://example.org/a; https://example.org/b' has several addresses; write a row for each"
    >>> why_not_one_address("url", "https://archive.example/https://example.org/a")
    """
    if key not in ("source", "url") or len(_ADDRESS.findall(text)) < 2:
        return None
    return f"{key} {quoted(text)} has several addresses; write a row for each"


def why_no_page(key: str, text: str) -> str | None:
    """Return why what a cell says is no page, None where it may be one: spreadsheets take 3-12 for a day.

    >>> why_no_page("page", "2026-03-12"), why_no_page("page", "3-12"), why_no_page("date", "2026-03-12")
    ('its page is a day, as spreadsheets make of 3-12; write it anew, in a cell for text', None, None)
    """
    is_day = key == "page" and _DAY.fullmatch(text)
    return "its page is a day, as spreadsheets make of 3-12; write it anew, in a cell for text" if is_day else None


def cleaned(key: str, text: str) -> str:
    r"""Return what a cell says: in one line, but for what may take several; a letter of reliability as a capital.

    >>> cleaned("title", " The  harbour "), cleaned("reliability", "b")
    ('The harbour', 'B')
    >>> cleaned("note", " On  page 3.\n Twice."), cleaned("title", "The\nharbour")
    ('On page 3.\nTwice.', 'The harbour')
    """
    if key == "reliability":
        return text.strip().upper()
    if key in (*SEVERAL, "note", "quote", "about"):
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    return " ".join(text.split())
