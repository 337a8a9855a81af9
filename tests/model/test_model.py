"""A whole model: its records, and from when they count."""

from actorgraph.dates import OPEN
from actorgraph.model.model import Joint, Model, entries
from actorgraph.model.records import Header, Relation, Source, Stance


def test_a_model_counts_stances_commitments_and_relations_as_records() -> None:
    relation = Relation.model_validate({"actor": "uk", "relation": "leads", "to": "nato", "since": "2024"})
    assert (relation,) == Model(Header(id="m", title="T"), relations=(relation,)).records


def test_a_source_that_is_not_there_came_out_on_no_day() -> None:
    model = Model(Header(id="m", title="T"), sources={"paper": Source(title="P", publisher="P", published="2024-05")})
    assert (20240531, OPEN, 1) == (model.published("paper"), model.published("letter"), model.published("letter", 1))


def test_a_joint_statement_is_one_entry() -> None:
    said = {"proposal": "plan", "position": "open", "date": "2024", "evidence": [{"source": "paper"}]}
    stances = tuple(Stance.model_validate({**said, "id": f"{actor}.1", "actor": actor}) for actor in ("uk", "fr", "it"))
    joint = dict.fromkeys(("uk.1", "fr.1"), Joint("uk.1", ("uk", "fr")))
    model = Model(Header(id="m", title="T"), stances=stances, joint=joint)
    assert (2, 0, 0) == tuple(entries(model, section) for section in ("stances", "commitments", "actors"))
