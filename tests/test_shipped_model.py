"""The shipped models pass a strict check, and the first one keeps faith with its documents."""

import hashlib
import re
from pathlib import Path

import pytest

from actorgraph.dates import last_day
from actorgraph.model.loader import load_model
from actorgraph.model.records import Commitment, Evidence, Model, Stance
from actorgraph.questions.check import check

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
        if record not in {tie.id for tie in troops.relations}:
            assert evidence.lines, record
            assert evidence.credibility, record
            assert evidence.quote is None, record
            assert troops.sources[evidence.source].reliability, evidence.source


def test_speakers_hold_a_role_when_they_speak(troops: Model) -> None:
    for record in said(troops):
        if record.speaker and record.speaker != record.actor:
            day = last_day(record.date)
            roles = [tie for tie in troops.relations if tie.actor == record.speaker and tie.relation == "represents"]
            assert [tie for tie in roles if tie.first <= day and (not tie.until or last_day(tie.until) > day)], (
                record.id
            )


def test_nothing_is_published_before_it_is_said(troops: Model) -> None:
    for record in said(troops):  # an event may be announced
        first = min(last_day(troops.sources[evidence.source].published) for evidence in record.evidence)
        assert int(record.date.replace("-", "").ljust(8, "0")) <= first, record.id


def test_no_position_counts_twice(troops: Model) -> None:
    seen = [(record.actor, record.proposal, record.date, record.word) for record in said(troops)]
    assert sorted(set(seen)) == sorted(seen)


def test_documents_are_those_that_were_read(troops: Model, documents: Path) -> None:
    for source in troops.sources.values():
        raw = (documents / str(source.document)).read_bytes()
        assert source.sha256 == hashlib.sha256(raw).hexdigest()
    assert {file.name for file in documents.glob("*.txt")} == {source.document for source in troops.sources.values()}


def test_cited_lines_exist(troops: Model, documents: Path) -> None:
    lengths = {
        key: len((documents / str(source.document)).read_text(encoding="utf-8").splitlines())
        for key, source in troops.sources.items()
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
    for file in (*(ROOT / "graphs").rglob("*.yaml"), *(ROOT / "seeds").glob("*.yaml"), *(ROOT / "docs").glob("*.md")):
        ours = words(file.read_text(encoding="utf-8"))
        repeated = [ours[at : at + RUN] for at in range(len(ours) - RUN + 1) if tuple(ours[at : at + RUN]) in copied]
        assert [] == repeated, file
