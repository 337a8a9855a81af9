"""Names that are nearly the same: other order, other spaces, or one letter that may be a slip."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Final

from actorgraph.names import fold

_SMALL: Final = frozenset(("a", "an", "of", "s", "the"))
"""Words that two writers of one name may or may not write."""

_SLIP: Final = 6
"""A word shorter than this is another word with another letter: Iran and Iraq, Minsk I and Minsk II."""

_LONGEST: Final = 60
"""A longer word is no name, and is not compared: each letter of it would be left out in turn."""

_SWAP: Final = 8
"""A word shorter than this is another word with one letter exchanged: Iceland and Ireland."""


def near_names(names: Mapping[str, Iterable[str]], *, in_order: bool = False) -> Iterator[tuple[str, str, str, str]]:
    """Yield (id, name, other id, its name) for things that are nearly called the same, each pair of things once.

    `names` has the names of each thing by its id; the first of two things in it comes last. Names that are the same but
    for case, accents and punctuation are not told: they are the same. Near are names that have the same words in
    another order (save where words must stand `in_order`), or with other small words (*of*, *the*), or written apart;
    and names of which one word has a letter more, fewer, or two of them in the other order, in a word of six letters or
    more, or another letter in a word of eight or more, behind its first. A number is never a slip. Time grows with the
    letters, not with the square of the names: each is looked up under every form in which a slip could have left it
    (Garbe 2012, symmetric deletion).

    >>> list(near_names({"zelensky": ["Volodymyr Zelensky"], "zelenskyy": ["Zelenskyy, Volodymyr"], "iran": ["Iran"]}))
    [('zelenskyy', 'Zelenskyy, Volodymyr', 'zelensky', 'Volodymyr Zelensky')]
    >>> list(near_names({"ireland": ["Ireland"], "iceland": ["Iceland"], "2024": ["Plan 2024"], "2025": ["Plan 2025"]}))
    []
    """
    forms: dict[Hashable, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    same: dict[str, set[str]] = defaultdict(set)
    told: set[tuple[str, str]] = set()
    for key, spelled in names.items():
        for name in dict.fromkeys(spelled):
            folded = fold(name)
            same[folded].add(key)
            if len(same[folded]) > 1:
                continue  # it is the same name: one of them stands for all
            words = tuple(word for word in folded.split() if word not in _SMALL) or (folded,)
            words = words if in_order else tuple(sorted(words))
            near = list(_forms(words, folded, in_order=in_order))
            for other, its, theirs in dict.fromkeys(one for form in near for one in forms[form]):
                pair = (key, other)
                if other != key and pair not in told and _is_near(words, theirs):
                    told.add(pair)
                    yield key, name, other, its
            for form in near:
                forms[form].append((key, name, words))


def _forms(words: tuple[str, ...], folded: str, *, in_order: bool) -> Iterator[Hashable]:
    """Yield what two near names have in common: their words, their letters, or all words but a letter of one."""
    yield words
    yield folded.replace(" ", "")
    for number, word in enumerate(words):
        if _SLIP - 1 <= len(word) <= _LONGEST and word.isalpha():
            rest = (number if in_order else 0, *words[:number], *words[number + 1 :])
            yield rest, word
            if len(word) >= _SLIP:
                yield from {(rest, word[:at] + word[at + 1 :]) for at in range(1, len(word))}


def _is_near(words: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two names that have a form in common are near: the forms of a slip leave out a letter of both."""
    ours = [word for word in words if word not in theirs]
    others = [word for word in theirs if word not in words]
    if len(ours) != 1 or len(others) != 1 or "".join(words) == "".join(theirs):
        return True  # the same words, or written apart
    return _is_slip(*sorted((ours[0], others[0]), key=len))


def _is_slip(short: str, long: str) -> bool:
    """Whether two words differ by one slip of the pen, behind their first letter."""
    if len(long) < _SLIP or short[0] != long[0] or not (short + long).isalpha():
        return False
    first = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    swapped = short[first : first + 2] == long[first : first + 2][::-1] and short[first + 2 :] == long[first + 2 :]
    return swapped or (len(long) >= _SWAP and short[first + 1 :] == long[first + 1 :])
