"""All about one thing: its keys, its names spelled out, and a model's description."""

import pytest
from asking import HARBOUR, answer, ask, check_golden
from goldens import Golden


@pytest.mark.parametrize(
    ("name", "key"), [("show-actor", "fishers-union"), ("show-record", "harbour-board.harbour.2026-02-01")]
)
@pytest.mark.parametrize("style", ["table", "md"])
def test_golden(golden: Golden, name: str, key: str, style: str) -> None:
    check_golden(golden, name, ("show", key, *HARBOUR), style)


def test_a_model_is_shown_with_its_description() -> None:
    (item,) = answer("show", "ukraine-troops")["items"]
    assert ("model", "Western troops in Ukraine", "") == (item["type"], item["name"], item["place"])
    text = " ".join(ask("show", "ukraine-troops").stdout.split())
    assert "description Who wants, refuses, offers or threatens what" in text
    assert "place" not in text


def test_a_model_without_a_description_is_shown_all_the_same() -> None:
    text = ask("show", "minimal", *HARBOUR).stdout
    assert "The new harbour\n" in text
    assert "description" not in text


def test_ids_are_shown_with_their_names() -> None:
    text = " ".join(ask("show", "olsen", *HARBOUR).stdout.split())
    assert "Kari Olsen represents Fishers’ Union" in text
