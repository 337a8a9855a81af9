"""An answer card as a picture of SVG: where its lines, columns, chips and sources stand.

The page's scripts (js/layout.js) make the same tree of the same numbers, which go to the page with its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from actorgraph.explorer.lettering import LETTERS, in_lines, width
from actorgraph.names import legible
from actorgraph.render.phrases import NO_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from actorgraph.explorer.card_data import Card, CardColumn, CardSource, Chip, Palette, Tree

_Line: TypeAlias = tuple[str, str]
"""A line of a chip: what it is, name, limits or cites, and its words."""

LAYOUT: Final[dict[str, Any]] = {
    "wide": 1200,
    "high": 675,
    "margin": 40,
    "question": {"size": 28, "line": 34, "most": 2, "bold": True, "ink": "ink"},
    "finding": {"size": 18, "line": 25, "most": 3, "bold": False, "ink": "ink"},
    "notes": {"size": 15, "line": 21, "most": 2, "bold": False, "ink": "soft"},
    "foot": {"size": 14, "line": 19, "most": 1, "bold": False, "ink": "soft"},
    "made": {"size": 14, "line": 19, "most": 1, "bold": True, "ink": "soft"},
    "link": {"size": 14, "line": 19, "most": 2, "bold": False, "ink": "soft"},
    "sources": 3,
    "heading": 30,
    "gap": 16,
    "empty": 100,
    "narrowest": 168,
    "widest": 360,
    "chip": {"size": 14, "line": 18, "pad": 9, "cites": 4},
    "densities": [
        {"above": 6, "gap": 6, "name": 6, "limits": 12},
        {"above": 6, "gap": 6, "name": 2, "limits": 4},
        {"above": 2, "gap": 4, "name": 2, "limits": 4},
    ],
    "inks": {
        "against": ("against", None),
        "out": ("against", "9 6"),
        "between": ("undecided", None),
        "for": ("for", "9 6"),
        "in": ("for", None),
    },
    "silence": NO_RECORD,
    "letters": LETTERS,
}
"""The layout of a card, in pixels: the sizes of its paragraphs and in how many lines at most they stand, the widths of
columns, how dense chips may stand, the first that has room for all (how far their lines from their edges and they from
each other, and in how many lines a name and what limits a position), and in which ink, broken how, headings are
underlined. No letter is smaller than 14 pixels."""


def picture_of(card: Card, palette: Palette) -> Tree:
    """Return a card as a picture of SVG, in the colours of a palette."""
    wide, high = LAYOUT["wide"], LAYOUT["high"]
    return [
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": wide,
            "height": high,
            "viewBox": f"0 0 {wide} {high}",
            "role": "img",
        },
        ["title", {}, legible(card.question)],
        ["desc", {}, legible(f"{card.finding} {' '.join(card.notes)}")],
        ["rect", {"width": wide, "height": high, "fill": palette["paper"]}],
        ["g", {"font-family": LETTERS["family"], "fill": palette["ink"]}, *_whole(card, palette)],
    ]


def _whole(card: Card, palette: Palette) -> list[Tree]:
    margin, line = LAYOUT["margin"], LAYOUT["foot"]["line"]
    room = LAYOUT["wide"] - 2 * margin
    head, top = head_of(card, margin, margin, room, palette)
    notes, top = paragraph(" ".join(card.notes), "notes", margin, top, room, palette)
    last, _ = paragraph(card.link, "link", margin, 0, room, palette)
    below = LAYOUT["high"] - margin // 2 - line * ((1 if card.grades else 0) + 1 + len(last))
    lines = len(in_lines(sources_numbered(card.sources, len(card.sources)), room, LAYOUT["foot"]["size"]))
    listed = min(lines, LAYOUT["sources"])
    top += 14
    place = (margin, top, room, below - line * listed - 14 - top)
    _, lowest = columns_of(card.columns, place, palette)
    # Where columns leave room, more of the sources find it.
    listed = min(lines, max(listed, (below - 14 - lowest) // line))
    many = how_many_fit(card.sources, room, listed)
    columns, _ = columns_of(card.columns, place, palette, listed=many)
    down = below - line * listed
    rule = ["line", {"x1": margin, "x2": margin + room, "y1": down - 4, "y2": down - 4, "stroke": palette["rule"]}]
    foot: list[Tree] = []
    for text, name, most in (
        (sources_numbered(card.sources, many), "foot", listed),
        (card.grades, "foot", 1),
        (card.made, "made", 1),
        (card.link, "link", None),
    ):
        made, down = paragraph(text, name, margin, down, room, palette, most=most)
        foot += made
    return [*head, *notes, *columns, rule, *foot]


def head_of(card: Card, left: int, top: int, wide: int, palette: Palette) -> tuple[list[Tree], int]:
    """Return the question and the sentence of a card, and where they end."""
    asked, down = paragraph(card.question, "question", left, top, wide, palette)
    finding, down = paragraph(card.finding, "finding", left, down + 2, wide, palette)
    return [*asked, *finding], down


def paragraph(
    text: str, name: str, left: int, top: int, wide: int, palette: Palette, *, most: int | None = None
) -> tuple[list[Tree], int]:
    """Return the lines of a text, set as the layout names it, and where they end."""
    size, line, bold = LAYOUT[name]["size"], LAYOUT[name]["line"], LAYOUT[name]["bold"]
    lines = in_lines(text, wide, size, bold=bold, most=LAYOUT[name]["most"] if most is None else most)
    ink = palette[LAYOUT[name]["ink"]]
    texts = [_text(words, left, top + line * at + size, size, ink, bold) for at, words in enumerate(lines)]
    return texts, top + line * len(lines)


def _text(words: str, x: int, y: int, size: int, ink: str, bold: bool, *, end: bool = False) -> Tree:  # noqa: FBT001
    attributes = {"x": x, "y": y, "font-size": size, "fill": ink}
    attributes |= {"font-weight": 700} if bold else {}
    return ["text", attributes | ({"text-anchor": "end"} if end else {}), legible(words)]


# -- columns ---------------------------------------------------------------------------------------------------


class _Laid(NamedTuple):
    """A chip in its place: in which lane of its column, from where down, how high, and its lines."""

    entry: Chip
    lane: int
    down: int
    tall: int
    lines: list[_Line]


class _Setting(NamedTuple):
    """Columns that are set: how wide lanes and empty columns are, and of each column that has entries its lanes.

    `left_out` are how many entries find no room, by column.
    """

    each: int
    empty: int
    above: int
    lanes: dict[str, int]
    chips: dict[str, list[_Laid]]
    left_out: dict[str, int]


def columns_of(
    columns: Sequence[CardColumn], room: tuple[int, int, int, int], palette: Palette, *, listed: int | None = None
) -> tuple[list[Tree], int]:
    """Return columns from a left and a top, so wide and so high at most, and where the longest ends.

    Where only so many sources are `listed`, entries bear the numbers of these alone. What finds no room is counted in
    its column. A column with too much for its width gets more lanes, as long as none is too narrow; where that is not
    enough, names and limits are cut, and then chips stand closer.
    """
    left, top, wide, high = room
    top_of_chips = top + LAYOUT["heading"]
    settings = (_set(columns, wide, high - LAYOUT["heading"], density) for density in LAYOUT["densities"])
    for setting in settings:
        if not any(setting.left_out.values()):
            break
    drawn: list[Tree] = []
    lowest, x = top_of_chips, left
    step = setting.each + LAYOUT["gap"]
    for column in columns:
        count = setting.lanes.get(column.id, 0)
        across = count * step - LAYOUT["gap"] if count else setting.empty
        drawn += _heading(column, x, top, across, palette)
        chips = setting.chips.get(column.id, [])
        for chip in chips:
            at = (x + chip.lane * step, top_of_chips + chip.down, setting.each, chip.tall)
            drawn += _chip(chip, at, setting.above, palette, listed)
        ends = [top_of_chips + chip.down + chip.tall for chip in chips]
        left_out = setting.left_out.get(column.id, 0)
        if left_out:
            last = [end for end, chip in zip(ends, chips, strict=True) if chip.lane == count - 1]
            y = max(last, default=top_of_chips) + LAYOUT["chip"]["line"]
            words = f"and {left_out:,} more"
            drawn.append(_text(words, x + (count - 1) * step, y, LAYOUT["chip"]["size"], palette["ink"], bold=True))
            ends.append(y + 4)
        lowest = max(lowest, *ends, top_of_chips)
        x += across + LAYOUT["gap"]
    if not setting.lanes:
        said, lowest = paragraph(LAYOUT["silence"], "finding", left, lowest + 8, wide, palette)
        drawn += said
    return drawn, lowest


def _set(columns: Sequence[CardColumn], wide: int, high: int, density: Mapping[str, int]) -> _Setting:
    filled = [column for column in columns if column.entries]
    gap, empty = LAYOUT["gap"], LAYOUT["empty"]
    if not filled:
        empty = (wide - gap * (len(columns) - 1)) // len(columns)
    # What empty columns leave, with the gap after each lane.
    room = wide + gap - (empty + gap) * (len(columns) - len(filled))
    lanes = {column.id: 1 for column in filled}
    while True:
        lane_width = min(room // max(1, sum(lanes.values())) - gap, LAYOUT["widest"])
        chips = {column.id: _chips(column.entries, lanes[column.id], lane_width, high, density) for column in filled}
        left_out = {column.id: len(column.entries) - len(chips[column.id]) for column in filled}
        fullest = max(lanes, key=lambda key: left_out[key], default="")
        narrower = room // (sum(lanes.values()) + 1) - gap
        if not left_out.get(fullest) or narrower < LAYOUT["narrowest"]:
            return _Setting(lane_width, empty, density["above"], lanes, chips, left_out)
        lanes[fullest] += 1


def lineup_of(columns: Sequence[CardColumn], palette: Palette) -> Tree:
    """Return the columns of a card alone as a picture of SVG, so high that every entry finds room.

    The numbers of sources are a card's own, and not in it.
    """
    columns = [one._replace(entries=tuple(chip._replace(cites=()) for chip in one.entries)) for one in columns]
    wide, high, tallest = LAYOUT["wide"], LAYOUT["high"], LAYOUT["high"] * sum(2 + len(one.entries) for one in columns)
    roomy, *_ = LAYOUT["densities"]
    while any(_set(columns, wide, high - LAYOUT["heading"], roomy).left_out.values()) and high < tallest:
        high += LAYOUT["high"] // 3
    drawn, lowest = columns_of(columns, (0, 2, wide, high), palette)
    names = {column.title: column.number for column in columns if column.entries}
    return [
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {wide} {lowest + 4}", "role": "img"},
        ["title", {}, ", ".join(f"{name} {number:,}" for name, number in names.items()) or LAYOUT["silence"]],
        ["g", {"font-family": LETTERS["family"], "fill": palette["ink"]}, *drawn],
    ]


def _heading(column: CardColumn, x: int, top: int, wide: int, palette: Palette) -> list[Tree]:
    ink, dash = LAYOUT["inks"][column.id]
    rule = {"x1": x, "x2": x + wide, "y1": top, "y2": top, "stroke": palette[ink], "stroke-width": 4}
    return [
        ["line", rule | ({"stroke-dasharray": dash} if dash else {})],
        _text(column.title, x, top + 21, 15, palette["ink"], bold=True),
        _text(f"{column.number:,}", x + wide, top + 21, 14, palette["soft"], bold=False, end=True),
    ]


def _chips(entries: Sequence[Chip], lanes: int, wide: int, high: int, density: Mapping[str, int]) -> list[_Laid]:
    """Return the entries that find room in so many lanes, and leave room for the number of those that do not."""
    chip = LAYOUT["chip"]
    laid: list[_Laid] = []
    lane, down = 0, 0
    for entry in entries:
        lines = _lines(entry, wide - 2 * chip["pad"], density)
        tall = sum(1 for what, _ in lines if what != "beside") * chip["line"] + 2 * density["above"]
        if down + tall > high and down:
            lane, down = lane + 1, 0
        if lane == lanes or tall > high:
            break
        laid.append(_Laid(entry, lane, down, tall, lines))
        down += tall + density["gap"]
    if len(laid) < len(entries):
        while laid and laid[-1].lane == lanes - 1 and laid[-1].down + laid[-1].tall + chip["line"] + 4 > high:
            laid.pop()
    return laid


def _lines(entry: Chip, wide: int, most: Mapping[str, int]) -> list[_Line]:
    """Return the lines of a chip; the numbers of sources stand `beside` the last one where there is room."""
    chip = LAYOUT["chip"]
    size = chip["size"]
    names = in_lines(entry.name, wide, size, bold=True, most=most["name"])
    limits = in_lines(entry.limits, wide, size, most=most["limits"])
    lines = [*(("name", line) for line in names), *(("limits", line) for line in limits)]
    if not entry.cites:
        return lines
    cites = _cites(entry)
    what, last = lines[-1]
    used = width(last, bold=what == "name") + width(cites)
    return [*lines, ("beside" if (used * size) <= (wide - 8) * 1000 else "cites", cites)]


def _cites(entry: Chip, listed: int | None = None) -> str:
    """Return the numbers of an entry's sources, as many as there is room for and as are listed."""
    numbers = [number for number in entry.cites if listed is None or number <= listed][: LAYOUT["chip"]["cites"]]
    return f"[{', '.join(map(str, numbers))}{'…' if len(numbers) < len(entry.cites) else ''}]"


def _chip(laid: _Laid, at: tuple[int, int, int, int], above: int, palette: Palette, listed: int | None) -> list[Tree]:
    x, y, wide, high = at
    entry, chip = laid.entry, LAYOUT["chip"]
    frame: dict[str, Any] = {"x": x, "y": y, "width": wide, "height": high, "rx": 5}
    frame["fill"] = palette["paper" if entry.conditional or entry.faint else "sheet"]
    frame |= {"stroke": palette["edge"], "stroke-width": 1}
    frame |= {"stroke-dasharray": "2 3" if entry.faint else "6 4"} if entry.conditional or entry.faint else {}
    drawn: list[Tree] = [["rect", frame]]
    if entry.contested:
        inner = {"x": x + 3, "y": y + 3, "width": wide - 6, "height": high - 6, "rx": 3, "fill": "none"}
        drawn.append(["rect", inner | {"stroke": palette["edge"], "stroke-width": 1}])
    down = y + above + chip["size"] - chip["line"]
    for what, line in laid.lines:
        ink = palette["ink" if what == "name" else "soft"]
        words = _cites(entry, listed) if what in ("beside", "cites") else line
        if what == "beside":
            drawn.append(_text(words, x + wide - chip["pad"], down, chip["size"], ink, bold=False, end=True))
            continue
        down += chip["line"]
        drawn.append(_text(words, x + chip["pad"], down, chip["size"], ink, bold=what == "name"))
    return drawn


# -- sources ---------------------------------------------------------------------------------------------------


def sources_numbered(sources: Sequence[CardSource], many: int) -> str:
    r"""Return the first of some sources, numbered, and how many more there are.

    >>> from actorgraph.explorer.card_data import CardSource
    >>> sources_numbered([CardSource("RT, 2025, D3", None), CardSource("AP, 2026, B2", None)], 1)
    'Sources: [1]\xa0RT, 2025, D3; and 1 more.'
    """
    if not sources:
        return ""
    parts = [f"[{number}]\u00a0{one.text}" for number, one in enumerate(sources[:many], 1)]
    return f"Sources: {'; '.join([*parts, *([f'and {len(sources) - many:,} more'] if many < len(sources) else [])])}."


def how_many_fit(sources: Sequence[CardSource], wide: int, most: int) -> int:
    """Return how many sources find room, numbered, in so many lines; none has room for twenty."""
    for many in range(min(len(sources), 20 * most), 0, -1):
        if len(in_lines(sources_numbered(sources, many), wide, LAYOUT["foot"]["size"])) <= most:
            return many
    return min(1, len(sources))
