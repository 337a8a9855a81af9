"""Evidence against documents: checksums, cited lines, and quotes word by word."""

import csv
import io
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from asking import BRIDGE, CONTRACT, ask
from citing import model, sha
from pdfs import pdf

import actorgraph
from actorgraph.questions.documents import Documents, State
from actorgraph.questions.verify import Verification, verify
from actorgraph.render.verify import verification_grids

ARTICLE = """The harbour
The board said: “We will build —
never mind the cost – and we will build soon.”

Nobody asked the fish-
ers, who don’t want it. ‘Never’, they said.
The board said it again.
"""


def verified(folder: Path, raw: bytes | str, *evidence: str, document: str = "") -> Verification:
    """Return how a model with this evidence stands against this document."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "s.txt").write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return verify(actorgraph.load(model(folder, *evidence, document=document)), folder / "docs")


@pytest.mark.parametrize(
    "evidence",
    [
        "lines: 1",
        "lines: 1-7",
        "lines: '1-3, 2-3, 7'",
        "lines: 2, quote: We will build",
        "lines: 2-3, quote: '\"We will build - never mind the cost'",
        "lines: 2-3, quote: «We will build–never   mind the cost--and»",
        "lines: 2-3, quote: We will build … build soon.",
        "lines: '2,7', quote: 'We will […] again.'",
        'lines: 5-6, quote: "the fishers, who don\'t want it"',
        "lines: 5-6, quote: the fish-ers",
        "lines: 6, quote: '\"Never\", they said'",
        "quote: Nobody asked",
        "page: '3', quote: said it again",
    ],
)
def test_a_citation_that_holds(tmp_path: Path, evidence: str) -> None:
    found = verified(tmp_path, ARTICLE, evidence)
    assert () == found.misses
    assert found.sound


@pytest.mark.parametrize(
    ("evidence", "failure", "lines", "message"),
    [
        ("lines: 8", "no-such-line", None, "cites line 8, but s.txt ends with line 7"),
        ("lines: 6-9", "no-such-line", None, "cites lines 6-9, but s.txt ends with line 7"),
        ("lines: 4", "empty-line", None, "cites line 4 of s.txt, where nothing stands"),
        (
            "lines: 1, quote: we will build",
            "elsewhere",
            "3",
            "quotes 'we will build', found in line 3 of s.txt instead of 1",
        ),
        (
            "lines: 2, quote: We will build … soon",
            "elsewhere",
            "2-3",
            "quotes 'We will build … soon', found in lines 2-3 of s.txt instead of 2",
        ),
        (
            "lines: 5, quote: The board",
            "elsewhere",
            "2, 7",
            "quotes 'The board', found in lines 2, 7 of s.txt instead of 5",
        ),
        (
            "lines: 5, quote: the fishers",
            "elsewhere",
            "5-6",
            "quotes 'the fishers', found in lines 5-6 of s.txt instead of 5",
        ),
        (
            "lines: 2, quote: We will not",
            "not-found",
            None,
            "quotes 'We will not', which s.txt does not hold; the nearest is 'We will' in line 2",
        ),
        (
            "lines: 2, quote: the fish-ers who say",
            "not-found",
            None,
            "quotes 'the fish-ers who say', which s.txt does not hold; the nearest is 'the fish-ers, who' in lines 5-6",
        ),
        ("lines: 2, quote: We wil", "not-found", None, "quotes 'We wil', which s.txt does not hold"),
        ("quote: again … harbour", "not-found", None, "quotes 'again … harbour', which s.txt does not hold"),
        ("lines: 2, quote: '…'", "not-found", None, "quotes '…', which holds no word"),
        ("lines: '1, 3', quote: harbour never", "not-found", None, "quotes 'harbour never', which s.txt does not hold"),
    ],
)
def test_a_citation_that_fails(tmp_path: Path, evidence: str, failure: str, lines: str | None, message: str) -> None:
    found = verified(tmp_path, ARTICLE, "lines: 1", evidence)
    (miss,) = found.misses
    assert (failure, lines, message) == (miss.failure, miss.found, miss.message)
    assert ("stance", "a.p.2025", f"{tmp_path}/m.yaml:5") == (miss.type, miss.record, miss.place)
    assert (2, 1, 1) == found.sources[0][-3:]
    assert not found.sound


def test_no_quote_runs_over_lines_that_are_not_cited(tmp_path: Path) -> None:
    (miss,) = verified(tmp_path, "one\ntwo\nthree\none three\n", "lines: '1, 3', quote: one three").misses
    assert ("elsewhere", "4") == (miss.failure, miss.found)


def test_all_that_fails_is_told_at_once(tmp_path: Path) -> None:
    found = verified(tmp_path, ARTICLE, "lines: '4, 99', quote: nowhere")
    assert {"no-such-line", "empty-line", "not-found"} == {one.failure for one in found.misses}
    assert (1, 0, 1) == found.sources[0][-3:]


@pytest.mark.parametrize(
    "raw",
    [
        ARTICLE.encode(),
        ARTICLE.replace("\n", "\r\n").encode(),
        ARTICLE.replace("\n", "\r").encode(),
        ARTICLE.encode("utf-8-sig"),
    ],
    ids=["LF", "CRLF", "CR", "BOM"],
)
def test_lines_are_those_of_an_editor(tmp_path: Path, raw: bytes) -> None:
    evidence = ("lines: 1, quote: The harbour", "lines: 5-6, quote: the fishers", "lines: 7")
    assert () == verified(tmp_path, raw, *evidence).misses


def test_a_document_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    found = verified(tmp_path, b"one\ncaf\xe9 and more\n", "lines: 2, quote: and more", "lines: 2, quote: café")
    assert ["not-found"] == [one.failure for one in found.misses]
    assert "it is not all UTF-8: odd letters, the first in line 2, stand as" in found.sources[0].message


def test_a_document_that_is_no_text_has_no_lines(tmp_path: Path) -> None:
    raw = b"PK\0binary"
    found = verified(tmp_path, raw, "lines: 99", document=f"document: s.txt, sha256: {sha(raw)}")
    assert ((), True, False) == (found.misses, found.sound, found.complete)
    assert ("no-text", 1, 0, 0) == (found.sources[0].unread, *found.sources[0][-3:])
    assert "it is no text, so it has no lines" in found.sources[0].message
    passage = Documents(tmp_path / "docs").passage("r", "99", actorgraph.load(tmp_path / "m.yaml").things("source")[0])
    assert () == passage.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_in_an_encoding_that_is_not_read_is_not_called_no_text(encoding: str, tmp_path: Path) -> None:
    found = verified(tmp_path, ARTICLE.encode(encoding), "lines: 1, quote: The harbour")
    assert ("no-text", ()) == (found.sources[0].unread, found.misses)
    assert f"it is text in {encoding.upper()}, whose lines are not read: save it as UTF-8" in found.sources[0].message


@pytest.mark.parametrize("head", ["<!doctype html>", "\ufeff\n<HTML lang='en'>", "<?xml version='1.0'?>\n<html>"])
def test_a_document_in_html_says_that_its_signs_are_read_as_they_are(head: str, tmp_path: Path) -> None:
    found = verified(tmp_path, f"{head}<p>Caf&eacute; <b>du</b> port", "quote: Café du port", "quote: port")
    assert ["not-found"] == [miss.failure for miss in found.misses]
    assert "it is HTML, read as it is written, with tags and signs such as &amp;" in found.sources[0].message
    assert "HTML" not in verified(tmp_path, "We speak <html> here", "lines: 1").sources[0].message


def test_a_document_that_cannot_be_read_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    found = verified(tmp_path, ARTICLE, "lines: 1")
    message = f"cannot read {tmp_path / 'docs' / 's.txt'}: Permission denied"
    assert [("missing", message, 0)] == [(source.state, source.message, source.held) for source in found.sources]
    assert f"{found.sources[0].place}: {message}." in " ".join(verification_grids(found)[0].below)


def test_a_document_that_is_cited_as_a_whole_needs_no_look_into_it(tmp_path: Path) -> None:
    raw = b"PK\0binary"
    found = verified(tmp_path, raw, "credibility: 2", document=f"document: s.txt, sha256: {sha(raw)}")
    assert (True, (1, 1, 0)) == (found.complete, found.sources[0][-3:])


@pytest.mark.parametrize("document", ["document: gone.txt", f"document: s.txt, sha256: {sha(b'other')}"])
def test_no_copy_that_is_not_there_or_another_holds_what_cites_it_as_a_whole(tmp_path: Path, document: str) -> None:
    found = verified(tmp_path, b"text", "credibility: 2", document=document)
    assert (False, (1, 0, 0)) == (found.complete, found.sources[0][-3:])


def test_a_pdf_that_is_cited_as_a_whole_too_is_looked_into(tmp_path: Path) -> None:
    found = verified(tmp_path, pdf("One page"), "credibility: 2", "page: '1', quote: Two pages")
    assert (["not-found"], (2, 1, 1)) == ([miss.failure for miss in found.misses], found.sources[0][-3:])


def test_one_document_that_has_changed_is_enough(tmp_path: Path) -> None:
    path = model(tmp_path, "lines: 1", "lines: 1, source: t", document=f"document: s.txt, sha256: {sha(b'text')}")
    path.write_text(path.read_text(encoding="utf-8").replace("source: s, lines: 1, source: t", "source: t, lines: 1"))
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"  t: {{title: T, publisher: P, published: 2025-01-01, document: t.txt, sha256: {sha(b'as')}}}\n")
    for text, sound in ((b"as", True), (b"is", False)):
        (tmp_path / "s.txt").write_bytes(b"text")
        (tmp_path / "t.txt").write_bytes(text)
        found = verify(actorgraph.load(path), tmp_path)
        assert (sound, sound) == (found.sound, found.complete)


def test_a_page_of_a_text_cannot_be_looked_up(tmp_path: Path) -> None:
    found = verified(
        tmp_path, ARTICLE, "page: '3'", "lines: 1", document=f"document: s.txt, sha256: {sha(ARTICLE.encode())}"
    )
    (unchecked,) = found.unchecked
    assert ("not-checked", "3", "cites page '3' of s.txt, a text, which has lines only") == (
        unchecked.failure,
        unchecked.page,
        unchecked.message,
    )
    assert (True, False, (2, 1, 0)) == (found.sound, found.complete, found.sources[0][-3:])
    asked = ("-m", str(tmp_path / "m.yaml"), "--documents", str(tmp_path / "docs"))
    result = ask("verify", *asked)
    assert (0, 1) == (result.exit_code, ask("verify", *asked, "--strict").exit_code)
    assert "1 of 2 found, 1 not checked" in result.stdout
    assert "CITATIONS THAT CANNOT BE LOOKED UP\n" in result.stdout
    CONTRACT.validate(json.loads(ask("verify", *asked, "--format", "json").stdout))
    kinds = [line["state"] for line in csv.DictReader(io.StringIO(ask("verify", *asked, "--format", "csv").stdout))]
    assert ["verified", "not-checked"] == kinds


def test_an_empty_document(tmp_path: Path) -> None:
    assert ["empty-line", "no-such-line"] == sorted(
        one.failure for one in verified(tmp_path, "", "lines: 1", "lines: 2").misses
    )


def test_states(tmp_path: Path) -> None:
    right = f"document: s.txt, sha256: {sha(b'text')}"
    states = {
        "verified": verified(tmp_path, b"text", "lines: 1", document=right),
        "unverified": verified(tmp_path, b"text", "lines: 1"),
        "changed": verified(tmp_path, b"Text", "lines: 99", document=right),
        "missing": verified(tmp_path, b"text", "lines: 1", document="document: gone.txt"),
        "page": verified(tmp_path, b"text", "lines: 1", document="url: https://example.org/a"),
        "unnamed": verified(tmp_path, b"text", "lines: 1", document="about: the web"),
    }
    assert states.keys() == set(get_args(State)) == {found.sources[0].state for found in states.values()}
    assert {state: found.sources[0].state for state, found in states.items()} == {state: state for state in states}
    assert [True, True, False, True, True, True] == [one.sound for one in states.values()]
    assert [True, False, False, False, True, False] == [one.complete for one in states.values()]
    assert () == states["changed"].misses, "no line of another document is evidence"
    assert sha(b"text") == states["unverified"].sources[0].sha256
    assert [(), (), (), *[("s.txt",)] * 3] == [one.files for one in states.values()]


@pytest.mark.parametrize("resaved", [b"a\r\nb\r\n", b"\xef\xbb\xbfa\nb\n", b"a\nb"])
def test_a_copy_that_was_only_saved_anew(tmp_path: Path, resaved: bytes) -> None:
    found = verified(
        tmp_path,
        resaved,
        "lines: 1",
        document=f"document: s.txt, sha256: {sha(b'a' + bytes([10]) + b'b' + bytes([10]))}",
    )
    assert "changed" == found.sources[0].state
    assert "the words are the same, only line ends or a byte order mark differ" in found.sources[0].message


def test_every_kind_of_record_is_looked_up(tmp_path: Path) -> None:
    path = model(tmp_path, "lines: 9")
    bad = "evidence: [{source: s, lines: 9}]"
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"commitments: [{{actor: a, proposal: p, stage: pledges, date: 2025, {bad}}}]\n")
        stream.write(f"relations: [{{actor: a, relation: leads, to: b, since: 2020, {bad}}}]\n")
        stream.write(f"events: [{{id: e, title: E, date: 2025, {bad}}}]\n")
    (tmp_path / "s.txt").write_text("one", encoding="utf-8")
    found = verify(actorgraph.load(path), tmp_path)
    assert ["stance", "commitment", "relation", "event"] == [one.type for one in found.misses], "in the order of lines"


# -- the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def troubled(tmp_path: Path) -> tuple[str, ...]:
    """The command line for a model with a citation that fails and a document without a checksum."""
    verified(tmp_path, ARTICLE, "lines: 2, quote: and we will build soon")
    return "--model", str(tmp_path / "m.yaml"), "--documents", str(tmp_path / "docs")


def test_the_report(troubled: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = ask("verify", "--model", "m.yaml", "--documents", "docs")
    assert (
        "Is the evidence in docs?\n"
        "0 of 1 documents verified · 0 of 1 citations found · 1 fail · model m\n\n"
        "SOURCE  DOCUMENT  STATE       CITATIONS\n"
        "s       s.txt     unverified  0 of 1 found, 1 fail\n\n"
        "m.yaml:7: s.txt may be another document: its source gives no sha256. If it is\n"
        "what you read, add to the source:\n"
        f"sha256: {sha(ARTICLE.encode())}\n\n"
        "CITATIONS THAT FAIL\n"
        "m.yaml:5: a.p.2025 quotes 'and we will build soon', found in line 3 of s.txt\n"
        "instead of 2\n"
    ) == result.stdout
    assert 1 == result.exit_code
    assert troubled


def test_what_a_proposal_cites_is_looked_up_too(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("one line\n", encoding="utf-8")
    path = model(tmp_path, "lines: 1")
    proposal = "{title: P, since: 2024, evidence: [{source: s, lines: 3}]}"
    path.write_text(path.read_text(encoding="utf-8").replace("{title: P}", proposal), encoding="utf-8")
    found: Any = json.loads(ask("verify", "-m", path, "--documents", tmp_path, "--format", "json").stdout)
    CONTRACT.validate(found)
    assert [("proposal", "p", "3")] == [(miss["type"], miss.get("record"), miss["lines"]) for miss in found["misses"]]


def test_json_keeps_the_contract(troubled: tuple[str, ...]) -> None:
    found: Any = json.loads(ask("verify", *troubled, "--format", "json").stdout)
    CONTRACT.validate(found)
    assert ("verify", "m") == (found["query"]["command"], found["model"])
    assert [("elsewhere", "3")] == [(one["failure"], one["found"]) for one in found["misses"]]


def test_csv_has_sources_then_what_fails(troubled: tuple[str, ...]) -> None:
    lines = list(csv.DictReader(io.StringIO(ask("verify", *troubled, "--format", "csv").stdout)))
    assert list(Verification.COLUMNS) == list(lines[0])
    assert [("source", "s", "unverified"), ("stance", "a.p.2025", "elsewhere")] == [
        (one["type"], one["id"], one["state"]) for one in lines
    ]


def test_missing_documents_alone_are_fine_unless_strict(tmp_path: Path) -> None:
    path = model(tmp_path, "lines: 1")
    (tmp_path / "docs").mkdir()
    arguments = ("--model", str(path), "--documents", str(tmp_path / "docs"))
    assert 0 == ask("verify", *arguments).exit_code
    text = " ".join(ask("verify", *arguments).stdout.split())
    assert f"Not in {tmp_path}/docs: s.txt." in text
    assert "1 could not be checked" in text
    assert 1 == ask("verify", *arguments, "--strict").exit_code


def test_a_document_is_a_name_and_no_path(tmp_path: Path) -> None:
    path = model(tmp_path, "lines: 1", document="document: docs/s.txt")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "s.txt").write_text("one", encoding="utf-8")
    text = " ".join(ask("verify", "--model", path, "--documents", tmp_path).stdout.split())
    assert "'docs/s.txt' is no name of a file in" in text
    assert "Not in" not in text


def test_of_many_files_that_no_source_names_the_first_are_told(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_text("one", encoding="utf-8")
    (tmp_path / ".hidden").write_text("one", encoding="utf-8")
    path = model(tmp_path, "lines: 1", document="document: 00.txt")
    assert 12 == len(verify(actorgraph.load(path), tmp_path).files), "with the model itself"
    text = " ".join(ask("verify", "--model", path, "--documents", tmp_path).stdout.split())
    assert "No source names these files: 01.txt, 02.txt," in text
    assert "10.txt and 2 more." in text


def test_a_folder_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    result = ask("verify", "--model", model(tmp_path, "lines: 1"), "--documents", tmp_path / "gone")
    assert 2 == result.exit_code
    assert "does not exist; name the folder with your copies" in result.stderr


def test_all_evidence_of_a_model_stands_in_its_documents() -> None:
    result = ask("verify", *BRIDGE, "--strict")
    assert 0 == result.exit_code, result.stdout
    assert "3 of 3 documents verified · 7 of 7 citations found" in result.stdout


def test_the_shipped_model_stands_in_its_documents(documents: Path) -> None:
    result = ask("verify", "--documents", documents, "--strict")
    assert 0 == result.exit_code, result.stdout
    assert "5 of 5 documents verified · 254 of 254 citations found" in result.stdout
