"""The same model file in any layout that YAML allows: order, brackets, quotes, spacing and comments by chance."""

import random
from collections.abc import Mapping

from actorgraph.curate.canonical import SECTIONS, key_order
from actorgraph.model.reader import Data, parse, tokens
from actorgraph.model.records import PROSE

NASTY = [
    *(
        "NO",
        "on",
        "Yes",
        "y",
        "null",
        "~",
        "None",
        "0123",
        "1_000",
        "1.10",
        "1e5",
        "0x1F",
        "12:30",
        "2024-01-01",
        "=",
        "<<",
    ),
    *("a: b", "x #y", "# not", "#x", "it's", 'say "so"', 'it\'s "both"', "back\\slash", "tab\there", "C:\\new"),
    *(
        "two\nlines",
        "trailing\n",
        "para\n\npara\n",
        "deep\n  deeper\nback",
        "three\n\n\n",
        " lead",
        "trail ",
        "",
        "\n",
        " ",
    ),
    *(
        "- dash",
        "-dash",
        "[x]",
        "{y}",
        "a, b",
        "a,b",
        "x]",
        "!tag",
        "&a",
        "*b",
        "%p",
        "@at",
        "`t",
        "?q",
        "? q",
        ":x",
        "a:",
    ),
    *(
        "---",
        "...",
        "|",
        ">",
        "é ü ŝ",
        "non\u00a0breaking",
        "smile 😀 smile",
        "line\u2028separator",
        "\u0085",
        "\ufeff",
        ".5",
    ),
    *(
        "http://x.org/a?b=c#d",
        "a :b",
        "a ]b",
        "x" * 130,
        "word " * 40 + "end",
        "two  spaces " * 15 + "end",
        "+1",
        ".inf",
    ),
    "A sentence that is just about as long as a line may be, which is where one column makes a difference.",
    "A sentence: with a colon, a comma and a # sign, and so many words that it takes more than one line of the file.\n",
    *("Olsen", "Kari Olsen", "uk", "harbour-board", "A deep-water harbour", "3-4", "13, 17-18"),
]
KEYED = {"actors", "proposals", "conditions", "sources"}
LISTS = {"aliases", "if", "unless", "toward", "entails", "actors", "include"}
INNER = {"evidence", "held"}


def content(chance: random.Random) -> dict[str, Data]:
    """Return what a file might say, whatever its schema says of that; in canonical order."""
    sections: dict[str, Data] = {}
    for section in SECTIONS:
        if chance.random() < 0.5:
            continue
        if section == "model":
            sections[section] = record(chance, section)
        elif chance.random() < 0.15:
            sections[section] = chance.choice([None, {}, []])
        elif section in KEYED:
            keys = chance.sample(["uk", "no", "y", "1e5", "2024", "a-b", "olsen"], chance.randrange(1, 4))
            sections[section] = {key: record(chance, section) for key in keys}
        else:
            sections[section] = [record(chance, section) for _ in range(chance.randrange(1, 4))]
    return sections


def record(chance: random.Random, section: str) -> dict[str, Data]:
    keys = [key for key in key_order(section) if chance.random() < 0.45] or [key_order(section)[0]]
    return {key: value(chance, key) for key in keys}


def value(chance: random.Random, key: str) -> Data:
    if key in LISTS:
        return [chance.choice(NASTY) for _ in range(chance.choice([0, 1, 1, 2, 3, 12]))]
    if key in INNER:
        return [record(chance, key) for _ in range(chance.randrange(3))]
    return None if chance.random() < 0.05 else chance.choice(NASTY)


def shuffled(chance: random.Random, data: dict[str, Data]) -> dict[str, Data]:
    """Return data with its sections and the keys of its records in any order; that of records is the curator's."""
    return {
        section: {key: any_order(chance, one) for key, one in held.items()}
        if section in KEYED and isinstance(held, dict)
        else any_order(chance, held)
        for section, held in sample(chance, data)
    }


def any_order(chance: random.Random, data: Data) -> Data:
    if isinstance(data, dict):
        return {key: any_order(chance, one) for key, one in sample(chance, data)}
    return [any_order(chance, one) for one in data] if isinstance(data, list) else data


def sample(chance: random.Random, data: dict[str, Data]) -> list[tuple[str, Data]]:
    return chance.sample(list(data.items()), len(data))


class Layout:
    """Writes data down as chance has it; with `blocks` no mapping is in brackets."""

    def __init__(self, chance: random.Random, *, blocks: bool = False) -> None:
        self.chance = chance
        self.blocks = blocks

    def text(self, data: Mapping[str, Data]) -> str:
        if not data:
            return ""
        if self.chance.random() < 0.05 and not self.blocks:
            return self.value(dict(data), 0, flow=True) + "\n"
        text = "---\n" * (self.chance.random() < 0.1) + self.block(dict(data), 0)
        return text + "...\n" * (self.chance.random() < 0.1)

    def block(self, data: Data, column: int) -> str:
        """Return the lines of a mapping or list that has something in it."""
        lead = " " * column
        if isinstance(data, dict):
            return "".join(
                f"{lead}{self.scalar(key, flow=True)}:{self.behind(one, column)}" for key, one in data.items()
            )
        assert isinstance(data, list)
        return "".join(f"{lead}-{self.behind(one, column, item=True)}" for one in data)

    def behind(self, data: Data, column: int, *, item: bool = False) -> str:
        """Return a value as it follows a key or a dash, to the line's end."""
        gap = " " * self.chance.choice([1, 1, 1, 3])
        if not data and not isinstance(data, str):
            return (
                f"{gap}{self.value(data, column + 1, flow=True)}\n" if data is not None else f"{gap}{self.nothing()}\n"
            )
        if isinstance(data, str):
            return self.scalar_behind(data, column, gap)
        mapped = isinstance(data, dict) or any(isinstance(one, dict) for one in data)
        if self.chance.random() < 0.35 and not (self.blocks and mapped):
            return f"{gap}{self.value(data, column + 1, flow=True)}\n"
        deeper = column + self.chance.choice([2, 2, 2, 4, 1])
        if item and isinstance(data, dict) and self.chance.random() < 0.8:
            return (
                " " * (deeper - column - 1) + self.block(data, deeper)[deeper:]
                if deeper - column > 1
                else f"\n{self.block(data, deeper)}"
            )
        if isinstance(data, list) and not item and self.chance.random() < 0.3:
            deeper = column
        return "\n" + self.block(data, deeper)

    def scalar_behind(self, text: str, column: int, gap: str) -> str:
        style = self.chance.choice(["", "", "|", ">"])
        lines = text.removesuffix("\n").split("\n")
        chomp = "" if text.endswith("\n") else "-"
        fit = text.strip("\n ") == text.removesuffix("\n") != "" and all(one.isprintable() for one in lines)
        if style == "|" and fit:
            return f"{gap}|{chomp}\n" + "".join(f"{' ' * (column + 3)}{one}\n" if one else "\n" for one in lines)
        if style == ">" and fit and len(lines) == 1 and "  " not in text:
            body = f"\n{' ' * (column + 2)}".join(self.broken(lines[0]))
            return f"{gap}>{chomp}\n{' ' * (column + 2)}{body}\n"
        if self.chance.random() < 0.1:
            gap = f"\n{' ' * (column + 3)}"
        return f"{gap}{self.scalar(text)}\n"

    def broken(self, line: str) -> list[str]:
        words, lines = line.split(" "), [""]
        for word in words:
            if lines[-1] and self.chance.random() < 0.2:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        return lines

    def nothing(self) -> str:
        return self.chance.choice(["", "null", "~"])

    def value(self, data: Data, column: int, *, flow: bool) -> str:
        """Return a value in brackets, on one line or several."""
        if data is None:
            return "null"
        if isinstance(data, str):
            return self.scalar(data, flow=flow)
        wide = self.chance.random() < 0.6
        comma, pad = (", ", self.chance.choice(["", " "])) if wide else (f"\n{' ' * column},", f"\n{' ' * column}")
        if self.chance.random() < 0.3 and not wide:
            comma = f",\n{' ' * (column + self.chance.randrange(4))}"
        parts = (
            [f"{self.scalar(key, flow=True)}: {self.value(one, column + 1, flow=True)}" for key, one in data.items()]
            if isinstance(data, dict)
            else [self.value(one, column + 1, flow=True) for one in data]
        )
        inside = f"{pad}{comma.join(parts)}{',' * (bool(parts) and self.chance.random() < 0.2)}{pad}"
        return f"{{{inside}}}" if isinstance(data, dict) else f"[{inside}]"

    def scalar(self, text: str, *, flow: bool = False) -> str:
        """Return a text plain where that is read back as it is, or in quotes."""
        double = '"' + "".join(self.escaped(one) for one in text) + '"'
        single = "'" + text.replace("'", "''") + "'"
        styles = [double] if not all(one.isprintable() for one in text) else [double, single, text, text]
        for _ in range(6):
            style = self.chance.choice(styles)
            written = f"[{style}, b]\n" if flow else f"{style}\n"
            read = parse(f"a: {written}", "a.yaml")
            if not read.problems and read.data == {"a": [text, "b"] if flow else text}:
                return style
        return double

    @staticmethod
    def escaped(one: str) -> str:
        if one in '"\\':
            return f"\\{one}"
        return one if one.isprintable() or ord(one) == 0xA0 else f"\\u{ord(one):04x}"


def commented(chance: random.Random, text: str, share: float) -> str:
    """Return a text with comments and empty lines wherever YAML takes them, all different from one another."""
    lines = text.split("\n")
    number = 0
    data = parse(text, "a.yaml").data
    for at in range(len(lines) - 1, -1, -1):
        for own_line in (True, False):
            if chance.random() > share:
                continue
            number += 1
            words = chance.choice(["# about", "#about", "# a: b [", "#", "## 'quoted'"]) + f" {number}"
            if own_line:
                added = [" " * chance.choice([0, 0, 2, 4, 6, 8]) + words] * (chance.random() < 0.8)
                added = [""] * chance.randrange(3) + added + [""] * chance.randrange(2)
                tried = [*lines[:at], *added, *lines[at:]]
            else:
                tried = [*lines[:at], f"{lines[at]}{' ' * chance.choice([1, 2, 5])}{words}", *lines[at + 1 :]]
            read = parse("\n".join(tried), "a.yaml", prose=PROSE)
            if not read.problems and read.data == data:
                lines = tried
    return "\n".join(lines)


def said(text: str) -> list[str]:
    """Return the comments of a text made by `commented`, found in another way than the formatter finds them."""
    covered = sorted((one.start, one.end) for one in tokens(text) if one.kind == "scalar" and one.end > one.start)
    comments, at = [], 0
    while (at := text.find("#", at)) >= 0:
        inside = next(((start, end) for start, end in covered if start <= at < end), None)
        header = inside and text[inside[0]] in "|>" and "\n" not in text[inside[0] : at]
        if inside is None or header:
            end = text.find("\n", at)
            comments.append(text[at : end if end >= 0 else len(text)].rstrip())
            at = end if end >= 0 else len(text)
        else:
            at += 1
    return comments
