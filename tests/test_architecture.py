"""The house: imports point down, heavy libraries stay in their rooms, a warm answer is light."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from actorgraph.exchange.formats import IN, OUT

PACKAGE = Path(__file__).parent.parent / "actorgraph"

HOUSE = (
    "base",
    "model",
    "ledger",
    "engines",
    "questions",
    "graph",
    "analysis",
    "render",
    "explorer",
    "curate",
    "exchange",
    "serve",
    "cli",
)
"""The packages, from the ground up: each imports only from itself and from those before it. The base is the modules
that stand in no package; the door (`__init__`, `__main__`) opens on all of them."""

BASE = {
    "asked_dates",
    "atomic",
    "dates",
    "errors",
    "everyday",
    "gc_pause",
    "names",
    "progress",
    "pasting",
    "problem_codes",
    "reading_ahead",
    "replacing",
    "vocabulary",
    "written_amounts",
    "written_cells",
    "written_dates",
    "written_numbers",
    "written_rows",
}

ROOMS = {
    "analysis": ("words", "counting", "measured", "camps", "over_time", ""),
    "exchange": ("formats", "exporting", "importing", "sheets", "", "compiled"),
}
"""The rooms of a package, from the ground up: each imports only from itself and from those before it. Modules that lie
in no room and are not named stand together in the nameless one, as the formats and the commands that measure do."""

LIBRARIES = {
    "yaml": {"model/reader"},
    "pydantic": {"model", "curate/canonical", "curate/fields"},
    "pydantic_core": {"model/loader", "model/messages", "ledger/codec"},
    "networkx": {"graph", "analysis"},
    "numpy": {"graph/layout", "analysis"},
    "scipy": {"analysis"},
    "matplotlib": {"render"},
    "pyvis": {"explorer"},
    "jinja2": {"explorer"},
    "markupsafe": {"explorer/html"},
    "resvg_py": {"explorer/card_files"},
    "bibtexparser": {"exchange/importing/bibtex_entries"},
    "pylatexenc": {"exchange/importing/bibtex_entries"},
    "pyarrow": {"exchange/parquet"},
    "pandas": {"questions/frames", "questions/listing"},
    "polars": {"questions/frames", "questions/listing"},
    "click": {"cli", "curate/prompts"},
    "prompt_toolkit": {"curate/prompts"},
    "sqlite3": {"ledger", "exchange/importing/dna_database"},
    "duckdb": {"engines/duckdb"},
    "pyspark": {"engines/spark", "engines/spark_session"},
    "py4j": {"engines/spark_session"},
    "platformdirs": {"ledger/cache"},
    "subprocess": {"ledger/git"},
    "watchfiles": {"serve"},
    "pypdf": {"questions/pdf"},
    "wcwidth": {"render/wrapping"},
    "openpyxl": {"exchange/xlsx"},
}
"""Where a foreign library may be imported, or another program be run; questions/listing takes only the type of a
frame."""

FILES = {
    "model/files": "models",
    "model/paths": "the headers of several models, to find the default one",
    "ledger/cache": "kept ledgers",
    "engines/csv_files": "tables of statements, to find the line at fault",
    "engines/duckdb": "rows on their way to DuckDB",
    "engines/folder": "manifests of folders of holdings",
    "engines/table_engine": "how Parquet files begin and end, where one cannot be read",
    "engines/scratch": "which process a scratch folder belongs to",
    "cli/output": "nothing, which takes the place of standard output when that has ended",
    "atomic": "whatever is written, whole or not at all",
    "replacing": "files that change together, and the journal of that",
    "questions/documents": "the reader's own copies",
    "explorer/assets": "its own templates, style and script",
    "curate/add": "a document's checksum",
    "curate/changeset": "the files of a model that change by hand",
    "curate/init": "the starter model",
    "exchange/zotero": "the libraries of reference managers",
    "exchange/csv": "sheets that come in",
    "exchange/sheets/mapping": "how sheets are read",
    "exchange/importing/edited_tables": "the tables of a data package that is exported again",
    "exchange/importing/merge": "the files of a model into which others are merged",
    "exchange/importing/packaged": "the tables of data packages",
    "exchange/sheets/signed_ties": "tables of signed ties",
    "exchange/sheets/positions": "sets of positions that are matched",
    "exchange/importing/un_tables": "tables of UN votes",
    "exchange/xlsx": "workbooks that come in",
}
"""Where files are read or written, and which."""


def place(path: Path) -> str:
    """Return where a module stands, as `package/module`, or its name alone in the base."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def package(place: str) -> str:
    """Return the package of a module or of a module's import, the base for what stands in none."""
    first = place.replace(".", "/").partition("/")[0]
    return "base" if first in BASE else first


def within(place: str, places: set[str]) -> bool:
    """Whether a module is one of these, or in a package that is."""
    return place in places or package(place) in places


@cache
def tree_of(path: Path) -> ast.Module:
    """Return what a file says, read once for all who ask."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Return every module that a file imports, wherever in it."""
    modules: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            module = str(node.module)
            is_ours = module.partition(".")[0] == PACKAGE.name
            is_package = is_ours and (PACKAGE.parent / module.replace(".", "/")).is_dir()
            modules.update(f"{module}.{alias.name}" if is_package else module for alias in node.names)
    return modules


def libraries(path: Path) -> set[str]:
    """Return the libraries that a file imports and that are to have a room, by their first name."""
    ours_and_python = {"actorgraph", *sys.stdlib_module_names} - {"sqlite3", "subprocess"}
    return {name.split(".")[0] for name in imports(path)} - ours_and_python


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE or not path.stem.startswith("__")]


def test_every_module_stands_in_the_house() -> None:
    assert set(HOUSE) == {package(place(path)) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_point_down(path: Path) -> None:
    here = package(place(path))
    ours = {name.removeprefix("actorgraph.") for name in imports(path) if name.startswith("actorgraph.")}
    packages = {package(name) for name in ours if not name.startswith("__")}
    assert set() == packages - set(HOUSE[: HOUSE.index(here) + 1]), f"{here} may not import what stands above it"


def room(place: str) -> str:
    """Return the room of a module of a package that has rooms, or of such a module's import."""
    house, _, rest = place.replace(".", "/").partition("/")
    first = rest.partition("/")[0]
    return first if first in ROOMS[house] else ""


@pytest.mark.parametrize("path", [path for path in MODULES if package(place(path)) in ROOMS], ids=place)
def test_imports_among_rooms_point_down(path: Path) -> None:
    here = package(place(path))
    ours = {name for name in imports(path) if name.startswith(f"actorgraph.{here}.")}
    rooms = ROOMS[here]
    above = rooms[rooms.index(room(place(path))) + 1 :]
    assert set() == {name for name in ours if room(name.removeprefix("actorgraph.")) in above}


def test_beside_its_rooms_exchange_holds_formats_alone() -> None:
    """So that a format is found by a look at the folder: each is a module there, and hardly anything else is."""
    modules = {path.stem for path in (PACKAGE / "exchange").glob("*.py")} - {"__init__"}
    formats = {known.name.replace("-", "_") for known in (*IN, *OUT)}
    assert modules == formats | {"formats", "compiled"}


@pytest.mark.parametrize("house", ROOMS)
def test_each_room_is_a_folder_or_a_module(house: str) -> None:
    named = set(ROOMS[house]) - {""}
    folders = {path.parent.name for path in (PACKAGE / house).glob("*/__init__.py")}
    assert folders == {name for name in named if not (PACKAGE / house / f"{name}.py").exists()}


def test_a_class_has_a_name_of_its_own() -> None:
    """Two public classes of one name would make a reader ask which of them is meant."""
    bodies = [(place(path), tree_of(path).body) for path in MODULES]
    homes = defaultdict(list)
    for here, body in bodies:
        for node in body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(here)
    assert {} == {name: places for name, places in homes.items() if len(places) > 1}


MOST_BY_POSITION = 6
"""How many arguments of a class of ours are told apart by where they stand; `*head` counts as one of them."""

HOT_PATHS = {
    "ledger/holdings": "every holding of a model is made here, and every record in one",
    "ledger/inference": "as many again",
}
"""Where a keyword would cost what makes it clear, since so much is made there."""


def test_what_has_many_fields_names_them() -> None:
    """Of ten neighbours of one type two can change places without a word from anybody, unless each is named."""
    trees = {place(path): tree_of(path) for path in MODULES}
    nodes = [(here, node) for here, tree in trees.items() for node in ast.walk(tree)]
    ours = {node.name for _, node in nodes if isinstance(node, ast.ClassDef)}
    many = {
        (here, node.func.id)
        for here, node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours
        if len(node.args) > MOST_BY_POSITION
    }
    assert set() == {(here, name) for here, name in many if here not in HOT_PATHS}
    assert set(HOT_PATHS) == {here for here, _ in many}, "nothing is made by position there any more"


MIRRORED = {
    **dict.fromkeys(("IN", "OUT", "guess", "read", "read_items", "write"), "what every format has"),
    **dict.fromkeys(("CONTESTED", "POSSIBLE"), "of counts and of undertakings alike: what they do not sum up"),
    **dict.fromkeys(("FOR", "AGAINST", "BETWEEN"), "a side: its positions, what it is called, its colour"),
    "MIRROR": "of changes and of corrections alike: what each is, told the other way round",
    "in_order": "of problems, rows and changes alike: sorted as they are told",
    "in_force_from": "a rule, and the same in SQL",
    **dict.fromkeys(("check", "serve"), "a command is called as what it asks for"),
}
"""The names that stand in several places for one thing, and why they do."""


def public_names(path: Path) -> Iterator[str]:
    """Yield the functions, classes and constants that a module defines for others."""
    for node in tree_of(path).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        else:
            continue
        yield from (name for name in names if not name.startswith("_"))


def homes_of_names(room: str) -> dict[str, set[str]]:
    """Return where the public names are defined that modules of a package define, or import from anywhere in the house.

    An overloaded function is defined several times in its module, and is one.
    """
    defined = {place(path): set(public_names(path)) for path in MODULES}
    homes = defaultdict(set)
    for path in MODULES:
        if package(place(path)) != room:
            continue
        for name in defined[place(path)]:
            homes[name].add(place(path))
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom):
                home = str(node.module).removeprefix("actorgraph.").replace(".", "/")
                for alias in node.names:
                    if alias.name in defined.get(home, ()):
                        homes[alias.asname or alias.name].add(home)
    return homes


@pytest.mark.parametrize("room", HOUSE)
def test_a_name_means_one_thing_in_a_package(room: str) -> None:
    """Whether it is defined there or comes from elsewhere: who reads a package meets one thing of a name."""
    several = {name: homes for name, homes in homes_of_names(room).items() if len(homes) > 1}
    assert {} == {name: homes for name, homes in several.items() if name not in MIRRORED}


def test_what_is_mirrored_stands_in_several_places() -> None:
    several = {name for room in HOUSE for name, homes in homes_of_names(room).items() if len(homes) > 1}
    assert set(MIRRORED) == several & set(MIRRORED)


def test_no_circles() -> None:
    ours = {place(path): {name for name in imports(path) if name.startswith("actorgraph.")} for path in MODULES}
    needs = {
        here: {name.removeprefix("actorgraph.").replace(".", "/") for name in names} for here, names in ours.items()
    }
    TopologicalSorter({here: names & set(needs) for here, names in needs.items()}).prepare()


@pytest.mark.parametrize("path", [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE], ids=place)
def test_a_package_opens_on_nothing(path: Path) -> None:
    (sentence,) = tree_of(path).body
    assert isinstance(sentence, ast.Expr), "imports stay lazy, so a package holds a sentence and nothing else"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_each_library_has_its_room(path: Path) -> None:
    foreign = libraries(path)
    assert set() == {name for name in foreign if not within(place(path), LIBRARIES.get(name, set()))}


def test_each_room_has_its_library() -> None:
    imported = {place(path): libraries(path) for path in MODULES}
    importers = {name: {here for here, names in imported.items() if name in names} for name in LIBRARIES}
    empty = {
        (name, room)
        for name, rooms in LIBRARIES.items()
        for room in rooms
        if not any(within(here, {room}) for here in importers[name])
    }
    assert set() == empty, "nothing in these rooms imports the library any more"


def test_who_reads_and_writes_files() -> None:
    calls = [(place(path), node) for path in MODULES for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    methods = {"read_bytes", "read_text", "write_bytes", "write_text"}
    openers = {here for here, call in calls if isinstance(call.func, ast.Name) and call.func.id == "open"}
    openers |= {here for here, call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in methods}
    # Whoever opens a path or a gzip says how; the model that is asked for is opened without a word.
    how = [(here, call.func) for here, call in calls if call.args]
    openers |= {here for here, called in how if isinstance(called, ast.Attribute) and called.attr == "open"}
    assert set(FILES) == openers


STAND_INS = {"one", "found", "told", "each"}
"""What stands for a thing in a line of a comprehension only; any other local has a noun of the domain."""


def stand_ins(path: Path) -> set[str]:
    """Return the stand-ins that a module binds elsewhere than in a line of a comprehension: locals and parameters."""
    tree = tree_of(path)
    lines = [
        generator.target
        for node in ast.walk(tree)
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp))
        and node.lineno == node.end_lineno
        for generator in node.generators
    ]
    fields = [
        statement.target
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign)
    ]
    apart = {name for target in (*lines, *fields) for name in ast.walk(target)}
    bound = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in apart
    }
    return STAND_INS & (bound | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)})


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_a_local_is_a_noun_of_the_domain(path: Path) -> None:
    assert set() == stand_ins(path)


@pytest.mark.parametrize("path", [path for path in MODULES if package(place(path)) == "render"], ids=place)
def test_render_asks_nothing(path: Path) -> None:
    """Without a ledger nothing can be asked: an answer carries all that its tables show."""
    nodes = list(ast.walk(tree_of(path)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not names & {"Ledger", "load", "editions", "sqlite3"}
    assert set() == {name for name in imports(path) if name.startswith("actorgraph.ledger")} - {
        "actorgraph.ledger.things"
    }


def loaded_by(*arguments: str) -> set[str]:
    """Return the modules that a command line has imported when it ends."""
    program = (
        "import sys\n"
        "from actorgraph.cli.main import cli\n"
        f"cli({list(arguments)!r}, standalone_mode=False)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "question",
    [
        ("who", "opposes", "harbour"),
        ("what", "fishers-union", "--format", "json"),
        ("diff", "2025", "2026-03"),
        ("list", "actors"),
        ("show", "harbour"),
        ("who", "any", "harbour", "--known-by", "2026-01"),
        ("who", "any", "harbour", "--min-grade", "B6", "--without", "Open letter"),
    ],
    ids=" ".join,
)
def test_a_warm_answer_imports_little(
    question: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    arguments = (*question, "--model", "examples/minimal.yaml")
    heavy = {"yaml", "pydantic", "networkx", "pyvis", "rich", "numpy", "jinja2", "platformdirs", "wcwidth"}
    heavy |= {"pathlib", "urllib"}
    assert {"yaml", "pydantic"} <= loaded_by(*arguments), "the first answer builds the ledger"
    assert set() == loaded_by(*arguments) & heavy
    assert "click" in loaded_by(*arguments)


PRIVATE_LIMIT = re.compile(r"(?:.*\.)?_[A-Z][A-Z_0-9]*")


def test_tests_lower_limits_that_say_what_they_are() -> None:
    """A limit that a test lowers is for others, too: a public constant, with a line on what it is."""
    private = {
        (path.name, name.value)
        for path in Path(__file__).parent.rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setattr"
        for name in node.args[:2]
        if isinstance(name, ast.Constant) and PRIVATE_LIMIT.fullmatch(str(name.value))
    }
    assert set() == private


TESTED_ELSEWHERE = {
    **dict.fromkeys(
        (
            *("engines/conditional", "engines/contests", "engines/frame", "engines/opening", "engines/possible"),
            *("engines/left_out", "engines/records", "engines/sql", "engines/stray"),
        ),
        "tests/engines/test_compile.py and test_holdings.py ask what they make, and compare",
    ),
    "engines/table_engine": "a protocol: tests/engines/test_duckdb.py and test_spark.py hold engines to it",
    **dict.fromkeys(
        (
            "analysis/over_time/series_measures",
            "analysis/over_time/stops",
            "analysis/over_time/tracing",
            "analysis/over_time/yardsticks",
        ),
        "test_series holds every number of a series",
    ),
    "analysis/words": "words alone; tests/test_reference.py lists them",
    "analysis/measured": "the test of every measure asks for its answer",
    "render/measured": "the test of every measure shows it",
    "render/pictures": "the test of every measure draws",
    "cli": "a command parses and prints; tests/cli/test_main.py and the tests of its question and its rendering ask it",
    "curate/canonical": "test_fmt holds the whole of fmt",
    "curate/comments": "test_fmt holds the whole of fmt",
    "curate/draft": "test_add and test_revise make drafts, and doubts",
    "curate/prompts": "test_add answers the prompts",
    **dict.fromkeys(
        ("errors", "problem_codes"),
        "tests/model/test_rules.py and test_warnings.py expect every code, tests/bad its message",
    ),
    **dict.fromkeys(
        ("exchange/card", "exchange/formats", "exchange/gexf", "exchange/graphml", "exchange/html"),
        "tests/cli/test_main.py exports every format",
    ),
    "exchange/exporting/again": "tests/explorer/test_card.py and tests/render/test_report.py run the command",
    "exchange/sheets/cell_texts": "test_sheet, test_coded and test_side_tables read cells of every kind",
    "exchange/sheets/cited_sources": "test_sheet reads rows that complete and contradict each other",
    "exchange/importing/decoding": "test_csv, test_zotero and test_packaged read files of every encoding",
    "exchange/importing/dna_database": "test_dna reads databases of every kind",
    "exchange/sheets/coded_sources": "test_coded asks for sources of every kind",
    "exchange/node_link": "tests/graph/test_node_link.py",
    "exchange/json": "tests/cli/test_main.py exports every format",
    "exchange/importing/edited_tables": "test_datapackage exports into folders that somebody edited",
    "exchange/importing/placed_errors": "test_merge and test_csv break models",
    "exchange/report": "tests/render/test_report.py and tests/explorer/test_report.py read reports",
    "exchange/sheets/taken_in": "test_table_source and test_compiled ask what was taken in, and kept",
    "exchange/sheets/sheet_actors": "test_sheet names actors of every kind",
    "exchange/sheets/sheet_rows": "test_sheet, test_csv and test_xlsx read sheets of every kind",
    "exchange/sheets/row_check": "test_sheet reads rows that a model would refuse",
    "exchange/importing/un_tables": "test_un_votes reads tables of every kind",
    "explorer/card_files": "test_card reads the files",
    **dict.fromkeys(("explorer/card_data", "explorer/card_html", "explorer/card_picture"), "test_card sets every card"),
    "explorer/csp": "test_html reads the page that it guards",
    "explorer/keys": "test_html reads the page that bears them",
    "explorer/words": "test_mirrored and test_js compare them with the page's",
    "ledger/git": "test_revision asks git for revisions of every kind",
    "ledger/schema": "test_sql holds questions to its columns, test_store asks its tables",
    "ledger/tables": "test_store asks the tables",
    "ledger/things": "test_store asks for things and positions of every kind",
    "model/files": "test_loader reads from a disk, tests/ledger/test_revision.py from a revision",
    "model/messages": "test_reader and tests/bad expect every message",
    "model/paths": "test_loader names models by every path",
    "progress": "tests/cli/test_progress.py",
    "exchange/importing/matching": "test_merge",
    "questions/about": "test_envelope",
    "questions/behind": "test_rows reads what is behind them",
    "questions/cells": "tests/render compares tables, CSV and Markdown with what is in them",
    "questions/courses": "tests/graph/test_over_time.py compares it with every day",
    "questions/check": "tests/cli/test_check.py",
    "questions/kinds_of_change": "test_changes has examples of every kind",
    "questions/listing": "test_envelope asks every answer for the manners of a sequence",
    "questions/relations": "test_who and tests/graph/test_networks.py",
    "questions/snapshot": "tests/graph/test_networks.py",
    "questions/view": "tests/cli/test_main.py asks every command for every option",
    "serve/preview": "test_server edits files while it is served",
    "vocabulary": "words alone; tests/test_reference.py lists them",
}
"""The modules without a test module of their own, and what tests them in its stead."""


def test_every_module_has_its_tests() -> None:
    """`tests/<package>/test_<module>.py` tests the module of that name, but for the exceptions named above."""
    tests = Path(__file__).parent
    bare = {
        place(path)
        for path in MODULES
        if not path.stem.startswith("__")
        and not (tests / path.relative_to(PACKAGE).with_name(f"test_{path.stem}.py")).is_file()
    }
    untested = sorted(module for module in bare if not within(module, set(TESTED_ELSEWHERE)))
    assert [] == untested, "add tests/<package>/test_<module>.py, or say in TESTED_ELSEWHERE what tests it"
    needless = sorted(key for key in TESTED_ELSEWHERE if key not in HOUSE and key not in bare)
    assert [] == needless, "these have a test module of their own, or are no more"
