"""The shipped models pass a strict check, and the first one keeps faith with its documents."""

import hashlib
import re
from pathlib import Path

import pytest

from actorgraph.dates import last_day, period
from actorgraph.ledger.load import load
from actorgraph.model.loader import load_model
from actorgraph.model.model import Model
from actorgraph.model.records import Commitment, Evidence, Stance
from actorgraph.questions.check import check
from actorgraph.questions.diff import diff

ROOT = Path(__file__).parent.parent
MODELS = [*sorted((ROOT / "graphs").iterdir()), *sorted((ROOT / "examples").glob("*.yaml"))]
AS_OF = "2026-11-22"
RUN = 7
"""So many consecutive words of a document in one of our texts would be copying."""


@pytest.fixture(scope="module")
def troops() -> Model:
    return load_model(ROOT / "graphs/ukraine-troops")


def said(model: Model) -> list[Stance | Commitment]:
    """Return the records in which somebody says something."""
    return [*model.stances, *model.commitments]


def cited(model: Model) -> list[tuple[str, Evidence]]:
    """Return every evidence, with the id of what it is evidence for."""
    of_records = [(record.id, evidence) for record in model.records for evidence in record.evidence]
    return of_records + [(event.id, evidence) for event in model.events for evidence in event.evidence]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_check_strict(path: Path) -> None:
    assert () == check(path, today=AS_OF).problems


def test_it_is_all_there(troops: Model) -> None:
    actors = {
        "uk", "france", "us", "russia", "ukraine", "germany", "italy", "belgium", "croatia", "czech-republic", "poland",
        "turkey", "eu", "nato", "coalition-of-the-willing",
        "starmer", "macron", "meloni", "merz", "zelensky", "trump", "putin", "ryabkov", "witkoff", "kushner",
        "whitaker", "tusk", "pistorius", "baerbock", "kallas", "barrot", "lammy", "kellogg", "peskov", "zakharova",
        "erdogan", "denisov",
    }  # fmt: skip
    assert set() == actors - troops.actors.keys()
    proposals = {
        "multinational-force", "military-hubs", "us-backstop", "miami-framework", "kellogg-plan", "paris-declaration",
    }  # fmt: skip
    assert set() == proposals - troops.proposals.keys()
    assert len(troops.stances) + len(troops.commitments) > 120
    framework = [key for key, proposal in troops.proposals.items() if "miami-framework" in proposal.part_of]
    assert len(framework) >= 5


def test_every_record_is_graded_and_placed(troops: Model) -> None:
    for record, evidence in cited(troops):
        source = troops.sources[evidence.source]
        assert source.reliability, evidence.source
        assert evidence.quote is None, record
        if record not in {tie.id for tie in troops.relations}:
            assert evidence.lines or not source.document, record
            assert evidence.credibility, record


def test_a_page_bears_no_position_alone(troops: Model) -> None:
    """Pages of press and offices are cited for days: what is said is in one of the documents."""
    for record in said(troops):
        assert any(troops.sources[evidence.source].document for evidence in record.evidence), record.id


def test_speakers_hold_a_role_when_they_speak(troops: Model) -> None:
    for record in said(troops):
        if record.speaker and record.speaker != record.actor:
            day = troops.in_force_from(record)
            roles = [tie for tie in troops.relations if tie.actor == record.speaker and tie.relation == "represents"]
            assert [tie for tie in roles if tie.first <= day and (not tie.until or last_day(tie.until) > day)], (
                record.id
            )


def test_nothing_is_published_before_it_is_said(troops: Model) -> None:
    for record in said(troops):  # an event may be announced
        first = min(last_day(troops.sources[evidence.source].published) for evidence in record.evidence)
        assert period(record.date)[0] <= first, record.id


def test_no_position_counts_twice(troops: Model) -> None:
    seen = [(record.actor, record.proposal, record.date, record.word, record.speaker or "") for record in said(troops)]
    assert sorted(set(seen)) == sorted(seen)


def test_documents_are_those_that_were_read(troops: Model, documents: Path) -> None:
    kept = [source for source in troops.sources.values() if source.document]
    for source in kept:
        raw = (documents / str(source.document)).read_bytes()
        assert source.sha256 == hashlib.sha256(raw).hexdigest()
    assert {file.name for file in documents.glob("*.txt")} == {source.document for source in kept}


def test_cited_lines_exist(troops: Model, documents: Path) -> None:
    lengths = {
        key: len((documents / str(source.document)).read_text(encoding="utf-8").splitlines())
        for key, source in troops.sources.items()
        if source.document
    }
    for record, evidence in cited(troops):
        assert all(int(number) <= lengths[evidence.source] for number in re.findall(r"\d+", str(evidence.lines))), (
            record
        )


def words(text: str) -> list[str]:
    """Return a text's words, bare."""
    return re.findall(r"[^\W_]+", text.casefold())


def test_no_sentence_is_copied(documents: Path) -> None:
    copied = set()
    for document in documents.glob("*.txt"):
        read = words(document.read_text(encoding="utf-8"))
        copied |= {tuple(read[at : at + RUN]) for at in range(len(read) - RUN + 1)}
    for file in (*(ROOT / "graphs").rglob("*.yaml"), *(ROOT / "seeds").rglob("*.yaml"), *(ROOT / "docs").rglob("*.md")):
        ours = words(file.read_text(encoding="utf-8"))
        repeated = [ours[at : at + RUN] for at in range(len(ours) - RUN + 1) if tuple(ours[at : at + RUN]) in copied]
        assert [] == repeated, file


def test_each_model_has_sources_and_a_page_of_its_own() -> None:
    for path in (ROOT / "graphs").iterdir():
        assert list((ROOT / "seeds" / path.name).glob("*.yaml")), path.name
        assert load_model(path).header.id == path.name
        page = (ROOT / "docs/models" / f"{path.name}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# The model `{path.name}`\n")
        assert {"## What it covers", "## Sources", "## Known gaps"} <= set(page.splitlines()), path.name
    assert [] == [file for file in (ROOT / "seeds").iterdir() if file.is_file()]


def test_a_question_is_asked_of_the_first_model() -> None:
    assert ["ukraine-troops"] == [path.name for path in (ROOT / "graphs").iterdir() if load_model(path).header.default]


def test_what_changed_between_the_first_and_the_last_document() -> None:
    """Lines that moved from text to text are told as changes, and not as ends and beginnings."""
    with load(ROOT / "graphs/ukraine-troops") as ledger:
        changed = {
            change.actor: change.change
            for change in diff(ledger, "2024-12-06", "2026-01-10").changes
            if (change.basis, change.before_proposal) == ("stated", "ceasefire-peacekeepers")
            and change.proposal == "multinational-force"
        }
        expected = {"france": "strengthened", "uk": "strengthened", "germany": "qualified", "russia": "qualified"}
        assert expected == changed
        (backstop,) = [
            change.change
            for change in diff(ledger, "2025-05-30", "2026-01-10").changes
            if (change.kind, change.actor, change.proposal) == ("commitment", "us", "us-backstop")
        ]
        assert "contested" == backstop
