"""A text as what `canonical` writes: its entries in order, each with the comments that belong to it.

What a comment belongs to is decided by where it stands. Behind something on its line, it is about that. On a line of
its own, it is about the entry below; unless it is indented as the entries of a list or mapping that has just ended
are: then it closes those.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from actorgraph.curate.canonical import Collection, Entry, Scalar
from actorgraph.model.reader import Token, tokens

_TRIVIA: Final = re.compile(r"#[^\r\n]*|\r\n|[\r\n]")
_NOTHING: Final = frozenset({"", "null", "~"})


class Outline(NamedTuple):
    """A file's sections, and the comment lines on top that an empty line parts from them."""

    root: Collection
    head: list[str]


class _Scope:
    """A collection while it is read; `column` is that of its entries, and `owner` the entry that holds it."""

    def __init__(self, collection: Collection, column: int, owner: Entry | None, parent: "_Scope | None") -> None:
        self.collection = collection
        self.column = column
        self.owner = owner
        self.parent = parent
        self.depth: int = 1 if parent is None else parent.depth + 1
        if parent is not None and not collection.keyed and parent.column == column:
            self.column += 1  # a list that is not indented: what stands in its column is about what follows

    @property
    def airy(self) -> bool:
        """Whether empty lines between its entries are kept: between sections, and between records."""
        return self.depth == 1 or (self.depth == 2 and self.owner is not None and self.owner.key != "model")


class _Mark(NamedTuple):
    """A token that is there to be seen, with the entry that it belongs to and those that start with it."""

    token: Token
    entry: Entry | None
    scope: _Scope
    starts: tuple[tuple[Entry, _Scope], ...]


class _Comment(NamedTuple):
    text: str
    column: int
    behind: str | None
    """What stands before it on its line; None where nothing does."""
    spaced: bool


def outline(text: str) -> Outline:
    r"""Return the outline of a text that `parse` reads without a problem.

    >>> root, head = outline("# Top\n\n# Who\nactors: # all\n  uk: {name: UK}")
    >>> head, root.entries[0].before, root.entries[0].comment
    (['# Top', ''], ['# Who'], '# all')
    """
    root, marks = _Reading(text).read()
    found = _Comments(text, root)
    previous: _Mark | None = None
    for mark in (*marks, None):
        found.place(previous, mark)
        previous = mark
    return Outline(root, found.head)


def comments(text: str) -> list[str]:
    r"""Return every comment of a text that `parse` reads without a problem, in order.

    >>> comments("# one\nuk: {name: '# none', # two\n  kind: state}")
    ['# one', '# two']
    """
    found: list[str] = []
    start = 0
    for mark in _Reading(text).read()[1]:
        token = mark.token
        found += [one.text for one in _comments(text, start, token.start)][:-1]
        if token.style in ("|", ">") and (header := _TRIVIA.search(text, token.start, token.end)):
            found += [header[0].rstrip()] * header[0].startswith("#")
        start = token.end
    return found + [one.text for one in _comments(text, start, len(text))][:-1]


class _Reading:
    """Reads what a text holds, without comments, and notes the tokens that can be seen."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = Collection(keyed=True)
        self.marks: list[_Mark] = []
        self.scope: _Scope | None = None
        self.pending: Entry | None = None
        """A key that waits for its value."""
        self.starts: list[tuple[Entry, _Scope]] = []

    def read(self) -> tuple[Collection, list[_Mark]]:
        for token in tokens(self.text):
            if token.kind == "end":
                self.end(token)
            elif token.kind != "scalar":
                self.begin(token)
            elif self.scope is not None:  # else the file is empty, or says null
                if self.scope.collection.keyed and self.pending is None:
                    self.pending = self.entry(token.value, self.scope)
                    self.mark(token, self.pending, self.scope)
                else:
                    self.scalar(token, self.scope)
        return self.root, self.marks

    def entry(self, key: str | None, scope: _Scope) -> Entry:
        entry = Entry(key, Scalar(None))
        scope.collection.entries.append(entry)
        self.starts.append((entry, scope))
        return entry

    def mark(self, token: Token, entry: Entry | None, scope: _Scope) -> None:
        self.marks.append(_Mark(token, entry, scope, tuple(self.starts)))
        self.starts.clear()

    def scalar(self, token: Token, scope: _Scope) -> None:
        entry = self.pending or self.entry(None, scope)
        self.pending = None
        nothing = not token.style and token.value in _NOTHING
        entry.value = Scalar(None if nothing else token.value)
        if token.style in ("|", ">"):
            found = _TRIVIA.search(self.text, token.start, token.end)
            if found and found[0].startswith("#"):
                _note(entry, found[0])
            end = token.start + len(self.text[token.start : token.end].rstrip())
            token = token._replace(end=end)  # without the empty lines behind it
        if token.end > token.start:
            self.mark(token, entry, scope)

    def begin(self, token: Token) -> None:
        entry = self.pending
        if entry is None and self.scope is not None:
            entry = self.entry(None, self.scope)
        self.pending = None
        held = self.root if self.scope is None else Collection(keyed=token.kind == "mapping")
        held.flow = token.flow
        if entry is not None:
            entry.value = held
        self.scope = _Scope(held, token.column, entry, self.scope)
        if token.flow:
            self.mark(token, entry, self.scope)

    def end(self, token: Token) -> None:
        assert self.scope is not None, "what ends has begun"
        if token.flow:
            self.mark(token, self.scope.owner, self.scope)
        self.scope, self.pending = self.scope.parent, None


class _Comments:
    """Gives every comment of a text to the entry or collection that it belongs to."""

    def __init__(self, text: str, root: Collection) -> None:
        self.text = text
        self.root = root
        self.head: list[str] = []

    def place(self, before: _Mark | None, after: _Mark | None) -> None:
        """Place the comments, and the empty lines, between one token and the next."""
        start = before.token.end if before else 0
        end = after.token.start if after else len(self.text)
        found = list(_comments(self.text, start, end))
        following = found.pop().spaced  # the last one stands for the token itself
        chain = _ended(before, after)
        for one in found:
            if one.behind is None or before is None or one.behind.rstrip().endswith(("-", "?")):
                chain = [each for each in chain if one.column >= each.column]
                lines, airy = self.target(one, before, after, chain)
                lines += [""] * (airy and one.spaced) + [one.text]
            elif one.behind.strip().startswith("..."):
                self.root.after.append(one.text)
                before, chain = None, []  # whatever follows is behind the end of the document
            else:
                _behind(one.text, before, after, self.root)
        if following and after and after.starts and after.starts[0][1].airy:
            after.starts[0][0].before.append("")
        if before is None and after and after.starts:
            self.split(after.starts[0][0])

    def target(
        self, one: _Comment, before: _Mark | None, after: _Mark | None, chain: list[_Scope]
    ) -> tuple[list[str], bool]:
        """Return the comment lines that one on a line of its own joins, and whether empty lines are kept among them."""
        found = self.root.after, True
        if before and before.entry and _is_empty(before) and one.column > before.token.column:
            found = before.entry.after, True
        elif chain:
            found = chain[0].collection.after, chain[0].airy
        elif after is not None and after.starts:
            entry, scope = after.starts[0]
            found = entry.before, scope.airy
        elif after is not None and after.token.kind == "end" and after.scope.collection.entries:
            found = after.scope.collection.after, False
        elif after is not None and after.entry is not None:  # between a key and its value, or in empty brackets
            found = _before(after.entry), False
        elif after is not None:
            found = self.head, True
        return found

    def split(self, first: Entry) -> None:
        """Keep on top of the file what an empty line parts from its first section."""
        if "" in first.before:
            last = len(first.before) - first.before[::-1].index("")
            self.head += first.before[:last]
            del first.before[:last]


def _comments(text: str, start: int, end: int) -> Iterator[_Comment]:
    """Yield the comments between two places, and last an empty one that tells of the lines before the end."""
    spaced, line = False, start
    fresh = start == 0
    for found in _TRIVIA.finditer(text, start, end):
        behind = text[line : found.start()]
        alone = fresh and not behind.strip()
        if found[0].startswith("#"):
            yield _Comment(found[0].rstrip(), len(behind) if fresh else 0, None if alone else behind, spaced)
            spaced = False
        else:
            spaced, line, fresh = spaced or alone, found.end(), True
    yield _Comment("", 0, None, spaced)


def _ended(before: _Mark | None, after: _Mark | None) -> list[_Scope]:
    """Return the blocks that ended between two tokens, the innermost first."""
    if before is None or (after and after.token.kind == "end"):
        return []
    chain: list[_Scope] = []
    scope = before.scope.parent if before.token.kind == "end" else before.scope
    goal = after.starts[0][1] if after and after.starts else None
    while scope is not None and scope is not goal:
        chain.append(scope)
        scope = scope.parent
    if after is not None and (goal is None or scope is None):
        return []
    return [each for each in chain if each.parent is not None]


def _is_empty(mark: _Mark) -> bool:
    """Whether a token is the key of a section that holds nothing."""
    entry, scope = mark.entry, mark.scope
    return scope.depth == 1 and mark.token.kind == "scalar" and entry is not None and _none(entry)


def _none(entry: Entry) -> bool:
    return isinstance(entry.value, Scalar) and entry.value.value is None


def _behind(comment: str, before: _Mark, after: _Mark | None, root: Collection) -> None:
    """Place a comment behind a token."""
    entry = before.entry
    if entry is None:  # a file in brackets
        if before.token.kind == "end" or after is None:
            root.after.append(comment)
        elif after.starts:
            after.starts[0][0].before.append(comment)
        return
    held = entry.value
    if before.token.kind == "end" and isinstance(held, Collection) and held.entries:
        inner = held.after or entry.comment or any(map(_spoken, held.entries))
        if inner:
            held.after.append(comment)
            return
    if before.token.kind != "end" and isinstance(held, Collection) and entry.key is None:
        entry.before.append(comment)  # behind the bracket that opens an item
    else:
        _note(entry, comment)


def _before(entry: Entry) -> list[str]:
    """Return the comment lines before an entry, with the one that ends its first line moved there."""
    if entry.comment:
        entry.before.append(entry.comment)
        entry.comment = ""
    return entry.before


def _note(entry: Entry, comment: str) -> None:
    """Put a comment at the end of an entry's first line; one that stands there already moves before it."""
    _before(entry)
    entry.comment = comment.rstrip()


def _spoken(entry: Entry) -> bool:
    held = entry.value
    inner = isinstance(held, Collection) and (held.after or any(map(_spoken, held.entries)))
    return bool(entry.before or entry.comment or inner)
