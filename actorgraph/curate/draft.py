"""A record that is to be added, and the doubt that keeps a file from being written."""

from collections.abc import Mapping
from typing import NamedTuple

from actorgraph.errors import ActorgraphError
from actorgraph.model.reader import Data


class Draft(NamedTuple):
    """A record to be added: its section, the id under which it stands (None in a list), and its keys and values.

    Values are as YAML holds them: texts, lists of texts, and for `evidence` a list of mappings.
    """

    section: str
    key: str | None
    body: Mapping[str, Data]


class Doubt(ActorgraphError):  # noqa: N818 - it is no error in the data; it is why nothing is written
    """A file to which nothing can be added without a person's eye."""
