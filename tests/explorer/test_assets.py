"""What every page is made of: scripts that are one script, and colours that can be told from each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actorgraph.explorer.assets import script

EXPLORER = Path("actorgraph/explorer")
SERVED = {"live", "anew"}
"""The scripts of served pages alone."""

# -- scripts -----------------------------------------------------------------------------------------------

NAMED = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|class|const|let) (?:(\w+)|[\[{]([^=]*?)[\]}] =)", re.MULTILINE
)


def test_modules_stand_after_what_they_import() -> None:
    text = script()
    modules = {path.stem: path.read_text(encoding="utf-8") for path in (EXPLORER / "js").glob("*.js")}
    assert not any(word in text for word in ("EventSource", "sessionStorage")), "these are for served pages alone"
    modules = {name: module for name, module in modules.items() if name not in SERVED}
    place = {name: text.index(_body(module)) for name, module in modules.items()}
    for name, module in modules.items():
        for imported in re.findall(r'^import .* from "\./([\w-]+)\.js";$', module, re.MULTILINE):
            assert place[imported] < place[name], f"{name} stands before {imported}"


def _body(text: str) -> str:
    """Return the first declaration of a module, as the page has it."""
    lines = [line for line in text.splitlines() if re.match(r"(export )?(async )?(function|class|const|let) ", line)]
    return lines[0].removeprefix("export ")


def test_no_name_stands_twice_and_nothing_of_a_module_is_left() -> None:
    text = script()
    # In the script no line is indented: what stands at the top of a module is seen in the module.
    modules = [path.read_text(encoding="utf-8") for path in (EXPLORER / "js").glob("*.js") if path.stem not in SERVED]
    names = [
        one.strip()
        for found in NAMED.findall("\n".join(modules))
        for part in found
        for one in part.split(",")
        if one.strip()
    ]
    assert len(names) > 100
    assert [] == sorted({one for one in names if names.count(one) > 1})
    assert None is re.search(r"^(import|export)\b", text, re.MULTILINE)


def test_comments_and_indentation_stay_behind_and_all_code_is_kept() -> None:
    text = script()
    assert None is re.search(r"^[ \t]*//", text, re.MULTILINE)
    assert "@param" not in text
    assert [] == [line for line in text.splitlines() if line != line.lstrip()]
    code = [
        re.sub("^export ", "", line).lstrip()
        for path in (EXPLORER / "js").glob("*.js")
        if path.stem not in SERVED
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not re.match(r"\s*(//|/\*\*( |$)(?!.*\*/ *\S)|\*|import .* from )", line)
    ]
    assert len(code) > 5000
    assert [] == sorted(set(code) - set(text.splitlines()))


# -- colours -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_inks_stand_out_from_the_paper(scheme: str) -> None:
    colours = _colours(scheme)
    for ink in ("for", "against", "undecided", "neither", "threat", "edge"):
        assert _contrast(colours[ink], colours["paper"]) >= 3, ink
    for ink in ("ink", "soft"):
        assert _contrast(colours[ink], colours["sheet"]) >= 4.5, ink


def test_dark_by_choice_is_dark_as_by_the_system() -> None:
    style = (EXPLORER / "css/base.css").read_text(encoding="utf-8")
    by_system = re.search(r':not\(\[data-theme="light"\]\) \{(.*?)\}', style, re.DOTALL)
    assert by_system
    assert _inks(by_system[1]) == _colours("dark")


def _colours(scheme: str) -> dict[str, str]:
    style = (EXPLORER / "css/base.css").read_text(encoding="utf-8")
    block = {"light": r":root \{(.*?)\}", "dark": r'\n:root\[data-theme="dark"\] \{(.*?)\}'}[scheme]
    found = re.search(block, style, re.DOTALL)
    assert found
    return _inks(found[1])


def _inks(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, after WCAG 2.2."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return sum(part * one for part, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
