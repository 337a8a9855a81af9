"""The page's scripts: their own tests under Node, their types, and how the modules hang together."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from nodes import node

ROOT = Path(__file__).parent.parent.parent
TESTS = ROOT / "tests/explorer"
TYPESCRIPT = TESTS / "node_modules/typescript/bin/tsc"

IMPORT = re.compile(r'^import \{[^{}"]*\} from "\./([\w-]+\.js)";$', re.MULTILINE)
ANY_IMPORT = re.compile(r"^\s*(?:import\b|export\s*(?:\*|\{[^{}]*\})\s*from\b)", re.MULTILINE)
MARKUP = re.compile(
    r"\b(?:innerHTML|insertAdjacentHTML|document\.write(?:ln)?|eval|new Function)\b"
    r"|\bouterHTML\s*\W?=(?!=)"  # to read it is to have a text
    r"|setAttribute\(\s*[\"'`]style\b"
)


@pytest.fixture
def modules() -> dict[str, str]:
    """The text of every module, by its name."""
    found = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "actorgraph/explorer/js").glob("*.js")}
    if not found:
        pytest.skip("modules missing")
    return found


@pytest.mark.usefixtures("modules")
def test_the_scripts_own_tests_pass() -> None:
    tests = sorted(str(path.relative_to(ROOT)) for path in TESTS.glob("*.test.js"))
    if not tests:
        pytest.skip("tests missing")
    # Inside the package no package.json says that these are modules: Node sees it, and remarks on it.
    node("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test", "--test-reporter=spec", *tests)


@pytest.mark.usefixtures("modules")
def test_the_scripts_types_are_right() -> None:
    if not TYPESCRIPT.exists():
        pytest.skip("typescript missing")
    node(str(TYPESCRIPT), "--project", str(TESTS), "--pretty", "false")


def test_imports_are_of_one_form_and_of_what_exists(modules: dict[str, str]) -> None:
    """The page is put together from the text of these imports."""
    for name, text in modules.items():
        imported = IMPORT.findall(text)
        assert len(ANY_IMPORT.findall(text)) == len(imported), f'{name}: import {{ … }} from "./other.js"; only'
        assert set() == set(imported) - set(modules), name


def test_modules_hang_together_without_a_circle(modules: dict[str, str]) -> None:
    graph = {name: set(IMPORT.findall(text)) for name, text in modules.items()}
    TopologicalSorter(graph).prepare()  # raises an error that names the circle
    entries = {"main.js", "live.js"}  # what is exported, and what a served page has besides
    assert set(modules) == entries.union(*graph.values())


def test_no_module_writes_markup_or_runs_text(modules: dict[str, str]) -> None:
    """Text enters as text: what a model holds can never run."""
    assert {} == {name: found for name, text in modules.items() if (found := MARKUP.findall(text))}


def test_no_text_goes_on_in_another_line(modules: dict[str, str]) -> None:
    """The page has the scripts without their indentation, which would be part of such a text."""
    for name, text in modules.items():
        assert [] == [line for line in text.splitlines() if line.count("`") % 2], name
