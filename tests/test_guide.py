"""docs/curating.md keeps its word: whoever follows it gets what it shows, and ends where the shipped model is."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from actorgraph.model.loader import load_model

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "curating.md"
BLOCK = re.compile(r"```(?P<kind>console|sh)\n(?P<text>.*?)```\n", flags=re.DOTALL)
COMMAND = re.compile(r"\$ (?P<command>(?:.*\\\n)*.*\n)(?P<answer>(?:.*\n)*)")
RECORDS = {
    "stances.yaml": re.compile(r"  - actor: france\n    position: open\n.*\n    date: 2024-02\n(?:    .*\n)+"),
    "commitments.yaml": re.compile(r"  - actor: \[france, uk\]\n    stage: considers\n.*peacekeepers\n(?:    .*\n)+"),
}
"""The records that the worked example adds."""
ARTICLE = "Talks on the force go on\nNothing is settled.\n"


def blocks() -> list[re.Match[str]]:
    """Return what the guide has its reader type, in order."""
    return list(BLOCK.finditer(GUIDE.read_text(encoding="utf-8")))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of the project as it was before the article of the worked example was read."""
    folder = tmp_path / "project"
    for name in ("graphs", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    for name, record in RECORDS.items():
        file = folder / "graphs" / "ukraine-troops" / name
        text, count = record.subn("", file.read_text(encoding="utf-8"))
        assert 1 == count, name
        file.write_text(text, encoding="utf-8")
    (folder / "documents").mkdir()
    command = tmp_path / "bin" / "actorgraph"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m actorgraph "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A Curator")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "curator@example.org")
    monkeypatch.chdir(folder)
    shell("git init --quiet && printf 'documents/\n' > .gitignore && git add . && git commit --quiet --message start")
    return folder


def shell(command: str) -> str:
    """Return what a command line prints, which must go well."""
    done = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr + done.stdout
    return done.stdout


def test_whoever_follows_the_guide_gets_what_it_shows(project: Path, copies: Path | None, *, update: bool) -> None:
    """Where the documents are not at hand, only the command that reads them is left out."""
    for document in copies.glob("*.txt") if copies else ():
        shutil.copy(document, project / "documents")
    text = GUIDE.read_text(encoding="utf-8")
    texts: list[str] = []
    for block in blocks():
        if block["kind"] == "sh":
            if "harbour-post" not in block["text"]:
                shell(block["text"])
            texts.append(block["text"])
            continue
        command = COMMAND.fullmatch(block["text"])
        assert command, block["text"]
        unread = copies is None and "--documents" in command["command"]
        texts.append(block["text"] if unread else f"$ {command['command']}{shell(command['command'])}")
    if update:
        answers = iter(texts)
        text = BLOCK.sub(lambda block: f"```{block['kind']}\n{next(answers)}```\n", text)
        GUIDE.write_text(text, encoding="utf-8")
    assert [block["text"] for block in blocks()] == texts, "docs/curating.md is stale: run `make docs`"
    shell("actorgraph fmt --check")
    made = load_model(project / "graphs" / "ukraine-troops")
    shipped = load_model(ROOT / "graphs" / "ukraine-troops")
    for ours, theirs in ((shipped.commitments, made.commitments), (shipped.stances, made.stances)):
        assert {record.id: record for record in ours} == {record.id: record for record in theirs}
    assert "" == shell("git status --porcelain"), "all is committed"


def test_the_source_of_a_new_article(project: Path) -> None:
    document = project / "documents" / "harbour-post.txt"
    document.write_text(ARTICLE, encoding="utf-8")
    (command,) = [block["text"] for block in blocks() if "harbour-post" in block["text"]]
    shell(command)
    source = load_model(project / "graphs" / "ukraine-troops").sources["harbour-post-2025-12-10"]
    assert (document.name, hashlib.sha256(ARTICLE.encode()).hexdigest()) == (source.document, source.sha256)
    assert (project / "seeds" / "ukraine-troops" / "harbour-post-2025-12-10.yaml").is_file()


def test_it_can_be_read_in_ten_minutes() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 290
    assert len(BLOCK.sub("", text).split()) <= 2400  # at 240 words a minute; what is typed and printed is looked over
