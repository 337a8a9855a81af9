"""Sources drawn at random, with whatever letters and signs a curator may write."""

from typing import Any

from hypothesis import strategies as st

SIGNS = "\\{}$&%#_~^@\"'`-!?<>,;:=|[]()*/+. "
_letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"])
lines = st.text(st.sampled_from(SIGNS) | st.sampled_from("abcXYZ19éßłØ“–中") | _letters, min_size=1, max_size=30).map(
    lambda text: text.replace("\ufeff", "").strip()
)
some = lines.filter(bool)
titles = some.filter(lambda text: "<" not in text)
"""Reference managers mark up titles as HTML does, which is taken off."""
days = st.sampled_from(
    ["2025-10-14", "2025-10", "2025", "0987-01", "2025-09-12/2025-09-24", "2025-09/2026", "../2025-10-14", "../2024"]
)
addresses = st.text("abc/?=&%20_~#.-+,;:!'()*$", max_size=30).map(lambda path: f"https://example.org/{path}")


def sources() -> st.SearchStrategy[dict[str, Any]]:
    """Return sources by their keys, as a model has them, with an id."""
    authors = st.lists(some, min_size=1, max_size=3).map("; ".join)
    about = st.lists(some, min_size=1, max_size=3).map("\n".join)
    optional = {
        "author": authors,
        "language": st.sampled_from(["en", "en-GB", "fr"]),
        "url": addresses,
        "archived": addresses,
        "accessed": days,
        "document": some,
        "sha256": st.text("0123456789abcdef", min_size=64, max_size=64),
        "reliability": st.sampled_from("ABCDEF"),
        "about": about,
    }
    needed = {
        "id": st.from_regex("[a-z]{1,4}(-[a-z0-9]{1,4})?", fullmatch=True),
        "title": titles,
        "publisher": some,
        "published": days,
    }
    return st.fixed_dictionaries(needed, optional=optional)


def libraries() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return sources of a model: no two bear one id."""
    return st.lists(sources(), max_size=4, unique_by=lambda source: str(source["id"]))
