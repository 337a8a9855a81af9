"""A text as what `canonical` writes: its entries in order, each with the comments that belong to it.

What a comment belongs to is decided by where it stands. Behind something on its line, it is about that. On a line of
its own, it is about the entry below; unless it is indented as the entries of a list or mapping that has just ended
are: then it closes those.

It takes two passes. `_Reader` builds the entries from the tokens of the text, without comments, and notes the
landmarks: the tokens that can be seen. Every comment stands between two landmarks, before the first or behind the
last, and `_Placement` decides from these two alone. An example, with its landmarks below it:

    actors:      # all of them       `actors` and `uk`, comment behind the first: it ends the line of `actors`
      # states                       the same two, on a line of its own: it stands before `uk`
      uk: {name: UK}                 `uk`, `{`, `name`, `UK` and `}`
      # more to come                 `}` and `events`, in the column of `uk`: it closes the mapping under `actors`
    events: []
"""

import re
from typing import Final, NamedTuple

from actorgraph.curate.canonical import Collection, Entry, Scalar
from actorgraph.model.reader import NULLS, Token, tokens

_COMMENT_OR_LINE_END: Final = re.compile(r"#[^\r\n]*|\r\n|[\r\n]")
_DOCUMENT_END: Final = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)


class Outline(NamedTuple):
    """A file's sections, and the comment lines on top that an empty line parts from them."""

    root: Collection
    head: list[str]


class _Level:
    """A collection while it is read, and those around it.

    `column` is that of its entries, `owner` the entry that holds it (None for the file's own mapping), and `depth`
    1 for the sections, 2 for the records in one, and so on.
    """

    def __init__(self, collection: Collection, column: int, owner: Entry | None, parent: "_Level | None") -> None:
        self.collection = collection
        self.column = column
        self.owner = owner
        self.parent = parent
        self.depth: int = 1 if parent is None else parent.depth + 1
        if parent is not None and not collection.keyed and parent.column == column:
            # The dashes stand in the column of the key above, as YAML allows. A comment in that column is about the
            # next key then, not about the end of this list.
            self.column += 1

    @property
    def keeps_empty_lines(self) -> bool:
        """Whether empty lines between its entries are kept: between sections, and between records."""
        return self.depth == 1 or (self.depth == 2 and self.owner is not None and self.owner.key != "model")


class _Landmark(NamedTuple):
    """A token that can be seen in the text, with the entry that it belongs to and the level on which that stands.

    `starts` are the entries that begin with it, the outermost first: `- {a: b}` opens an item with its bracket, and
    `- a: b` both an item and a key with `a`.
    """

    token: Token
    entry: Entry | None
    level: _Level
    starts: tuple[tuple[Entry, _Level], ...]


class _Comment(NamedTuple):
    """A comment, its column, what stands in front of it on its line, and whether an empty line comes before it.

    `in_front` is None where nothing stands there.
    """

    text: str
    column: int
    in_front: str | None
    after_empty_line: bool


def outline(text: str) -> Outline:
    r"""Return the outline of a text that `parse` reads without a problem.

    >>> root, head = outline("# Top\n\n# Who\nactors: # all\n  uk: {name: UK}")
    >>> head, root.entries[0].before, root.entries[0].comment
    (['# Top', ''], ['# Who'], '# all')
    """
    root, landmarks = _Reader(text).read()
    placement = _Placement(text, root, landmarks[-1].token.end if landmarks else 0)
    previous: _Landmark | None = None
    for landmark in (*landmarks, None):
        placement.place(previous, landmark)
        previous = landmark
    return Outline(root, placement.head)


def comments(text: str) -> list[str]:
    r"""Return every comment of a text that `parse` reads without a problem, in order.

    >>> comments("# one\nuk: {name: '# none', # two\n  kind: state}")
    ['# one', '# two']
    """
    texts: list[str] = []
    start = 0
    for landmark in _Reader(text).read()[1]:
        token = landmark.token
        texts += [comment.text for comment in _comments_between(text, start, token.start)[0]]
        texts += filter(None, [_comment_of_block_scalar(text, token)])
        start = token.end
    return texts + [comment.text for comment in _comments_between(text, start, len(text))[0]]


# -- the entries ---------------------------------------------------------------------------------------------


class _Reader:
    """Reads what a text holds, without comments, and notes its landmarks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = Collection(keyed=True)
        self.landmarks: list[_Landmark] = []
        self.level: _Level | None = None
        self.key: Entry | None = None
        """A key that waits for its value."""
        self.starts: list[tuple[Entry, _Level]] = []
        """The entries that have begun since the last landmark."""

    def read(self) -> tuple[Collection, list[_Landmark]]:
        """Return the file's mapping, and the landmarks in order."""
        for token in tokens(self.text):
            if token.kind == "end":
                self._end(token)
            elif token.kind != "scalar":
                self._begin(token)
            elif self.level is not None:  # else the file is empty, or says null
                if self.level.collection.keyed and self.key is None:
                    self.key = self._new_entry(token.value, self.level)
                    self._note(token, self.key, self.level)
                else:
                    self._scalar(token, self.level)
        return self.root, self.landmarks

    def _new_entry(self, key: str | None, level: _Level) -> Entry:
        entry = Entry(key, Scalar(None))
        level.collection.entries.append(entry)
        self.starts.append((entry, level))
        return entry

    def _note(self, token: Token, entry: Entry | None, level: _Level) -> None:
        self.landmarks.append(_Landmark(token, entry, level, tuple(self.starts)))
        self.starts.clear()

    def _scalar(self, token: Token, level: _Level) -> None:
        entry = self.key or self._new_entry(None, level)
        self.key = None
        is_nothing = not token.style and token.value in NULLS
        entry.value = Scalar(None if is_nothing else token.value)
        if comment := _comment_of_block_scalar(self.text, token):
            _end_first_line(entry, comment)
        if token.style in ("|", ">"):  # the empty lines behind it are between records, and none of its own
            token = token._replace(end=token.start + len(self.text[token.start : token.end].rstrip()))
        if token.end > token.start:  # a value that is left out cannot be seen
            self._note(token, entry, level)

    def _begin(self, token: Token) -> None:
        entry = self.key
        if entry is None and self.level is not None:
            entry = self._new_entry(None, self.level)
        self.key = None
        collection = self.root if self.level is None else Collection(keyed=token.kind == "mapping")
        collection.flow = token.flow
        if entry is not None:
            entry.value = collection
        self.level = _Level(collection, token.column, entry, self.level)
        if token.flow:
            self._note(token, entry, self.level)

    def _end(self, token: Token) -> None:
        assert self.level is not None, "what ends has begun"
        if token.flow:
            self._note(token, self.level.owner, self.level)
        self.level, self.key = self.level.parent, None


def _comment_of_block_scalar(text: str, token: Token) -> str:
    """Return the comment behind the `|` or `>` of a text, such as `note: >- # in own words`; empty if none."""
    if token.style not in ("|", ">"):
        return ""
    first = _COMMENT_OR_LINE_END.search(text, token.start, token.end)
    return first[0].rstrip() if first and first[0].startswith("#") else ""


# -- the comments --------------------------------------------------------------------------------------------


def _comments_between(text: str, start: int, end: int) -> tuple[list[_Comment], bool]:
    """Return the comments between two places, and whether an empty line comes before what stands at the second."""
    comments: list[_Comment] = []
    empty_line, line = False, start  # whether one has been seen since the last comment; where the line begins
    is_whole_line = start == 0  # whether we have seen the line from its beginning
    for match in _COMMENT_OR_LINE_END.finditer(text, start, end):
        in_front = text[line : match.start()]
        is_alone = is_whole_line and not in_front.strip()
        if match[0].startswith("#"):
            column = len(in_front) if is_whole_line else 0
            comments.append(_Comment(match[0].rstrip(), column, None if is_alone else in_front, empty_line))
            empty_line = False
        else:
            empty_line, line, is_whole_line = empty_line or is_alone, match.end(), True
    return comments, empty_line


class _Placement:
    """Gives every comment of a text to the entry or collection that it belongs to."""

    def __init__(self, text: str, root: Collection, last_token_end: int) -> None:
        self.text = text
        self.root = root
        self.head: list[str] = []
        dots = _DOCUMENT_END.search(text, last_token_end)
        self.end = dots.start() if dots else len(text)
        """Where the document ends: at three dots, or with the text."""

    def place(self, before: _Landmark | None, after: _Landmark | None) -> None:
        """Place the comments, and the empty lines, between one landmark and the next; None is an end of the text."""
        start = before.token.end if before else 0
        end = after.token.start if after else self.end
        comments, empty_line = _comments_between(self.text, start, end)
        ended = _ended_levels(before, after)
        for comment in comments:
            if before is None or _stands_alone(comment):
                # Each comment that is indented less leaves the levels that lie deeper, and none returns to them.
                ended = [level for level in ended if comment.column >= level.column]
                lines, keeps_empty_lines = self._lines_to_join(comment, before, after, ended)
                if keeps_empty_lines and comment.after_empty_line:
                    lines.append("")
                lines.append(comment.text)
            else:
                self._place_behind(comment.text, before, after)
        if after is None:  # whatever stands behind the end of the document closes the file
            for comment in _comments_between(self.text, self.end, len(self.text))[0]:
                self.root.after += [""] * comment.after_empty_line + [comment.text]
        if after and after.starts:
            first, level = after.starts[0]
            if empty_line and level.keeps_empty_lines:
                first.before.append("")
            if before is None:
                self._keep_on_top(first)

    def _lines_to_join(  # noqa: PLR0911 - the rules in order, each with its result
        self, comment: _Comment, before: _Landmark | None, after: _Landmark | None, ended: list[_Level]
    ) -> tuple[list[str], bool]:
        """Return the comment lines that one on a line of its own joins, and whether empty lines are kept among them."""
        # Under a section that holds nothing, as in `events:` and below it `  # none yet`.
        if before and before.entry and _is_empty_section(before) and comment.column > before.token.column:
            return before.entry.after, True
        # In the column of a collection that has just ended, or deeper: it closes that.
        if ended:
            return ended[0].collection.after, ended[0].keeps_empty_lines
        # Behind the last entry of the file.
        if after is None:
            return self.root.after, True
        # Before an entry: the common case.
        if after.starts:
            entry, level = after.starts[0]
            return entry.before, level.keeps_empty_lines
        # Before the bracket that closes a collection.
        if after.token.kind == "end" and after.level.collection.entries:
            return after.level.collection.after, False
        # Between a key and its value, or in empty brackets.
        if after.entry is not None:
            return _lines_before(after.entry), False
        # Before the bracket that opens the file's own mapping.
        return self.head, True

    def _place_behind(self, comment: str, before: _Landmark, after: _Landmark | None) -> None:
        """Place a comment that stands on the line of a landmark, behind it."""
        entry = before.entry
        closes = before.token.kind == "end"
        if entry is None:  # a bracket of the file's own mapping
            if closes or after is None:
                self.root.after.append(comment)
            elif after.starts:
                after.starts[0][0].before.append(comment)
            return
        collection = entry.value
        if not isinstance(collection, Collection):
            _end_first_line(entry, comment)
        elif closes and collection.entries and (collection.after or entry.comment or _any_comments(collection)):
            # It will be written as a block, whose last line this is. A collection without comments in it may stay on
            # one line, whose end is that of the first line too.
            collection.after.append(comment)
        elif not closes and entry.key is None:
            entry.before.append(comment)  # behind the bracket that opens an item, which may become a dash
        else:
            _end_first_line(entry, comment)

    def _keep_on_top(self, first: Entry) -> None:
        """Keep on top of the file what an empty line parts from its first section."""
        if "" in first.before:
            last = len(first.before) - first.before[::-1].index("")
            self.head += first.before[:last]
            del first.before[:last]


def _stands_alone(comment: _Comment) -> bool:
    """Whether a comment is about what comes next: it has its line to itself, or shares it with a dash that opens it."""
    return comment.in_front is None or comment.in_front.rstrip().endswith(("-", "?"))


def _ended_levels(before: _Landmark | None, after: _Landmark | None) -> list[_Level]:
    """Return the collections without brackets that ended between two landmarks, the innermost first."""
    if before is None or (after and after.token.kind == "end"):
        return []
    ended: list[_Level] = []
    level = before.level.parent if before.token.kind == "end" else before.level
    goes_on = after.starts[0][1] if after and after.starts else None  # the level on which the text goes on
    while level is not None and level is not goes_on:
        ended.append(level)
        level = level.parent
    if after is not None and (goes_on is None or level is None):
        return []  # it goes on deeper: nothing has ended
    return [level for level in ended if level.parent is not None]


def _is_empty_section(landmark: _Landmark) -> bool:
    """Whether a landmark is the key of a section that holds nothing."""
    entry = landmark.entry
    holds_nothing = entry is not None and isinstance(entry.value, Scalar) and entry.value.value is None
    return landmark.level.depth == 1 and landmark.token.kind == "scalar" and holds_nothing


def _lines_before(entry: Entry) -> list[str]:
    """Return the comment lines before an entry, with the one that ends its first line moved there."""
    if entry.comment:
        entry.before.append(entry.comment)
        entry.comment = ""
    return entry.before


def _end_first_line(entry: Entry, comment: str) -> None:
    """Put a comment at the end of an entry's first line; one that stands there already moves before it."""
    _lines_before(entry)
    entry.comment = comment.rstrip()


def _any_comments(collection: Collection) -> bool:
    """Whether there are comments anywhere in a collection."""
    return bool(collection.after) or any(
        entry.before or entry.comment or (isinstance(entry.value, Collection) and _any_comments(entry.value))
        for entry in collection.entries
    )
