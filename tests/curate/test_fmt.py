"""fmt: one form for what a file says, whatever its layout."""

import io
import json
import os
import random
import stat
from collections import Counter
from pathlib import Path

import pytest
import yaml
from asking import ask
from hypothesis import given
from hypothesis import strategies as st
from layouts import Layout, commented, content, said, shuffled
from ruamel.yaml import YAML

from actorgraph.curate import fmt as formatter
from actorgraph.curate.canonical import PLAIN, SECTIONS, WIDTH, block, key_order
from actorgraph.curate.fmt import format_file, format_text
from actorgraph.model.loader import load_model
from actorgraph.model.reader import Data, parse
from actorgraph.model.records import PROSE

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted(path for folder in ("graphs", "seeds", "examples") for path in (ROOT / folder).rglob("*.yaml"))

chances = st.randoms(use_true_random=False)
"""Whose every draw is one of Hypothesis, so that what fails shrinks to the smallest file that does."""

PARAGRAPHS = st.lists(st.text("ab :#-'\"\t\r\\é|>", max_size=8) | st.just("word " * 30), max_size=6).map("\n".join)
"""Texts of several lines: empty ones, and such as begin or end with blanks or tabs."""

HEADER = "model: {id: a, title: A}\n"


# -- laws ------------------------------------------------------------------------------------------------------


@given(chances)
def test_formatting_changes_no_word_and_no_comment_and_is_done_once(chance: random.Random) -> None:
    data = content(chance)
    plain = Layout(chance).text(shuffled(chance, data))
    assert data == parse(plain, "a.yaml").data
    text = commented(chance, plain, 0.3)
    new = format_text(text)
    read = parse(new, "a.yaml", prose=PROSE)
    assert [] == read.problems
    assert data == read.data
    assert Counter(said(text)) == Counter(said(new))
    assert new == format_text(new)


@given(chances)
def test_where_the_keys_are_in_order_the_comments_stay_in_theirs(chance: random.Random) -> None:
    text = commented(chance, Layout(chance).text(content(chance)), 0.3)
    assert said(text) == said(format_text(text))


@given(chances)
def test_one_content_has_one_form(chance: random.Random) -> None:
    data = content(chance)
    texts = [Layout(chance, blocks=True).text(shuffled(chance, data)) for _ in range(2)]
    assert format_text(texts[0]) == format_text(texts[1])


@given(chances)
def test_other_tools_read_the_same_texts(chance: random.Random) -> None:
    data = content(chance)
    text = format_text(commented(chance, Layout(chance).text(data), 0.2))
    assert without_numbers(data) == without_numbers(yaml.safe_load(text) or {})
    assert without_numbers(data) == without_numbers(YAML(typ="safe", pure=True).load(text) or {})


@given(text=PARAGRAPHS, section=st.sampled_from(["model", "events"]))
def test_the_inside_of_a_text_is_a_text(text: str, section: str) -> None:
    record: dict[str, Data] = {"title": text}
    data: dict[str, Data] = {section: record if section == "model" else [record, {"title": "b"}]}
    written = format_text(json.dumps(data))
    assert data == parse(written, "a.yaml", prose=PROSE).data
    assert written == format_text(written)
    assert data == yaml.safe_load(written)


@pytest.mark.parametrize("lines", [["one", "", "", "two"], ["one  ", "", "", "", "  two", "three"]])
def test_empty_lines_in_a_text_stay(lines: list[str]) -> None:
    inside = "".join(f"      {line}\n" if line else "\n" for line in lines)
    text = f"events:\n  - title: Talks\n    note: |\n{inside}    date: 2026\n"
    assert f"    note: |\n{inside}" in format_text(text)


def without_numbers(data: object) -> object:
    """Return data without the values that other tools may read as dates and numbers."""
    if isinstance(data, dict):
        return {key: without_numbers(one) for key, one in data.items() if key not in PLAIN}
    return [without_numbers(one) for one in data] if isinstance(data, list) else data


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_round_trip_by_another_tool_leaves_what_is_shipped(path: Path) -> None:
    tool = YAML()
    tool.width = 10 * WIDTH
    tool.indent(mapping=2, sequence=4, offset=2)
    tool.preserve_quotes = True
    out = io.StringIO()
    text = path.read_text(encoding="utf-8")
    tool.dump(tool.load(text), out)
    assert text == out.getvalue()


# -- what it looks like ----------------------------------------------------------------------------------------


def test_keys_come_in_the_order_of_the_house() -> None:
    expected = "id actor position proposal date until speaker if unless note evidence"
    assert tuple(expected.split()) == key_order("stances")
    expected = "id actor stage proposal date until speaker toward amount if unless note evidence"
    assert tuple(expected.split()) == key_order("commitments")
    expected = "model actors proposals conditions relations stances commitments events sources"
    assert tuple(expected.split()) == SECTIONS


BEFORE = """\
# Curated by hand

# who
actors: # all of them

  # states
  uk: {kind: state, name: 'United Kingdom',
    aliases: [Britain, # as people say
      "NO", '10']} # the end
  # persons

  olsen: {kind: person, name: "Olsen"}
  # more to come
proposals:
  # none yet
stances:
- # dash
  position:   opposes # loudly
  # who says so
  actor: uk


  date: "2024-01"
  evidence: [{lines: '1, 3', source: a, quote: "A quotation so long that it does not stand on the line of evidence"}]
  note: "A long note, which was in quotes: it is as plain as can be, once it is folded into lines of a hundred columns."
model: {title: Plan, id: a}
# the end
"""

AFTER = """\
# Curated by hand

model: {id: a, title: Plan}

# who
actors:  # all of them
  # states
  uk:
    name: United Kingdom
    kind: state
    aliases:
      - "Britain"  # as people say
      - "NO"
      - "10"
    # the end
  # persons

  olsen: {name: Olsen, kind: person}
  # more to come

proposals:
  # none yet

stances:
  # dash
  # who says so
  - actor: uk
    position: opposes  # loudly
    date: 2024-01
    note: >-
      A long note, which was in quotes: it is as plain as can be, once it is folded into lines of a
      hundred columns.
    evidence:
      - source: a
        lines: 1, 3
        quote: A quotation so long that it does not stand on the line of evidence
# the end
"""


def test_what_it_makes_of_a_wild_file() -> None:
    assert AFTER == format_text(BEFORE)
    assert AFTER == format_text(AFTER)


def test_a_comment_never_becomes_part_of_a_text_nor_stands_behind_nothing() -> None:
    text = "events:\n- evidence:\n  - quote: # why\n      null\n  title: # what\n    Talks\n"
    new = 'events:\n  - title: "Talks"  # what\n    evidence:\n      # why\n      - {quote: null}\n'
    assert new == format_text(text)
    assert new == format_text(new)


@pytest.mark.parametrize("end", ["# two\n...\n  # three\n", "# two\n... # three\n", "# two\n...\n# three\n\n"])
def test_what_stands_behind_the_end_of_the_document_stays_last(end: str) -> None:
    text = f"events:  # one\n{end}"
    assert ["# one", "# two", "# three"] == said(format_text(text))
    assert format_text(text) == format_text(format_text(text))


def test_line_ends_byte_order_mark_and_final_newline(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf# all\r\nmodel: {id: a, title: A} # here")
    assert b"# all\nmodel: {id: a, title: A}  # here\n" == format_file(path).new


def test_an_empty_file_stays_empty() -> None:
    assert "" == format_text("")
    assert "# nothing\n" == format_text("\n\n# nothing\n\n\n")


def test_what_is_made_for_a_new_record_is_canonical() -> None:
    body: dict[str, Data] = {
        "evidence": [{"source": "a", "lines": "1"}],
        "date": "2024",
        "actor": "uk",
        "note": "x " * 90 + "x",
        "until": None,
        "if": [],
        "proposal": "plan",
        "position": "open",
    }
    text = "stances:\n" + block("stances", None, body)
    assert text == format_text(text)
    assert {key: one for key, one in body.items() if one} == parse(text, "a.yaml").data["stances"][0]  # type: ignore[index]


# -- the command -----------------------------------------------------------------------------------------------


def test_what_is_shipped_is_canonical() -> None:
    result = ask("fmt", "--check", "graphs", "seeds", "examples")
    assert ("", 0) == (result.stdout, result.exit_code)
    assert 0 == ask("fmt", "--check").exit_code


def test_check_lists_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    model, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    model.write_text(f"{HEADER}actors: {{uk: {{kind: state, name: UK}}}}\n")
    other.write_text("proposals:\n  plan: {title: Plan}\n")
    result = ask("fmt", "--check", "-m", tmp_path)
    assert (f"{model}\n", 1) == (result.stdout, result.exit_code)
    assert "1 file would be formatted, 1 canonical already\n" == result.stderr
    assert f"{HEADER}actors: {{uk: {{kind: state, name: UK}}}}\n" == model.read_text()
    assert 1 == ask("fmt", "--diff", "--check", "-m", tmp_path).exit_code
    result = ask("fmt", "--diff", "-m", tmp_path)
    assert "-actors: {uk: {kind: state, name: UK}}\n+\n+actors:\n+  uk: {name: UK, kind: state}\n" in result.stdout
    assert 0 == result.exit_code
    result = ask("fmt", "-m", tmp_path)
    assert ("", 0) == (result.stdout, result.exit_code)
    assert f"formatted {model}\n1 file formatted, 1 canonical already\n" == result.stderr
    assert f"{HEADER}\nactors:\n  uk: {{name: UK, kind: state}}\n" == model.read_text()
    assert ("", 0) == (ask("fmt", "--check", "-m", tmp_path).stdout, 0)


def test_what_a_model_includes_is_formatted_with_it(tmp_path: Path) -> None:
    graphs, seeds = tmp_path / "graphs", tmp_path / "seeds"
    graphs.mkdir()
    seeds.mkdir()
    (graphs / "a.yaml").write_text("model: {id: a, title: A, include: [../seeds]}\n")
    (seeds / "s.yaml").write_text("sources: {s: {published: '2024', title: T, publisher: P}}\n")
    assert f"{seeds / 's.yaml'}\n" == ask("fmt", "--check", "-m", graphs / "a.yaml").stdout


def test_a_file_with_problems_is_left_alone_and_the_others_are_not(tmp_path: Path) -> None:
    good, bad, wrong = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml"
    good.write_text("model:   {id: a, title: A}\n")
    bad.write_text("actors: {uk: {kind: state\n")
    wrong.write_text("actors:   {uk: {kind: stat, name: UK}}\n")
    result = ask("fmt", "-m", tmp_path)
    assert 1 == result.exit_code
    assert HEADER == good.read_text()
    assert "actors: {uk: {kind: state\n" == bad.read_text()
    assert "actors:   {uk: {kind: stat, name: UK}}\n" == wrong.read_text()
    assert f"{bad}:2:1: AG003 " in result.stderr
    assert f"{wrong}:1:23: AG014 " in result.stderr
    assert "1 file formatted, 0 canonical already, 2 not touched because of problems\n" in result.stderr


def test_an_unknown_name_does_not_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("proposals: {plan: {entails: [nobody-knows], title: Plan}}\n")
    assert 0 == ask("fmt", path).exit_code
    assert "proposals:\n  plan: {title: Plan, entails: [nobody-knows]}\n" == path.read_text()


def test_wrong_paths(tmp_path: Path) -> None:
    result = ask("fmt", tmp_path / "nowhere.yaml")
    assert 2 == result.exit_code
    assert "No such file" in result.stderr
    assert 2 == ask("fmt", "-m", tmp_path / "nowhere").exit_code
    (tmp_path / "a.yaml").write_text("model: {id: a, title: A, include: [nowhere]}\n")
    result = ask("fmt", "-m", tmp_path)
    assert 1 == result.exit_code
    assert "AG008" in result.stderr


def test_through_a_pipe() -> None:
    result = ask("fmt", "-", stdin="actors: {uk: {kind: state, name: Élysée}}")
    assert ("actors:\n  uk: {name: Élysée, kind: state}\n", 0) == (result.stdout, result.exit_code)
    result = ask("fmt", "-", stdin="actors: [")
    assert ("", 1) == (result.stdout, result.exit_code)
    assert "stdin:" in result.stderr


# -- writing ---------------------------------------------------------------------------------------------------


def test_a_crash_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("model: {title: A, id: a}\n")

    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device", "a.yaml")

    for step in ("replace", "fsync"):
        with monkeypatch.context() as patched:
            patched.setattr(os, step, crash)
            result = ask("fmt", path)
        assert 1 == result.exit_code
        assert "cannot go on: a.yaml: No space left on device" in result.stderr
        assert ["a.yaml"] == os.listdir(tmp_path)  # noqa: PTH208
        assert "model: {title: A, id: a}\n" == path.read_text()


def test_permissions_stay_and_links_are_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    path.write_text("model: {title: A, id: a}\n")
    path.chmod(0o640)
    link.symlink_to(path)
    assert 0 == ask("fmt", link).exit_code
    assert link.is_symlink()
    assert (HEADER, 0o640) == (path.read_text(), stat.S_IMODE(path.stat().st_mode))


def test_what_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("model: {title: A, id: a}\n")
    formatted = format_file(path)
    path.write_text("model: {title: B, id: a}\n")
    with pytest.raises(OSError, match="has changed since it was read"):
        formatted.write()
    assert "model: {title: B, id: a}\n" == path.read_text()


@pytest.mark.parametrize("wrong", ["model: {id: a, title: B}\n", "model: [\n", "model: {id: a, title: A}\n"])
def test_a_form_that_says_something_else_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("model: {title: A, id: a} # said\n")
    monkeypatch.setattr(formatter, "document", lambda *_: wrong)
    result = ask("fmt", path)
    assert 1 == result.exit_code
    assert f"{path}: left as it is: its canonical form would not say the same" in result.stderr
    assert "model: {title: A, id: a} # said\n" == path.read_text()


def test_what_loads_is_the_same(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same every time
    source = (ROOT / "examples" / "minimal.yaml").read_text(encoding="utf-8")
    path = tmp_path / "a.yaml"
    data = parse(source, "a.yaml").data
    path.write_text(Layout(chance).text(shuffled(chance, data)), encoding="utf-8")
    before = load_model(path)
    assert 0 == ask("fmt", path).exit_code
    after = load_model(path)
    assert (before.header, before.actors, before.records, before.sources) == (
        after.header,
        after.actors,
        after.records,
        after.sources,
    )
