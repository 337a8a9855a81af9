"""What can be wrong with a model: every kind of problem under its stable code, with the usual fix."""

from typing import Final, Literal, NamedTuple

Category = Literal["path", "include", "text", "record", "unused", "doubt"]
"""What a problem means for a program: there is no such file or folder (`path`); an include leads nowhere (`include`); a
file's text cannot be read whole, so that definitions may be lost (`text`); a record, or the model, is wrong (`record`).
The last two are warnings: what nothing refers to, or bears out yet (`unused`), what merits a second look (`doubt`)."""


class Code(NamedTuple):
    """A kind of problem: its category, what it is, and the usual fix in a sentence; docs/problems.md says more."""

    category: Category
    meaning: str
    fix: str

    @property
    def is_warning(self) -> bool:
        """Whether a model with it can be used all the same, unless a check is strict."""
        return self.category in ("unused", "doubt")

    @property
    def title(self) -> str:
        """What it is, and that it is a warning where it is one: the heading in the docs."""
        return f"{self.meaning} (a warning)" if self.is_warning else self.meaning


CODES: Final[dict[str, Code]] = {
    "AG001": Code(
        "path",
        "a file or folder is missing or cannot be read",
        "Check the path and its permissions.",
    ),
    "AG002": Code(
        "text",
        "a file is not UTF-8 text",
        "Save the file as UTF-8 text, without control characters.",
    ),
    "AG003": Code(
        "text",
        "a file is not well-formed YAML",
        "Put a text that holds `: ` or begins with a sign in quotes; close quotes and brackets; indent by spaces.",
    ),
    "AG004": Code(
        "text",
        "a YAML feature that models do without: anchor, alias, tag, merge key, second document",
        "Write the value out wherever it is needed, and give each document a file.",
    ),
    "AG005": Code(
        "text",
        "a key stands twice in one mapping",
        "Keep one of the two.",
    ),
    "AG006": Code(
        "text",
        "a value is nested deeper than any model needs",
        "Take the extra brackets away.",
    ),
    "AG007": Code(
        "text",
        "a file, or a text in it, is larger than any curated one",
        "Split the file: a model may be a folder of files.",
    ),
    "AG008": Code(
        "include",
        "an include does not exist",
        "Name the include from the folder of the file that includes it.",
    ),
    "AG009": Code(
        "include",
        "an include climbs out of the folder that holds the models",
        "Move the included file inside the folder that holds the models.",
    ),
    "AG010": Code(
        "record",
        "a folder holds no YAML file, or a model has no header, or more than one",
        "Give exactly one file of the model a header, `model: {id: …, title: …}`.",
    ),
    "AG011": Code(
        "record",
        "a key that this kind of record does not have",
        "Correct the spelling; what has no key of its own goes into `note`.",
    ),
    "AG012": Code(
        "record",
        "a reference to an actor, proposal, source or condition that nobody defined",
        "Correct the id, or define what it stands for.",
    ),
    "AG013": Code(
        "record",
        "a key that must be there is missing or empty",
        "Give the key a value, or leave it out where the message says so.",
    ),
    "AG014": Code(
        "record",
        "a value that its key does not allow",
        "Use a word or a form that the message shows.",
    ),
    "AG015": Code(
        "record",
        "a date that is not one",
        "Write a date as 2024-05-01, 2024-05 or 2024.",
    ),
    "AG016": Code(
        "record",
        "an id that is not lower-case kebab-case",
        "Use the letters a to z and digits, with a hyphen between words.",
    ),
    "AG017": Code(
        "record",
        "an id that is defined twice",
        "Keep one of the two, or give one of them another id.",
    ),
    "AG018": Code(
        "record",
        "a stance, commitment or event without evidence",
        "Name the source that says so; if there is none, take the record out.",
    ),
    "AG019": Code(
        "record",
        "a `#` that cuts a text short",
        "Put the text in quotes, or the comment on a line of its own.",
    ),
    "AG020": Code(
        "record",
        "an end that does not come after its beginning",
        "Let `until` be the last day plus one, after the beginning.",
    ),
    "AG021": Code(
        "record",
        "proposals that are part of one another, or succeed one another, in a circle, or what refers to itself",
        "Take away the `part-of`, `succeeds`, `entails`, `excludes`, `not` or `toward` that leads back.",
    ),
    "AG022": Code(
        "record",
        "a file that the model holds already",
        "Take the include, or the second link to the file, away.",
    ),
    "AG023": Code(
        "record",
        "an id that an actor and a proposal share",
        "Give the proposal another id.",
    ),
    "AG024": Code(
        "record",
        "a proposal that contradicts itself: it entails what excludes it, or two that exclude each other",
        "Take away the `entails` or the `excludes` that does not follow.",
    ),
    "AG025": Code(
        "record",
        "a renaming that was cut short",
        "Run `actorgraph rename` again: it finishes or undoes what is half done before anything else.",
    ),
    "AG026": Code(
        "record",
        "a proposal with an end and no fate, or with a fate and no end",
        "Give it both `until`, the day after its last on the table, and `fate`, or neither.",
    ),
    "AG027": Code(
        "record",
        "an amount that would be counted twice, since it is of several actors, or toward several",
        "Write a commitment with an amount of its own for each, or leave the amount out.",
    ),
    "AG101": Code(
        "doubt",
        "a link that is neither http, https nor mailto",
        "Write the whole link, with `https://`.",
    ),
    "AG102": Code(
        "doubt",
        "a name or alias that two things share",
        "Drop the alias, or tell the two names apart.",
    ),
    "AG103": Code(
        "unused",
        "a source that nothing cites",
        "Cite the source, or take it out.",
    ),
    "AG104": Code(
        "unused",
        "an actor, proposal or condition that nothing refers to",
        "Take it out, or record what it was defined for.",
    ),
    "AG105": Code(
        "doubt",
        "a speaker without a role for the actor at the time",
        "Give the speaker a relation to the actor at that time, or name a mere reporter in `via`.",
    ),
    "AG106": Code(
        "doubt",
        "evidence that was published before the record's date",
        "Correct the date of the record or of the source, or cite another source.",
    ),
    "AG107": Code(
        "doubt",
        "a date in the future",
        "Correct the date.",
    ),
    "AG108": Code(
        "doubt",
        "a record that repeats the one before it",
        "Give one record the evidence of both, or a note that says what is new.",
    ),
    "AG109": Code(
        "doubt",
        "a grade that is missing",
        "Grade the source and what it says; F and 6 say that it cannot be judged.",
    ),
    "AG110": Code(
        "doubt",
        "names that are nearly the same",
        "Keep one and make the other name an alias, or record what tells the two apart.",
    ),
    "AG111": Code(
        "doubt",
        "a relation or record outside the dates of its actor",
        "End the relation, or correct the dates of the actor.",
    ),
    "AG112": Code(
        "doubt",
        "a name with an invisible letter",
        "Delete the letter that cannot be seen, or type the name anew.",
    ),
    "AG113": Code(
        "doubt",
        "a record outside the life of its proposal",
        "Correct the dates of the proposal or of the record, or give the record the text that it is about.",
    ),
    "AG114": Code(
        "doubt",
        "a record of the day, month or year that leaves its proposal out",
        "Say to the day when the proposal ended: `until` is the day after its last.",
    ),
    "AG115": Code(
        "unused",
        "a proposal that was superseded, and nothing succeeds it",
        "Let what came in its place `succeeds` it, or give it another fate.",
    ),
    "AG116": Code(
        "doubt",
        "a proposal that is succeeded and has no end",
        "Give it `until` and a `fate`, or take the `succeeds` away where both stand side by side.",
    ),
    "AG117": Code(
        "unused",
        "an author without a stance on its own proposal",
        "Record the author's stance: `by` is a label, and says nothing of what anybody thinks.",
    ),
    "AG118": Code(
        "doubt",
        "amounts of one proposal in several units",
        "Write all amounts of a proposal in one unit, or nothing can be summed.",
    ),
    "AG119": Code(
        "doubt",
        "a commitment to others, while one to somebody else still stands",
        "End the earlier commitment, or name its addressees in the later one too.",
    ),
    "AG120": Code(
        "doubt",
        "a file of a model's folder that is not read, by its name",
        "Let its name end in .yaml, or take the file away.",
    ),
    "AG121": Code(
        "doubt",
        "two sources that seem to be one document",
        "`actorgraph merge OLD NEW` makes one of them; else say when each came out, or give its checksum.",
    ),
    "AG122": Code(
        "doubt",
        "a year of the first century",
        "Write the year with its century.",
    ),
}
"""Every code. AG0xx are errors; AG1xx are warnings, which `--strict` makes errors."""
