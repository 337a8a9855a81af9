"""export and import datapackage: tables that another reader finds sound, and the same model when they are read back."""

import csv
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from asking import ask
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from layouts import NASTY

from actorgraph.curate.canonical import Collection, document, node
from actorgraph.exchange.importing.incoming import Arrival, Things
from actorgraph.exchange.importing.merge import plan
from actorgraph.exchange.importing.packaged import Packaged
from actorgraph.model.loader import load_model
from actorgraph.model.model import Model
from actorgraph.questions.check import check

MODELS = ["examples/minimal.yaml", "graphs/nature-restoration", "graphs/ukraine-troops"]
CARRIED = ("actors", "proposals", "conditions", "sources", "relations", "stances", "commitments", "events", "joint")

# -- the law -------------------------------------------------------------------------------------------------

texts = st.sampled_from([text for text in NASTY if text.strip() and text.isprintable()] + ["a\nb", '"', "=1+1", "x;y"])
words = st.lists(st.sampled_from([text for text in NASTY if text.strip() and text.isprintable()]), max_size=3)
dates = st.sampled_from(["2024", "2024-05", "2024-05-06", "2024-01/2024-02-03", "../2024-03"])
numbers = st.sampled_from(["0", "0.5", "59", "1500000", "0.0000001", "123456789012345"])


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a mapping that may have each of these keys."""
    return st.fixed_dictionaries({}, optional={name.rstrip("_").replace("_", "-"): one for name, one in keys.items()})


def ids(letters: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(letters), unique=True, max_size=len(letters))


lines = st.sampled_from(["", "a line"])
evidence = st.lists(
    st.builds(
        lambda source, more: {"source": source, **more},
        st.sampled_from("st"),
        some(lines=st.just("3-4"), page=words.map(" ".join).filter(bool), credibility=st.just("2"), quote=texts),
    ),
    min_size=1,
    max_size=3,
)
amounts = st.one_of(
    numbers.map(lambda number: {"value": number, "unit": "soldiers"}),
    numbers.map(lambda number: {"at-least": number, "at-most": "123456789012346", "unit": "euros, in all"}),
)


@st.composite
def statement(draw: st.DrawFn, section: str, number: int) -> dict[str, Any]:
    """Return a stance or a commitment of one actor or of several, with an id of its own or without."""
    actors = draw(st.lists(st.sampled_from("abc"), unique=True, min_size=1, max_size=3))
    more = some(until=st.just("2027"), speaker=st.just("d"), if_=ids("kl"), unless=st.just(["m"]))
    body = {"actor": actors if len(actors) > 1 else actors[0], "proposal": draw(st.sampled_from("pq")), **draw(more)}
    body["note"] = f"{draw(texts)} {number}"  # what says the same as another comes back once
    if draw(st.booleans()):
        body["id"] = f"own-{section[0]}{number}"
    if section == "stances":
        return {
            **body,
            "position": draw(st.sampled_from(["open", "supports"])),
            "date": draw(dates),
            "evidence": draw(evidence),
        }
    whole = {
        **body,
        "stage": draw(st.sampled_from(["pledges", "declines"])),
        "date": draw(dates),
        "evidence": draw(evidence),
    }
    own = {} if len(actors) > 1 else {"amount": amounts}  # several would be counted each
    return {**whole, **draw(some(toward=st.just(["d"]), **own))}


@st.composite
def models(draw: st.DrawFn) -> dict[str, Any]:
    """Return the sections of a model in which any key may stand."""
    weight = st.dictionaries(st.sampled_from(["votes", "gdp per head"]), numbers, max_size=2)
    actor = some(aliases=words, country=st.just("IT"), since=dates, until=st.just("2027"), weight=weight, note=texts)
    proposal = some(
        short=words.map(" ".join).filter(bool), aliases=words, by=ids("ab"), since=dates, tags=words, note=texts
    )
    held = st.lists(
        st.just({"since": "2024", "until": "2025"}) | st.just({"since": "2026-02"}), max_size=2, unique_by=str
    )
    source = some(author=st.just("A"), language=st.just("en"), url=st.just("https://a.example/b;c,d"), about=texts)
    relation = some(role=st.just("Chair, of all"), until=st.just("2027"), note=texts, evidence=evidence)
    event = some(actors=ids("abcd"), note=texts)
    name = {key: draw(st.just(key) | texts.filter(lambda text: "\n" not in text)) for key in "abcdpq"}
    return {
        "model": {"id": "whole", "title": "Whole"},
        "actors": {key: {"name": name[key], "kind": "state", **draw(actor)} for key in "abcd"}
        | {"b": {"name": "B", "kind": "person", "not": draw(ids("acd"))}},
        "proposals": {
            "p": {
                "title": name["p"],
                **draw(proposal),
                **draw(some(entails=st.just(["q"]), url=st.just("https://p.example"))),
            },
            "q": {"title": name["q"], **draw(some(part_of=st.just(["p"]), evidence=evidence))},
        },
        "conditions": {key: {"title": f"C {key}", "held": draw(held), **draw(some(note=texts))} for key in "klm"},
        "sources": {
            key: {"title": "Same", "publisher": "P", "published": "2024-06-01", **draw(source)} for key in "st"
        },
        "relations": [
            {"actor": "d", "relation": "represents", "to": to, "since": draw(dates), **draw(relation)}
            for to in draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3))
        ],
        "events": [
            {"id": f"e{at}", "title": "E", "date": draw(dates), "evidence": draw(evidence), **draw(event)}
            for at in range(draw(st.integers(0, 2)))
        ],
        **{
            section: [draw(statement(section, at)) for at in range(draw(st.integers(0, 5)))]
            for section in ("stances", "commitments")
        },
    }


def carried(model: Model) -> dict[str, Any]:
    return {section: getattr(model, section) for section in CARRIED}


def there_and_back(path: Path, folder: Path) -> Model:
    """Return what is read back from the package of a model, into a model with nothing but a header."""
    package, home = folder / "package", folder / "home.yaml"
    told = ask("export", "datapackage", "-m", str(path), "-o", str(package), "--no-cache")
    assert 0 == told.exit_code, told.output
    home.write_text("model: {id: whole, title: Whole}\n", encoding="utf-8")
    loaded = check(home, today="2026-06-01")
    assert loaded.model is not None
    known = Things(loaded.model)
    merge = plan(loaded, Packaged(str(package)).arrivals(known), today="2026-06-01")
    assert [] == known.unknown
    assert () == merge.skipped
    merge.write()
    return load_model(home)


@examples(15)  # each writes two models and a package
@given(models())
def test_what_goes_out_comes_back(sections: Mapping[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "model.yaml"
        root = node({key: value for key, value in sections.items() if value})
        assert isinstance(root, Collection)
        path.write_text(document(root), encoding="utf-8")
        model = load_model(path)
        assert carried(model) == carried(there_and_back(path, Path(name)))


def test_a_joint_statement_between_others_of_a_day_keeps_its_ids(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    stances = "".join(
        f"  - {{actor: {actor}, proposal: p, note: N{number}, position: open, date: 2024, evidence: [{{source: s}}]}}\n"
        for number, actor in enumerate(("a", "[a, b]", "b", "a"))
    )
    path.write_text(
        "model: {id: whole, title: Whole}\nproposals: {p: {title: P}}\n"
        "actors: {a: {name: A, kind: state}, b: {name: B, kind: state}}\n"
        f"sources: {{s: {{title: S, publisher: P, published: 2024-06-01}}}}\nstances:\n{stances}",
        encoding="utf-8",
    )
    assert carried(load_model(path))["joint"] == carried(there_and_back(path, tmp_path))["joint"]


@pytest.mark.parametrize("model", MODELS)
def test_what_is_shipped_comes_back_and_a_second_time_nothing_is_new(model: str, tmp_path: Path) -> None:
    assert carried(load_model(model)) == carried(there_and_back(Path(model), tmp_path))
    loaded = check(Path(model), today="2026-06-01")
    assert loaded.model is not None
    merge = plan(loaded, Packaged(str(tmp_path / "package")).arrivals(Things(loaded.model)), today="2026-06-01")
    assert ((), (), {}) == (merge.replacements, merge.changes, dict(merge.added))


# -- another reader ------------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    ask("export", "datapackage", "-m", "graphs/ukraine-troops", "--license", "CC-BY-4.0", "-o", str(folder))
    return folder


def found_by_frictionless(folder: Path) -> list[tuple[str, str]]:
    """Return what another reader finds wrong: the table, and what is wrong."""
    limit = csv.field_size_limit()
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    csv.field_size_limit(limit)  # it lifts that of the whole process, and other tests meet it
    return [(task.name, error.type) for task in report.tasks for error in task.errors] + [
        ("package", error.type) for error in report.errors
    ]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("model", MODELS)
def test_frictionless_finds_it_valid(model: str, tmp_path: Path) -> None:
    ask("export", "datapackage", "-m", model, "-o", str(tmp_path / "package"))
    assert [] == found_by_frictionless(tmp_path / "package")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("table", "old", "new", "wrong"),
    [
        ("evidence", ",paris-explainer-", ",nobody-", "foreign-key"),
        ("stances", ",opposes,", ",hates,", "constraint-error"),
        ("commitments-toward", ",ukraine", ",nobody", "foreign-key"),
        ("actors", "\nuk,", "\nfrance,", "primary-key"),
    ],
)
def test_frictionless_finds_what_its_keys_and_types_forbid(
    package: Path, table: str, old: str, new: str, wrong: str
) -> None:
    """The description is no decoration: a broken reference and an unknown word are seen without actorgraph."""
    file = package / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert (table, wrong) in found_by_frictionless(package)


def test_it_says_what_it_is(package: Path) -> None:
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert ("ukraine-troops", [{"name": "CC-BY-4.0"}]) == (described["name"], described["licenses"])
    assert described["title"]
    assert described["description"]
    stances = next(one for one in described["resources"] if one["name"] == "stances")
    (position,) = (one for one in stances["schema"]["fields"] if one["name"] == "position")
    assert "Where the actor stands on the proposal." == position["description"]
    assert "supports" in position["constraints"]["enum"]
    assert sorted(file.name for file in package.iterdir() if file.suffix == ".csv") == sorted(
        one["path"] for one in described["resources"]
    )


def test_a_joint_statement_is_a_line_for_each_and_held_together(package: Path) -> None:
    with (package / "commitments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    model = load_model("graphs/ukraine-troops")
    together = {row["id"]: row["statement"] for row in rows if row["statement"]}
    commitments = {record.id for record in model.commitments}
    assert {key: joint.first for key, joint in model.joint.items() if key in commitments} == together


def test_what_was_known_by_a_day_says_so(tmp_path: Path) -> None:
    ask("export", "datapackage", "-m", "examples/minimal.yaml", "--known-by", "2025-12", "-o", str(tmp_path))
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert "(known by 2025-12-31)" == described["description"]
    assert "union-letter" not in (tmp_path / "sources.csv").read_text(encoding="utf-8")


def test_arrivals_say_where_they_stood(package: Path) -> None:
    known = Things(load_model("graphs/ukraine-troops"))
    arrivals = [one for one in Packaged(str(package / "datapackage.json")).arrivals(known) if isinstance(one, Arrival)]
    assert f"{package}/actors.csv, line 2" == arrivals[0].place


# -- into a folder that is there -----------------------------------------------------------------------------


@pytest.fixture
def harbour(tmp_path: Path) -> tuple[Path, Path]:
    """Return a model, and the package that was made of it."""
    model, folder = tmp_path / "harbour.yaml", tmp_path / "package"
    model.write_bytes(Path("examples/minimal.yaml").read_bytes())
    ask("export", "datapackage", "-m", str(model), "-o", str(folder))
    return model, folder


def exported_again(model: Path, folder: Path) -> str:
    """Return what is said of an export that is refused; nothing where it is written."""
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    result = ask("export", "datapackage", "-m", str(model), "-o", str(folder))
    if result.exit_code:
        assert before == {file.name: file.read_bytes() for file in folder.iterdir()}
        return result.stderr.splitlines()[-1]
    return ""


def test_a_package_is_written_anew_where_nobody_edited_it(harbour: tuple[Path, Path]) -> None:
    model, folder = harbour
    model.write_text(model.read_text(encoding="utf-8").replace("Town Council", "City Council"), encoding="utf-8")
    (folder / "stances.csv").unlink()
    assert "" == exported_again(model, folder)
    assert "City Council" in (folder / "actors.csv").read_text(encoding="utf-8")
    assert (folder / "stances.csv").is_file()


@pytest.mark.parametrize(
    ("old", "new"), [("Town Council", "City Council"), ("Town Council", ""), ("olsen,", "a,b\nolsen,"), ("olsen,", '"')]
)
def test_a_table_that_was_edited_is_not_written_over(harbour: tuple[Path, Path], old: str, new: str) -> None:
    model, folder = harbour
    table = folder / "actors.csv"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new), encoding="utf-8")
    said = exported_again(model, folder)
    assert f"{table}, line " in said
    assert "`actorgraph import datapackage` takes edited tables into the model: then move them away" in said


def test_a_table_whose_edits_were_taken_in_is_written_over(harbour: tuple[Path, Path]) -> None:
    """A spreadsheet wrote it in another order, with other line ends and quotes."""
    model, folder = harbour
    table = folder / "actors.csv"
    head, *lines = table.read_text(encoding="utf-8").replace("Town Council", '"City Council"').splitlines()
    table.write_bytes("\r\n".join([head, *lines[::-1], "," * 5, ""]).encode("utf-8-sig"))
    assert exported_again(model, folder)
    ask("import", "datapackage", str(folder), "-m", str(model), "--yes")
    assert "" == exported_again(model, folder)


def test_what_no_export_wrote_is_not_written_over(harbour: tuple[Path, Path]) -> None:
    model, folder = harbour
    description = folder / "datapackage.json"
    described = json.loads(description.read_text(encoding="utf-8"))
    description.write_text(json.dumps({**described, "contributors": [{"title": "Jane"}]}), encoding="utf-8")
    assert f"{description} has 'contributors', which would be lost" in exported_again(model, folder)
    description.write_text("[", encoding="utf-8")
    assert f"{description} has no description of a package, which would be lost" in exported_again(model, folder)
    description.unlink()
    (folder / "sources.csv").write_text("Mine\n1\n", encoding="utf-8")
    assert f"{folder / 'sources.csv'}, line 2, has what the model has not" in exported_again(model, folder)
    (folder / "sources.csv").write_text('Mine\n"two\nlines"\n', encoding="utf-8")
    assert f"{folder / 'sources.csv'}, line 2, has what the model has not" in exported_again(model, folder)
