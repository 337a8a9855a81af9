"""Undertakings, as a contract, as a reader sees them, and as a picture."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from asking import answer, ask
from folders import option_naming
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.render.pledges import days_below

MODEL = """
model: {id: m, title: M}
actors:
  ada: {name: Ada, kind: state}
  bor: {name: Bor, kind: state}
proposals:
  aid: {title: Aid}
  plan: {title: A plan, since: 2024-01-01, until: 2024-06-01, fate: rejected}
conditions: {truce: {title: A truce holds}}
commitments:
  - {actor: ada, stage: pledges, proposal: aid, date: 2024-01, toward: bor, evidence: [{source: s}]}
  - {actor: ada, stage: delivers, proposal: aid, date: 2024-03-01, toward: bor, evidence: [{source: s}]}
  - {actor: ada, stage: pledges, proposal: plan, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: bor, stage: pledges, proposal: aid, date: 2024-06-30, if: [truce], evidence: [{source: s}]}
  - {actor: bor, stage: pledges, proposal: plan, date: 2024-02-01, evidence: [{source: s}]}
  - {actor: bor, stage: declines, proposal: plan, date: 2024-02-01, evidence: [{source: s}]}
sources: {s: {title: S, publisher: S, published: 2024-12-02}}
"""


@pytest.fixture
def model(tmp_path: Path) -> tuple[str, ...]:
    """The option that names the model."""
    return option_naming(tmp_path, MODEL)


def test_a_pledge_that_is_assumed_away_is_not_said_to_be_none(tmp_path: Path) -> None:
    stages = "".join(
        f"  - {{actor: ada, stage: {stage}, proposal: aid, date: 2024-0{month}-01, {more}evidence: [{{source: s}}]}}\n"
        for month, (stage, more) in enumerate((("pledges", "if: truce, "), ("delivers", "")), start=1)
    )
    model = option_naming(tmp_path, f"{MODEL.partition('commitments:')[0]}commitments:\n{stages}{_SOURCES}")
    asked = ("pledges", "ada", "--as-of", "2024-07-10", *model)
    assert "delivered after 31 days" in ask(*asked).stdout
    assert "delivered; no pledge that counts" in ask(*asked, "--assume", "not:truce").stdout


def test_what_is_open_depends_on_its_conditions_and_not_the_record_of_a_pledge(tmp_path: Path) -> None:
    allocated = "  - {actor: ada, stage: allocates, proposal: aid, date: 2024-01, if: truce, evidence: [{source: s}]}\n"
    model = option_naming(tmp_path, f"{MODEL.partition('commitments:')[0]}commitments:\n{allocated}{_SOURCES}")
    text = " ".join(ask("pledges", "--as-of", "2024-07-10", "--format", "md", *model).stdout.split())
    assert "open, if truce; no pledge on record" in text


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2024-12-02", "The latest source came out 61 days before that day"),
        ("2024-12", "The latest source came out at least 32 days before that day"),
        ("../2024-12-02", "The latest source came out at least 61 days before that day"),
    ],
)
def test_how_long_ago_the_latest_source_came_out_is_as_exact_as_its_date(
    tmp_path: Path, published: str, said: str
) -> None:
    model = option_naming(tmp_path, MODEL.replace("published: 2024-12-02", f"published: {published}"))
    assert said in " ".join(ask("pledges", "--as-of", "2025-02-01", *model).stdout.split())


_SOURCES = f"sources:{MODEL.partition('sources:')[2]}"


def test_what_became_of_what_was_undertaken(model: tuple[str, ...]) -> None:
    assert (
        ask("pledges", "--as-of", "2024-07-10", *model).stdout
        == """\
What became of the pledges?
Up to 2024-07-10 · model m

ACTOR  N  DELIVERED  OPEN  LAPSED  MEDIAN
Ada    2  1          0     1       – (1)
Bor    1  0          1     0       – (0)

ACTOR  UNDERTAKING     STEPS                OUTCOME
Ada    Aid toward Bor  2024-01 pledges      delivered after 30–60 days
                       2024-03-01 delivers
       A plan          2024-02-01 pledges   lapsed with the proposal (rejected)
                                            2024-06-01
Bor    Aid             2024-06-30 pledges   open for 10 days, if truce

MEDIAN is of the days of what was delivered after a pledge on record (so many in
brackets), a dash where they are fewer than 3; what is still open, or was taken
back, is not in it.
Days are from the first pledge on record to the first delivery, at least and at
most, as the dates allow. What is pledged to several is followed toward each.
Where no pledge is on record, there is no number.
Conditions: truce: A truce holds.
3 undertakings: 1 delivered, 1 open, 1 lapsed.
"""
    )


def test_what_is_contested_or_possible_is_not_counted(model: tuple[str, ...]) -> None:
    text = ask("pledges", "--as-of", "2024-03-10", "--min-delivered", "1", *model).stdout
    assert "contested: the record disagrees with itself" in " ".join(text.split())
    assert "Not counted: 1 contested." in text
    assert re.search(r"Ada +2 +1 +1 +0 +30–60 days \(1\)", text)
    assert "Not counted: 1 possible." in ask("pledges", "ada", "--as-of", "2024-01-10", *model).stdout


def test_numbers_have_commas_and_steps_their_amounts(tmp_path: Path) -> None:
    stages = "".join(
        f"  - {{actor: ada, stage: {stage}, proposal: aid, date: {day}, amount: {{value: {amount}, unit: men}}, "
        "evidence: [{source: s}]}\n"
        for stage, day, amount in (("pledges", "2020-01-01", 20000), ("delivers", "2024-01-01", 1500))
    )
    model = option_naming(tmp_path, f"{MODEL.partition('commitments:')[0]}commitments:\n{stages}{_SOURCES}")
    text = ask("pledges", "--as-of", "2024-07-10", "--min-delivered", "1", *model).stdout
    assert re.search(r"Ada +1 +1 +1,461 days \(1\)\n", text)
    told = " ".join(text.split())
    for words in ("2020-01-01 pledges 20,000 men", "2024-01-01 delivers 1,500 men", "delivered in part after"):
        assert words in told


@pytest.mark.parametrize(
    ("promised", "delivered", "in_part"),
    [
        ("value: 200", "value: 20", True),
        ("value: 200", "value: 200", False),
        ("at-least: 200", "at-most: 199", True),
        ("at-least: 100, at-most: 200", "at-least: 50, at-most: 150", False),
        ("at-most: 200", "value: 20", False),
        ("value: 200", "at-least: 20", False),
        ("value: 200", None, False),
        (None, "value: 20", False),
    ],
)
def test_what_is_less_than_was_pledged_is_delivered_in_part(
    promised: str | None, delivered: str | None, *, in_part: bool, tmp_path: Path
) -> None:
    """Only where it is less however much each may be; in another unit, nobody knows."""

    def last_line(*units: str) -> str:
        stages = "".join(
            f"  - {{actor: ada, stage: {stage}, proposal: aid, date: {day}, evidence: [{{source: s}}]"
            + (f", amount: {{{bounds}, unit: {unit}}}}}\n" if bounds else "}\n")
            for stage, day, bounds, unit in (
                ("pledges", "2024-01-01", promised, units[0]),
                ("delivers", "2024-02-01", delivered, units[-1]),
            )
        )
        model = option_naming(tmp_path, f"{MODEL.partition('commitments:')[0]}commitments:\n{stages}{_SOURCES}")
        return ask("pledges", "--as-of", "2024-07-10", *model).stdout.splitlines()[-1]

    assert last_line("shells") == f"1 undertaking: 1 delivered{' (1 in part)' if in_part else ''}."
    assert last_line("tonnes", "shells") == "1 undertaking: 1 delivered."


def test_what_is_open_long_after_the_latest_source(model: tuple[str, ...]) -> None:
    missing = "whether what is open has been delivered since is not on record"
    soon, late = (
        " ".join(ask("pledges", "--as-of", day, *model).stdout.split()) for day in ("2024-12-31", "2025-01-01")
    )
    assert missing not in soon
    assert f"The latest source came out 30 days before that day: {missing}." in late
    assert missing not in " ".join(ask("pledges", "ada", "--as-of", "2026", *model).stdout.split()), "none is open"


def test_the_records_behind_it(model: tuple[str, ...]) -> None:
    text = ask("pledges", "ada", "--as-of", "2024-07-10", "--explain", *model).stdout
    assert "Ada: what became of the pledges?" in text
    assert "The records behind the numbers" in text
    assert "[1] S 2024-12-02" in text


@pytest.mark.parametrize("arguments", [(), ("aid",), ("bor", "--explain"), ("--kind", "state"), ("--assume", "truce")])
def test_answers_keep_the_contract(arguments: tuple[str, ...], model: tuple[str, ...]) -> None:
    for day in ("2020", "2024-01-10", "2024-03-10", "2024-07-10"):
        told = answer("pledges", *arguments, "--as-of", day, *model)
        assert bool(told["rows"]) == ("--explain" in arguments and bool(told["undertakings"]))
    assert told["undertakings"]


@pytest.mark.parametrize("name", ["ukraine-troops", "nature-restoration"])
def test_the_shipped_models(name: str) -> None:
    shipped = ("--model", f"graphs/{name}", "--as-of", "2026-01-10")
    assert answer("pledges", *shipped)["undertakings"]
    text = ask("pledges", *shipped).stdout
    assert max(map(len, text.splitlines())) <= 80


def test_where_nobody_undertook_anything(model: tuple[str, ...]) -> None:
    text = ask("pledges", "--as-of", "2020", *model).stdout
    assert "No pledge, allocation or delivery is on record by that day." in text


def test_a_bar_for_each(model: tuple[str, ...], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "bars.svg"
    assert 0 == ask("pledges", "--as-of", "2024-07-10", "-o", str(path), *model).exit_code
    words = re.findall(r">([^<>]+)</text>", path.read_text(encoding="utf-8"))
    assert {"Ada: Aid toward Bor", "Ada: A plan", "Bor: Aid"} <= set(words)
    assert {"delivered after 30–60 days", "open for 10 days, if truce"} <= {word.strip() for word in words}
    assert any("N = 3 undertakings" in word for word in words)
    assert 0 == ask("pledges", "--as-of", "2024-03-10", "-o", str(path), *model).exit_code
    assert "Not drawn: 1 contested or possible." in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--as-of", "2020"), "No pledge, allocation or delivery is on record by that day."),
        (("ada", "--as-of", "2024-01-10"), "0 undertakings. Not counted: 1 possible."),
    ],
)
def test_nothing_to_draw_is_no_picture(
    arguments: tuple[str, ...], why: str, model: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "bars.svg"
    result = ask("pledges", *arguments, "-o", str(path), *model)
    assert (2, False) == (result.exit_code, path.exists())
    assert f"there is nothing to draw. {why}" in result.stderr


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(30, 60_000))
def test_days_below_a_picture_have_room(first: date, span: int) -> None:
    days = list(days_below(first.toordinal(), first.toordinal() + span))
    assert len(days) >= 2
    assert first.toordinal() <= days[0] <= days[-1] <= first.toordinal() + span
    assert all(later - day >= 0.19 * span for day, later in pairwise(days))
