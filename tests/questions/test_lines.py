"""Lines that are read without what was said: it is there when it is asked for, by track or all at once."""

from pathlib import Path

import pytest
from generator import model_text

from actorgraph.ledger.load import load
from actorgraph.ledger.store import Ledger
from actorgraph.ledger.tables import build
from actorgraph.model.loader import load_model
from actorgraph.questions import lines as module
from actorgraph.questions.lines import Line, as_line, briefly, lines
from actorgraph.questions.sql import ANY_DAY


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    file = tmp_path_factory.mktemp("lines") / "generated.yaml"
    file.write_text(model_text(300), encoding="utf-8")
    return load(file)


@pytest.mark.parametrize("by_track", [0, 3, 10_000], ids=["at once", "few by track", "by track"])
def test_what_was_left_unread_is_what_there_is(ledger: Ledger, by_track: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr(module, "ONE_IN", 1)
    monkeypatch.setattr(module, "MOST_BY_TRACK", by_track)
    whole = sorted(lines(ledger, ANY_DAY), key=repr)
    brief, unread = briefly(ledger, ANY_DAY)
    assert any(not line.said for line in map(as_line, brief))
    assert all(line.said for line in map(as_line, brief) if line.contest)
    assert whole == sorted((line for one in brief for line in unread.filled([one])), key=repr)


def test_of_very_many_lines_what_is_the_same_is_held_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    apart, _ = briefly(ledger, ANY_DAY)
    monkeypatch.setattr(module, "LINES_AT_ONCE", 10)
    together, unread = briefly(ledger, ANY_DAY)
    assert apart == together
    assert sorted(lines(ledger, ANY_DAY), key=repr) == sorted(unread.filled(together), key=repr)
    names: dict[str, str] = {}
    assert all(names.setdefault(line.actor_name, line.actor_name) is line.actor_name for line in map(as_line, together))


def test_lines_that_are_alike_but_for_what_was_said_get_it_each(tmp_path: Path) -> None:
    """Two reports of one vague day make two such lines, where both are only possible."""
    file = tmp_path / "generated.yaml"
    file.write_text(model_text(100), encoding="utf-8")
    engine = build(load_model(file))
    columns = list(Line._fields)
    line = Line(*engine.run(f"SELECT {', '.join(columns)} FROM holdings WHERE contest IS NULL ORDER BY actor")[0])
    twin = line._replace(said='[["twin",20200101,null,null,[]]]')
    marks = ", ".join("?" * len(columns))
    engine.connection.execute(f"INSERT INTO holdings ({', '.join(columns)}) VALUES ({marks})", twin)
    with Ledger(engine) as doubled:
        brief, unread = briefly(doubled, "proposal = ? AND actor = ?", line.proposal, line.actor)
        filled = unread.filled(brief)
        assert {line.said, twin.said} <= {one.said for one in filled}
        assert sorted(filled, key=repr) == sorted(
            lines(doubled, "proposal = ? AND actor = ?", line.proposal, line.actor), key=repr
        )


def test_what_somebody_has_lines_of_can_be_read_after_the_ledger_was_closed(tmp_path: Path) -> None:
    file = tmp_path / "generated.yaml"
    file.write_text(model_text(100), encoding="utf-8")
    with load(file) as own:
        whole = lines(own, ANY_DAY)
        brief, unread = briefly(own, ANY_DAY)
    assert sorted(whole, key=repr) == sorted(unread.filled(brief), key=repr)
