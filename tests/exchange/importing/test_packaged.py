"""What a data package may have wrong is said with its file, its line and the likely fix; nothing is written."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import ask


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    ask("export", "datapackage", "-m", "examples/minimal.yaml", "-o", str(folder))
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home.yaml"
    path.write_text("model: {id: home, title: Home}\n", encoding="utf-8")
    return path


def told(package: Path, home: Path) -> str:
    """Return what an import that cannot be done says; the model is as it was."""
    before = home.read_bytes()
    done = ask("import", "datapackage", str(package), "-m", str(home), "--yes")
    assert 0 != done.exit_code
    assert before == home.read_bytes()
    return done.stderr


def changed(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(package: Path) -> None:
        text = (package / name).read_text(encoding="utf-8")
        assert old in text
        (package / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def saved_as(name: str, encoding: str) -> Callable[[Path], None]:
    def save(package: Path) -> None:
        (package / name).write_bytes((package / name).read_text(encoding="utf-8").encode(encoding))

    return save


def file_instead(package: Path) -> None:
    shutil.rmtree(package)
    package.write_text("")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "no folder": (shutil.rmtree, "datapackage.json does not exist; name the folder that"),
    "a file": (file_instead, "is no folder; name the folder that"),
    "no description": (lambda package: (package / "datapackage.json").unlink(), "datapackage.json does not exist"),
    "no JSON": (lambda package: (package / "datapackage.json").write_text("{"), "datapackage.json is no JSON"),
    "not a package": (lambda package: (package / "datapackage.json").write_text("[]"), "lists no `resources`"),
    "another package": (
        lambda package: (package / "datapackage.json").write_text('{"resources": [{"name": "x", "path": "x.csv"}]}'),
        "has none of the tables of a model",
    ),
    "a path out": (changed("datapackage.json", '"actors.csv"', '"../actors.csv"'), "'actors' is no file in its folder"),
    "no table": (
        lambda package: (package / "stances.csv").unlink(),
        "stances.csv does not exist, and datapackage.json",
    ),
    "empty": (lambda package: (package / "stances.csv").write_text(""), "stances.csv, line 1: there is no column 'id'"),
    "semicolons": (
        changed("actors-not.csv", "actor,number,not", "actor;number;not"),
        "actor;number;not; semicolons part its cells: save it with commas",
    ),
    "unknown column": (
        changed("stances.csv", ",speaker,", ",speker,"),
        "unknown column 'speker' (did you mean 'speaker'?)",
    ),
    "cp1252": (saved_as("actors.csv", "cp1252"), "is not UTF-8; save it as UTF-8"),
    "short line": (
        changed("conditions.csv", "state-loan,The state grants a loan,", "state-loan"),
        "conditions.csv, line 2: 1 values",
    ),
    "quotes": (changed("conditions.csv", "The state", '"The" state'), "conditions.csv, line 2: it is no CSV"),
    "no id": (changed("conditions.csv", "state-loan,", ","), "conditions.csv, line 2: it has no id"),
    "an orphan": (
        changed("commitments-if.csv", "harbour-board.", "harbour-bord."),
        "commitments-if.csv, line 2: no commitment",
    ),
    "nobody's": (changed("evidence.csv", "\n,hearing,", "\n,,"), "evidence.csv, line 2: it does not say whose it is"),
    "no number": (changed("commitments-if.csv", ",1,", ",one,"), "number is 'one', not a whole number"),
    "no JSON list": (
        changed("proposals.csv", '"[""the harbour""]"', "the harbour"),
        "aliases is 'the harbour', not JSON",
    ),
    "unknown id": (changed("stances.csv", ",harbour-board,supports", ",harbor-bord,supports"), "harbor-bord"),
    "unknown word": (changed("stances.csv", ",supports,", ",likes,"), "likes"),
}


def test_a_link_out_of_the_package_is_not_followed(package: Path, home: Path) -> None:
    (package / "actors.csv").rename(package.parent / "elsewhere.csv")
    (package / "actors.csv").symlink_to(package.parent / "elsewhere.csv")
    assert "the path of 'actors' is a link that leads out of its folder: actors.csv" in told(package, home)


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(name: str, package: Path, home: Path) -> None:
    spoil, message = BAD[name]
    spoil(package)
    assert message in told(package, home)


def test_a_statement_whose_lines_differ_is_not_joined_blindly(tmp_path: Path, home: Path) -> None:
    package = tmp_path / "package"
    ask("export", "datapackage", "-m", "graphs/nature-restoration", "-o", str(package))
    text = (package / "stances.csv").read_text(encoding="utf-8").splitlines()
    (first, second, *_) = (at for at, line in enumerate(text) if at and not line.endswith(","))
    text[second] = text[second].replace(",supports,", ",open,").replace(",opposes,", ",open,")
    (package / "stances.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    done = ask("import", "datapackage", str(package), "-m", str(home), "--yes")
    assert (
        f"stances.csv, line {second + 1}: left out: it differs from {package}/stances.csv, line {first + 1}"
        in done.stderr
    )


def test_it_is_read_after_a_spreadsheet_has_saved_it(package: Path, home: Path) -> None:
    """With a byte order mark, line ends of Windows, and columns and lines at the end in which nothing stands."""
    file = package / "actors.csv"
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    empty = "," * header.count(",")
    file.write_bytes("\r\n".join(f"{line},," for line in (header, *lines, empty, empty)).encode("utf-8-sig"))
    done = ask("import", "datapackage", str(package), "-m", str(home), "--yes")
    assert 0 == done.exit_code
    assert "new: 4 actors" in done.stderr


def test_a_value_behind_the_last_column_is_told(package: Path, home: Path) -> None:
    file = package / "actors.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n", ",\n").removesuffix("\n") + "x\n", encoding="utf-8")
    assert "actors.csv, line 5: 10 values, where the header has 9" in told(package, home)
