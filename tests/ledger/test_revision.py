"""Revisions: a model as it was committed, wherever one asks from, with nothing touched."""

import os
from pathlib import Path

import pytest
from repositories import HEADER, NAMED, SEEDS, Repo, stances

from actorgraph.errors import ModelError, UsageProblem
from actorgraph.ledger.load import load
from actorgraph.ledger.revision import load_revision
from actorgraph.ledger.store import Ledger
from actorgraph.questions.diff import diff
from actorgraph.questions.versions import diff_versions
from actorgraph.questions.who import who

pytestmark = pytest.mark.usefixtures("no_settings")


def position(ledger: Ledger) -> str:
    """Return what the board thinks of the harbour."""
    (row,) = who(ledger, "any", "harbour", as_of="2026").rows
    return row.position


def test_a_signed_commit_is_cited_as_any_other(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head, _, rest = repo.git("cat-file", "commit", "HEAD").partition("\ncommitter ")
    committer, _, message = rest.partition("\n")
    mark = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n eA==\n -----END PGP SIGNATURE-----"
    signed = f"{head}\ncommitter {committer}\n{mark}\n{message}\n".encode()
    commit = repo.git("hash-object", "-t", "commit", "-w", "--stdin", given=signed)
    program = tmp_path / "gpg"
    program.write_text("#!/bin/sh\necho 'Good signature from Zo\u00eb' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    settings = tmp_path / "settings"
    settings.write_text(f"[log]\nshowSignature = true\n[gpg]\nprogram = {program}\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert "Zo" in repo.git("show", "--no-patch", "--format=%cs", commit)
    day = repo.git("-c", "log.showSignature=false", "show", "--no-patch", "--format=%cs", commit)
    assert f"{commit[:12]}, {day}" == load_revision(repo.top / "graphs/x", commit).revision


# -- what is read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revision", "expected"),
    [
        ("HEAD", "opposes"),
        ("main", "opposes"),
        ("HEAD~1", "supports"),
        ("v1", "supports"),
        ("v1^{commit}", "supports"),
        ("HEAD^", "supports"),
        (":/first", "supports"),
        ("main^{/first}", "supports"),
        ("main@{1}", "supports"),
        ("@", "opposes"),
        ("refs/heads/main", "opposes"),
        ("other/branch", "supports"),
        ("annotated", "supports"),
    ],
)
def test_revisions(repo: Repo, revision: str, expected: str) -> None:
    repo.git("branch", "other/branch", "v1")
    repo.git("tag", "-a", "annotated", "-m", "a tag that is an object", "v1")
    ledger = load_revision(repo.top / "graphs" / "x", revision)
    assert expected == position(ledger)
    line = {"supports": 2, "opposes": 3}[expected]
    assert f"{revision}:graphs/x/stances.yaml:{line}" == ledger.things("stance")[0].place
    assert f"{revision}:seeds/a.yaml:1" == ledger.things("source")[0].place


def test_hashes_and_a_detached_head(repo: Repo) -> None:
    commit = repo.git("rev-parse", "v1")
    repo.git("checkout", "-q", "--detach", "v1")
    for revision in (commit, commit[:8], "HEAD"):
        assert "supports" == position(load_revision(repo.top / "graphs/x", revision))
    assert "opposes" == position(load_revision(repo.top / "graphs/x", "main"))


def test_a_commit_is_cited_alike_in_every_clone(repo: Repo) -> None:
    """git itself shows more of a hash, the more a repository holds."""
    commit = repo.git("rev-parse", "v1")
    day = repo.git("show", "--no-patch", "--format=%cs", commit)
    for digits in ("4", "20"):
        repo.git("config", "core.abbrev", digits)
        assert f"{commit[:12]}, {day}" == load_revision(repo.top / "graphs/x", "v1").revision


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("", "graphs/x"),
        ("", "./graphs/../graphs/x/"),
        ("graphs", "x"),
        ("graphs/x", "."),
        ("seeds", "../graphs/x"),
        ("..", "repo/graphs/x"),
        ("/", "{top}/graphs/x"),
        ("..", "link"),
    ],
)
def test_paths(repo: Repo, folder: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo.top.parent / "link").symlink_to(repo.top / "graphs/x")
    monkeypatch.chdir(repo.top / folder)
    ledger = load_revision(path.format(top=repo.top), "v1")
    assert "supports" == position(ledger)
    assert "v1:graphs/x/stances.yaml:2" == ledger.things("stance")[0].place


def test_a_place_stays_what_it_is_in_another_folder(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = load_revision(repo.top / "graphs/x", "v1")
    for folder in (repo.top, Path("/"), Path(repo.top.parent / "temporary")):
        monkeypatch.chdir(folder)
        assert "v1:graphs/x/stances.yaml:2" == ledger.things("stance")[0].place


def test_a_revision_that_reads_like_a_path_is_named_by_its_hash(repo: Repo) -> None:
    commit = repo.commit("see ../that //", **{"graphs/x/stances.yaml": stances("open")})
    ledger = load_revision(repo.top / "graphs/x", ":/see ../that //")
    assert f"{commit[:12]}:graphs/x/stances.yaml:2" == ledger.things("stance")[0].place


@pytest.mark.parametrize(
    "name", ["with spaces/and more", "Häfen/Øst", "quotes'\"", "tab\tnewline\n", ":(top)*", "-x", "a\udcffb", "b\\c"]
)
def test_odd_names(tmp_path: Path, name: str) -> None:
    repo = Repo(tmp_path / "repo")
    whole = HEADER.replace("../../seeds", "../../seeds/more") + NAMED
    repo.commit("one", **{f"{name}/graphs/x/m.yaml": whole, f"{name}/graphs/x/s.yaml": stances("open")})
    repo.commit("two", **{f"{name}/seeds/more/a.yaml": SEEDS})
    ledger = load_revision(repo.top / name / "graphs/x", "main")
    assert "open" == position(ledger)
    place = f"main:{name}/graphs/x/s.yaml:2"
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in place)
    assert shown == ledger.things("stance")[0].place


def test_one_file_and_the_top_folder_itself(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    whole = HEADER.replace(", include: [../../seeds]", "") + NAMED + SEEDS
    repo.commit("one", **{"m.yaml": whole + stances("open"), "unrelated.txt": "{"})
    repo.write("m.yaml", "{")
    for path in (repo.top, repo.top / "m.yaml"):
        ledger = load_revision(path, "HEAD")
        assert ("open", "HEAD:m.yaml:6") == (position(ledger), ledger.things("stance")[0].place)


def test_a_model_that_was_taken_away_or_moved_since(repo: Repo) -> None:
    repo.git("mv", "graphs", "elsewhere")
    repo.commit("moved")
    assert "opposes" == position(load_revision(repo.top / "graphs/x", "HEAD~1"))
    with pytest.raises(
        UsageProblem, match="there was no 'graphs/x' at HEAD; `git log -- :/graphs/x` shows when it was"
    ):
        load_revision(repo.top / "graphs/x", "HEAD")
    with pytest.raises(UsageProblem, match="there was no 'elsewhere/x' at v1"):
        load_revision(repo.top / "elsewhere/x", "v1")
    repo.commit("more", **{"graphs/harbour/m.yaml": "x"})
    with pytest.raises(UsageProblem, match=r"no 'graphs/harbor' at main \(did you mean 'main:graphs/harbour'\?\)"):
        load_revision(repo.top / "graphs/harbor", "main")


def test_a_second_work_tree(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    repo.git("-C", str(tmp_path / "bare.git"), "worktree", "add", "-q", str(tmp_path / "tree"), "v1")
    ledger = load_revision(tmp_path / "tree/graphs/x", "main")
    assert "opposes" == position(ledger)
    with pytest.raises(UsageProblem, match="must be run in a work tree"):
        load_revision(tmp_path / "bare.git", "main")


def test_known_by(repo: Repo) -> None:
    ledger = load_revision(repo.top / "graphs/x", "v1", known_by="2025-10")
    assert ((), "2025-10-31") == (ledger.things("source", "stance"), ledger.known_by)


def test_the_evidence_that_counts(repo: Repo) -> None:
    (source,) = load_revision(repo.top / "graphs/x", "v1").things("source")
    left = load_revision(repo.top / "graphs/x", "v1", without=[source.name])
    assert ((), [source.id]) == (left.things("source", "stance"), [*left.without])
    with pytest.raises(UsageProblem, match="no source answers to 'nowhere'"):
        load_revision(repo.top / "graphs/x", "v1", without=["nowhere"])


def test_a_version_of_git_and_the_one_at_hand(repo: Repo) -> None:
    path = repo.top / "graphs/x"
    found = diff_versions(load_revision(path, "v1"), load(path), as_of="2026", query={"base_rev": "v1"})
    ((field,),) = (one.fields for one in found.corrections)
    assert ("position", "supports", "opposes") == field
    assert ["reversed"] == [one.change for one in found.changes]
    assert () == diff(load_revision(path, "v1"), "2026", "2026").changes
    same = diff_versions(load_revision(path, "HEAD"), load(path), as_of="2026", every=True)
    assert ((), ()) == (same.corrections, same.changes)


def test_an_include_of_a_file_by_any_other_name(repo: Repo) -> None:
    repo.git("mv", "seeds/a.yaml", "seeds/a.txt")
    repo.commit("moved", **{"graphs/x/model.yaml": HEADER.replace("seeds]", "seeds/a.txt]") + NAMED})
    assert "opposes" == position(load_revision(repo.top / "graphs/x", "HEAD"))


def test_what_is_committed_counts_whatever_attributes_and_filters_say(repo: Repo) -> None:
    repo.git("config", "filter.loud.smudge", "tr a-z A-Z")
    attributes = "*.yaml export-subst filter=loud eol=crlf\nseeds export-ignore\n"
    repo.commit("attributes", **{".gitattributes": attributes})
    noted = stances("open").replace("evidence", "note: $Format:%H$, evidence")
    repo.commit("noted", **{"graphs/x/stances.yaml": noted})
    (only,) = load_revision(repo.top / "graphs/x", "HEAD").things("stance")
    assert "$Format:%H$" == only.body["note"]


def test_a_submodule_is_no_part_of_it(repo: Repo) -> None:
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},graphs/x/sub.yaml")
    repo.git("commit", "-q", "-m", "with a submodule")
    assert "opposes" == position(load_revision(repo.top / "graphs/x", "HEAD"))
    repo.git("rm", "-q", "--cached", "-r", "seeds")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},seeds")
    repo.git("commit", "-q", "-m", "with sources in a submodule")
    with pytest.raises(UsageProblem, match=r"HEAD:seeds is a submodule, .*`git worktree add`"):
        load_revision(repo.top / "graphs/x", "HEAD")


# -- nothing is touched ------------------------------------------------------------------------------------


def test_nothing_is_touched_and_no_edit_is_read(repo: Repo, tmp_path: Path) -> None:
    repo.write("graphs/x/stances.yaml", stances("neutral"))
    repo.git("add", "-A")
    repo.write("graphs/x/stances.yaml", stances("open"))
    repo.write("graphs/x/untracked.yaml", "{")
    os.utime(repo.top / "seeds/a.yaml")  # the index would have to be refreshed
    before, status = repo.state(), repo.git("status", "--porcelain")
    before = repo.state()
    assert ["supports", "opposes"] == [position(load_revision(repo.top / "graphs/x", one)) for one in ("v1", "HEAD")]
    with pytest.raises(UsageProblem):
        load_revision(repo.top / "graphs/x", "nothing")
    assert before == repo.state()
    assert status == repo.git("status", "--porcelain")
    assert [] == list((tmp_path / "temporary").iterdir())


def test_what_a_hook_sets_does_not_mislead(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Repo(tmp_path / "other")
    other.commit("other", **{"graphs/x/model.yaml": HEADER.replace("harbour", "other")})
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.top / ".git/index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.top / ".git/objects"))
    monkeypatch.setenv("GIT_PREFIX", "graphs/")
    assert "supports" == position(load_revision(repo.top / "graphs/x", "v1"))


# -- what goes wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revision", "expected"),
    [
        ("mian", r"no revision 'mian' in .*repo \(did you mean 'main'\?\)"),
        ("nothing", "no revision 'nothing' in .*repo; `git log --all --oneline` lists them"),
        ("HEAD~7", "no revision 'HEAD~7'"),
        ("", "no revision ''"),
        ("-x", "no revision '-x'"),
        ("--all", "no revision '--all'"),
        ("--output=stolen", "no revision '--output=stolen'"),
        ("^main", r"no revision '\^main'"),
        ("v1..main", r"no revision 'v1\.\.main'"),
        ("main:graphs", "'main:graphs' is a tree, not a commit; name a commit, a branch or a tag"),
        ("main:seeds/a.yaml", "is a blob, not a commit"),
        ("two\nlines", r"no revision 'two\\nlines'"),
        ("a\0b", r"'a\\x00b' holds what no revision can"),
        ("\ud800", r"'\\ud800' holds what no revision can"),
    ],
)
def test_no_such_revision(repo: Repo, revision: str, expected: str) -> None:
    before = repo.state()
    with pytest.raises(UsageProblem, match=expected):
        load_revision(repo.top / "graphs/x", revision)
    assert before == repo.state()


def test_a_short_hash_that_several_commits_share(repo: Repo) -> None:
    seen: dict[str, str] = {}
    tree = repo.git("rev-parse", "HEAD^{tree}")
    for number in range(2000):
        commit = repo.git("commit-tree", tree, "-m", str(number))
        if commit[:4] in seen:
            with pytest.raises(UsageProblem, match=f"'{commit[:4]}' is ambiguous in .*; write more of the hash"):
                load_revision(repo.top / "graphs/x", commit[:4])
            return
        seen[commit[:4]] = commit
    pytest.fail("no two alike")


def test_a_shallow_clone_says_so(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--depth", "1", repo.top.as_uri(), str(tmp_path / "shallow"))
    assert "opposes" == position(load_revision(tmp_path / "shallow/graphs/x", "HEAD"))
    with pytest.raises(UsageProblem, match=r"'HEAD~1' in .*; the clone is shallow, and `git fetch --unshallow` brings"):
        load_revision(tmp_path / "shallow/graphs/x", "HEAD~1")
    whole = repo.git("rev-parse", "HEAD~1")
    with pytest.raises(UsageProblem, match=f"no revision '{whole}' in .*; the clone is shallow"):
        load_revision(tmp_path / "shallow/graphs/x", whole)


def test_no_repository(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no/such/folder"):
        with pytest.raises(UsageProblem, match=r"in no git repository; name the file or folder .*, or .*`git init`"):
            load_revision(path, "HEAD")
    Repo(tmp_path / "empty")
    with pytest.raises(UsageProblem, match=r"nothing is committed in .*empty yet, .*; `git commit` keeps the first"):
        load_revision(tmp_path / "empty", "HEAD")
    with pytest.raises(UsageProblem, match="holds what no path can"):
        load_revision("a\0b", "HEAD")
    with pytest.raises(UsageProblem, match="is not a date"):
        load_revision(tmp_path, "HEAD", known_by="never")


def test_no_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo.top))
    with pytest.raises(UsageProblem, match=r"git cannot be run \(No such file or directory\); install it, or name"):
        load_revision(repo.top / "graphs/x", "HEAD")


def test_the_repository_of_another_user(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    allowing = f"`git config --global --add safe.directory {repo.top}` allows it"
    with pytest.raises(UsageProblem, match=rf"git refuses to read the repository of .* ownership .*; {allowing}$"):
        load_revision(repo.top / "graphs/x", "HEAD")


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (".git/config", "[core", r"bad config line . in file .*config$"),
        (".git/config", "[core]\nrepositoryformatversion = 9\n", r"[Ee]xpected git repo version <= 1, found 9$"),
        (
            "graphs/x/.git",
            "gitdir: /elsewhere/.git/worktrees/x\n",
            "not a git repository: /elsewhere/.git/worktrees/x$",
        ),
    ],
)
def test_a_repository_that_git_refuses_is_one(repo: Repo, file: str, text: str, expected: str) -> None:
    repo.write(file, text)
    with pytest.raises(UsageProblem, match=f"git refuses to read the repository of .*: {expected}"):
        load_revision(repo.top / "graphs/x", "HEAD")


def test_a_content_that_is_missing(repo: Repo) -> None:
    content = repo.git("rev-parse", "HEAD:seeds/a.yaml")
    (repo.top / ".git/objects" / content[:2] / content[2:]).unlink()
    with pytest.raises(UsageProblem, match=r"the repository does not hold HEAD:seeds/a.yaml; `git fetch`"):
        load_revision(repo.top / "graphs/x", "HEAD")


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("HEAD:seeds/a.yaml", r"git cannot read HEAD:seeds/a.yaml: loose object .* is corrupt$"),
        ("HEAD^{tree}", r"git cannot read HEAD: "),
        ("HEAD", r"no revision 'HEAD' in .*repo; `git log --all --oneline` lists them$"),
    ],
)
def test_what_is_damaged(damaged: str, expected: str, repo: Repo) -> None:
    content = repo.git("rev-parse", damaged)
    file = repo.top / ".git/objects" / content[:2] / content[2:]
    file.chmod(0o600)
    file.write_bytes(b"no zlib")
    with pytest.raises(UsageProblem, match=expected):
        load_revision(repo.top / "graphs/x", "HEAD")


@pytest.mark.parametrize("folder", ["", "temporary", "/"])
def test_problems_stand_where_the_revision_has_them(repo: Repo, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(
        "broken",
        **{
            "graphs/x/model.yaml": HEADER.replace("../../seeds", "../../seeds, ../../../etc, ../y") + NAMED,
            "graphs/x/stances.yaml": stances("opposed") + stances("open").partition("\n")[2].replace("board", "bored"),
            "graphs/x/twice.yaml": NAMED,
        },
    )
    repo.write("graphs/x/stances.yaml", stances("open"))
    monkeypatch.chdir(repo.top.parent / folder if folder else repo.top)
    with pytest.raises(ModelError) as caught:
        load_revision(repo.top / "graphs/x", "main")
    at = "main:graphs/x"
    assert [
        f"{at}/model.yaml:1:69: AG009 the include '../../../etc' climbs out of main:, the folder that it must stay in",
        f"{at}/model.yaml:1:83: AG008 the include '../y' does not exist; its path is from this file's folder",
        f"{at}/stances.yaml:2:28: AG014 position 'opposed' is not known (did you mean 'opposes'?)",
        f"{at}/twice.yaml:1:10: AG017 'board' is defined twice; first at main:graphs/x/model.yaml:2:10",
        f"{at}/twice.yaml:2:13: AG017 'harbour' is defined twice; first at main:graphs/x/model.yaml:3:13",
    ] == str(caught.value).splitlines()


def test_a_folder_without_yaml_is_said_to_be_one(repo: Repo) -> None:
    repo.commit("notes", **{"graphs/notes/deep/a.txt": "x"})
    with pytest.raises(ModelError, match=r"HEAD:graphs/notes:1:1: AG010 the folder holds no YAML file"):
        load_revision(repo.top / "graphs/notes", "HEAD")
