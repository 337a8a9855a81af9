"""Tables of signed ties between actors, as studies of structural balance publish them: source, target, sign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from actorgraph.analysis.camps.signed_graph import SignedTie
from actorgraph.errors import UsageProblem, did_you_mean, quoted
from actorgraph.exchange.importing.decoding import decoded, must_be_file
from actorgraph.exchange.sheets.sheet_rows import parted
from actorgraph.model.paths import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COLUMNS: Final = ("source", "target", "sign")
_SIGNS: Final = {
    **dict.fromkeys(("1", "+1", "1.0", "+", "positive"), 1),
    **dict.fromkeys(("-1", "−1", "-1.0", "-", "−", "negative"), -1),
}


def read_signed_ties(file: str, *, windows_in: str | None = None) -> dict[str | None, list[SignedTie]]:
    """Return the ties of a table, by what stands in the column `windows_in`, or by None where none is named.

    The table has the columns `source`, `target` and `sign` (1 or −1), in any order, and perhaps others. A tie has no
    direction; it may stand there both ways, with one sign. Raises `UsageProblem` for what is no such table.
    """
    name = shown(file)
    must_be_file(file)
    text = decoded(Path(file).read_bytes(), name)
    _, rows = parted(text, name)
    header = next(rows, None)
    headings = [cell.strip() for cell in header.cells] if header else []
    columns = {key: _column(headings, key, name) for key in (*_COLUMNS, *([windows_in] if windows_in else []))}
    windows: dict[str | None, dict[tuple[str, str], tuple[int, int]]] = {}
    for number, cells, *_ in rows:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{name}:{number}"
        source, target, sign, *window = _cells(cells, columns, where)
        if source == target:
            raise UsageProblem(f"{where}: a tie of {quoted(source)} with itself; a tie joins two actors")
        sign = sign.replace(",", ".")  # before decimals, where a sheet has 1,0
        if sign not in _SIGNS:
            raise UsageProblem(f"{where}: the sign {quoted(sign)} is not known; write 1 or -1")
        ties = windows.setdefault(window[0] if window else None, {})
        pair = (source, target) if source < target else (target, source)
        known, line = ties.setdefault(pair, (_SIGNS[sign], number))
        if known != _SIGNS[sign]:
            hint = (
                "a tie has one"
                if windows_in
                else "where the table has several windows, name their column: --windows-in"
            )
            raise UsageProblem(f"{where}: {source} and {target} have the other sign in line {line}; {hint}")
    if not windows:
        raise UsageProblem(f"{name} has no ties")
    return {
        window: [SignedTie(*pair, sign) for pair, (sign, _) in sorted(ties.items())] for window, ties in windows.items()
    }


def _column(headings: Sequence[str], key: str, name: str) -> int:
    if key not in headings:
        hint = did_you_mean(key, headings) or f"; it has {', '.join(headings) or 'none'}"
        raise UsageProblem(f"{name} has no column {quoted(key)}{hint}")
    return headings.index(key)


def _cells(cells: Sequence[str], columns: Mapping[str, int], where: str) -> list[str]:
    """Return the cells of some columns. Raises `UsageProblem` where one is empty."""
    texts = [cells[at].strip() if at < len(cells) else "" for at in columns.values()]
    for key, text in zip(columns, texts, strict=True):
        if not text:
            raise UsageProblem(f"{where}: nothing stands under {quoted(key)}")
    return texts
