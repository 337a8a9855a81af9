"""Names that are nearly the same: other order, other spaces, or one letter that may be a slip."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from unicodedata import normalize

from actorgraph.names import fold

_SMALL: Final = frozenset(("a", "an", "of", "s", "the"))
"""Words that two writers of one name may or may not write."""

_SLIP: Final = 6
"""A word shorter than this is another word with another letter: Iran and Iraq, Minsk I and Minsk II."""

_LONGEST: Final = 60
"""A longer word is no name, and is not compared: each letter of it would be left out in turn."""

_MOST_WORDS: Final = 40
"""A name of more words is no name, and no slip is looked for in it: its forms would be as long as itself."""

_SWAP: Final = 8
"""A word shorter than this is another word with one letter exchanged: Iceland and Ireland."""

_TWO_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""Letters that are spelled out in two where a keyboard, or a ministry's list, has none of them."""


def near_names(names: Mapping[str, Iterable[str]], *, in_order: bool = False) -> Iterator[tuple[str, str, str, str]]:
    """Yield (id, name, other id, its name) for things that are nearly called the same, each pair of things once.

    `names` has the names of each thing by its id; of a pair, the thing that comes first in it is yielded last. Names
    that are the same but for case, accents and punctuation are left out: they are the same. Two names are near if they
    have the same words in another order (unless words must stand `in_order`), with other small words (*of*, *the*),
    with other spaces, or with letters spelled out (*Koeln* for *Köln*); or if one word differs by a slip, behind its
    first letter: a letter more, a letter fewer, or two letters exchanged, in a word of six letters or more, or another
    letter in a word of eight or more. A number is never a slip; neither a word of more than 60 letters nor a name of
    more than 40 words is looked at for slips.

    Time grows with the letters, not with the square of the names: each name is looked up under every form in which a
    slip could have left it (Garbe 2012, symmetric deletion).

    >>> list(near_names({"zelensky": ["Volodymyr Zelensky"], "zelenskyy": ["Zelenskyy, Volodymyr"], "iran": ["Iran"]}))
    [('zelenskyy', 'Zelenskyy, Volodymyr', 'zelensky', 'Volodymyr Zelensky')]
    >>> list(near_names({"ireland": ["Ireland"], "iceland": ["Iceland"], "2024": ["Plan 2024"], "2025": ["Plan 2025"]}))
    []
    """
    forms: dict[Hashable, list[_Form]] = defaultdict(list)
    same: dict[str, set[str]] = defaultdict(set)
    yielded: set[tuple[str, str]] = set()
    for key, spelled in names.items():
        for name in dict.fromkeys(spelled):
            folded = fold(name)
            same[folded].add(key)
            if len(same[folded]) > 1:
                continue  # another thing has the same name, and was compared by it
            words = _words(folded, in_order=in_order)
            spelled_out = words if name.isascii() else _words(fold(_spelled_out(name)), in_order=in_order)
            own_forms = [*_forms(words, folded, in_order=in_order), *([spelled_out] if spelled_out != words else [])]
            for other in dict.fromkeys(entry for form in own_forms for entry in forms[form]):
                pair = (key, other.key)
                is_near = spelled_out == other.spelled_out or _is_near(words, other.words)
                if other.key != key and pair not in yielded and is_near:
                    yielded.add(pair)
                    yield key, name, other.key, other.name
            for form in own_forms:
                forms[form].append(_Form(key, name, words, spelled_out))


class _Form(NamedTuple):
    """A name under one of its forms: whose it is, its words, and these with their letters spelled out."""

    key: str
    name: str
    words: tuple[str, ...]
    spelled_out: tuple[str, ...]


def _words(folded: str, *, in_order: bool) -> tuple[str, ...]:
    words = tuple(word for word in folded.split() if word not in _SMALL) or (folded,)
    return words if in_order else tuple(sorted(words))


def _spelled_out(name: str) -> str:
    """Return a name as it is written where there are no umlauts and the like.

    >>> _spelled_out("Jürgen Müller"), _spelled_out("Århus")
    ('juergen mueller', 'aarhus')
    """
    return normalize("NFC", name).casefold().translate(_TWO_LETTERS)


def _forms(words: tuple[str, ...], folded: str, *, in_order: bool) -> Iterator[Hashable]:
    """Yield the forms of a name; near names share one: their words, their letters, or all words but a letter of one."""
    yield words
    yield folded.replace(" ", "")
    for number, word in enumerate(words if len(words) <= _MOST_WORDS else ()):
        if _SLIP - 1 <= len(word) <= _LONGEST and word.isalpha():
            rest = (number if in_order else 0, *words[:number], *words[number + 1 :])
            yield rest, word
            if len(word) >= _SLIP:
                yield from {(rest, word[:at] + word[at + 1 :]) for at in range(1, len(word))}


def _is_near(words: tuple[str, ...], other_words: tuple[str, ...]) -> bool:
    """Whether two names that share a form are near: the forms of a slip leave out a letter of both, maybe not one."""
    here = [word for word in words if word not in other_words]
    there = [word for word in other_words if word not in words]
    if len(here) != 1 or len(there) != 1 or "".join(words) == "".join(other_words):
        return True  # the same words, or other spaces
    return _is_slip(*sorted((here[0], there[0]), key=len))


def _is_slip(short: str, long: str) -> bool:
    """Whether two words differ by one slip, behind their first letter."""
    if len(long) < _SLIP or short[0] != long[0] or not (short + long).isalpha():
        return False
    pairs = enumerate(zip(short, long, strict=False))
    first = next((at for at, (letter, other) in pairs if letter != other), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    swapped = short[first : first + 2] == long[first : first + 2][::-1] and short[first + 2 :] == long[first + 2 :]
    return swapped or (len(long) >= _SWAP and short[first + 1 :] == long[first + 1 :])
