"""import dna: what was coded comes in, what cannot is told, and every cited line stands in the document."""

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from asking import ask
from conftest import ROOT, SHARED
from discourse import DAY, TEXT, Debate, small_debate
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.exchange.dna import CodedText
from actorgraph.ledger.load import load
from actorgraph.model.loader import load_model
from actorgraph.questions.verify import verify

PAGE = ROOT / "docs" / "import.md"


@pytest.fixture
def model(tmp_path: Path) -> str:
    folder = tmp_path / "graphs" / "debate"
    folder.mkdir(parents=True)
    (folder / "model.yaml").write_text("model: {id: debate, title: Debate}\n", encoding="utf-8")
    return str(folder)


def take_in(debate: Debate, model: str, *options: str) -> str:
    """Import a database; return what is told of it."""
    result = ask("import", "dna", str(debate.path), "--create", "--yes", "-m", model, *options)
    assert 0 == result.exit_code, result.output
    return result.stderr


def stances(model: str) -> list[tuple[str, str, str, str | None, str]]:
    return [
        (
            stance.actor,
            stance.position,
            stance.proposal,
            stance.speaker,
            "; ".join(str(cited.lines) for cited in stance.evidence),
        )
        for stance in load_model(model).stances
    ]


def test_what_is_coded_comes_in(tmp_path: Path, model: str) -> None:
    said = take_in(small_debate(tmp_path / "d.dna"), model, "--documents", str(tmp_path / "texts"))
    assert "statement 4: left out: statements of the type 'Annotation' have no variable 'organization'" in said
    assert [
        ("harbour-board", "supports", "build-the-bridge", "ann-ames", "4; 5"),
        ("fishers", "opposes", "build-the-bridge", "bo-berg", "7"),
    ] == stances(model)
    made = load_model(model)
    assert [
        ("ann-ames", "represents", "harbour-board", "../2025-03-13"),
        ("bo-berg", "represents", "fishers", "../2025-03-13"),
    ] == [(tie.actor, tie.relation, tie.to, tie.since) for tie in made.relations]
    source = made.sources["council-meets-2025-03-13"]
    assert ("Council meets", "Herald", "2025-03-13") == (source.title, source.publisher, source.published)
    assert "organisation" == made.actors["fishers"].kind
    assert verify(load(model), tmp_path / "texts").complete
    assert TEXT == (tmp_path / "texts" / "council-meets-2025-03-13.txt").read_text(encoding="utf-8")


def test_the_person_may_be_the_actor(tmp_path: Path, model: str) -> None:
    take_in(small_debate(tmp_path / "d.dna"), model, "--actor", "person")
    assert [
        ("ann-ames", "supports", "build-the-bridge", None, "4; 5"),
        ("bo-berg", "opposes", "build-the-bridge", None, "7"),
    ] == stances(model)
    assert ["represents", "represents"] == [tie.relation for tie in load_model(model).relations]


def test_again_adds_only_what_is_new(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    take_in(debate, model)
    before = Path(model, "model.yaml").read_bytes()
    assert "nothing new" in take_in(debate, model)
    assert before == Path(model, "model.yaml").read_bytes()
    debate.code_words(1, TEXT, "The bridge", ("Ann Ames", "Harbour Board", "Build the bridge", 1))
    assert "corrected: 1 stance;" in take_in(debate, model)
    assert "4; 5; 2" == stances(model)[0][-1]
    assert "nothing new" in take_in(debate, model)


def test_what_the_curator_noted_of_a_passage_stays(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    take_in(debate, model)
    file = Path(model, "model.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(lines: 5\b)", r"\1, credibility: 2", text), encoding="utf-8")
    debate.code_words(1, TEXT, "The bridge", ("Ann Ames", "Harbour Board", "Build the bridge", 1))
    take_in(debate, model, "--documents", str(tmp_path / "texts"))
    cited = load_model(model).stances[0].evidence
    assert [("4", None), ("5", 2), ("2", None)] == [(one.lines, one.credibility) for one in cited]


@pytest.mark.parametrize(
    ("coding", "options", "reason"),
    [
        (("Ann", "", "C", 1), (), "no organization is coded; --actor person takes the person for the actor"),
        (("", "Board", "C", 1), ("--actor", "person"), "no person is coded; --actor organization takes"),
        (("Ann", "Board", "", 1), (), "no concept is coded"),
        (("Ann", "Board", "C", None), (), "no agreement is coded"),
        (("Ann", "Board", "C", 3), (), "its agreement is 3; --word 3=POSITION says what that means"),
        (("Ann", "Board", "C", 0), ("--word", "false=nothing"), "its agreement is false, which means nothing here"),
    ],
)
def test_what_cannot_be_a_stance_is_told(
    coding: tuple[str, str, str, int | None], options: tuple[str, ...], reason: str, tmp_path: Path, model: str
) -> None:
    debate = Debate(tmp_path / "d.dna")
    debate.code(debate.document("A", "Words."), 0, 5, coding)
    said = take_in(debate, model, *options)
    assert f"statement 1: left out: {reason}" in said
    assert "document 1: left out: no stance rests on it" in said
    assert [] == stances(model)


@pytest.mark.parametrize(
    ("start", "stop", "date", "reason"),
    [
        (0, 99, 0, "it codes letters 0 to 99, and the text of its document has 8"),
        (5, 7, 0, "it codes nothing but white space"),
        (0, 5, 10**15, "the date of its document, 1, is no date from the years 1 to 9998"),
    ],
)
def test_a_span_or_a_date_that_is_none(
    start: int, stop: int, date: int, reason: str, tmp_path: Path, model: str
) -> None:
    debate = Debate(tmp_path / "d.dna")
    debate.code(debate.document("A", "Words \n.", date=date), start, stop, ("Ann", "Board", "C", 1))
    assert f"statement 1: left out: {reason}" in take_in(debate, model)


def test_a_document_that_is_gone_and_groups(tmp_path: Path, model: str) -> None:
    debate = Debate(tmp_path / "d.dna")
    debate.code(7, 0, 5, ("Ann", "Board", "C", 1))
    debate.run("UPDATE ENTITIES SET ChildOf = 1 WHERE ID = 2")
    said = take_in(debate, model)
    assert "statement 1: left out: its document, 7, is not in the database" in said
    assert "entity 2: left out: a model has no place for its group, 'Ann'" in said


@pytest.mark.parametrize(
    ("first", "second"), [("Sierra Club", "SIERRA CLUB"), ("The Siérra-Club", "the Sierra Club."), ("Board", "B.O.")]
)
def test_entities_that_are_read_as_one_are_told_once(first: str, second: str, tmp_path: Path, model: str) -> None:
    debate = Debate(tmp_path / "d.dna")
    document = debate.document("A", "One.\nTwo.\nThree.\n")
    for at, name, concept in ((0, first, "C"), (5, second, "C"), (10, second, "c!")):
        debate.code(document, at, at + 4, ("Ann", name, concept, 1))
    debate.run("INSERT INTO ATTRIBUTEVALUES(EntityId, AttributeVariableId, AttributeValue) VALUES (2, 2, 'B.O.')")
    said = take_in(debate, model)
    assert f"entity 4: left out: '{second}' is read as '{first}', entity 2" in said
    assert "entity 5: left out: 'c!' is read as 'C', entity 3" in said
    assert 2 == said.count("is read as")
    assert "is read as" not in take_in(debate, model), "the model knows both by now"


def test_agreement_by_degrees(tmp_path: Path, model: str) -> None:
    debate = Debate(tmp_path / "d.dna")
    document = debate.document("A", "One.\nTwo.\n")
    debate.code(document, 0, 4, ("", "Board", "C", -2))
    debate.code(document, 5, 9, ("", "Crew", "C", 2))
    take_in(debate, model, "--word", "-2=opposes", "--word", "2=open")
    assert [("board", "opposes"), ("crew", "open")] == [one[:2] for one in stances(model)]


def test_variables_may_bear_other_names(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    debate.run("UPDATE VARIABLES SET Variable = 'claim' WHERE Variable = 'concept'")
    result = ask("import", "dna", str(debate.path), "--create", "--yes", "-m", model)
    assert 2 == result.exit_code
    assert "no type of statement has the variables organization, concept, agreement" in result.stderr
    take_in(debate, model, "--variable", "concept=claim")
    assert 2 == len(stances(model))


def test_names_of_the_model_are_found(tmp_path: Path, model: str) -> None:
    file = Path(model, "model.yaml")
    actor = "actors:\n  hb: {name: The Board, kind: organisation, aliases: [harbour board]}\n"
    file.write_text(file.read_text(encoding="utf-8") + actor, encoding="utf-8")
    take_in(small_debate(tmp_path / "d.dna"), model)
    assert "hb" == stances(model)[0][0]


def test_unknown_names_are_listed_and_nothing_is_written(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    texts = tmp_path / "texts"
    result = ask("import", "dna", str(debate.path), "--yes", "-m", model, "--documents", str(texts))
    assert 1 == result.exit_code
    assert "statement 1: no actor answers to 'Harbour Board'" in result.stderr
    assert not texts.exists()


def test_documents_of_one_title_are_two(tmp_path: Path, model: str) -> None:
    """In whatever order they are coded, and whether or not both are."""
    debate = Debate(tmp_path / "d.dna")
    first, second = (debate.document("Daily", f"Word {number}.") for number in (1, 2))
    debate.document("Daily", "Next day.", date=DAY + 86400)
    debate.code(second, 0, 5, ("", "Board", "C", 0))
    take_in(debate, model, "--documents", str(tmp_path / "texts"))
    assert ["daily-2025-03-13-2"] == list(load_model(model).sources)
    debate.code(first, 0, 5, ("", "Board", "C", 1))
    take_in(debate, model, "--documents", str(tmp_path / "texts"))
    assert ["daily-2025-03-13", "daily-2025-03-13-2"] == sorted(load_model(model).sources)
    assert verify(load(model), tmp_path / "texts").complete


def test_a_text_that_is_there_is_not_written_over(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    other = tmp_path / "council-meets-2025-03-13.txt"
    other.write_text("mine", encoding="utf-8")
    before = Path(model, "model.yaml").read_bytes()
    result = ask("import", "dna", str(debate.path), "--create", "--yes", "-m", model, "--documents", str(tmp_path))
    assert 2 == result.exit_code
    assert "council-meets-2025-03-13.txt is there already and holds something else" in result.stderr
    assert ("mine", before) == (other.read_text(encoding="utf-8"), Path(model, "model.yaml").read_bytes())


def test_letters_that_no_model_may_have(tmp_path: Path, model: str) -> None:
    debate = Debate(tmp_path / "d.dna")
    document = debate.document("A\x08 B", "We\x07 say: no.")
    debate.code(document, 0, 7, ("", "The\x01 Board", "C", 1))
    take_in(debate, model, "--documents", str(tmp_path / "texts"))
    assert verify(load(model), tmp_path / "texts").complete
    assert "A B" == load_model(model).sources["a-b-2025-03-13"].title


LINES = st.text("ab cé👋\u2028\x85", max_size=12)


@given(st.lists(LINES, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]), st.data())
def test_lines_are_where_the_span_is(lines: list[str], end: str, data: st.DataObject) -> None:
    """As DNA shows it: a line end is one letter, and a letter beyond the first plane two."""
    number = data.draw(st.sampled_from([at for at, line in enumerate(lines) if line.strip()] or [-1]))
    if number < 0:
        return
    before = "".join(f"{line}\n" for line in lines[:number])
    start, length = (len(text.encode("utf-16-le")) // 2 for text in (before, lines[number]))
    assert str(number + 1) == CodedText(end.join(lines)).span(start, start + length)[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "d.dna is empty; name the .dna file that DNA saved"),
        (b"not a database at all, but words" * 99, "d.dna is no SQLite database"),
        (b"PK\x03\x04" + bytes(4000), "d.dna is no SQLite database"),
    ],
)
def test_a_file_that_is_none(content: bytes, message: str, tmp_path: Path, model: str) -> None:
    (tmp_path / "d.dna").write_bytes(content)
    refused(tmp_path / "d.dna", model, message)


def refused(file: Path, model: str, message: str) -> None:
    result = ask("import", "dna", str(file), "--create", "--yes", "-m", model)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == len(result.stderr.removeprefix("Error: ").strip().splitlines())


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("DROP TABLE ENTITIES", "has no table ENTITIES, so DNA 3 did not make it"),
        ("ALTER TABLE DATASHORTTEXT RENAME COLUMN Entity TO Value", "its table DATASHORTTEXT has no column Entity"),
    ],
)
def test_another_layout(command: str, message: str, tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    debate.run(command)
    refused(debate.path, model, message)


def test_a_damaged_database(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    raw = bytearray(debate.path.read_bytes())
    for page in range(4096, len(raw), 4096):
        raw[page : page + 200] = b"\xff" * 200
    debate.path.write_bytes(raw)
    refused(debate.path, model, "d.dna is damaged")


def test_one_that_was_cut_off(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    debate.path.write_bytes(debate.path.read_bytes()[:-9000])
    refused(debate.path, model, "d.dna is damaged")


def test_one_that_is_being_written(tmp_path: Path, model: str) -> None:
    debate = small_debate(tmp_path / "d.dna")
    (tmp_path / "d.dna-wal").write_bytes(b"x")
    refused(debate.path, model, "close DNA, then try again")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--word", "supports"), "--word 'supports' should be VALUE=POSITION"),
        (("--word", "1=for"), "--word 1=for: 'for' is none of supports, open"),
        (("--variable", "claim=concept"), "--variable claim=concept: 'claim' is none of person, organization"),
    ],
)
def test_options_that_say_nothing(options: tuple[str, ...], message: str, tmp_path: Path, model: str) -> None:
    result = ask("import", "dna", str(small_debate(tmp_path / "d.dna").path), "-m", model, *options)
    assert 2 == result.exit_code
    assert message in result.stderr


def test_the_database_is_left_as_it_is(tmp_path: Path, model: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    debate = small_debate(folder / "d #1?.dna")
    before = debate.path.read_bytes()
    folder.chmod(0o555)
    take_in(debate, model)
    folder.chmod(0o755)
    assert ([debate.path], before) == (list(folder.iterdir()), debate.path.read_bytes())


@pytest.fixture
def sample() -> Path:
    """The database that DNA's authors hand out, which is not ours to hand on."""
    file = SHARED / "data" / "dna" / "sample.dna"
    if not file.is_file():
        pytest.skip("documents")
    return file


def test_the_sample_of_its_authors(sample: Path, tmp_path: Path, model: str) -> None:
    result = ask("import", "dna", str(sample), "--create", "--yes", "-m", model, "--documents", str(tmp_path / "texts"))
    assert 0 == result.exit_code, result.output
    made = load_model(model)
    assert (7, 6, 14) == (len(made.sources), len(made.proposals), len(made.actors))
    assert 40 == sum(len(stance.evidence) for stance in made.stances)
    found = verify(load(model), tmp_path / "texts")
    assert found.complete
    assert [47] == [sum(source.held for source in found.sources)], "and the sources of seven ties"
    assert "left out: 1\n" in result.stderr
    with closing(sqlite3.connect(f"{sample.as_uri()}?immutable=1", uri=True)) as database:
        ((agreeing,),) = database.execute("SELECT SUM(Value) FROM DATABOOLEAN")
    assert agreeing == sum(len(stance.evidence) for stance in made.stances if stance.position == "supports")


def test_the_page_keeps_its_word(tmp_path: Path, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAGE.read_text(encoding="utf-8")
    section = text.partition("\n## Discourse Network Analyzer\n")[2].partition("\n## ")[0]
    commands = [line for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL) for line in block.splitlines()]
    small_debate(tmp_path / "debate.dna")
    monkeypatch.chdir(tmp_path)
    for command in commands:
        name, *arguments = shlex.split(command)
        assert "actorgraph" == name
        result = ask(*arguments, *(["--yes"] if arguments[0] == "import" else []))
        assert 0 == result.exit_code, result.output
    assert 2 == len(stances(model))


def test_the_texts_are_plain_yaml(tmp_path: Path, model: str) -> None:
    """Somebody else's reader finds the quotes as the documents have them."""
    take_in(small_debate(tmp_path / "d.dna"), model)
    read = yaml.safe_load(Path(model, "model.yaml").read_text(encoding="utf-8"))
    assert ["We need it.", "It is dear"] == [cited["quote"] for cited in read["stances"][0]["evidence"]]
