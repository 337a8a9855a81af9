"""The options of questions: what is not one of them is refused, with the nearest."""

import pytest

from actorgraph.errors import UsageProblem
from actorgraph.questions.options import Options, Reading, checked_options


def test_every_question_takes_what_reading_names() -> None:
    assert Reading.__annotations__.items() <= Options.__annotations__.items()


def test_an_option_is_known() -> None:
    checked_options({"stated": True, "assume": (), "stale_after": "2y"}, Options)
    checked_options({}, Reading)


@pytest.mark.parametrize(
    ("name", "known", "message"),
    [
        ("stale_aftr", Options, "unknown option 'stale_aftr' (did you mean 'stale_after'?)"),
        ("stale_after", Reading, "unknown option 'stale_after'; it is one of stated, assume"),
    ],
)
def test_an_unknown_option(name: str, known: type[Reading], message: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        checked_options({name: None}, known)
    assert message == str(caught.value)
