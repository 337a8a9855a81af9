"""The house: imports point down, heavy libraries stay in their rooms, a warm answer is light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "actorgraph"

FLOORS = [
    {"errors", "words", "tables", "memory"},
    {"dates", "files", "names", "writing", "fields"},
    {"model", "yamlsrc"},
    {"rules", "explain", "canonical"},
    {"loader", "outline", "nearness"},
    {"formatting", "renaming", "starting", "scrutiny", "reports"},
    {"adding"},
    {"holdings"},
    {"reason"},
    {"build", "cache"},
    {"ledger"},
    {"scenario", "revisions"},
    {"rows"},
    {"query"},
    {"changes"},
    {"history", "disagreement", "documents"},
    {"account", "verification"},
    {"graph", "layout", "wording", "versions"},
    {"explorer", "narrative", "report"},
    {"completion", "asking", "schema", "serving"},
    {"console", "form"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
"""From the ground up: a room imports only from floors below its own. `__init__`, the door, opens on all of them."""

LIBRARIES = {
    "yaml": {"yamlsrc"},
    "pydantic": {"model", "loader", "explain", "build", "canonical"},
    "networkx": {"graph", "layout"},
    "numpy": {"layout"},
    "pyvis": {"explorer"},
    "jinja2": {"explorer"},
    "click": {"cli", "commands", "console", "completion", "asking", "form"},
    "prompt_toolkit": {"asking"},
    "sqlite3": {"build", "cache", "ledger"},
    "platformdirs": {"cache"},
    "subprocess": {"layout", "revisions"},
    "uvicorn": {"serving"},
    "watchfiles": {"serving"},
}
"""Which rooms may import a foreign library (build takes only the type of a record, ledger that of a connection), or run
another program."""


def room(path: Path) -> str:
    """Return the room that a file of the package belongs to."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            module = str(node.module)
            found.update(f"{module}.{one.name}" if module == "actorgraph" else module for one in node.names)
    return found


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__init__.py" or path.parent != PACKAGE]


def floor_of(name: str) -> int:
    """Return how high a room lies."""
    return next(height for height, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = room(path)
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("actorgraph.")}
    rooms = {name for name in ours if not name.startswith("__")} - {here}
    upward = {name for name in rooms if floor_of(name) >= floor_of(here)}
    assert set() == upward, f"{here} imports {upward}, which do not lie below it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_its_room(path: Path) -> None:
    found = {name.split(".")[0] for name in imports(path)} & set(LIBRARIES)
    assert set() == {name for name in found if room(path) not in LIBRARIES[name]}


FILES = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}


def test_who_reads_and_writes_files() -> None:
    calls = [
        (room(path), node.func)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    found = {here for here, called in calls if isinstance(called, ast.Name) and called.id == "open"}
    found |= {here for here, called in calls if isinstance(called, ast.Attribute) and called.attr in FILES - {"open"}}
    expected = {
        "loader": "models",
        "cache": "kept ledgers",
        "writing": "models, whole or not at all",
        "revisions": "what git holds, into a temporary folder",
        "documents": "the reader's own copies",
        "reports": "its own guide to problems",
        "explorer": "its own template, style and script",
        "console": "the answer",
        "adding": "the file that it adds to, and a document's checksum",
        "starting": "the starter model",
    }
    assert set(expected) == found


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
    ],
    ids=" ".join,
)
def test_a_warm_answer_imports_little(
    question: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    arguments = (*question, "--model", "examples/minimal.yaml")
    heavy = {"yaml", "pydantic", "networkx", "pyvis", "rich", "numpy", "jinja2", "platformdirs"}
    assert {"yaml", "pydantic"} <= loaded_by(*arguments), "the first answer builds the ledger"
    assert set() == loaded_by(*arguments) & heavy
    assert "click" in loaded_by(*arguments)
