"""Where things stand: every one of a model is found by each of its ids, and says there what the file says."""

import os
from pathlib import Path

import pytest
from asking import ask

from actorgraph.curate.locate import find, located
from actorgraph.errors import UsageProblem
from actorgraph.model.loader import read_model

MODEL = """\
model: {id: m, title: M}
actors: {uk: {name: UK, kind: state}, fr: {name: FR, kind: state}}
proposals: {plan: {title: Plan}}
conditions: {plan: {title: The plan holds}}
sources: {paper: {title: Paper, publisher: Press, published: 2024}}
stances:
  - {actor: [uk, fr], position: open, proposal: plan, date: 2024, evidence: [{source: paper}]}
  - {id: both, actor: [fr, uk], position: open, proposal: plan, date: 2023, evidence: [{source: paper}]}
"""


def test_everything_is_found_where_it_stands() -> None:
    loaded = read_model("graphs/ukraine-troops")
    assert loaded.model is not None
    everything = located(loaded)
    assert {str(key) for _, key in loaded.model.places} == {key for found in everything for key in found.ids} - {
        str(found.body["id"])
        for found in everything
        if isinstance(found.body.get("actor"), list) and "id" in found.body
    }
    for found in everything:
        line = Path(found.file).read_text(encoding="utf-8").split("\n")[found.span.line - 1]
        assert line.lstrip().startswith("- " if isinstance(found.place[1], int) else f"{found.id}:")


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_joint_record_is_found_by_each_of_its_ids(bom: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "m.yaml").write_text(bom + MODEL, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "sub")
    everything = located(read_model(Path("../m.yaml")))
    first, second = (find(name, everything) for name in ("uk.plan.2024", "both"))
    assert (("uk.plan.2024", "fr.plan.2024"), 0) == (first.ids, first.place[1])
    assert (("both", "both.fr", "both.uk"), 1) == (second.ids, second.place[1])
    assert find("both.uk", everything) == second


@pytest.mark.skipif(os.name != "posix", reason="such names")
@pytest.mark.parametrize("name", ["my\u00a0folder", "my\nfolder"])
def test_a_folder_whose_name_cannot_be_printed_is_curated_as_any_other(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).mkdir()
    file = tmp_path / name / "m.yaml"
    file.write_text(MODEL, encoding="utf-8")
    assert 0 == ask("fmt", "--model", name).exit_code
    steps = (
        "add actor --name Town --kind state --yes",
        "add evidence both.uk --source paper --lines 3 --yes --force",
        "rename town city",
        "remove city --yes --force",
    )
    done = [ask(*step.split(), "--model", name) for step in steps]
    assert [0, 0, 0, 0] == [result.exit_code for result in done], [result.stderr for result in done]
    assert "{source: paper, lines: 3}" in file.read_text(encoding="utf-8")
    assert [file] == list(file.parent.iterdir())


def test_what_is_ambiguous_or_unknown_is_told(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MODEL, encoding="utf-8")
    everything = located(read_model(tmp_path / "m.yaml"))
    with pytest.raises(UsageProblem, match=r"may be the proposal at .*, the condition at .*; say which with --type"):
        find("plan", everything)
    assert "condition" == find("plan", everything, ["condition"]).kind.name
    with pytest.raises(UsageProblem, match=r"no thing has the id 'bth' \(did you mean 'both'\?\)"):
        find("bth", everything)
