"""Models that read the same files: what one of them renames or removes, the other is not left to find out."""

import shutil
from pathlib import Path

from asking import ask

SOURCE = "valley-courier-2026-03-14"


def another(town: Path) -> None:
    """Put another model beside a town that reads the same sources."""
    shutil.copytree(town, town.parent / "my hamlet")
    header = town.parent / "my hamlet/model.yaml"
    header.write_text(header.read_text("utf-8").replace("id: town", "id: hamlet"), "utf-8")


def test_a_renaming_tells_which_other_model_it_breaks(town: Path) -> None:
    another(town)
    told = (
        "graphs/my hamlet reads seeds/valley-courier-2026-03-14.yaml, too: 4 new errors there (`actorgraph check 'graph"
    )
    for option in (["--dry-run"], []):
        result = ask("rename", SOURCE, "courier", "--model", town, *option)
        assert (0, True) == (result.exit_code, told in result.stderr), result.stderr
    quiet = ask("rename", "traders", "sellers", "--model", town)
    assert (0, False) == (quiet.exit_code, "hamlet" in quiet.stderr)


def test_a_removal_that_breaks_another_model_needs_force(town: Path) -> None:
    another(town)
    removing = ("remove", SOURCE, "--with-dependents", "--yes", "--model", town)
    refused = ask(*removing)
    assert (1, True) == (refused.exit_code, "graphs/my hamlet reads seeds" in refused.stderr)
    assert "nothing was written\n" in refused.stderr
    assert 0 == ask(*removing, "--force").exit_code
