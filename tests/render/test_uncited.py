"""What no record cites, as a reader sees it."""

from actorgraph.questions.uncited import Coverage, Uncited, UncitedLine
from actorgraph.render.grid import to_text
from actorgraph.render.uncited import uncited_grids

SEEN = Coverage("s", "S", "m.yaml:7", "s.txt", "verified", None, "s.txt is the document cited", 3, 2)


def text(*documents: Coverage, lines: tuple[UncitedLine, ...] = ()) -> str:
    answer = Uncited({"command": "verify", "documents": "docs", "uncited": True}, "m", documents, lines)
    return "\n\n".join(to_text(grid, width=80) for grid in uncited_grids(answer))


def test_documents_are_counted_and_those_that_could_not_be_read_are_told() -> None:
    gone = SEEN._replace(
        source="t", document="t.txt", state="missing", message="t.txt is not in docs", named=0, cited=0
    )
    locked = gone._replace(source="u", document="u.pdf", state="verified", unread="encrypted", message="it is locked")
    bare = SEEN._replace(source="v", document="v.txt", named=0, cited=0)
    printed = text(SEEN, gone, locked, bare)
    assert "2 of 3 lines that name an actor or a proposal are cited · model m" in printed
    for line in ("s       s.txt     2 of 3 lines", "t       t.txt     missing", "u       u.pdf     encrypted"):
        assert line in printed
    assert "v       v.txt     names nobody" in printed
    assert printed.endswith("m.yaml:7: t.txt is not in docs.\nm.yaml:7: it is locked.")


def test_a_long_line_is_shortened() -> None:
    line = UncitedLine("s", "s.txt", None, 4, ("a",), ("p",), "word " * 100)
    printed = text(SEEN, lines=(line,))
    assert "s.txt · s: 1 line not cited" in printed
    assert "4     a, p   word word" in printed
    assert printed.endswith("word…")
    assert len(printed) < 600
