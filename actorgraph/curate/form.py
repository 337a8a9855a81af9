"""A record while it is filled in, by options or by answers in a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from actorgraph.curate.fields import FormField, form_fields, parts
from actorgraph.curate.prompts import BACK, Choice, WentBack, ask, say
from actorgraph.errors import UsageProblem
from actorgraph.names import numbered, slug
from actorgraph.vocabulary import gist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actorgraph.curate.copies import Copies
    from actorgraph.curate.draft import Draft
    from actorgraph.ledger.store import Ledger
    from actorgraph.model.kinds import Kind
    from actorgraph.model.reader import Data


class Form:
    """A record while it is filled in: its kind, the ledger that its names are looked up in, and its values.

    `values` are the record's own; `parts` holds, by key, its lists of mappings (`evidence`, `held`). With `only` one of
    these keys is filled in, of a record that is there already. `copies` are the documents at hand, and `today` is the
    day of which it is said what an actor holds.
    """

    def __init__(
        self, kind: Kind, ledger: Ledger, *, copies: Copies | None = None, today: str = "", only: str = ""
    ) -> None:
        self.kind = kind
        self.ledger = ledger
        self.copies = copies
        self.today = today
        self.only = only
        self.fields = tuple(field for field in form_fields(kind.name) if not only or field.part_of == only)
        self.values: dict[str, Any] = {}
        self.parts: dict[str, list[dict[str, Any]]] = {key: [] for key in ([only] if only else parts(kind.name))}
        self._answers: list[str] = []
        """What was typed so far; after a step back it is gone through again, without asking."""
        self._again = 0

    def take(self, options: Mapping[str, Any]) -> None:
        """Take what the options say. Raises `UsageProblem` with all that is wrong in it."""
        first: dict[str, dict[str, Any]] = {key: {} for key in self.parts}
        wrong = [*self._take_values(options, first)]
        with _noted(wrong, "--document"):
            note_checksum(self.values)
        for key, entries in self.parts.items():
            leading = self._fields_of(key)[0].name
            entries.extend([first[key]] if first[key] else [])
            if first[key] and leading not in first[key] and not wrong:
                wrong.append(f"--{leading} is missing, which --{' and --'.join(first[key])} cannot be without")
            wrong += self._take_parts(key, options.get(key) or ())
        for evidence in self.parts.get("evidence", ()):
            with _noted(wrong, "--lines"):
                self._check_lines(evidence)
        if wrong:
            raise UsageProblem("\n".join(wrong))

    def _take_values(self, options: Mapping[str, Any], first: Mapping[str, dict[str, Any]]) -> Iterator[str]:
        """Take the options that are fields, those of a list of mappings into its `first`; yield what is wrong."""
        from actorgraph.curate.judge import judge_value, parted

        for field in self.fields:
            given = options.get(field.dest) or ()
            texts = [given] if isinstance(given, str) else given
            if field.many:
                texts = [part for text in texts for part in parted(field, text, ledger=self.ledger)]
            wrong: list[str] = []
            with _noted(wrong, f"--{field.name}"):
                values: list[Data] = [judge_value(self.kind, field, text, ledger=self.ledger) for text in texts]
                record = first[field.part_of] if field.part_of else self.values
                record.update({field.name: field.held(values)} if values else {})
            yield from wrong

    def _take_parts(self, key: str, texts: Iterable[str]) -> Iterator[str]:
        """Take mappings of a list, written as in the model; yield what is wrong."""
        from actorgraph.curate.judge import judge_part

        for text in texts:
            wrong: list[str] = []
            with _noted(wrong, f"--{key}"):
                fields = self._fields_of(key)
                self.parts[key].append(judge_part(self.kind, key, text, fields=fields, ledger=self.ledger))
            yield from wrong

    def missing(self) -> list[str]:
        """Return the options that are needed still, the id among them where none can be made of the name."""
        options = [
            f"--{field.name} {field.metavar}"
            for field in self.fields
            if field.required and not (self.parts[field.part_of] if field.part_of else field.name in self.values)
        ]
        asks_for_id = any(field.name == "id" for field in self.fields)
        nameless = (
            asks_for_id and not self.kind.is_record and "id" not in self.values and not options and not self.made_id()
        )
        return [*options, *(["--id ID"] if nameless else [])]

    def made_id(self) -> str:
        """Return the id that a named thing would have: made of its name, and nobody else's."""
        name = slug(" ".join(self.values[part] for part in self.kind.made_of if part in self.values))
        return numbered(name, lambda key: key and self.ledger.by_id([key], *self.kind.companions))

    def draft(self) -> Draft:
        """Return the record as `plan` takes it."""
        from actorgraph.curate.draft import Draft

        body: dict[str, Any] = dict(self.values)
        if not self.kind.is_record:
            body.setdefault("id", self.made_id())
        key = body.pop("id") if self.kind.keyed else None
        body.update((name, entries) for name, entries in self.parts.items() if entries)
        return Draft(self.kind.section, key, body)

    # -- asking --------------------------------------------------------------------------------------------

    def complete(self) -> None:
        """Ask for all that was not given. Raises `click.Abort` where there is no more answer to come."""
        what = f"More for this {self.kind.name}" if self.only else f"A new {self.kind.name}"
        say(
            f"{what}. Enter leaves out what may be left out, {BACK} goes back to the question before; "
            "Ctrl-C leaves all as it was."
        )
        given = deepcopy((self.values, self.parts))
        while True:
            try:
                self._ask_all()
            except WentBack:
                if not self._answers:
                    say("this is the first question", indent="  ")
                self._answers = self._answers[:-1]
                self._again = 0
                self.values, self.parts = deepcopy(given)
            else:
                return

    def _ask_all(self) -> None:
        """Ask for all that is not there, one after the other."""
        for field in self.fields:
            if field.part_of:
                if field == self._fields_of(field.part_of)[0] and not self.parts[field.part_of]:
                    self._ask_part(field.part_of)
            elif field.name == "id" and not self.kind.is_record and "id" not in self.values:
                made = self.made_id()
                self._ask(self.values, field._replace(required=not made), made)
            elif field.name != "id" and field.name not in self.values:
                if field.name == "sha256" and "document" not in self.values:
                    continue
                self._ask(self.values, field)
                if field.name in ("actor", "proposal"):
                    self._tell_positions()

    def _fields_of(self, key: str) -> list[FormField]:
        """Return the fields of a list's mappings, the one that none can be without first."""
        return [field for field in self.fields if field.part_of == key]

    def _ask_part(self, key: str) -> None:
        """Ask for one mapping of a list after the other, until the first field of one is left out."""
        leading, *others = self._fields_of(key)
        while True:
            entry: dict[str, Any] = {}
            self._ask(entry, leading)
            if not entry:
                return
            self.parts[key].append(entry)  # at once: whoever stops here goes on with it
            if self.copies and leading.name == "source":
                self._tell(self.copies.about(entry["source"]))
            for field in others:
                if not (field.name == "page" and "lines" in entry):
                    self._ask(entry, field)
                if self.copies and field.name == "lines" and "lines" in entry:
                    self._tell("\n".join(self.copies.cited(entry)))
            leading = leading._replace(help="Another one; Enter: no more", required=False)

    def _ask(self, record: dict[str, Any], field: FormField, default: str = "") -> None:
        """Ask for one value, and put it into a record; what was typed before a step back is not asked for again."""
        if self._is_again:
            typed = self._answers[self._again]
            value = self._judged(record, field, typed)
        else:
            choices = [Choice(word, gist(word)) for word in field.words]
            if field.refers:
                things = self.ledger.things(*field.refers)
                names = [(thing.name, *thing.body.get("aliases", ())) for thing in things]
                choices += [Choice(thing.id, thing.name, known) for thing, known in zip(things, names, strict=True)]
            known = f": {field.known}" if field.words else "; several: with commas" if field.many else ""
            typed, value = ask(
                f"{field.name} ({field.question}{known})",
                lambda text: self._judged(record, field, text),
                choices=choices,
                default=default,
                files=field.name == "document",
            )
            self._answers.append(typed)
        self._again += 1
        if value is not None:
            record[field.name] = value
            if field.name == "document":
                note_checksum(record)

    def _judged(self, record: dict[str, Any], field: FormField, text: str) -> Any:
        """Return what is typed for a field of a record as the model holds it. Raises `UsageProblem`."""
        from actorgraph.curate.judge import judge_answer

        value = judge_answer(self.kind, field, text, ledger=self.ledger)
        if value is not None and field.name == "lines":
            self._check_lines({**record, "lines": value})
        if value is not None and field.name == "document":
            note_checksum({field.name: value})
        return value

    def _check_lines(self, evidence: Mapping[str, Any]) -> None:
        """Raise `UsageProblem` where an evidence cites lines that a document at hand does not have."""
        if self.copies:
            self.copies.check(evidence)

    @property
    def _is_again(self) -> bool:
        """Whether what comes next has been answered before a step back."""
        return self._again < len(self._answers)

    def _tell(self, text: str) -> None:
        """Say something, unless it has been said before a step back."""
        if text and not self._is_again:
            say(text, indent="  ")

    def _tell_positions(self) -> None:
        """Say what the actors hold on the proposal, once both are known."""
        from actorgraph.curate.effects import MOST_ACTORS, on_record

        actor, proposal = self.values.get("actor"), self.values.get("proposal")
        if not (actor and proposal and self.today) or self._is_again:
            return
        actors = [actor] if isinstance(actor, str) else actor
        names = self.ledger.names("actor")
        for key in actors[:MOST_ACTORS]:
            held = on_record(self.ledger, key, proposal, as_of=self.today)
            self._tell(f"on record: {names[key]}, {held}" if held else f"nothing is in force of {names[key]} on it yet")


@contextmanager
def _noted(wrong: list[str], option: str) -> Iterator[None]:
    """Note what is wrong with an option, in place of raising it."""
    try:
        yield
    except UsageProblem as problem:
        wrong.append(f"{option}: {problem}")


def note_checksum(values: dict[str, Any]) -> None:
    """Note the sha256 of a document that lies at hand, and its name without its folder.

    Raises `UsageProblem` where there is no such file, and nothing else tells which it is.
    """
    document = values.get("document")
    if not document:
        return
    from actorgraph.curate.copies import checked_document

    path = checked_document(document, is_known="sha256" in values)
    if Path(path).is_file():
        from actorgraph.curate.add import fingerprint

        values["document"] = Path(path).name
        values["sha256"] = values.get("sha256") or fingerprint(path)
