"""A record that is asked for in a terminal: every field, names completed, and nothing written without a yes."""

import sys
from pathlib import Path

import pytest
from terminals import in_a_terminal
from towns import STANCE, files, strictly_clean

from actorgraph.model.loader import load_model


def asked(*arguments: str, answers: list[tuple[str, str]], term: str) -> tuple[int, str]:
    """Answer what a command asks in a terminal; return the exit code and the text."""
    command = [sys.executable, "-m", "actorgraph", *arguments]
    environment = {"TERM": term, "PROMPT_TOOLKIT_NO_CPR": "1"}
    return in_a_terminal(*command, answers=answers, environment=environment)


WHO = "actor (the actor whose position it is"
ANSWERS = [
    (WHO, "the tradrs\r"),
    ("did you mean 'traders'", ""),
    (WHO, "the traders\r"),
    ("position (", "opposes\r"),
    ("proposal (", "car-free square\r"),
    ("date (", "2026-02-30\r"),
    ("AG015 '2026-02-30' is not a date: 2026-02 has no day 30", ""),
    ("date (", "2026-05\r"),
    ("source (the id of the source that reports it)", "valley-courier-2026-03-14\r"),
    ("lines (", "2, 7-8\r"),
    ("via (", "\r"),
    ("credibility (", "2\r"),
    ("quote (", "\r"),
    ("source (another one; Enter: no more)", "\r"),
    ("until (", "\r"),
    ("speaker (", "Ana Vega\r"),
    ("if (the conditions that it was tied to: all of them", "bus-stop\r"),
    ("unless (", "\r"),
    ("note (", "No: never\r"),
]


@pytest.mark.parametrize("term", ["dumb", "xterm"], ids=["plain lines", "prompt_toolkit"])
def test_every_field_is_asked_for(term: str, town: Path) -> None:
    code, text = asked("add", "stance", answers=[*ANSWERS, ("Write it? [y/N]", "y\r")], term=term)
    assert 0 == code, text
    added = load_model(town).stances[1]
    assert ("traders", "opposes", "2026-05", "vega", ("bus-stop",), "No: never") == (
        added.actor,
        added.position,
        added.date,
        added.speaker,
        added.if_,
        added.note,
    )
    assert ["2, 7-8"] == [one.lines for one in added.evidence]
    assert strictly_clean(town)


@pytest.mark.parametrize("term", ["dumb", "xterm"], ids=["plain lines", "prompt_toolkit"])
@pytest.mark.parametrize(
    "answers",
    [
        [*ANSWERS, ("Write it? [y/N]", "\r")],
        [*ANSWERS, ("Write it? [y/N]", "\x03")],
        [(WHO, "\x03")],
    ],
    ids=["Enter is no", "Ctrl-C at the end", "Ctrl-C at once"],
)
def test_without_a_yes_nothing_is_written(term: str, answers: list[tuple[str, str]], town: Path) -> None:
    before = files(town)
    code, text = asked("add", "stance", answers=answers, term=term)
    assert (1, True) == (code, "nothing was written" in text), text
    assert before == files(town)


def test_no_word_is_cut_where_the_terminal_ends(town: Path) -> None:
    answers = [
        (WHO, "traders\r"),
        ("stage (", "x\r"),
        ("stage (", "pledges\r"),
        ("proposal (", "bus\r"),
    ]
    _, text = asked("add", "commitment", answers=[*answers, ("proposal (", "\x03")], term="dumb")
    shown = text.replace("\r\n", "\n")
    assert "< goes back to the\n  question before; Ctrl-C leaves all as it was.\n" in shown
    assert (
        "stage (how far the actor has bound itself, or that it refuses to: declines,\n  withdraws, considers," in shown
    )
    lines = shown.partition("to go on from here")[0].splitlines()
    assert [] == [line for line in lines if len(line) > 80]
    assert town.is_dir()


def test_names_complete_while_they_are_typed(town: Path) -> None:
    answers = [
        (WHO, "stallh"),
        ("Market Traders", "\t\r"),
        *ANSWERS[3:5],
        ("date (", "\x03"),
    ]
    code, text = asked("add", "stance", answers=answers, term="xterm")
    assert 1 == code
    assert "actorgraph add stance --actor traders --position opposes --proposal car-free-square" in text
    assert town.is_dir()


def test_only_what_is_missing_is_asked_for(town: Path) -> None:
    answers = [("until (", "\r"), ("speaker (", "\r"), ("if (", "\r"), ("unless (", "\r"), ("note (", "\r")]
    missing = [word for word in STANCE if word not in ("--position", "open")]
    code, text = asked(
        *missing, answers=[("position (", "open\r"), *answers, ("Write it? [y/N]", "yes\r")], term="dumb"
    )
    assert 0 == code, text
    assert "open" == load_model(town).stances[1].position


def test_times_in_which_a_condition_held_are_asked_for_one_after_the_other(town: Path) -> None:
    answers = [
        ("title (", "A ferry runs\r"),
        ("note (", "\r"),
        ("since (the day", "2026-01\r"),
        ("until (", "2026-02\r"),
    ]
    rest = [("since (another one", "2026-05\r"), ("until (", "\r"), ("since (another one", "\r"), ("id (", "\r")]
    code, text = asked("add", "condition", answers=[*answers, *rest, ("Write it? [y/N]", "y\r")], term="dumb")
    assert 0 == code, text
    added = load_model(town).conditions["a-ferry-runs"]
    assert [("2026-01", "2026-02"), ("2026-05", None)] == [(time.since, time.until) for time in added.held]


# -- a step back, and what is at hand ----------------------------------------------------------------------------


@pytest.mark.parametrize("term", ["dumb", "xterm"], ids=["plain lines", "prompt_toolkit"])
def test_a_step_back_asks_again_and_forgets_what_came_of_the_answer(term: str, town: Path) -> None:
    answers = [
        ("title (", "<\r"),
        ("this is the first question", ""),
        ("title (", "A fery runs\r"),
        ("note (", "Slip\r"),
        ("since (the day", "<\r"),
        ("note (", "<\r"),
        ("title (", "A ferry runs\r"),
        ("note (", "\r"),
        ("since (the day", "2026-01\r"),
        ("until (", "<\r"),
        ("since (the day", "2026-02\r"),
        ("until (", "\r"),
        ("since (another one", "\r"),
        ("id (", "\r"),
    ]
    code, text = asked("add", "condition", answers=[*answers, ("Write it? [y/N]", "y\r")], term=term)
    assert 0 == code, text
    added = load_model(town).conditions["a-ferry-runs"]
    assert (None, [("2026-02", None)]) == (added.note, [(time.since, time.until) for time in added.held])


def test_it_tells_what_is_on_record_and_shows_what_is_cited(town: Path) -> None:
    letter = Path("seeds/letter.txt")
    letter.write_text("Dear all\nwe are for it\nif the bus stops\n", encoding="utf-8")
    source = Path("seeds/valley-courier-2026-03-14.yaml")
    text = source.read_text(encoding="utf-8").replace(
        "    reliability: B", "    document: letter.txt\n    reliability: B"
    )
    source.write_text(text, encoding="utf-8")
    answers = [
        (WHO, "traders\r"),
        ("position (", "opposes\r"),
        ("proposal (", "car-free square\r"),
        ("on record: Market Traders’ Union, supports since 2026-03-12", ""),
        ("date (", "2026-05\r"),
        ("source (the id", "valley-courier-2026-03-14\r"),
        ("it has 3", ""),
        ("lines (", "2-9\r"),
        ("letter.txt ends with line 3, before line 9", ""),
        ("lines (", "2-3\r"),
        ("2  we are for it", ""),
        ("3  if the bus stops", ""),
        ("via (", "\r"),
        ("credibility (", "\x03"),
    ]
    code, shown = asked("add", "stance", answers=answers, term="dumb")
    assert (1, True) == (code, town.is_dir())
    assert "--source valley-courier-2026-03-14 --lines 2-3\n" in shown.replace("\r", ""), "nothing typed is lost"
    words = " ".join(shown.split())
    assert "1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 truth" in words


def test_a_document_is_named_as_it_lies(town: Path) -> None:
    Path("letter.txt").write_text("Dear all", encoding="utf-8")
    answers = [
        ("title (", "T\r"),
        ("publisher (", "P\r"),
        ("published (", "2026\r"),
        ("author (", "\r"),
        ("language (", "\r"),
        ("url (", "\r"),
        ("archived (", "\r"),
        ("accessed (", "\r"),
        ("document (", "https://example.org/a\r"),
        ("is an address, and no file; give it as url", ""),
        ("document (", "leter.txt\r"),
        ("did you mean 'letter.txt'?", ""),
        ("document (", "let"),
        ("letter.txt", "\t\r"),
        ("reliability (", "b\r"),
        ("about (", "\r"),
        ("id (", "\r"),
    ]
    code, text = asked("add", "source", answers=[*answers, ("Write it? [y/N]", "y\r")], term="xterm")
    assert 0 == code, text
    added = load_model(town).sources["p-2026"]
    assert ("letter.txt", True) == (added.document, bool(added.sha256))


def test_evidence_is_asked_for_too(town: Path) -> None:
    answers = [
        ("More for this stance.", ""),
        ("source (the id", "valley-courier-2026-03-14\r"),
        ("lines (", "9\r"),
        ("via (", "\r"),
        ("credibility (", "2\r"),
        ("quote (", "\r"),
        ("source (another one; Enter: no more)", "\r"),
        ("Write it? [y/N]", "y\r"),
    ]
    code, text = asked("add", "evidence", "traders.car-free-square.2026-03-12", answers=answers, term="dumb")
    assert 0 == code, text
    assert ["3-5", "9"] == [one.lines for one in load_model(town).stances[0].evidence]


def test_a_tie_may_stay_without_evidence(town: Path) -> None:
    before = files(town)
    answers = [("source (", "\r")]
    code, text = asked("add", "evidence", "vega.represents.traders", answers=answers, term="dumb")
    assert (1, True) == (code, "no source was named" in text)
    assert before == files(town)
