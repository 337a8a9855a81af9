"""A record while it is filled in, by options or by answers in a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from actorgraph.curate.fields import FormField, form_fields, parts
from actorgraph.curate.prompts import Choice, ask, say
from actorgraph.errors import UsageProblem
from actorgraph.names import slug
from actorgraph.vocabulary import gist

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actorgraph.curate.add import Draft
    from actorgraph.ledger.store import Ledger
    from actorgraph.model.kinds import Kind


class Form:
    """A record while it is filled in: its kind, the ledger that its names are looked up in, and its values.

    `values` are the record's own; `parts` holds, by key, its lists of mappings (`evidence`, `held`).
    """

    def __init__(self, kind: Kind, ledger: Ledger) -> None:
        self.kind = kind
        self.ledger = ledger
        self.fields = form_fields(kind.name)
        self.values: dict[str, Any] = {}
        self.parts: dict[str, list[dict[str, Any]]] = {key: [] for key in parts(kind.name)}

    def take(self, options: Mapping[str, Any]) -> None:
        """Take what the options say. Raises `UsageProblem` with all that is wrong in it."""
        from actorgraph.curate.judge import judge_part, judge_value, several

        wrong = []
        first: dict[str, dict[str, Any]] = {key: {} for key in self.parts}
        for field in self.fields:
            given = options.get(field.dest) or ()
            texts = [given] if isinstance(given, str) else given
            if field.or_many:
                texts = [part for text in texts for part in several(field, text, ledger=self.ledger)]
            try:
                values = [judge_value(self.kind, field, text, ledger=self.ledger) for text in texts]
            except UsageProblem as problem:
                wrong.append(f"--{field.name}: {problem}")
                continue
            if values:
                record = first[field.part_of] if field.part_of else self.values
                record[field.name] = values if field.many and not (field.or_many and len(values) == 1) else values[0]
        note_checksum(self.values)
        for key, entries in self.parts.items():
            fields = self._fields_of(key)
            entries.extend([first[key]] if first[key] else [])
            if first[key] and fields[0].name not in first[key] and not wrong:
                wrong.append(f"--{fields[0].name} is missing, which --{' and --'.join(first[key])} cannot be without")
            for text in options.get(key) or ():
                try:
                    entries.append(judge_part(self.kind, key, text, fields=fields, ledger=self.ledger))
                except UsageProblem as problem:
                    wrong.append(f"--{key}: {problem}")
        if wrong:
            raise UsageProblem("\n".join(wrong))

    def missing(self) -> list[str]:
        """Return the options that are needed still, the id among them where none can be made of the name."""
        options = [
            f"--{field.name} {field.metavar}"
            for field in self.fields
            if field.required and not (self.parts[field.part_of] if field.part_of else field.name in self.values)
        ]
        nameless = not self.kind.is_record and "id" not in self.values and not options and not self.made_id()
        return [*options, *(["--id ID"] if nameless else [])]

    def made_id(self) -> str:
        """Return the id that a named thing would have: made of its name, and nobody else's."""
        words = [self.values[name] for name in self.kind.made_of if name in self.values]
        name = unique = slug(" ".join(words))
        number = 1
        while unique and self.ledger.by_id([unique], *self.kind.companions):
            number += 1
            unique = f"{name}-{number}"
        return unique

    def draft(self) -> Draft:
        """Return the record as `plan` takes it."""
        from actorgraph.curate.add import Draft

        body: dict[str, Any] = dict(self.values)
        if not self.kind.is_record:
            body.setdefault("id", self.made_id())
        key = body.pop("id") if self.kind.keyed else None
        body.update((name, entries) for name, entries in self.parts.items() if entries)
        return Draft(self.kind.section, key, body)

    # -- asking --------------------------------------------------------------------------------------------

    def complete(self) -> None:
        """Ask for all that was not given. Raises `click.Abort` where there is no more answer to come."""
        say(f"A new {self.kind.name}. Enter leaves out what may be left out; Ctrl-C leaves all as it was.")
        for field in self.fields:
            if field.part_of:
                if field == self._fields_of(field.part_of)[0] and not self.parts[field.part_of]:
                    self._ask_part(field.part_of)
            elif field.name == "id" and not self.kind.is_record and "id" not in self.values:
                made = self.made_id()
                self._ask(self.values, field._replace(required=not made), made)
            elif field.name != "id" and field.name not in self.values:
                self._ask(self.values, field)
                if field.name == "document":
                    note_checksum(self.values)

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
            for field in others:
                if not (field.name == "page" and "lines" in entry):
                    self._ask(entry, field)
            self.parts[key].append(entry)
            leading = leading._replace(help="Another one; Enter: no more", required=False)

    def _ask(self, record: dict[str, Any], field: FormField, default: str = "") -> None:
        """Ask for one value, and put it into a record."""
        from actorgraph.curate.judge import judge_answer

        choices = [Choice(word, gist(word)) for word in field.words]
        if field.refers:
            things = self.ledger.things(*field.refers)
            choices += [Choice(thing.id, thing.name, (thing.name, *thing.body.get("aliases", ()))) for thing in things]
        known = f": {', '.join(field.words)}" if field.words else "; several: with commas" if field.many else ""
        value = ask(
            f"{field.name} ({field.question}{known})",
            lambda text: judge_answer(self.kind, field, text, ledger=self.ledger),
            choices=choices,
            default=default,
        )
        if value is not None:
            record[field.name] = value


def note_checksum(values: dict[str, Any]) -> None:
    """Note the sha256 of a document that lies at hand, and its name without its folder."""
    document = values.get("document")
    if document and Path(document).is_file():
        from actorgraph.curate.add import fingerprint

        values["document"] = Path(document).name
        values["sha256"] = values.get("sha256") or fingerprint(document)
