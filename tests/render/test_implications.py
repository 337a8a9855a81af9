"""What rules bring about, in a line."""

from actorgraph.model.loader import load_model
from actorgraph.questions.implications import Implications, Position
from actorgraph.render.implications import consequence_line, implications_line

SHIPPED = load_model("examples/minimal.yaml")
AGAINST: Position = ("olsen", "neutral", "harbour")


def test_nothing_is_said_where_nothing_follows() -> None:
    assert "" == implications_line(Implications(0, ()))
    assert "1 position by implication" == implications_line(Implications(1, ()))


def test_what_a_rule_brings_about() -> None:
    words = "what it entails and excludes brings about"
    assert f"{words} 0 positions by implication today" == consequence_line((), SHIPPED)
    line = consequence_line([AGAINST] * 5, SHIPPED)
    name, title = SHIPPED.actors["olsen"].name, SHIPPED.proposals["harbour"].title
    assert f"{words} 5 positions by implication: {name} is neutral on {title}; " == line[: line.index(";") + 2]
    assert line.endswith("; and 2 others")
