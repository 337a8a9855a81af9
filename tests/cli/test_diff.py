"""diff: a version in git may have stood elsewhere, and is named as git names it."""

import json
from pathlib import Path

import pytest
from asking import ask
from repositories import HEADER, NAMED, SEEDS, Repo, stances


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository whose model was opposed, and was moved and corrected since."""
    repo = Repo(tmp_path / "repo")
    files = {"graphs/x/model.yaml": HEADER + NAMED, "seeds/a.yaml": SEEDS}
    repo.commit("first", **files, **{"graphs/x/stances.yaml": stances("opposes")})
    repo.git("mv", "graphs/x", "graphs/y z")
    repo.commit("moved: all", **{"graphs/y z/stances.yaml": stances("open")})
    return repo


def corrected(repo: Repo, revision: str) -> list[list[str]]:
    """Return what was corrected since a revision, as key, old and new value."""
    asked = ("diff", "--base-rev", revision, "--as-of", "2026", "-m", repo.top / "graphs/y z", "--format", "json")
    result = ask(*asked)
    assert 0 == result.exit_code, result.stderr
    return [
        [field["key"], field["before"], field["after"]]
        for record in json.loads(result.stdout)["records"]
        for field in record["fields"]
    ]


@pytest.mark.parametrize("revision", ["HEAD~1:graphs/x", "main~1:graphs/x/", "HEAD^{/first}:graphs/x", "@{1}:graphs/x"])
def test_a_model_that_was_moved_since(revision: str, repo: Repo) -> None:
    assert [["position", "opposes", "open"]] == corrected(repo, revision)


def test_a_path_from_here(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.top / "seeds")
    assert [["position", "opposes", "open"]] == corrected(repo, "HEAD~1:../graphs/x")
    monkeypatch.chdir(repo.top / "graphs")
    assert [["position", "opposes", "open"]] == corrected(repo, "HEAD~1:./x")


@pytest.mark.parametrize("revision", ["HEAD", "HEAD:graphs/y z", ":/moved", "HEAD^{/moved: all}"])
def test_a_colon_may_belong_to_a_revision(revision: str, repo: Repo) -> None:
    assert [] == corrected(repo, revision)


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("HEAD~1:graphs/nope", "there was no 'graphs/nope' at HEAD~1"),
        ("nope:graphs/x", "no revision 'nope' in"),
        ("HEAD:", "'HEAD:' is a tree, not a commit"),
        ("HEAD:../../elsewhere", "lies in no git repository"),
    ],
)
def test_what_is_not_there_is_told(revision: str, said: str, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.top)
    result = ask("diff", "--base-rev", revision, "--as-of", "2026", "-m", repo.top / "graphs/y z")
    assert (2, True) == (result.exit_code, said in result.stderr), result.stderr
