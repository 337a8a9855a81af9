"""To whom and what a question was narrowed stands on the line under its title, in every table."""

from pathlib import Path

import pytest
from asking import ask

MODEL = ("--model", "graphs/ukraine-troops")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("who", "any", "multinational-force", "--kind", "state"), "only states"),
        (("what", "france", "--kind", "state,person,coalition"), "only states, coalitions and persons"),
        (("disputes", "--group", "nato"), "only members of NATO"),
        (("timeline", "multinational-force", "--parts"), "with all parts"),
        (("what", "france", "--kind", "organisation", "--stated"), "only organisations · only what was stated"),
    ],
)
def test_the_dateline_says_it(arguments: tuple[str, ...], expected: str) -> None:
    result = ask(*arguments, *MODEL, "--as-of", "2026-01-10")
    assert 0 == result.exit_code, result.output
    assert expected in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("published", "day", "expected"),
    [
        ("2026-02-01", "2026-06-30", "As of 2026-06-30 · latest source 2026-02-01 · model"),
        ("2026-02-01", "2026-02-01", "As of 2026-02-01 · model"),
        ("2026", "2026-12-31", "As of 2026-12-31 · latest source 2026 · model"),
        ("2026", "2026-12-30", "As of 2026-12-30 · model"),
        ("../2026-04-01", "2026-06", "As of 2026-06-30 · latest source by 2026-04-01 · model"),
        ("2026-02-01/2026-02-09", "2026-06", "As of 2026-06-30 · latest source 2026-02-01/09 · model"),
    ],
)
def test_the_dateline_does_not_date_the_latest_source_closer_than_the_record(
    published: str, day: str, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / "model.yaml"
    text = Path("examples/minimal.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("published: 2026-02-01", f"published: {published}"), encoding="utf-8")
    result = ask("who", "any", "harbour", "--model", str(path), "--as-of", day)
    assert result.stdout.splitlines()[1].startswith(expected), result.stdout


def test_several_positions_and_the_parts_by_name() -> None:
    result = ask("who", "supports,open", "multinational-force", "--parts", *MODEL, "--as-of", "2026-01-10")
    head = " ".join(result.stdout.split("\n\n")[0].split())
    assert head.startswith("Who supports or is open to Multinational force in Ukraine after a ceasefire?")
    assert "PROPOSAL" in result.stdout
