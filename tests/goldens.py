"""Golden files: what an answer was, to be read in the diff when it changes."""

from pathlib import Path


class Golden:
    """Golden files live in tests/golden."""

    def __init__(self, *, update: bool) -> None:
        self.update = update

    def check(self, name: str, text: str) -> None:
        """Assert that the golden file of this name holds this text."""
        path = Path(__file__).parent / "golden" / name
        if self.update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text
