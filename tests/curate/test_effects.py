"""What a record changes: what its actors hold today without it, and with it."""

from pathlib import Path

import pytest
from asking import ask

SOURCE = ("--source", "valley-courier-2026-03-14", "--credibility", "3", "--yes", "--force")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("stance", "--actor", "traders", "--position", "opposes", "--date", "2026-04"),
            "changes: Market Traders’ Union, supports since 2026-03-12 → opposes since 2026-04\n",
        ),
        (
            ("stance", "--actor", "traders", "--position", "opposes", "--date", "2026-01"),
            "changes nothing that is in force today: Market Traders’ Union, supports since 2026-03-12\n",
        ),
        (
            ("stance", "--actor", "vega", "--position", "open", "--date", "2026-04"),
            "changes: Ana Vega, no stance → open since 2026-04\n",
        ),
        (
            ("stance", "--actor", "vega", "--position", "open", "--date", "../2026-04-01"),
            "changes: Ana Vega, no stance → open by 2026-04-01\n",
        ),
        (
            ("commitment", "--actor", "traders", "--stage", "declines", "--date", "2026-04"),
            "changes: Market Traders’ Union, pledges, if bus-stop, since 2026-03-12 → declines since 2026-04\n",
        ),
    ],
)
def test_a_record_is_said_to_change(options: tuple[str, ...], said: str) -> None:
    kind, *rest = options
    result = ask("add", kind, *rest, "--proposal", "car-free-square", *SOURCE)
    assert said in result.stderr, result.stderr


def test_a_record_of_many_is_told_of_some(town: Path) -> None:
    names = [f"N{number}" for number in range(10)]
    for name in names:
        ask("add", "actor", "--name", name, "--kind", "state", "--yes", "--force")
    joint = ("stance", "--actor", ", ".join(names), "--position", "open", "--date", "2026-04")
    result = ask("add", *joint, "--proposal", "car-free-square", *SOURCE)
    assert 8 == result.stderr.count("no stance → open")
    assert "… and 2 more actors" in result.stderr
    assert 1 == (town / "stances.yaml").read_text(encoding="utf-8").count("actor: [n0, n1,")
