"""Which files belong to a model: links, includes, and what cannot be read."""

import os
from pathlib import Path

import pytest
from folders import EVENT, HEADER, INCLUDES, SOURCE, UK, lay_out, problems_in

from actorgraph.model import paths
from actorgraph.model.loader import load_model, read_model


def test_links_are_followed_inside_the_fence_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents: dict[str, str | bytes] = {
        "in/m/m.yaml": INCLUDES.format("../seeds, ../out, ../out.yaml"),
        "in/seeds/s.yaml": SOURCE,
        "s.yaml": SOURCE,
        "out/s.yaml": SOURCE,
    }
    lay_out(tmp_path, contents)
    monkeypatch.chdir(tmp_path)
    Path("in/seeds/link.yaml").symlink_to("../../s.yaml")
    Path("in/seeds/folder").symlink_to("../../out")
    Path("in/out").symlink_to("../out")
    Path("in/out.yaml").symlink_to("../s.yaml")
    assert [
        "in/m/m.yaml:1:46: AG009 the include '../out' climbs out of in, the folder that it must stay in",
        "in/m/m.yaml:1:54: AG009 the include '../out.yaml' climbs out of in, the folder that it must stay in",
        "in/seeds/link.yaml:1:1: AG009 a link that leads out of in",
    ] == problems_in("in/m")


def test_links_that_lead_nowhere_or_to_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path, {"m/m.yaml": INCLUDES.format("../round, again.yaml") + UK})
    monkeypatch.chdir(tmp_path)
    Path("m/again.yaml").symlink_to("m.yaml")
    Path("m/loop.yaml").symlink_to("loop.yaml")
    Path("m/gone.yaml").symlink_to("nowhere.yaml")
    Path("round").symlink_to("round")
    problems = problems_in("m")
    assert [
        "m/again.yaml:1:46: AG022 the include 'again.yaml' brings in m/again.yaml, which the model holds already",
        "m/gone.yaml:1:1: AG001 cannot read it: No such file or directory",
        "m/loop.yaml:1:1: AG001 cannot read it: Too many levels of symbolic links",
        "m/m.yaml:1:1: AG022 the same file as m/again.yaml; take one away",
    ] == [line for line in problems if "round" not in line]


def test_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path, {"m/m.yaml": HEADER})
    monkeypatch.chdir(tmp_path)
    os.mkfifo("m/pipe.yaml")
    assert ["m/pipe.yaml:1:1: AG001 cannot read it: it is no file"] == problems_in("m")


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path, {"m/m.yaml": HEADER, "m/shut/x.yaml": UK})
    monkeypatch.chdir(tmp_path)
    Path("m/shut").chmod(0)
    try:
        if os.access("m/shut", os.R_OK):
            pytest.skip("nothing is shut to root")
        assert ["m/shut:1:1: AG001 cannot read it: Permission denied"] == problems_in("m")
    finally:
        Path("m/shut").chmod(0o700)


def test_a_name_that_no_terminal_could_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m").mkdir()
    Path(os.fsdecode(b"m/\xff\n.yaml")).write_text("", encoding="utf-8")
    assert ["m/\\udcff\\n.yaml:1:1: AG010 no model header; one file needs `model: {id: …, title: …}`"] == problems_in(
        "m"
    )


def test_capitals_in_a_suffix_are_no_matter(tmp_path: Path) -> None:
    lay_out(tmp_path, {"m/A.YAML": HEADER, "m/b.Yml": UK})
    assert ["uk"] == list(load_model(tmp_path / "m").actors)


def test_an_include_may_go_up_to_the_folder_that_holds_graphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents: dict[str, str | bytes] = {
        "graphs/eu/m/m.yaml": INCLUDES.format("../../../seeds") + EVENT,
        "seeds/s.yaml": SOURCE,
    }
    lay_out(tmp_path, contents)
    monkeypatch.chdir(tmp_path)
    loaded = read_model("graphs/eu/m")
    assert () == loaded.problems
    assert [str(tmp_path / "graphs/eu/m"), str(tmp_path / "seeds")] == [listed for _, listed in loaded.roots]
    assert [name for _, listed in loaded.roots for name in paths.yaml_files(listed)] == [
        stamp.path for stamp in loaded.stamps
    ]


def test_a_missing_include_is_a_root_for_whoever_waits_for_it(tmp_path: Path) -> None:
    lay_out(tmp_path, {"graphs/m/m.yaml": INCLUDES.format("../../seeds")})
    loaded = read_model(tmp_path / "graphs/m")
    assert ["AG008"] == [problem.code for problem in loaded.problems]
    assert [str(tmp_path / "graphs/m"), str(tmp_path / "seeds")] == [listed for _, listed in loaded.roots]
