"""Sets of positions as people write them, and what is said of those that cannot be read."""

from pathlib import Path

import pytest

from actorgraph.analysis.match import Wanted
from actorgraph.errors import UsageProblem
from actorgraph.exchange.sheets.positions import read, wanted_of


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def bare(wanted: object) -> list[tuple[str, str, float]]:
    assert isinstance(wanted, tuple)
    return [(one.proposal, one.position, one.weight) for one in wanted]


BOTH = [("harbour", "supports", 1.0), ("The bridge, wide", "opposes", 2.5)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "positions:\n  harbour: supports\n  The bridge, wide: {position: opposes, weight: 2.5}\n"),
        ("a.yml", 'positions: {harbour: {position: supports}, "The bridge, wide": {weight: 2.5, position: opposes}}'),
        ("a.csv", 'proposal,position,weight\nharbour,supports,\n\n"The bridge, wide",opposes,2.5\n'),
        ("a.csv", "Weight;Position;Proposal\n1;supports;harbour\n2.5;opposes;The bridge, wide\n"),
        ("a.csv", "proposal;position;weight\nharbour;supports;1,0\nThe bridge, wide;opposes;2,5\n"),
        ("a.csv", "sep=;\nproposal;position;weight\nharbour;supports;1\nThe bridge, wide;opposes;2,5\n"),
        ("a.tsv", "proposal\tposition\tweight\nharbour\tsupports\t1\nThe bridge, wide\topposes\t2.5\n"),
    ],
)
def test_files(tmp_path: Path, name: str, text: str) -> None:
    assert BOTH == bare(wanted_of(written(tmp_path, name, text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("harbour=supports", [("harbour", "supports", 1.0)]),
        ("harbour=supports,The bridge, wide=opposes*2.5", BOTH),
        (" harbour = supports , The bridge, wide = opposes * 2.5 ,", BOTH),
    ],
)
def test_on_the_command_line(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert expected == bare(wanted_of(text))


def test_an_actor_is_left_to_be_looked_up() -> None:
    assert "Unnamed source (Radio)" == wanted_of("Unnamed source (Radio)")
    assert "St. Kitts" == wanted_of("St. Kitts")


def test_the_place_is_kept(tmp_path: Path) -> None:
    file = written(tmp_path, "a.yaml", "positions:\n  harbour: supports\n")
    assert (Wanted("harbour", "supports", 1.0, f"{file}:2:3"),) == read(file)


@pytest.mark.parametrize(
    ("name", "text", "messages"),
    [
        ("a.yaml", "position: {harbour: supports}", [":1:1: unknown key 'position' (did you mean 'positions'?)"]),
        ("a.yaml", "actors: {uk: {name: UK}}", [":1:1: unknown key 'actors'; a set of positions is written "]),
        ("a.yaml", "positions: [harbour]", [":1:1: positions should be pairs; write positions: {"]),
        ("a.yaml", "positions: {harbour: [supports]}", [":1:13: 'harbour' should have a position, or {position: "]),
        ("a.yaml", "positions: {harbour: }", [":1:13: 'harbour' should have a position"]),
        ("a.yaml", "positions: {harbour: {weight: 2}}", [":1:13: 'harbour' has no position"]),
        ("a.yaml", "positions: {harbour: {wieght: 2}}", [":1:23: unknown key 'wieght' (did you mean 'weight'?)"]),
        (
            "a.yaml",
            "positions:\n  harbour: {position: open, weight: -1}\n  bridge: {position: open, weight: heavy}",
            [":2:3: weight '-1' is no number above 0", ":3:3: weight 'heavy' is no number"],
        ),
        ("a.yaml", "positions: {harbour: open, harbour: open}", [":1:28: AG005 the key 'harbour' stands in this"]),
        ("a.yaml", "positions: {harbour: &a open}", [":1:22: AG004 the anchor '&a' is refused"]),
        ("a.yaml", "", [": no position stands in it; write positions: "]),
        ("a.yaml", "positions: {}", [": no position stands in it"]),
        ("a.csv", "", [":1: no column proposal and no column position"]),
        ("a.csv", "proposal,stance\nharbour,open\n", [":1: unknown column 'stance'", ":1: no column position"]),
        ("a.csv", "proposal,positon\nharbour,open\n", [":1: unknown column 'positon' (did you mean 'position'?)"]),
        (
            "a.csv",
            "proposal,position,weight\nharbour,,1\n,open,1\nbridge,open,x\n",
            ["row 2: 'harbour' has no position", "row 3: no proposal", "row 4: weight 'x'"],
        ),
        (
            "a.csv",
            "proposal;position;weight\nharbour;open;1.000\nbridge;open;12,500\n",
            [
                "row 2: weight '1.000' is 1 or 1000; write it in one of these ways",
                "row 3: weight '12,500' is 12.5 or 12500; write it in one of these ways",
            ],
        ),
        ("a.csv", "proposal,position\nharbour\n", ["row 2: 'harbour' has no position"]),
        ("a.csv", 'proposal,position\n"harbour,open\n', ["cannot be read"]),
        ("a.txt", "harbour supports", ["is no set of positions; it is a file that ends in .yaml or .csv"]),
    ],
)  # fmt: skip
def test_what_cannot_be_read(tmp_path: Path, name: str, text: str, messages: list[str]) -> None:
    with pytest.raises(UsageProblem) as refused:
        wanted_of(written(tmp_path, name, text))
    for message in messages:
        assert message in str(refused.value)


def test_what_is_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"positions: {\xf8: open}")
    with pytest.raises(UsageProblem, match="byte 0xf8 is not UTF-8"):
        wanted_of(str(tmp_path / "a.yaml"))


@pytest.mark.parametrize("text", ["harbour=supports=2", "=supports", "harbour=supports,bridge", "harbour=supports*2,,"])
def test_what_is_not_written_so(text: str) -> None:
    with pytest.raises(UsageProblem, match="should be PROPOSAL=POSITION, or PROPOSAL=POSITION\\*WEIGHT"):
        wanted_of(text)


@pytest.mark.parametrize("text", ["nosuch.yaml", "nosuch.csv"])
def test_a_file_that_is_not_there(text: str) -> None:
    with pytest.raises(UsageProblem, match=r"nosuch.*: No such file or directory; name a file of positions, an actor"):
        wanted_of(text)
