"""The other models under one `graphs`: which of them read a file that changes, and what they lose by it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from actorgraph.errors import errors_among
from actorgraph.model.files import Disk
from actorgraph.model.loader import read_model
from actorgraph.model.paths import models, shown
from actorgraph.pasting import as_typed
from actorgraph.questions.check import new_problems
from actorgraph.vocabulary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actorgraph.replacing import Replacement


def broken_beside(model: str, changes: Iterable[Replacement]) -> tuple[str, ...]:
    """Return what to say of each model beside another one that has new errors where files of that change.

    Two models may read the same sources; what one of them renames or removes, the other still names.

    >>> broken_beside("graphs/ukraine-troops", ())
    ()
    """
    edits = {os.path.realpath(change.path): change.new for change in changes}
    real = os.path.realpath(model)
    folder = Path(real).parent
    affected = []
    for other in models(str(folder.parent)) if edits and folder.name == "graphs" else ():
        before = read_model(other)
        read = {os.path.realpath(stamp.path) for stamp in before.stamps}
        if os.path.realpath(other) == real or read.isdisjoint(edits):
            continue
        after = read_model(other, files=Disk(edits))
        errors = errors_among(new_problems(before.problems, after.problems))
        if errors:
            listed = ", ".join(shown(path) for path in sorted(read & edits.keys()))
            check = f"`{as_typed(['actorgraph', 'check', shown(other)])}`"
            affected.append(f"{shown(other)} reads {listed}, too: {counted(len(errors), 'new error')} there ({check})")
    return tuple(affected)
