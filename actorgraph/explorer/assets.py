"""The files that every page is made of: our template, styles and scripts, and vis-network as pyvis brings it."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
"""vis-network as pyvis 0.3.2 brings it."""
_STYLES: Final = (
    *("base", "head", "time", "legend", "panel", "drawing"),
    *("lineup", "matrix", "table", "timeline", "details", "forced", "print"),
)
_IMPORT: Final = re.compile(r'^import (?:\{[^}]*\} from )?"\./([\w-]+)\.js";\n', re.MULTILINE)
_COMMENT: Final = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)(?:.|\n))*\*/[ \t]*)\n", re.MULTILINE)
"""A comment on lines of its own: what our modules say of themselves, types included, is for who reads them here."""
_INDENT: Final = re.compile(r"^ +", re.MULTILINE)
"""What a line begins with; no text of ours goes on in another line, in which it would be part of the text."""
_EXPORT: Final = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)


def template(name: str) -> str:
    """Return the text of one of our templates."""
    return _read(f"{name}.html")


def style(*names: str) -> str:
    """Return our style sheets of these names as one; all that an exported page has where none is named."""
    return _inlinable("\n".join(_read("css", f"{name}.css") for name in names or _STYLES))


def script(entry: str = "main") -> str:
    """Return our JavaScript modules as one script: each module after those that it imports, `entry` last.

    The modules import each other by name only, and no name is declared twice, so one text after the other is a
    correct script; a name that was declared twice would be a syntax error. Comments and indentation stay behind: they
    were a third of it.
    """
    modules: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in modules:
            return
        text = _read("js", f"{name}.js")
        for imported in _IMPORT.findall(text):
            visit(imported)
        modules[name] = _INDENT.sub("", _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))).strip()

    visit(entry)
    return _inlinable("\n".join(modules.values()))


def library() -> str:
    """Return vis-network without the address of its source map, which a browser's tools would download."""
    text = resources.files("pyvis").joinpath(_VIS).read_text("utf-8")
    code, mark, _ = text.rpartition("//# sourceMappingURL=")
    return _inlinable(code if mark else text)


def _read(*names: str) -> str:
    file: Traversable = resources.files("actorgraph.explorer").joinpath(*names)
    return file.read_text("utf-8")


def _inlinable(text: str) -> str:
    """Return a text as a browser reads it inside `script` or `style`, so that its hash is the browser's.

    A text that would end its element early is a fault of ours.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert not any(end in text.lower() for end in ("</script", "<!--", "</style"))
    return text
