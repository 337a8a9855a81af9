"""add: the right file, all else in it kept to the byte, and nothing written where there is a doubt."""

import os
import re
import shlex
from hashlib import sha256
from pathlib import Path

import pytest
from asking import ask
from hypothesis import given
from hypothesis import strategies as st
from towns import STANCE, files, strictly_clean

from actorgraph.curate.add import plan, with_record
from actorgraph.curate.draft import Doubt, Draft
from actorgraph.curate.fmt import format_file
from actorgraph.errors import ModelError
from actorgraph.model.loader import load_model, read_model
from actorgraph.model.reader import parse

TOWN = "  town:\n    name: Town\n    kind: state\n"
COUNCIL = Draft("actors", "town", {"name": "Town", "kind": "state"})


# -- by options -------------------------------------------------------------------------------------------------


def test_a_stance_by_options(town: Path) -> None:
    before = (town / "stances.yaml").read_text(encoding="utf-8")
    result = ask(*STANCE, "--speaker", "Ana Vega", "--if", "The bus stops at the square", "--note", "It's: #1", "--yes")
    assert 0 == result.exit_code
    assert result.stderr.startswith("changes: Market Traders’ Union, supports since 2026-03-12 → ")
    assert "wrote " == result.stderr.split("\n")[1][:6]
    assert (
        """@@ -28,3 +28,12 @@
       # credibility: 1 confirmed, 2 probable, 3 possible, 4 doubtful, 5 improbable, 6 cannot be judged
       # via: the outlet that the source relays; quote: a few words as they stand there; page: where there are no lines
       - {source: valley-courier-2026-03-14, lines: 3-5, credibility: 2}
+  - actor: traders
+    position: open
+    proposal: car-free-square
+    date: 2026-03
+    speaker: vega
+    if: [bus-stop]
+    note: "It's: #1"
+    evidence:
+      - {source: valley-courier-2026-03-14, lines: 12-13, credibility: 3}
""".partition("@@\n")[2]
        == result.stdout.partition(" @@\n")[2]
    )
    assert "next: actorgraph why traders car-free-square\n" in result.stderr
    after = (town / "stances.yaml").read_text(encoding="utf-8")
    assert before == after[: len(before)]
    assert strictly_clean(town)


@pytest.mark.parametrize(
    ("options", "file", "name"),
    [
        ("actor --name 'Town Council' --kind state --aliases 'the council' --aliases Town", "actors", "town-council"),
        (
            """proposal --title 'A parking garage' --short Garage --excludes 'car-free square' --since 2026-01
            --by traders --source valley-courier-2026-03-14 --credibility 2""",
            "proposals",
            "a-parking-garage",
        ),
        (
            """condition --title 'The tram is built' --since 2026-01 --until 2026-03-02 --held 'since: 2026-05'""",
            "proposals",
            "the-tram-is-built",
        ),
        ("relation --actor vega --relation leads --to traders --since 2026", "relations", "vega.leads.traders"),
        (
            """commitment --actor traders --stage considers --proposal car-free-square --date 2026-03 --toward vega
            --amount 'at least 20 benches' --source valley-courier-2026-03-14 --unless bus-stop --credibility 3""",
            "commitments",
            "traders.car-free-square.2026-03",
        ),
        (
            """event --title 'The vote' --date 2026-03-01 --actors vega --source valley-courier-2026-03-14 --page 4
            --credibility 2 --evidence 'source: valley-courier-2026-03-14, lines: 7, credibility: 1'
            --evidence '{source: Traders back a square without cars, credibility: 6}'""",
            "events",
            "the-vote",
        ),
    ],
    ids=lambda value: value.split()[0],
)
def test_every_kind_goes_to_its_file(options: str, file: str, name: str, town: Path) -> None:
    before = files(town.parent.parent)
    result = ask("add", *shlex.split(options), "--yes")
    assert (0, True) == (result.exit_code, strictly_clean(town)), result.output
    after = files(town.parent.parent)
    assert {f"graphs/town/{file}.yaml"} == {path for path in after if after[path] != before.get(path)}
    model = load_model(town)
    assert name in {key for _, key in model.places}


def test_a_source_has_a_file_of_its_own_with_its_checksum(town: Path) -> None:
    Path("letter.txt").write_text("Dear all", encoding="utf-8")
    words = (
        "add",
        "source",
        "--publisher",
        "The Post",
        "--published",
        "2026-05-02",
        "--title",
        "A letter: #2",
        "--reliability",
        "b",
    )
    result = ask(*words, "--document", "letter.txt", "--yes")
    assert 0 == result.exit_code, result.output
    expected = f"""\
# yaml-language-server: $schema=../.actorgraph/schema.json

sources:
  the-post-2026-05-02:
    title: "A letter: #2"
    publisher: The Post
    published: 2026-05-02
    document: letter.txt
    sha256: {sha256(b"Dear all").hexdigest()}
    reliability: B
"""
    made = Path("seeds/the-post-2026-05-02.yaml")
    assert expected == made.read_text(encoding="utf-8")
    assert not format_file(made).changed
    assert ["AG103"] == [one.code for one in read_model(town).problems]
    assert "next: actorgraph add stance --source the-post-2026-05-02\n" in result.stderr
    again = ask(*words, "--yes")
    assert 0 == again.exit_code, "another letter of that day"
    assert Path("seeds/the-post-2026-05-02-2.yaml").exists()


@pytest.mark.usefixtures("town")
def test_what_a_rule_brings_about_is_said_before_it_is_written() -> None:
    stance = ("--actor", "traders", "--position", "supports", "--proposal", "car-free-square", "--date", "2026-03")
    source = ("--source", "valley-courier-2026-03-14", "--lines", "1", "--credibility", "3")
    assert 0 == ask("add", "stance", *stance, *source, "--yes", "--force").exit_code
    garage = ("add", "proposal", "--title", "A parking garage")
    added = ask(*garage, "--excludes", "car-free-square", "--yes")
    assert 0 == added.exit_code
    assert "what it entails and excludes brings about " in added.stderr
    assert " opposes A parking garage" in added.stderr
    assert "brings about" not in ask("add", "proposal", "--title", "A bicycle lane", "--yes").stderr


def test_options_that_name_several_things_take_commas(town: Path) -> None:
    ask("add", "condition", "--title", "Rain, or snow, falls", "--yes")
    proposal = (
        "add",
        "proposal",
        "--title",
        "A fountain",
        "--by",
        "traders,Ana Vega",
        "--tags",
        "water, stone",
        "--yes",
    )
    assert 0 == ask(*proposal).exit_code
    fountain = load_model(town).proposals["a-fountain"]
    assert (("traders", "vega"), ("water", "stone")) == (fountain.by, fountain.tags)
    conditions = ("--if", "bus-stop,Rain, or snow, falls")
    assert "no condition answers to 'Rain'" in ask(*STANCE, *conditions, "--yes").stderr
    assert 0 == ask(*STANCE, "--if", "Rain, or snow, falls", "--yes").exit_code
    assert ("rain-or-snow-falls",) == load_model(town).stances[1].if_


def test_editors_are_offered_the_new_id(town: Path) -> None:
    schema = Path(".actorgraph/schema.json")
    schema.unlink(missing_ok=True)
    arguments = shlex.split("add actor --kind state --yes --id")
    assert 0 == ask(*arguments, "hamlet", "--name", "Hamlet").exit_code
    assert not schema.exists()  # who keeps no schema gets none
    schema.parent.mkdir(exist_ok=True)
    schema.write_text("{}", "utf-8")
    assert 0 == ask(*arguments, "village", "--name", "Village").exit_code
    assert '"village"' in schema.read_text("utf-8")
    assert 0 == ask("rename", "village", "large-village").exit_code
    assert '"large-village"' in schema.read_text("utf-8")
    schema.chmod(0o444)
    for command in ((*arguments, "mill", "--name", "Mill"), ("rename", "large-village", "small-village")):
        result = ask(*command)
        assert (0, True) == (result.exit_code, "schema.json: it is read-only; editors do not offer" in result.stderr)
    assert town.is_dir()


def test_lines_are_spaced_in_one_way(town: Path) -> None:
    assert 0 == ask(*STANCE, "--lines", "10,11 ,12-13", "--yes").exit_code
    assert ["10, 11, 12-13"] == [one.lines for one in load_model(town).stances[1].evidence]


def test_a_person_is_tied_next(town: Path) -> None:
    result = ask("add", "actor", "--name", "Ben Ito", "--kind", "person", "--yes")
    assert "next: actorgraph add relation --actor ben-ito\n" == result.stderr.partition("actors.yaml\n")[2]
    assert town.is_dir()


def test_the_same_day_makes_another_id(town: Path) -> None:
    ask(*STANCE, "--yes")
    other = ["neutral" if word == "open" else word for word in STANCE]
    result = ask(*other, "--yes")
    assert 0 == result.exit_code, result.stderr
    assert ["", "-2"] == [
        one.id.removeprefix("traders.car-free-square.2026-03") for one in load_model(town).stances[1:]
    ]


def test_a_model_that_is_named(tmp_path: Path) -> None:
    model = tmp_path / "harbour.yaml"
    model.write_bytes(Path("examples/minimal.yaml").read_bytes())
    words = ("--actor", "olsen", "--position", "opposes", "--proposal", "harbour", "--date", "2026")
    result = ask("add", "stance", *words, "--source", "union-letter", "--credibility", "1", "-m", model, "--yes")
    assert f"next: actorgraph why olsen harbour --model {model}\n" in result.stderr
    lines = model.read_text(encoding="utf-8").splitlines()
    assert "  - actor: olsen" == lines[lines.index("commitments:") - 7]


# -- refusals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "exit_code", "said"),
    [
        (
            "add stance --actor vega",
            2,
            "missing --position POSITION, --proposal PROPOSAL, --date DATE, --source SOURCE",
        ),
        ("add actor --name 中国 --kind state", 2, "missing --id ID"),
        ("add stance --stage pledges", 2, "Error: `add stance` has no --stage; `actorgraph add commitment` has it"),
        ("add commitment --position opposes", 2, "`add commitment` has no --position; `actorgraph add stance` has it"),
        ("add evidence --role mayor", 2, "Error: `add evidence` has no --role; `actorgraph add relation` has it"),
        ("add stance --positon opposes", 2, "Did you mean"),
        ("add stance --actor Wega", 2, "no actor answers to 'Wega'; did you mean 'vega' (Ana Vega)?"),
        ("add stance --proposal vega", 2, "'vega' is the actor Ana Vega, not a proposal"),
        ("add stance --position oppose", 2, "AG014 position 'oppose' is not known (did you mean 'opposes'?)"),
        ("add stance --date 2026-13", 2, "AG015 '2026-13' is not a date: there is no month 13"),
        ("add stance --lines 9-8", 2, "AG014 lines '9-8': line 8 comes before line 9"),
        ("add stance --lines 9", 2, "--source is missing, which --lines cannot be without"),
        ("add stance --credibility 7", 2, "AG014 credibility '7': not a whole number"),
        ("add stance --evidence 'lines: 3'", 2, "--evidence: 'source' is missing"),
        (
            "add stance --evidence '{source: valley-courier-2026-03-14, line: 3}'",
            2,
            "unknown key 'line' (did you mean 'lines'?)",
        ),
        ("add stance --evidence valley-courier-2026-03-14", 2, "--evidence: write {source: SOURCE, lines: LINES}"),
        (
            "add stance --evidence '{source: valley-courier-2026-03-14, lines: 3, 5}'",
            2,
            "unknown key '5'; if a text goes on here behind a comma, quote the text",
        ),
        ("add stance --evidence '{source: valley-courier-2026-03-14, lines: [3]}'", 2, "'lines' should be a text"),
        ("add stance --evidence '{'", 2, "--evidence: "),
        ("add actor --id Town", 2, "AG016 'Town' is not an id"),
        ("add actor --id car-free-square", 2, "'car-free-square' is there already: A market square without cars"),
        ("add source --reliability G", 2, "AG014 reliability 'G' is not known"),
        (
            shlex.join([*STANCE, "--yes", "--until", "2026-01"]),
            1,
            "AG020 until '2026-01' does not come after '2026-03'",
        ),
        (shlex.join(STANCE), 1, "this is no terminal, so nobody can be asked; --yes writes without asking"),
        ("add actor --name stallholders --kind state --yes", 1, "AG102 'stallholders' is also a name of"),
    ],
)
def test_nothing_is_written_on_doubt(options: str, exit_code: int, said: str, town: Path) -> None:
    before = files(town.parent.parent)
    result = ask(*shlex.split(options))
    assert (exit_code, True) == (result.exit_code, said in result.stderr), result.stderr
    assert before == files(town.parent.parent)


def test_all_that_is_wrong_is_said_at_once(town: Path) -> None:
    assert town.is_dir()
    stderr = ask("add", "stance", "--actor", "nobody", "--date", "yesterday", "--lines", "x").stderr
    assert ["--actor", "--date", "--lines"] == re.findall(r"(--\w+): ", stderr)


def test_the_same_again_needs_force(town: Path) -> None:
    assert 0 == ask(*STANCE, "--yes").exit_code
    before = files(town)
    result = ask(*STANCE, "--yes")
    assert 1 == result.exit_code
    assert "the same record is in the model already: traders.car-free-square.2026-03" in result.stderr
    assert before == files(town)
    assert 0 == ask(*STANCE, "--yes", "--force").exit_code


def test_force_does_not_write_errors(town: Path) -> None:
    before = files(town)
    assert 1 == ask(*STANCE, "--until", "2026-01", "--yes", "--force").exit_code
    assert before == files(town)


def test_what_refuses_is_counted_without_the_warnings_besides(town: Path) -> None:
    assert town.is_dir()
    stderr = ask(*STANCE, "--date", "2026-05", "--until", "2026-01", "--yes").stderr
    assert "the model would have 1 new error and 1 new warning\n" in stderr
    stderr = ask(*STANCE, "--until", "2026-01", "--yes").stderr
    assert "the model would have 1 new error\n" in stderr


def test_what_was_refused_can_be_gone_on_from(town: Path) -> None:
    assert town.is_dir()
    more = ("--evidence", "{source: valley-courier-2026-03-14, quote: 'so, \"yes\"', credibility: 2}")
    stderr = ask(*STANCE, *more).stderr
    again = shlex.split(re.findall("to go on from here: (.*)", stderr)[0])
    assert 0 == ask(*again[1:], "--yes").exit_code
    assert 'so, "yes"' == load_model(town).stances[1].evidence[1].quote


def test_a_broken_model_is_not_added_to(town: Path) -> None:
    (town / "events.yaml").write_text("events: [", encoding="utf-8")
    result = ask(*STANCE, "--yes")
    assert (1, True) == (result.exit_code, "AG003" in result.stderr)
    with pytest.raises(ModelError):
        plan(town, COUNCIL, today="2026-06-01")


def test_a_file_that_changed_meanwhile_is_noticed(town: Path) -> None:
    addition = plan(town, COUNCIL, today="2026-06-01")
    (town / "actors.yaml").write_text("actors: {}\n", encoding="utf-8")
    with pytest.raises(OSError, match="has changed since it was read"):
        addition.changeset.write()
    assert "actors: {}\n" == (town / "actors.yaml").read_text(encoding="utf-8")


# -- where ------------------------------------------------------------------------------------------------------

HEADER = "model: {id: m, title: M}\n"


@pytest.mark.parametrize(
    ("texts", "draft", "expected"),
    [
        ({"m.yaml": HEADER}, COUNCIL, {"m.yaml": HEADER + "\nactors:\n  town:\n    name: Town\n    kind: state\n"}),
        (
            {"m.yaml": HEADER, "x.yaml": ""},
            COUNCIL,
            {"actors.yaml": "actors:\n  town:\n    name: Town\n    kind: state\n"},
        ),
        (
            {"m.yaml": HEADER, "x.yaml": "actors: {}  # none yet\n\nevents:\n"},
            COUNCIL,
            {"x.yaml": "actors:  # none yet\n  town:\n    name: Town\n    kind: state\n\nevents:\n"},
        ),
        (
            {
                "m.yaml": HEADER,
                "a.yaml": "actors: {a: {name: A, kind: state}}",
                "b.yaml": "actors:\n  b: {name: B, kind: state}\n  c: {name: C, kind: state}",
            },
            COUNCIL,
            {"b.yaml": "actors:\n  b: {name: B, kind: state}\n  c: {name: C, kind: state}\n" + TOWN},
        ),
        (
            {"m.yaml": "model: {id: m, title: M, include: [s]}\n", "s/a.txt": ""},
            Draft("sources", "p-1", {"title": "T", "publisher": "P", "published": "2026"}),
            {"s/p-1.yaml": "sources:\n  p-1:\n    title: T\n    publisher: P\n    published: 2026\n"},
        ),
    ],
    ids=["one file", "a new file", "an empty section", "most of its kind", "a source in the first included folder"],
)
def test_the_right_file(texts: dict[str, str], draft: Draft, expected: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "graphs" / "m"
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if "s/a.txt" in texts:
        (folder / "m.yaml").write_text(texts["m.yaml"].replace("[s]", "[../../s]"), encoding="utf-8")
        (folder / "s").rename(tmp_path / "s")
        (tmp_path / "s/z.yaml").write_text("", encoding="utf-8")
        folder = tmp_path
    addition = plan(tmp_path / "graphs" / "m", draft, today="2026-06-01")
    assert expected == {os.path.relpath(addition.path, folder): addition.after}


def test_a_file_that_is_named(town: Path) -> None:
    before = files(town)
    later = town / "later" / "stances.yaml"
    later.parent.mkdir()
    assert 0 == ask(*STANCE, "--file", later, "--yes").exit_code
    assert before == {path: raw for path, raw in files(town).items() if not path.startswith("later")}
    assert later.read_text(encoding="utf-8").count("  - actor: traders") == 1
    assert 0 == ask(*STANCE, "--until", "2026-09", "--file", town / "events.yaml", "--yes", "--force").exit_code
    assert "\nstances:\n" in (town / "events.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("elsewhere.yaml", "elsewhere.yaml is not read by the model, which is made of graphs/town, seeds"),
        ("graphs/town/stances.txt", "is no YAML file: its name ends in neither .yaml nor .yml"),
        ("graphs/town/no/such.yaml", "there is no folder graphs/town/no; make it first"),
    ],
)
def test_a_file_that_the_model_does_not_read_is_told(file: str, said: str, town: Path) -> None:
    before = files(town.parent.parent)
    result = ask(*STANCE, "--file", file, "--yes")
    assert (2, True) == (result.exit_code, said in result.stderr), result.stderr
    assert "to go on from here: actorgraph add stance " in result.stderr
    assert before == files(town.parent.parent)


@pytest.mark.parametrize(
    ("nothing", "opened"),
    [(" null", ""), (" ~", ""), (" ~  # none yet", "  # none yet"), ("  null ", " "), ("", ""), (" # null", " # null")],
)
def test_a_section_of_nothing_takes_its_first_record(nothing: str, opened: str) -> None:
    record = "  town:\n    name: Town\n    kind: state\n"
    for rest in ("", "proposals:\n  null: {title: P}\n"):
        assert f"actors:{opened}\n{record}{rest}" == with_record(f"actors:{nothing}\n{rest}", COUNCIL)


def test_brackets_that_hold_something_are_left_alone() -> None:
    with pytest.raises(Doubt, match="written in brackets"):
        with_record("actors: {a: {name: A, kind: state}}\n", COUNCIL)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("actors:\n- x\n# end\n", None),
        (
            "\ufeffactors:\r\n    a: {}\r\n",
            "\ufeffactors:\r\n    a: {}\r\n    town:\r\n      name: Town\r\n      kind: state\r\n",
        ),
        (
            "\ufeffmodel: {}\nactors:\n  a: {}\nevents:\n",
            "\ufeffmodel: {}\nactors:\n  a: {}\n  town:\n    name: Town\n    kind: state\nevents:\n",
        ),
        (
            "actors:\n  a: {}\n  # more\n\n# Plans\nproposals:\n",
            "actors:\n  a: {}\n  # more\n  town:\n    name: Town\n    kind: state\n\n# Plans\nproposals:\n",
        ),
        ("actors:\n  a: {}\n\n  b: {}\n", "actors:\n  a: {}\n\n  b: {}\n\n  town:\n    name: Town\n    kind: state\n"),
        ("actors:\n  a:\n    note: |+\n      x\n\n\nevents:\n", None),
        ("actors:", "actors:\n  town:\n    name: Town\n    kind: state\n"),
    ],
)
def test_where_in_a_file(before: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(Doubt, match="add the record by hand"):
            with_record(before, COUNCIL)
    else:
        assert after == with_record(before, COUNCIL)


COMMENTS = st.lists(st.sampled_from(["", "# a", "  # b", "    # c"]), max_size=3)
VALUES = st.sampled_from(
    ["{k: v}", "\n    k: v", "\n    k: >-\n      text\n      # no comment", "\n    k: |\n      text\n"]
)


@given(
    before=COMMENTS,
    things=st.lists(st.tuples(VALUES, COMMENTS), min_size=1, max_size=4),
    after=st.sampled_from(["", "proposals:\n  p: {title: P}\n", "events: []", "stances:\n- {a: b}\n# x\n"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_all_else_stays_to_the_byte(
    before: list[str], things: list[tuple[str, list[str]]], after: str, end: str
) -> None:
    lines = [*before, "actors:"]
    for number, (value, comments) in enumerate(things):
        lines += [f"  a{number}: {value}", *comments]
    text = ("\n".join([*lines, after])).replace("\n", end)
    if parse(text, "a.yaml").problems:
        return
    try:
        changed = with_record(text, COUNCIL)
    except Doubt:
        return
    block = f"  town:{end}    name: Town{end}    kind: state{end}"
    assert 1 == changed.count(block)
    head, _, rest = changed.partition(block)
    ends = [(one, other) for one in (head, head.removesuffix(end)) for other in (rest, rest.removesuffix(end))]
    assert text in [one + other for one, other in ends]


@given(st.lists(st.text("ab #:", max_size=5), min_size=1, max_size=5).map("\n".join), st.sampled_from(["  ", "    "]))
def test_a_note_has_paragraphs(note: str, indent: str) -> None:
    town = Draft("actors", "town", {"name": "Town", "kind": "state", "note": f"a{note}b"})
    text = with_record(f"actors:\n{indent}a: {{name: A, kind: state}}\n", town)
    assert {"name": "Town", "kind": "state", "note": f"a{note}b"} == parse(text, "a.yaml").data["actors"]["town"]  # type: ignore[index, call-overload]


def test_several_names_in_one_option_are_several_as_they_are_behind_a_prompt(town: Path) -> None:
    named = ["add", "actor", "--name", "Harbour Union", "--kind", "organisation", "--yes"]
    assert 0 == ask(*named, "--aliases", "A, B,", "--aliases", '["Union, Harbour"]').exit_code
    assert ("A", "B", "Union, Harbour") == load_model(town).actors["harbour-union"].aliases
    result = ask("add", "proposal", "--title", "A tram", "--tags", "rail,traffic", "--yes")
    assert (0, ("rail", "traffic")) == (result.exit_code, load_model(town).proposals["a-tram"].tags)


def test_what_goes_on_from_here_keeps_a_name_with_a_comma_whole(town: Path) -> None:
    aliases = '["Union, Harbour", HU]'
    stopped = ask("add", "actor", "--name", "Harbour Union", "--kind", "organisation", "--aliases", aliases)
    again = shlex.split(re.findall("to go on from here: actorgraph (.*)", stopped.stderr)[0])
    assert 0 == ask(*again, "--yes").exit_code
    assert ("Union, Harbour", "HU") == load_model(town).actors["harbour-union"].aliases
