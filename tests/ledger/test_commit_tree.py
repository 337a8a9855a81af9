"""The tree of a commit: links lead where they led then, and nothing is let out of it."""

import os
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from repositories import HEADER, NAMED, SEEDS, Repo, stances

from actorgraph.errors import ModelError, UsageProblem
from actorgraph.ledger.git import _path_inside
from actorgraph.ledger.revision import load_revision
from actorgraph.questions.who import who

pytestmark = pytest.mark.usefixtures("no_settings")


def test_links_inside_are_followed(repo: Repo) -> None:
    (repo.top / "graphs/y").symlink_to("x")
    (repo.top / "sources").symlink_to("seeds")
    repo.commit("links", **{"graphs/x/model.yaml": HEADER.replace("seeds", "sources") + NAMED})
    for name in ("x", "y"):
        assert "opposes" == load_revision(repo.top / "graphs" / name, "HEAD").holdings()[0].position


@pytest.mark.parametrize(
    "target",
    ["{outside}/s.yaml", "../../../outside/s.yaml", "../../a/b/c/up/../../../../outside/s.yaml", "{top}/seeds/a.yaml"],
    ids=["absolute", "by dots", "by a link and dots", "absolute, into the work tree"],
)
def test_links_that_lead_out_are_not_followed(repo: Repo, tmp_path: Path, target: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/s.yaml").write_text("conditions: {secret: {title: Secret}}\n", encoding="utf-8")
    (repo.top / "a/b/c").mkdir(parents=True)
    (repo.top / "a/b/c/up").symlink_to("../../..")
    (repo.top / "graphs/x/more.yaml").symlink_to(target.format(outside=tmp_path / "outside", top=repo.top))
    repo.commit("a link")
    with pytest.raises(
        ModelError, match=r"HEAD:graphs/x/more.yaml:1:1: AG009 a link that leads out of HEAD:"
    ) as caught:
        load_revision(repo.top / "graphs/x", "HEAD")
    assert 1 == len(caught.value.problems)


def tree(repo: Repo, *entries: tuple[str, str, bytes]) -> str:
    """Return the id of a tree as no `git add` would make it: of (mode, id, name)."""
    lines = b"".join(
        f"{mode} {'tree' if mode == '040000' else 'blob'} {one}\t".encode() + name + b"\0"
        for mode, one, name in entries
    )
    return repo.git("mktree", "-z", given=lines)


@pytest.mark.parametrize("name", [b"..", b"."])
def test_names_of_a_forged_tree_lead_nowhere(repo: Repo, name: bytes, tmp_path: Path) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", given=b"evil")
    inner = tree(repo, ("100644", blob, b"evil.yaml"))
    deep = tree(repo, ("040000", inner, name))
    x = tree(repo, ("040000", deep, name), ("100644", blob, b"m.yaml"))
    graphs = tree(repo, ("040000", x, b"x"))
    commit = repo.git("commit-tree", tree(repo, ("040000", graphs, b"graphs")), "-m", "forged")
    before = {str(one) for one in tmp_path.rglob("*")}
    with pytest.raises(UsageProblem, match=r"is no path that a file may have; `git fsck` shows what is wrong"):
        load_revision(repo.top / "graphs/x", commit)
    added = {str(one) for one in tmp_path.rglob("*")} - before
    assert set() == {one for one in added if "/.git/" not in one}


def test_a_link_and_a_folder_of_one_name_write_nothing_outside(repo: Repo, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    blob = repo.git("hash-object", "-w", "--stdin", given=b"evil: x")
    link = repo.git("hash-object", "-w", "--stdin", given=os.fsencode(outside))
    inner = tree(repo, ("100644", blob, b"evil.yaml"), ("120000", link, b"deeper.yaml"))
    x = tree(repo, ("120000", link, b"d"), ("040000", inner, b"d"), ("100644", blob, b"m.yaml"))
    graphs = tree(repo, ("040000", x, b"x"))
    commit = repo.git("commit-tree", tree(repo, ("040000", graphs, b"graphs")), "-m", "forged")
    with pytest.raises((UsageProblem, ModelError)):
        load_revision(repo.top / "graphs/x", commit)
    assert [] == list(outside.iterdir())
    assert [] == list((tmp_path / "temporary").iterdir())


def test_a_folder_and_a_file_of_one_name_are_refused(repo: Repo) -> None:
    blob = repo.git("hash-object", "-w", "--stdin", given=b"evil: x")
    inner = tree(repo, ("100644", blob, b"a.yaml"))
    forged = tree(repo, ("100644", blob, b"d.yaml"), ("040000", inner, b"d.yaml"))
    commit = repo.git("commit-tree", forged, "-m", "forged")
    with pytest.raises(UsageProblem, match=r":d.yaml is a file and a folder; `git fsck` shows what is wrong"):
        load_revision(repo.top, commit)


@pytest.mark.parametrize("above", ["", "graphs"])
def test_an_include_never_climbs_out_of_the_repository(
    tmp_path: Path, above: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where the temporary folder, or the repository itself, lies in a folder called graphs."""
    repo = Repo(tmp_path / above / "repo")
    temporary = tmp_path / "graphs/temporary"
    temporary.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    for number in range(1, 5):
        outside = temporary.joinpath(*[".."] * (number - 1), "seeds")
        outside.mkdir(exist_ok=True)
        (outside / "a.yaml").write_text(SEEDS, encoding="utf-8")
        header = HEADER.replace("../../seeds", "../" * (number + 1) + "seeds")
        repo.commit(f"{number}", **{"models/x/m.yaml": header + NAMED, "models/x/s.yaml": stances("open")})
        with pytest.raises(ModelError, match=r"AG00[89] the include") as caught:
            load_revision(repo.top / "models/x", "HEAD")
        assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(("kept", "asked"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFC")])
def test_accents_may_be_spelled_otherwise_than_in_the_commit(
    kept: Literal["NFC", "NFD"], asked: Literal["NFC", "NFD"], repo: Repo
) -> None:
    folder, inner = "graphs/modèle", "thèses.yaml"
    header = normalize(asked, HEADER.replace("[../../seeds]", f"[../../seeds, ../../plus-è/{inner}]"))
    committed = {
        normalize(kept, f"{folder}/m.yaml"): header + NAMED,
        normalize(kept, f"plus-è/{inner}"): stances("supports"),
    }
    for path, text in committed.items():
        repo.write(path, text)
    repo.commit("accents")
    ledger = load_revision(repo.top / normalize(asked, folder), "HEAD")
    assert ["supports"] == [row.position for row in who(ledger, "any", "harbour", as_of="2026").rows]


@pytest.mark.parametrize(
    ("path", "top", "inside"),
    [
        ("/u/mode\u0301le/graphs", "/u/mod\u00e9le", "graphs"),
        ("/u/mod\u00e9le", "/u/mod\u00e9le", "."),
        ("/u/other", "/u/mod\u00e9le", None),
        ("/u", "/u/mod\u00e9le", None),
    ],
)
def test_so_may_those_of_the_top_folder(path: str, top: str, inside: str | None) -> None:
    assert inside == _path_inside(Path(path), Path(top))
