"""A verification as a reader sees it: what is right in a line, what fails, and what to do about it."""

from typing import Any

from actorgraph.questions.verify import Checked, Miss, Verification
from actorgraph.render.grid import to_text
from actorgraph.render.verify import verification_grids

SOURCE = Checked(
    "s", "A letter", "m.yaml:7", "s.txt", "verified", None, "s.txt is the document cited", "0" * 64, "0" * 64, 3, 3, 0
)
MISS = Miss(
    "not-found", "stance", "a.p.2025", "m.yaml:5", "s", "s.txt", "2", None, "so be it", None, "quotes 'so be it'"
)


def text(
    *sources: Checked,
    misses: tuple[Miss, ...] = (),
    unchecked: tuple[Miss, ...] = (),
    files: tuple[str, ...] = (),
) -> str:
    answer = Verification({"command": "verify", "documents": "docs"}, "m", sources, misses, unchecked, files)
    return "\n\n".join(to_text(grid, width=100) for grid in verification_grids(answer))


def source(**changes: Any) -> Checked:
    return SOURCE._replace(**changes)


def test_what_is_right_needs_no_note() -> None:
    assert (
        "Is the evidence in docs?\n"
        "1 of 1 documents verified · 3 of 3 citations found · model m\n\n"
        "SOURCE  DOCUMENT  STATE     CITATIONS\n"
        "s       s.txt     verified  3 of 3 found"
    ) == text(source())


def test_citations_are_found_fail_or_could_not_be_checked() -> None:
    changed = source(source="t", state="changed", message="t.txt differs", held=0, cited=2)
    printed = text(source(held=2, failed=1), changed, source(source="u", cited=0, held=0), misses=(MISS,))
    assert "2 of 3 documents verified · 2 of 5 citations found · 1 fail · 2 could not be checked" in printed
    assert "2 of 3 found, 1 fail" in printed
    assert "2 not checked" in printed
    assert "not cited" in printed
    assert "CITATIONS THAT FAIL\nm.yaml:5: a.p.2025 quotes 'so be it'" in printed


def test_what_cannot_be_looked_up_stands_apart() -> None:
    page = MISS._replace(failure="not-checked", page="3", message="cites page '3' of s.txt, a text")
    printed = text(source(held=2), source(source="t", unread="scanned", held=0), misses=(MISS,), unchecked=(page,))
    assert "2 of 3 found, 1 not checked" in printed
    assert "verified, scanned  3 not checked" in printed
    assert printed.endswith("CITATIONS THAT CANNOT BE LOOKED UP\nm.yaml:5: a.p.2025 cites page '3' of s.txt, a text")
    assert printed.index("CITATIONS THAT FAIL") < printed.index("CITATIONS THAT CANNOT")


def test_a_checksum_stands_on_a_line_of_its_own() -> None:
    assert f"add to the source:\nsha256: {'0' * 64}" in text(source(state="unverified", message="s.txt may be another"))
    assert f"its checksum is\n{'0' * 64}" in text(source(state="changed", message="s.txt differs"))


def test_documents_that_are_missing_are_listed_together() -> None:
    gone = [
        source(source=key, document=f"{key}.txt", state="missing", message=f"{key}.txt is not in docs") for key in "ab"
    ]
    assert "Not in docs: a.txt, b.txt." in text(*gone)
    assert "m.yaml:7" not in text(*gone)
    odd = source(state="missing", message="'x/s.txt' is no name of a file in docs")
    assert "m.yaml:7: 'x/s.txt' is no name of a file in docs." in text(odd)


def test_of_many_files_that_no_source_names_the_first_are_listed() -> None:
    files = tuple(f"{number:02}.txt" for number in range(13))
    assert "No source names these files: 00.txt, 01.txt," in text(source(), files=files)
    assert "09.txt and 3 more." in text(source(), files=files)


def test_pages_on_the_web_are_counted_apart() -> None:
    pages = [source(source=name, document=None, state="page", held=0, cited=2) for name in ("p", "q")]
    printed = text(source(), *pages)
    assert "1 of 1 documents verified · 3 of 3 citations found · model m" in printed
    assert printed.endswith("2 sources are web pages, of which there is no copy to check: 4 citations.")
    assert "no source names a document · model m" in text(*pages)
