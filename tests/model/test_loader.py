"""Bad files and folders, each with the complete list of its problems; and laws that hold for any file."""

import gc
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from folders import EVENT, HEADER, INCLUDES, SOURCE, UK, lay_out, problems_in
from hypothesis import given
from hypothesis import strategies as st

from actorgraph.errors import ModelError, Problem
from actorgraph.model import files, reader
from actorgraph.model.loader import Loaded, load_model, read_model
from actorgraph.model.model import Model
from actorgraph.problem_codes import CODES
from actorgraph.questions.check import check

BAD = Path(__file__).parent.parent / "bad"
BAD_FILES = sorted(BAD.glob("*.yaml"))
MINIMAL = Path("examples/minimal.yaml")


def expected_in(path: Path) -> list[str]:
    """Return the problems that a bad file says it has, in its comment lines `# expect: LINE:COLUMN CODE message`."""
    lines = re.findall(r"^# expect: (\S+) (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [f"{place}: {problem}" for place, problem in lines]


def checked(path: Path) -> Loaded:
    """Read a bad file as a question does; or check it, where it says as of which day: `# today: DATE`."""
    text = path.read_text(encoding="utf-8")
    today = re.search(r"^# today: (\S+)$", text, flags=re.MULTILINE)
    if not today:
        return read_model(path)
    loaded, ignored = check(path, today=today[1]), re.findall(r"^# ignore: (\S+)$", text, flags=re.MULTILINE)
    return loaded._replace(problems=tuple(problem for problem in loaded.problems if problem.code not in ignored))


@pytest.mark.parametrize("path", BAD_FILES, ids=lambda path: path.stem)
def test_a_bad_file_has_the_problems_that_it_expects_and_no_others(path: Path) -> None:
    name = path.relative_to(Path.cwd())
    loaded = checked(name)
    assert [f"{name}:{line}" for line in expected_in(path)] == list(map(str, loaded.problems))
    assert (loaded.model is None) == any(not problem.warning for problem in loaded.problems)


class Case(NamedTuple):
    """What lies in a folder, what is read of it, and the problems of that, places first."""

    files: dict[str, str | bytes]
    path: str
    expected: list[str]


NO_HEADER = "AG010 no model header; one file needs `model: {id: …, title: …}`"
NO_YAML = "AG010 the folder holds no YAML file (*.yaml, *.yml)"
UNSEEN = "cannot be seen in an editor; delete it"

CASES = {
    "a renaming that was cut short": Case(
        {"m/m.yaml": HEADER, "m/.renaming.json": "{}"},
        "m",
        ["m/.renaming.json:1:1: AG025 a renaming was cut short; any `actorgraph rename` of the model settles it first"],
    ),
    "a path that is not there": Case(
        {}, "gone.yaml", ["gone.yaml:1:1: AG001 cannot read it: No such file or directory"]
    ),
    "a file taken for a folder": Case(
        {"m.yaml": HEADER}, "m.yaml/x", ["m.yaml/x:1:1: AG001 cannot read it: Not a directory"]
    ),
    "Latin-1": Case(
        {"m.yaml": b"model:\r\n  id: m\r\n  title: K\xf8benhavn\r\n"},
        "m.yaml",
        ["m.yaml:3:11: AG002 byte 0xf8 is not UTF-8; save the file as UTF-8 text"],
    ),
    "a byte order mark, and then Latin-1": Case(
        {"m.yaml": b"\xef\xbb\xbfmodel: {id: \xe9}\n"},
        "m.yaml",
        ["m.yaml:1:13: AG002 byte 0xe9 is not UTF-8; save the file as UTF-8 text"],
    ),
    "UTF-16 with its mark": Case(
        {"m.yaml": HEADER.encode("utf-16")},
        "m.yaml",
        ["m.yaml:1:1: AG002 byte 0xff is not UTF-8; save the file as UTF-8 text"],
    ),
    "UTF-16 without it": Case(
        {"m.yaml": HEADER.encode("utf-16-le")}, "m.yaml", ["m.yaml:1:2: AG002 the character U+0000 is not text"]
    ),
    "a surrogate, encoded": Case(
        {"m.yaml": b"model: {id: \xed\xa0\x80}\n"},
        "m.yaml",
        ["m.yaml:1:13: AG002 byte 0xed is not UTF-8; save the file as UTF-8 text"],
    ),
    "a picture": Case(
        {"m.yaml": b"\x89PNG\r\n\x1a\n\x00\x00"},
        "m.yaml",
        ["m.yaml:1:1: AG002 byte 0x89 is not UTF-8; save the file as UTF-8 text"],
    ),
    "a control character": Case(
        {"m.yaml": "model: {id: m, title: T}\nactors: {uk: {name: U\x1b[31mK}}\n"},
        "m.yaml",
        ["m.yaml:2:22: AG002 the character U+001B is not text"],
    ),
    "line breaks of YAML alone": Case(
        {"m.yaml": "model: {id: m,\n title: T\u2028}\n"},
        "m.yaml",
        [f"m.yaml:2:10: AG002 the character U+2028 {UNSEEN}"],
    ),
    "the next-line character": Case(
        {"m.yaml": "model: {id: m}\x85a: {}\n"}, "m.yaml", [f"m.yaml:1:15: AG002 the character U+0085 {UNSEEN}"]
    ),
    "two files joined, each with its mark": Case(
        {"m.yaml": "\ufeff" + HEADER + "\ufeff" + UK}, "m.yaml", [f"m.yaml:2:1: AG002 the character U+FEFF {UNSEEN}"]
    ),
    "an include that is missing: what it may define is not called unknown": Case(
        {"m.yaml": INCLUDES.format("seed, gone, seeds/*.yaml") + EVENT, "seeds/s.yaml": SOURCE},
        "m.yaml",
        [
            "m.yaml:1:36: AG008 the include 'seed' does not exist (did you mean 'seeds'?)",
            "m.yaml:1:42: AG008 the include 'gone' does not exist; its path is from this file's folder",
            "m.yaml:1:48: AG008 the include 'seeds/*.yaml' is a pattern; name the folder, or each file",
        ],
    ),
    "includes that are no paths": Case(
        {"m.yaml": INCLUDES.format(f"{'x' * 300}, m.yaml/x, '', ' '")},
        "m.yaml",
        [
            f"m.yaml:1:36: AG008 the include '{'x' * 59}…' is no path: File name too long",
            "m.yaml:1:338: AG008 the include 'm.yaml/x' does not exist; its path is from this file's folder",
            "m.yaml:1:348: AG013 item 3 of 'include' is empty; give it a value or leave it out",
            "m.yaml:1:352: AG013 item 4 of 'include' is empty; give it a value or leave it out",
        ],
    ),
    "includes that climb out": Case(
        {"in/m/m.yaml": INCLUDES.format("../../x.yaml, /etc, ../../in/../..")},
        "in/m",
        [
            "in/m/m.yaml:1:36: AG009 the include '../../x.yaml' climbs out of in, the folder that it must stay in",
            "in/m/m.yaml:1:50: AG009 the include '/etc' is an absolute path; name it from this file's folder",
            "in/m/m.yaml:1:56: AG009 the include '../../in/../..' climbs out of in, the folder that it must stay in",
        ],
    ),
    "a model that is one file may include what lies beside it, and no more": Case(
        {"in/m.yaml": INCLUDES.format("s.yaml, ../s.yaml") + EVENT, "in/s.yaml": SOURCE, "s.yaml": SOURCE},
        "in/m.yaml",
        ["in/m.yaml:1:44: AG009 the include '../s.yaml' climbs out of in, the folder that it must stay in"],
    ),
    "a folder without YAML": Case(
        {"m/notes.txt": "", "m/.hidden.yaml": HEADER, "m/.git/x.yaml": HEADER}, "m", [f"m:1:1: {NO_YAML}"]
    ),
    "a folder of holdings that lost its manifest": Case(
        {"m/g1/holdings-1.parquet": "PAR1"},
        "m",
        [f"m:1:1: {NO_YAML}; of a folder of holdings its manifest.json is missing: compile them again"],
    ),
    "a file whose name an editor gave another ending": Case(
        {"m/b.yaml.txt": HEADER, "m/a.YML.bak": HEADER},
        "m",
        [f"m:1:1: {NO_YAML}; the name of 'a.YML.bak' ends otherwise"],
    ),
    "a file of the model that an editor gave another ending": Case(
        {
            "m/m.yaml": INCLUDES.format("../seeds"),
            "m/a.yaml.bak": UK,
            "m/in/b.yaml": "",
            "m/in/c.YML.TXT": UK,
            "seeds/s.yaml.txt": SOURCE,
            "seeds/notes.txt": "",
        },
        "m",
        [
            "m/in/c.YML.TXT:1:1: AG120 it is not read, as its name ends in .TXT; call it 'c.YML', or take it away",
            "seeds/s.yaml.txt:1:1: AG120 it is not read, as its name ends in .txt; call it 's.yaml', or take it away",
        ],
    ),
    "what lies beside a model that is one file": Case({"m.yaml": HEADER, "s.yaml.txt": SOURCE}, "m.yaml", []),
    "an included folder without YAML is empty": Case(
        {"m/m.yaml": INCLUDES.format("../seeds"), "seeds/s.txt": SOURCE}, "m", []
    ),
    "a text as long as a document": Case(
        {"m.yaml": HEADER + f"actors:\n  uk: {{name: {'x' * 100_001}, kind: state}}\n  fr: ["},
        "m.yaml",
        ["m.yaml:3:14: AG007 a text of 100,001 characters; no value needs more than 100,000"],
    ),
    "a key as long as a document": Case(
        {"m.yaml": HEADER + f"actors:\n  ? {'x' * 100_001}\n  : {{}}"},
        "m.yaml",
        ["m.yaml:3:5: AG007 a key of 100,001 characters; no key is so long"],
    ),
    "no header in any of several files": Case({"m/a.yaml": "", "m/b.yaml": UK}, "m", [f"m/a.yaml:1:1: {NO_HEADER}"]),
    "no header that could be read: the broken file may have it": Case(
        {"m/a.yaml": "model: {", "m/b.yaml": UK.replace("state", "sate")},
        "m",
        [
            "m/a.yaml:2:1: AG003 did not find expected node content while parsing a flow node (close every bracket)",
            "m/b.yaml:1:31: AG014 kind 'sate' is not known (did you mean 'state'?)",
        ],
    ),
    "two headers": Case(
        {"m/a.yaml": HEADER, "m/b.yaml": UK + HEADER, "m/c.yaml": HEADER + "x: ["},
        "m",
        [
            "m/b.yaml:2:1: AG010 a second model header; the first is in m/a.yaml",
            "m/c.yaml:1:1: AG010 a second model header; the first is in m/a.yaml",
            "m/c.yaml:3:1: AG003 did not find expected node content while parsing a flow node (close every bracket)",
        ],
    ),
    "an included file with a header": Case(
        {"m.yaml": INCLUDES.format("n.yaml"), "n.yaml": UK + HEADER},
        "m.yaml",
        ["n.yaml:2:1: AG010 an included file has a model header; the model is m.yaml"],
    ),
    "one id in several files": Case(
        {
            "m/a.yaml": HEADER + UK,
            "m/b.yaml": UK.replace("UK", "GB"),
            "m/c/d.yml": "actors:\n  uk: {name: U, kind: stat}\n",
        },
        "m",
        [
            "m/b.yaml:1:10: AG017 'uk' is defined twice; first at m/a.yaml:2:10",
            "m/c/d.yml:2:3: AG017 'uk' is defined twice; first at m/a.yaml:2:10",
            "m/c/d.yml:2:23: AG014 kind 'stat' is not known (did you mean 'state'?)",
        ],
    ),
    "one record id in two files": Case(
        {
            "m/a.yaml": HEADER + SOURCE + EVENT,
            "m/b.yaml": UK + "relations: [{id: e, actor: uk, relation: leads, to: uk, since: 2024}]",
        },
        "m",
        ["m/a.yaml:3:15: AG017 'e' is defined twice; first at m/b.yaml:2:13"],
    ),
    "an include of the model itself": Case(
        {"m.yaml": INCLUDES.format("m.yaml") + UK},
        "m.yaml",
        ["m.yaml:1:36: AG022 the include 'm.yaml' brings in m.yaml, which the model holds already"],
    ),
    "includes of the model's own folder, by several ways": Case(
        {"m/m.yaml": INCLUDES.format("., ../m, actors.yaml"), "m/actors.yaml": UK},
        "m",
        [
            "m/m.yaml:1:36: AG022 the include '.' brings in m/actors.yaml, which the model holds already",
            "m/m.yaml:1:39: AG022 the include '../m' brings in m/actors.yaml, which the model holds already",
            "m/m.yaml:1:45: AG022 the include 'actors.yaml' brings in m/actors.yaml, which the model holds already",
        ],
    ),
    "one include twice": Case(
        {"m.yaml": INCLUDES.format("s.yaml, ./s.yaml") + EVENT, "s.yaml": SOURCE},
        "m.yaml",
        ["m.yaml:1:44: AG022 the include './s.yaml' brings in s.yaml, which the model holds already"],
    ),
    "all files' problems at once, and nothing unknown for the sake of a broken file": Case(
        {
            "m/a.yaml": INCLUDES.format("../s"),
            "m/b.yaml": UK.replace("state", "&s state"),
            "m/c.yaml": "relations:\n  - {actor: uk, relation: lead, to: uk, since: 2024-02-30}\n",
            "m/d.yaml": "relations:\n  - {actor: us, relation: leads, to: uk, since: 2024, until: 2023}\n" + EVENT,
            "s/s.yaml": SOURCE.replace("publisher", "pulbisher") + "actors: []\n",
        },
        "m",
        [
            "m/b.yaml:1:31: AG004 the anchor '&s' is refused; write the value out each time",
            "m/c.yaml:2:27: AG014 relation 'lead' is not known (did you mean 'leads'?)",
            "m/c.yaml:2:48: AG015 '2024-02-30' is not a date: 2024-02 has no day 30",
            (
                "m/d.yaml:2:62: AG020 until '2023' does not come after '2024', which is in force from 2024-12-31; "
                "until is the first day outside"
            ),
            "s/s.yaml:1:11: AG013 'publisher' is missing",
            "s/s.yaml:1:33: AG011 unknown key 'pulbisher' (did you mean 'publisher'?)",
            "s/s.yaml:2:1: AG014 'actors' should be a mapping from id to entry, not a list",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_bad_folder_has_the_problems_that_are_expected_and_no_others(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path, case.files)
    monkeypatch.chdir(tmp_path)
    assert case.expected == problems_in(case.path)


def test_a_file_may_be_large_but_not_larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (files, reader):
        monkeypatch.setattr(module, "MAX_BYTES", 64)
    monkeypatch.chdir(tmp_path)
    lay_out(tmp_path, {"64.yaml": HEADER.ljust(64, "#"), "65.yaml": HEADER.ljust(65, "#"), "99.yaml": HEADER * 999})
    assert [] == problems_in("64.yaml")
    assert ["65.yaml:1:1: AG007 the file is larger than 64 bytes; split it"] == problems_in("65.yaml")
    assert ["99.yaml:1:1: AG007 the file is larger than 64 bytes; split it"] == problems_in("99.yaml")


def all_problems() -> set[str]:
    """Return every problem, with its place, of the bad files and folders, and of a file that is too large."""
    in_files = {f"tests/bad/{path.name}:{line}" for path in BAD_FILES for line in expected_in(path)}
    in_folders = {line for case in CASES.values() for line in case.expected}
    return in_files | in_folders | {f"65.yaml:1:1: AG007 the file is larger than {reader.MAX_BYTES:,} bytes; split it"}


def test_every_code_has_a_bad_case() -> None:
    assert set(CODES) == {line.split(": ")[1].split()[0] for line in all_problems()}


def test_every_code_has_its_fix_in_a_sentence() -> None:
    assert all(code.fix.endswith(".") and "\n" not in code.fix for code in CODES.values())


def test_codes_of_warnings_begin_with_1() -> None:
    assert {name for name, code in CODES.items() if code.is_warning} == {name for name in CODES if name[2] == "1"}


def test_every_code_is_in_the_docs_with_its_meaning_and_a_real_example() -> None:
    text = Path("docs/problems.md").read_text(encoding="utf-8")
    documented = re.findall(r"^## (AG\d{3}): (.*)\n\n    (.*)\n\n[A-Z`]", text, flags=re.MULTILINE)
    assert {name: code.title for name, code in CODES.items()} == {code: title for code, title, _ in documented}
    assert set() == {example for _, _, example in documented} - all_problems()
    assert all(f": {code} " in example for code, _, example in documented)


def test_a_model_with_problems_cannot_be_loaded_and_says_all_of_them() -> None:
    with pytest.raises(ModelError) as caught:
        load_model(BAD / "AG014-words.yaml")
    assert len(expected_in(BAD / "AG014-words.yaml")) == len(caught.value.problems)
    assert "\n".join(map(str, caught.value.problems)) == str(caught.value)


def test_warnings_alone_do_not_stop_a_model() -> None:
    assert load_model(BAD / "AG103-uncited.yaml").header.id == "m"


def test_the_collector_is_as_it_was() -> None:
    assert gc.isenabled()
    read_model(MINIMAL)
    assert gc.isenabled()


def test_ids_that_are_made_up_are_one_of_a_kind(tmp_path: Path) -> None:
    stance = "  - {actor: uk, position: open, proposal: p, date: 2024, evidence: [{source: paper}]%s}\n"
    model = HEADER + UK + SOURCE + "proposals: {p: {title: P}}\nstances:\n"
    path = tmp_path / "m.yaml"
    path.write_text(model + stance % "" * 2 + stance % ", id: uk.p.2024-2" + stance % "", encoding="utf-8")
    assert [record.id for record in load_model(path).stances] == [
        "uk.p.2024",
        "uk.p.2024-3",
        "uk.p.2024-2",
        "uk.p.2024-4",
    ]


def test_many_records_of_one_day_and_many_that_are_unknown_take_no_time(tmp_path: Path) -> None:
    stance = "  - {actor: u%s, position: open, proposal: p, date: 2024, evidence: [{source: paper}]}\n"
    text = HEADER + UK + SOURCE + "proposals: {p: {title: P}}\nstances:\n"
    path = tmp_path / "m.yaml"
    path.write_text(text + stance % "k" * 3000, encoding="utf-8")
    assert load_model(path).stances[-1].id == "uk.p.2024-3000"
    path.write_text(text + stance % "-k" * 3000, encoding="utf-8")
    assert len(read_model(path).problems) == 3000


# -- laws --------------------------------------------------------------------------------------------------------------


def check_problems(problems: tuple[Problem, ...], raw: bytes) -> None:
    """Assert that every problem is one of ours, in the file, and in one line."""
    lines = re.split("\r\n|[\r\n]", raw.decode("utf-8", errors="replace"))
    for problem in problems:
        assert problem.code in CODES
        assert 1 <= problem.span.line <= len(lines) + 1, problem
        width = len(lines[problem.span.line - 1]) if problem.span.line <= len(lines) else 0
        assert 1 <= problem.span.column <= width + 1, problem
        assert str(problem).isprintable()
        assert len(problem.message) < 400


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the examples of all laws: they come too fast for one each."""
    return tmp_path_factory.mktemp("scratch")


def check_reading(scratch: Path, raw: bytes) -> None:
    """Assert that any bytes at all end in a model or in problems that can be found."""
    path = scratch / "any.yaml"
    path.write_bytes(raw)
    loaded = read_model(path)
    check_problems(loaded.problems, raw)
    assert (loaded.model is None) == any(not problem.warning for problem in loaded.problems)
    assert loaded == read_model(path), "what is read twice is the same"
    seen = check(path, today="2024-06")
    check_problems(seen.problems, raw)
    assert set(loaded.problems) <= set(seen.problems)
    assert loaded.model == seen.model


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(scratch: Path, raw: bytes) -> None:
    check_reading(scratch, raw)


@given(st.text(max_size=200))
def test_any_text_can_be_read(scratch: Path, text: str) -> None:
    check_reading(scratch, text.encode("utf-8", errors="surrogatepass"))


SIGNS = st.text(alphabet="ab-:,[]{}#&*!|>'\"%@`?~\n \t\\", max_size=60)


@given(SIGNS, st.booleans())
def test_any_signs_of_yaml_can_be_read(scratch: Path, signs: str, behind_a_header: bool) -> None:  # noqa: FBT001
    check_reading(scratch, (HEADER * behind_a_header + signs).encode())


WORDS = st.sampled_from(
    [
        *("", "null", "~", "<<", "NO", "2024-13", "[", "]", "{", "}", "- ", ": ", " #", "&a ", "*a", "!!x ", '"', "'"),
        *("\n", "  ", "|\n", ">\n", "---\n", "...\n", "? ", "\t", "\u2028", "\ufeff", "\x00", "\\"),
        *("actors", "uk: {}", "evidence: []", "date: 2024", "until: 2020", "if: [x]", "part-of: harbour"),
    ]
)


@given(st.data())
def test_any_edit_of_a_good_model_can_be_read(scratch: Path, data: st.DataObject) -> None:
    text = MINIMAL.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.one_of(st.just(start), st.integers(start, min(start + 20, len(text)))))
        text = text[:start] + data.draw(st.one_of(WORDS, st.text(max_size=3))) + text[end:]
    check_reading(scratch, text.encode("utf-8", errors="surrogatepass"))


TEXTS = ("", "x", "uk", "2024", "2024-13", "supports", "A b", "[key]", "paper", "3", "12-13")
KEYS = (
    *("id", "title", "name", "kind", "actor", "to", "date", "since", "until", "held", "if", "evidence", "source"),
    *("lines", "part-of", "proposal", "position", "stage", "[key]", "", "credibility", "url", "include", "x"),
)
VALUES = st.recursive(
    st.none() | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
SECTIONS = st.dictionaries(
    st.sampled_from(
        ["model", "actors", "proposals", "conditions", "relations", "stances", "commitments", "events", "sources", "x"]
    ),
    VALUES,
    max_size=5,
)


@given(SECTIONS)
def test_any_shape_of_values_can_be_read(scratch: Path, sections: dict[str, object]) -> None:
    check_reading(scratch, yaml.safe_dump(sections, allow_unicode=True).encode())


def parts_of(model: Model) -> tuple[object, ...]:
    """Return everything in a model but the places."""
    named = tuple(
        dict(sorted(entries.items())) for entries in (model.actors, model.proposals, model.conditions, model.sources)
    )
    return (model.header, *named, model.relations, model.stances, model.commitments, model.events)


@given(st.data())
def test_one_file_or_several_are_the_same_model(scratch: Path, data: st.DataObject) -> None:
    whole = yaml.load(MINIMAL.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes text only
    pieces: list[tuple[str, object]] = []
    for section, value in whole.items():
        if isinstance(value, list):
            pieces += [(section, [record]) for record in value]
        elif section == "model":
            pieces.append((section, value))
        else:
            pieces += [(section, {key: entry}) for key, entry in value.items()]
    folder = scratch / "split"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(pieces) - 1), max_size=6)))
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(pieces)], strict=True)):
        merged: dict[str, list[object] | dict[str, object]] = {}
        for section, value in pieces[start:end]:
            if isinstance(value, list):
                records = merged.setdefault(section, [])
                assert isinstance(records, list)
                records.extend(value)
            elif isinstance(value, dict):
                entries = merged.setdefault(section, {})
                assert isinstance(entries, dict)
                entries.update(value)
        text = yaml.safe_dump(merged, default_style='"', allow_unicode=True)
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    assert parts_of(load_model(MINIMAL)) == parts_of(load_model(folder))
