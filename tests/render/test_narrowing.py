"""To whom and what a question was narrowed stands on the line under its title, in every table."""

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


def test_several_positions_and_the_parts_by_name() -> None:
    result = ask("who", "supports,open", "multinational-force", "--parts", *MODEL, "--as-of", "2026-01-10")
    head = " ".join(result.stdout.split("\n\n")[0].split())
    assert head.startswith("Who supports or is open to Multinational force in Ukraine after a ceasefire?")
    assert "PROPOSAL" in result.stdout
