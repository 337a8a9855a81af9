"""revise: only the lines of the records that are named change; comments, line ends and byte order marks stay."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actorgraph.curate.comments import comments
from actorgraph.curate.draft import Doubt
from actorgraph.curate.fmt import format_text
from actorgraph.curate.revise import excerpt, revised, with_excerpt
from actorgraph.errors import ModelError
from actorgraph.model.reader import parse
from actorgraph.model.records import PROSE

ACTOR = {"name": "UK", "kind": "state", "aliases": ["Britain", "Great Britain"]}
STANCE = {
    "id": "joint",
    "actor": ["uk", "fr"],
    "position": "open",
    "proposal": "plan",
    "date": "2024-05",
    "note": "It's: a\nb #1",
    "evidence": [{"source": "a", "lines": "3, 4", "credibility": "2"}, {"source": "b"}],
}


def _block(body: dict[str, Any], lead: str, dents: int) -> list[str]:
    """Return a record in block form, each line indented by so many spaces more."""
    lines = []
    for key, value in body.items():
        if key == "evidence":
            lines += ["evidence:", *(f"{' ' * dents}- {_flow(item)}" for item in value)]
        elif "\n" in value:
            lines += [f"{key}: |-", *(f"{' ' * dents}{line}" for line in value.split("\n"))]
        else:
            lines.append(f"{key}: {_flow(value)}")
    if lead == "- ":
        return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
    return [lead, *(f"{' ' * dents}{line}" for line in lines)]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    text = str(value)
    return '"' + text.replace("\n", "\\n") + '"' if any(letter in text for letter in ":#,'\n") else text


@st.composite
def files(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Draw a file with two sections of records, in flow and block form, between comments and empty lines."""
    lines = draw(st.sampled_from([[], ["# on top", ""]]))
    data: dict[str, Any] = {"actors": {}, "stances": []}
    number = 0
    for section in draw(st.permutations(["actors", "stances"])):
        lines += [f"{section}:{draw(st.sampled_from(['', '  # these']))}"]
        indent = " " * draw(st.sampled_from([2, 4] if section == "actors" else [0, 2, 4]))
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            lines += draw(st.sampled_from([[], [""], [f"{indent}# above {number}"]]))
            tail = draw(st.sampled_from(["", f"  # behind {number}"]))
            body: dict[str, Any] = {"name": f"A{number}", **ACTOR} if section == "actors" else {**STANCE}
            body = {key: value for key, value in body.items() if key in {"name", "actor"} or draw(st.booleans())}
            body |= {"name": f"A{number}"} if section == "actors" else {"date": f"2024-{number:02}"}
            lead = f"k{number}:" if section == "actors" else "- "
            if draw(st.booleans()):
                record = [f"{lead.rstrip()} {_flow(body)}{tail}"]
            else:
                record = _block(body, lead, draw(st.sampled_from([2, 4])))
                at = draw(st.integers(0, len(record) - 1))
                if not any("|-" in line for line in record):
                    record[at] += tail
                    inside = f"{' ' * (len(record[-1]) - len(record[-1].lstrip()))}# inside {number}"
                    record[-1:-1] = draw(st.sampled_from([[], [inside]])) if len(record) > 1 else []
            lines += [f"{indent}{line}" for line in record]
            if section == "actors":
                data[section][f"k{number}"] = body
            else:
                data[section].append(body)
        lines += draw(st.sampled_from([[], [f"{indent}# at the end {number}"], [""]]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from([end, ""])), data


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[tuple[str, str | int], dict[str, Any] | None]]:
    """Draw a file, what it holds, and changes to some of its records."""
    text, data = draw(files())
    read = parse(text, "a.yaml", prose=PROSE)
    assume(not read.problems and read.data == data)
    places = [("actors", key) for key in data["actors"]] + [("stances", at) for at in range(len(data["stances"]))]
    changes: dict[tuple[str, str | int], dict[str, Any] | None] = {}
    for section, key in draw(st.lists(st.sampled_from(places), unique=True, min_size=1, max_size=3)):
        body = {**data[section][key]}
        way = draw(st.sampled_from(["out", "note", "evidence", "drop", "same"]))
        if way == "note":
            body["note"] = draw(st.sampled_from(["x", "a: b", "one\ntwo", "word " * 40 + "end"]))
        elif way == "evidence":
            body["evidence"] = [*body.get("evidence", ()), {"source": "new", "lines": "9"}]
        elif way == "drop" and len(body) > 1:
            del body[next(reversed(body))]
        changes[section, key] = None if way == "out" else body
    return text, data, changes


def _number(body: dict[str, Any]) -> str:
    """Return the number that the comments of a record bear: whatever goes with it, or with a key of it, is its own."""
    return str(int(str(body.get("date", "2024-")).removeprefix("2024-") or body["name"].removeprefix("A")))


@given(revisions(), st.sampled_from(["", "\ufeff"]))
def test_only_the_named_records_change(
    drawn: tuple[str, dict[str, Any], dict[tuple[str, str | int], dict[str, Any] | None]], mark: str
) -> None:
    text, data, changes = drawn
    new = revised(mark + text, changes)
    assert new.startswith(mark)
    new = new.removeprefix(mark)
    numbers = {_number(data[section][key]) for section, key in changes}
    for (section, key), body in sorted(changes.items(), key=str, reverse=True):
        if body is None:
            del data[section][key]
        else:
            data[section][key] = body
    assert {section: records or None for section, records in data.items()} == parse(new, "a.yaml").data
    lost = (Counter(comments(text)) - Counter(comments(new))).elements()
    assert [] == [comment for comment in lost if "above" in comment or comment.split()[-1] not in numbers]
    assert new.count("\n") == new.count("\r\n" if "\r\n" in text else "\n")


def test_what_is_written_ends_as_other_lines_do() -> None:
    """The last line of a file may have no end of its own."""
    text = "actors:\r\n  uk: {name: UK}"
    assert revised(text, {("actors", "uk"): {"name": "Britain"}}) == "actors:\r\n  uk: {name: Britain}\r\n"
    assert with_excerpt(text, ("actors", "uk"), "uk: {name: Britain}") == "actors:\r\n  uk: {name: Britain}\r\n"


@given(revisions())
def test_lines_of_others_stay_to_the_byte(
    drawn: tuple[str, dict[str, Any], dict[tuple[str, str | int], dict[str, Any] | None]],
) -> None:
    text, data, changes = drawn
    new = revised(text, changes)
    for section in data:
        places = data[section].keys() if isinstance(data[section], dict) else range(len(data[section]))
        gone = [key for name, key in changes if name == section and changes[name, key] is None]
        for key in places:
            if (section, key) in changes:
                continue
            now = key if isinstance(key, str) else key - sum(isinstance(other, int) and other < key for other in gone)
            assert excerpt(text, (section, key)).text == excerpt(new, (section, now)).text


@given(revisions())
def test_an_excerpt_put_back_changes_nothing_but_form(
    drawn: tuple[str, dict[str, Any], dict[tuple[str, str | int], dict[str, Any] | None]],
) -> None:
    text, data, changes = drawn
    for place in changes:
        alone = excerpt(text, place)
        same = with_excerpt(text, place, alone.text, canonical=False)
        assert text.rstrip() == same.rstrip()
        usual = with_excerpt(text, place, alone.text)
        assert data == parse(usual, "a.yaml").data
        assert sorted(comments(text)) == sorted(comments(usual))
        again = with_excerpt(usual, place, excerpt(usual, place).text)
        assert usual == again


@pytest.mark.parametrize(
    "text",
    [
        "actors: {uk: {name: UK}, us: {name: US}}\n",
        "stances: [{actor: uk}, {actor: us}]\n",
        "stances:\n  -\n    actor: uk\n",
    ],
)
def test_what_shares_its_lines_is_left_to_a_person(text: str) -> None:
    section, held = next(iter(parse(text, "a.yaml").data.items()))
    key = next(iter(held)) if isinstance(held, dict) else 0
    with pytest.raises(Doubt, match="one record per line"):
        revised(text, {(section, key): {"name": "New"}})
    with pytest.raises(Doubt, match="`actorgraph fmt` writes one record per line"):
        excerpt(text, (section, key))
    usual = format_text(text)
    assert held == parse(usual, "a.yaml").data[section]
    assert "New" in revised(usual, {(section, key): {"name": "New"}})
    assert excerpt(usual, (section, key)).text


PLACE = ("actors", "uk")
TEXT = "actors:\n  uk: {name: UK}\n  us: {name: US}\n"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "no records stand there now; leave one"),
        ("# nothing\n", "no records stand there now"),
        ("uk: {name: UK}\nfr: {name: FR}\n", "2 records stand there now; leave one"),
    ],
)
def test_an_excerpt_is_one_record(new: str, said: str) -> None:
    with pytest.raises(Doubt, match=said):
        with_excerpt(TEXT, PLACE, new)


def test_what_is_no_yaml_is_told_by_its_own_line() -> None:
    with pytest.raises(ModelError) as raised:
        with_excerpt(TEXT, PLACE, "uk:\n  name: UK\n  note: '\n")
    assert ["AG003"] == [problem.code for problem in raised.value.problems]
    assert {3, 4} >= {problem.span.line for problem in raised.value.problems}


def test_an_id_may_be_edited() -> None:
    assert TEXT.replace("uk", "gb") == with_excerpt(TEXT, PLACE, "gb: {name: UK}\n")
