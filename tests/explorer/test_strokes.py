"""How positions, actors and proposals are drawn: no two words alike, and each to be seen on the page."""

import re
from pathlib import Path
from typing import get_args

import pytest

from actorgraph.explorer.drawing import SHAPES, STROKES
from actorgraph.explorer.words import TIES
from actorgraph.vocabulary import POSITIONS, STAGES, ActorKind, Tie


def test_every_word_of_the_vocabulary_has_its_looks() -> None:
    assert set(STROKES) == {*POSITIONS, *STAGES}
    assert set(SHAPES) == {*get_args(ActorKind), "proposal"}
    assert set(TIES) == {*get_args(Tie), "part-of", "entails", "excludes", "succeeds", "by"}


def test_colour_never_stands_alone() -> None:
    looks = {(stroke.dash, stroke.width, stroke.head) for stroke in STROKES.values()}
    assert len(looks) == len(STROKES)


@pytest.mark.parametrize("word", STROKES)
def test_a_broken_line_looks_broken(word: str) -> None:
    stroke = STROKES[word]
    assert all(gap > stroke.width for gap in stroke.dash[1::2])
    assert word in ("supports", "delivers") or stroke.dash, "solid are what is supported and what is done"


def inks() -> dict[str, dict[str, str]]:
    """Return the colours of base.css, by theme: `light` and `dark`."""
    text = Path("actorgraph/explorer/css/base.css").read_text(encoding="utf-8")
    light, dark = (
        re.search(rf"{start} {{(.*?)}}", text, re.DOTALL) for start in (":root", ':root\\[data-theme="dark"\\]')
    )
    assert light
    assert dark
    colours = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1])) for found in (light, dark)]
    return dict(zip(("light", "dark"), colours, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted(map(luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ink", [*sorted({stroke.ink for stroke in STROKES.values()}), "edge"])
def test_lines_stand_out_from_the_page(theme: str, ink: str) -> None:
    """Lines are drawn in full ink where nothing is compared: scene.test.js holds that."""
    colours = inks()[theme]
    assert contrast(colours[ink], colours["paper"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_of_agreement_stand_out_though_they_are_not_opaque(theme: str) -> None:
    script = Path("actorgraph/explorer/js/ties.js").read_text(encoding="utf-8")
    strength = float(re.findall(r"const AGREEMENT = ([\d.]+);", script)[0])
    ink, paper = (inks()[theme][name] for name in ("for", "paper"))
    parts = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (ink, paper)]
    mixed = "".join(f"{round(strength * one + (1 - strength) * other):02x}" for one, other in zip(*parts, strict=True))
    assert contrast(f"#{mixed}", paper) >= 3
