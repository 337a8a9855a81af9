"""Which files belong to a model, each decoded and parsed: its own, and those that its header includes."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from actorgraph.errors import Problem, Span, did_you_mean, quoted
from actorgraph.model.files import Files
from actorgraph.model.paths import MANIFEST, OF_TABLES, Stamp, journal_of
from actorgraph.model.reader import Data, Loc, Parsed, Places, decode, parse
from actorgraph.model.records import PROSE

_ENDS_OTHERWISE: Final = re.compile(r"\.ya?ml\.\w+$", re.IGNORECASE)
"""How names end that editors give another ending, and file managers hide it."""
_SAVED_AS_TEXT: Final = re.compile(r"\.ya?ml\.(txt|text|rtf|docx?)$", re.IGNORECASE)
"""Those endings with which no backup is kept: whoever saved the file means it to be read."""


class TextFile(NamedTuple):
    """A file of a model: its absolute path, the path that messages show, its text, and what was parsed of it."""

    path: str
    shown: str
    text: str
    parsed: Parsed


class Texts:
    """The files of one model as they are read, and every problem on the way.

    `whole` turns false where definitions may have been lost: no reference is then called unknown. `roots` are the
    places whose files were read, or would have been had they existed: each as it was reached, maybe by links, and as
    it was listed. `read_as` has the shown path of every file by its real one.
    """

    def __init__(self, model: str, files: Files) -> None:
        self.model = model
        self.files = files
        self.problems: list[Problem] = []
        self.whole = True
        self.roots: list[tuple[str, str]] = []
        self.stamps: list[Stamp] = []
        self.texts: list[TextFile] = []
        self.read_as: dict[str, str] = {}
        self.finders: dict[str, Places] = {}

    def read_all(self) -> None:
        """Read the model's own files, then those that it includes."""
        journal = journal_of(self.model)
        if self._is_cut_short(journal):
            message = "a renaming was cut short; any `actorgraph rename` of the model settles it first"
            self.lose(journal, "AG025", message)
        own = self.read(self.inside_fence(self.yaml_files(self.model)))
        with_header = [file for file in own if file.parsed.data.get("model") is not None]
        for file in with_header[1:]:
            self.second_header(file, f"a second model header; the first is in {with_header[0].shown}")
        if own and not with_header and all(file.parsed.ended for file in own):
            self.lose(own[0].path, "AG010", "no model header; one file needs `model: {id: …, title: …}`")
        for file in with_header[:1]:
            for loc, target in _includes(file.parsed.data["model"]):
                self.include(file, loc, target)

    def include(self, owner: TextFile, loc: Loc, target: str) -> None:
        """Read what a header includes, or note why it may not be."""
        place = self.place_of(owner.path, target)
        reached = os.path.join(os.path.dirname(self.files.real(owner.path)), target)
        if not isinstance(place, str):
            self.whole = False
            self.note(owner, *place, loc)
            if place[0] == "AG008" and "\0" not in reached:
                self.roots.append((reached, os.path.abspath(reached)))  # `serve` watches for it to appear
            return
        real = self.inside_fence(self.yaml_files(place, reached))
        again = [self.read_as[path] for path in real.values() if path in self.read_as]
        if again:
            message = f"the include {quoted(target)} brings in {again[0]}, which the model holds already"
            self.note(owner, "AG022", message, loc)
        for file in self.read(name for name in real if real[name] not in self.read_as):
            if "model" in file.parsed.data:
                model = self.files.shown(self.model)
                self.second_header(file, f"an included file has a model header; the model is {model}")

    def place_of(self, owner: str, target: str) -> str | tuple[str, str]:
        """Return the real path that an include leads to, or the code and message where it may not be read."""
        include = f"the include {quoted(target)}"
        if os.path.isabs(target):
            return "AG009", f"{include} is an absolute path; name it from this file's folder"
        try:
            place = self.files.real(os.path.join(os.path.dirname(self.files.real(owner)), target))
            exists = self.files.exists(place)
        except (OSError, ValueError) as error:  # too long, or with a NUL in it
            return "AG008", f"{include} is no path: {getattr(error, 'strerror', None) or error}"
        fence = self.files.fence(self.model)
        if not Path(place).is_relative_to(fence):
            return "AG009", f"{include} climbs out of {self.files.shown(fence)}, the folder that it must stay in"
        if not exists and "*" in target:
            return "AG008", f"{include} is a pattern; name the folder, or each file"
        if not exists:
            near = did_you_mean(os.path.basename(place), self.files.names_in(os.path.dirname(place)))
            fix = "; its path is from this file's folder"
            return "AG008", f"{include} does not exist{near or fix}"
        return place

    def _is_cut_short(self, journal: str) -> bool:
        """Whether a renaming left a journal and did not end; none is at what can be no path."""
        try:
            return self.files.is_cut_short(journal)
        except (OSError, ValueError):
            return False

    def inside_fence(self, names: Iterable[str]) -> dict[str, str]:
        """Return the real paths of files by their names, without those that a link leads out of the model's fence."""
        fence = self.files.fence(self.model)
        real = {name: self.files.real(name) for name in names}
        for name in [name for name in real if not Path(real[name]).is_relative_to(fence)]:
            self.lose(name, "AG009", f"a link that leads out of {self.files.shown(fence)}")
            del real[name]
        return real

    def second_header(self, file: TextFile, message: str) -> None:
        """Note that a file has a header that the model may not have; what that includes is not read."""
        self.whole = False
        self.note(file, "AG010", message, ("model",))

    def yaml_files(self, path: str, reached: str | None = None) -> tuple[str, ...]:
        """Return the YAML files at a path, noting how it was reached."""
        listed = os.path.abspath(path)
        self.roots.append((reached or listed, listed))
        try:
            names = self.files.yaml_files(path)
        except OSError as error:
            self.lose(error.filename or path, "AG001", f"cannot read it: {error.strerror}")
            return ()
        if not names and reached is None:  # an included folder may be empty yet
            self.lose(path, "AG010", f"the folder holds no YAML file (*.yaml, *.yml){self._what_else(path)}")
        return names

    def _what_else(self, folder: str) -> str:
        """Return what a folder without YAML files seems to be meant for, as the end of a sentence."""
        names = sorted(self.files.names_in(folder))
        if any(map(OF_TABLES.fullmatch, names)):
            return f"; of a folder of holdings its {MANIFEST} is missing: compile them again"
        return next(
            (f"; the name of {quoted(name)} ends otherwise" for name in names if _ENDS_OTHERWISE.search(name)), ""
        )

    def unread(self) -> Iterator[Problem]:
        """Yield a warning for each file in the folders of the model that would be read if it were called otherwise."""
        roots = [listed for _, listed in self.roots] if self.texts else []  # else it is told that there are none
        inside = (os.path.dirname(file.path) for file in self.texts if file.path not in roots)
        for folder in sorted({*roots, *inside}):
            for name in sorted(filter(_SAVED_AS_TEXT.search, self.files.names_in(folder))):
                right, ending = os.path.splitext(name)
                message = f"it is not read, as its name ends in {ending}; call it {quoted(right)}, or take it away"
                yield Problem("AG120", message, Span(self.files.shown(os.path.join(folder, name))))

    def read(self, names: Iterable[str]) -> list[TextFile]:
        """Read files, each once: what a second name leads to is not read again."""
        read: list[TextFile] = []
        for name in names:
            label = self.files.shown(name)
            first = self.read_as.setdefault(self.files.real(name), label)
            if first != label:
                self.problems.append(Problem("AG022", f"the same file as {first}; take one away", Span(label)))
            elif file := self.read_file(name):
                read.append(file)
        self.texts.extend(read)
        return read

    def read_file(self, name: str) -> TextFile | None:
        """Read and parse one file, noting what it looked like; None where it cannot be read."""
        try:
            content = self.files.read(name)
        except OSError as error:
            self.lose(name, "AG001", f"cannot read it: {error.strerror}")
            return None
        if content.stamp:
            self.stamps.append(content.stamp)
        return self.parse(name, content.raw)

    def parse(self, name: str, raw: bytes) -> TextFile:
        """Parse what a file holds, noting what is wrong with its text."""
        path, label = os.path.abspath(name), self.files.shown(name)
        text = decode(raw, label)
        if isinstance(text, Problem):
            file = TextFile(path, label, "", Parsed({}, {}, [text], ended=False))
        else:
            file = TextFile(path, label, text, parse(text, label, prose=PROSE))
        self.problems.extend(file.parsed.problems)
        self.whole = self.whole and not any(problem.category == "text" for problem in file.parsed.problems)
        return file

    # -- problems ------------------------------------------------------------------------------------------

    def find(self, file: TextFile, loc: Loc, *, key: bool = False) -> Span:
        """Return where the value at `loc` stands in a file, or its key."""
        if file.path not in self.finders:
            self.finders[file.path] = Places(file.text, file.shown)
        return self.finders[file.path].find(loc, key=key)

    def note(self, file: TextFile, code: str, message: str, loc: Loc, *, beside: Span | None = None) -> None:
        """Note a problem with the value at `loc` in a file; `beside` is as a `Problem` has it."""
        self.problems.append(Problem(code, message, self.find(file, loc), beside=beside))

    def lose(self, path: str, code: str, message: str) -> None:
        """Note a problem with a whole file or folder, whose definitions are lost."""
        self.whole = False
        self.problems.append(Problem(code, message, Span(self.files.shown(path))))


def _includes(header: Data) -> Iterator[tuple[Loc, str]]:
    """Yield what a header includes, with the way to it; what is no text is refused elsewhere."""
    targets = header.get("include") if isinstance(header, dict) else None
    for number, target in enumerate(targets if isinstance(targets, list) else ()):
        if isinstance(target, str) and target.strip():
            yield ("model", "include", number), target.strip()
