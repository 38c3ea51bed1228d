"""What the JSON interface takes and gives, where no schema of the project says it already."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _plain(text: str) -> str:
    """Text that can be written again: JSON lets half a character through."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half a character (a lone surrogate)") from None
    return text


Text = Annotated[str, Field(max_length=1000), AfterValidator(_plain)]
Date = Annotated[
    str, Field(max_length=10, description="A day of the calendar, YYYY-MM-DD; empty: today.", examples=["2026-11-22"])
]
Many = Annotated[list[Text], Field(max_length=60)]
Long = Annotated[str, Field(max_length=500_000), AfterValidator(_plain)]
Fact = bool | int | float | Text
SMALL = 1_000_000


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class UnderLaw(_Form):
    """By which law to answer."""

    as_at: Date = ""
    reforms: Many = Field(
        default_factory=list, description="Reforms to take as if they were law; ids of `/api/lists/reforms`."
    )
    interpretations: dict[Text, Text] = Field(
        default_factory=dict,
        max_length=60,
        description="A reading for each disputed provision that is not to be read as the lawbook reads it.",
    )


class ActQuestion(UnderLaw):
    """May this person do this act? The same words as the options of `gapcheck can`."""

    act: Text = Field(description="An id of `/api/lists/acts`.")
    profession: Text = ""
    registered: Many = Field(
        default_factory=list,
        description="REGISTER[:STATUS[:AS]] for each register held, or hoped for.",
    )
    annotation: Many = []
    entitlement: Many = []
    arrangement: Many = []
    medicine: Text = ""
    facts: dict[Text, Fact] = Field(
        default_factory=dict, max_length=60, description="Other facts of the case, by name."
    )
    nation: Text = ""


class ProfileToCheck(UnderLaw):
    """A role profile, of the form of the profile file."""

    profile: dict[str, Any] = Field(description="Of the form of `schemas/profile.schema.json`.")
    nation: Text = Field(default="", description="It goes before the nation of the profile.")


class JobDescription(UnderLaw):
    """A job description: its text, or a file in base64."""

    text: Long = Field(default="", description="The text; or else `file`.")
    file: str = Field(
        default="",
        max_length=28_000_000,
        description="The bytes of a file in base64.",
        json_schema_extra={"contentEncoding": "base64"},
    )
    name: Text = Field(
        default="", description="The name of the file; its suffix helps to tell what it is.", examples=["advert.html"]
    )
    nation: Text = Field(default="", description="It goes before the nation that the text gives.")


class MatrixWanted(UnderLaw):
    """Professions by acts or tasks; all of them where none is named."""

    acts: Many = []
    scope: Text = ""
    tasks: Many = []
    professions: Many = []
    medicine: Text = ""
    facts: dict[Text, Fact] = Field(default_factory=dict, max_length=60)
    nation: Text = ""


class Item(BaseModel):
    """An id of the lawbook."""

    id: str
    title: str


class Trouble(BaseModel):
    """One thing that is wrong: where, what, and what to do."""

    source: str
    line: int | None
    message: str
    help: str
    code: str


class Troubles(BaseModel):
    """Everything that is wrong with a request."""

    errors: list[Trouble]
