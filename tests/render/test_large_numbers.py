"""Large numbers as tables of measures print them: with commas, as sentences do."""

import re
from pathlib import Path

import pytest
from asking import ask

ACTORS, PROPOSALS, PASSAGES = 30, 70, 5


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model in which two camps of fifteen disagree on all of seventy proposals, each said in five passages."""
    actors = [f"  a{at}: {{name: A{at}, kind: state}}" for at in range(ACTORS)]
    proposals = [f"  p{at}: {{title: P{at}}}" for at in range(PROPOSALS)]
    evidence = ", ".join(f"{{source: s, lines: {at}}}" for at in range(1, PASSAGES + 1))
    stances = [
        f"  - {{actor: a{actor}, position: {('supports', 'opposes')[actor % 2]}, proposal: p{proposal}, "
        f"date: 2024-01-01, evidence: [{evidence}]}}"
        for actor in range(ACTORS)
        for proposal in range(PROPOSALS)
    ]
    path = tmp_path_factory.mktemp("crowd") / "m.yaml"
    lines = ["model: {id: m, title: M}", "actors:", *actors, "proposals:", *proposals, "stances:", *stances]
    path.write_text("\n".join([*lines, "sources: {s: {title: S, publisher: S, published: 2024-01-01}}", ""]), "utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("balance", "--as-of", "2024-02"), ("910 balanced", "3,150 balanced", "4,060 of 4,060 triangles")),
        (("blocs", "--as-of", "2024-02"), ("1,050 70", "(7,350)")),
        (("series", "agreement", "--as-of", "2024-02"), ("30,450 30 2,100",)),
        (("network", "--window", "2024"), ("1,750 70 350 and 350",)),
        (("align", "--as-of", "2024-02"), ()),
        (("match", "A1", "--as-of", "2024-02"), ()),
        (("map", "--as-of", "2024-02"), ()),
    ],
)
def test_they_have_commas(crowd: Path, arguments: tuple[str, ...], expected: tuple[str, ...]) -> None:
    result = ask(*arguments, "--model", crowd)
    assert 0 == result.exit_code, result.output
    told = " ".join(result.stdout.split())
    assert [] == [words for words in expected if words not in told]
    assert [] == [number for number in re.findall(r"(?<![\d,.-])\d{4,}", told) if number[:2] not in ("19", "20")]


def test_tallies_have_commas(tmp_path: Path) -> None:
    actors = [f"  a{at}: {{name: A{at}, kind: state}}" for at in range(2400)]
    stances = [
        f"  - {{actor: [{', '.join(f'a{at}' for at in some)}], position: {position}, proposal: p, date: 2024-01-01, "
        "evidence: [{source: s}]}"
        for position, some in (("supports", range(1050)), ("opposes", range(1050, 2200)))
    ]
    path = tmp_path / "m.yaml"
    lines = ["model: {id: m, title: M}", "actors:", *actors, "proposals: {p: {title: P}, q: {title: Q}}", "stances:"]
    lines += [*stances, "sources: {s: {title: S, publisher: S, published: 2024-01-01}}", ""]
    path.write_text("\n".join(lines), "utf-8")
    for arguments, expected in (((), "P 1,050 1,150 0 200"), (("p",), "supports 1,050")):
        told = " ".join(ask("tally", *arguments, "--as-of", "2024-02", "--model", path).stdout.split())
        assert expected in told
        assert [] == [number for number in re.findall(r"(?<![\d,.-])\d{4,}", told) if number[:2] != "20"]
