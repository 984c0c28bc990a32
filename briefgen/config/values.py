"""What a value of the YAML may be: its type, its check, and what an editor is told of it."""

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictInt,
)
from pydantic_core import CoreSchema, core_schema

from briefgen.config import dates
from briefgen.config.palette import meant, normal

_WRITTEN_MOMENT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$"

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def _as_iso_date(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        parts = _ISO_DATE.fullmatch(value)
        near = " or ".join(dates.meant(value))
        if parts is None:
            way_out = f"did you mean {near}?" if near else "such as 2024-07-10, 2024-07 or 2024"
            raise ValueError(f"{value!r:.40} is not a date ({way_out})")
        try:
            datetime.date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
        except ValueError:
            way_out = f"did you mean {near}?" if near else "months go from 01 to 12"
            raise ValueError(f"{value} is no day of the calendar ({way_out})") from None
    return value


def _as_moment(value: Any) -> Any:
    way_out = "write such as 2024-08-02T09:00+02:00"
    if not isinstance(value, str) or not re.fullmatch(_WRITTEN_MOMENT, value):
        lacks = " lacks its distance from UTC" if _lacks_offset(value) else " is no day and time"
        raise ValueError(f"{value!r:.40}{lacks} ({way_out})")
    try:
        return datetime.datetime.fromisoformat(value.replace(" ", "T"))
    except ValueError:
        raise ValueError(f"{value} is no time of the calendar ({way_out})") from None


def _lacks_offset(value: Any) -> bool:
    written = f"{value}Z"
    return re.fullmatch(_WRITTEN_MOMENT, written) is not None


def _as_words(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise ValueError("is empty (write some words, or take the key away)")
    return value


def as_share(value: Any) -> float:
    """Take a number from 0 to 1. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        given = "nothing" if value is None else repr(value)
        raise ValueError(f"write a number from 0 to 1, such as 0.5, not {given:.60}")
    return float(value)


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^/\s]\S*", value, re.IGNORECASE):
        raise ValueError(f"{value!r} is no http(s) address{scheme_in_front(value)}")
    return value


def scheme_in_front(value: str) -> str:
    """The way out where an address lacks nothing but its scheme."""
    lacking = re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", value)
    return f" (did you mean 'https://{value}'?)" if lacking else ""


def _contact(value: str) -> str:
    if not re.fullmatch(r"https?://[^/\s]\S*|[^@\s]+@[\w-]+(\.[\w-]+)+", value, re.IGNORECASE):
        raise ValueError(f"{value!r} is neither a mail address nor an http(s) address")
    return value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


# What may be written where a validator takes more than the type says: for the schema of editors.
_WrittenDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
_Year = Annotated[int, Field(ge=1000, le=9999)]
NotBlank = Annotated[str, Field(pattern=r"\S")]
FromZeroToOne = Annotated[float, Field(ge=0, le=1)]
_HexColour = Annotated[str, Field(pattern=r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$")]
HTTP = r"[Hh][Tt][Tt][Pp][Ss]?://[^/\s]\S*"
_MAIL = r"[^@\s]+@[\w-]+(\.[\w-]+)+"


class OrLone:
    """A list in whose place a lone entry will do, which editors are told too."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


IsoDate = Annotated[str, BeforeValidator(_as_iso_date, json_schema_input_type=_WrittenDate | _Year)]
"""ISO 8601 date, as exact as it is known: ``2024``, ``2024-07`` or ``2024-07-10``."""

Moment = Annotated[
    datetime.datetime,
    BeforeValidator(
        _as_moment, json_schema_input_type=Annotated[str, Field(pattern=_WRITTEN_MOMENT)]
    ),
]
"""Day and time with its distance from UTC, such as ``2024-08-02T09:00+02:00``."""

Id = Annotated[str, Field(pattern=r"\A[a-z0-9][a-z0-9-]*\Z", max_length=80)]
"""Small letters, digits and hyphens."""

Words = Annotated[str, BeforeValidator(_as_words, json_schema_input_type=NotBlank)]
"""Text that is not blank."""

Language = Annotated[str, Field(pattern=r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")]
"""BCP 47 tag, such as ``en`` or ``pt-BR``."""

Limit = Annotated[StrictInt, Field(ge=1)]
"""How many items at most."""

Share = Annotated[float, BeforeValidator(as_share, json_schema_input_type=FromZeroToOne)]
"""A number from 0 to 1."""

WebAddress = Annotated[
    str, AfterValidator(_web_address), Field(json_schema_extra={"pattern": f"^{HTTP}$"})
]
"""An http(s) address."""

Contact = Annotated[
    str, AfterValidator(_contact), Field(json_schema_extra={"pattern": f"^({HTTP}|{_MAIL})$"})
]
"""A mail address or an http(s) address."""

OneOrMore = Annotated[tuple[Words, ...], OrLone()]
"""A list of words; a lone word counts as a list of one."""

Sort = Literal["confidence", "date", "actor", "source", "weight"]
"""Orders of the items that a section shows: see ``assemble/ordering.py``."""


def _as_colour(value: Any) -> Any:
    if value is None:
        raise ValueError('is empty (a colour stands in quotes: "#1f4468")')
    colour = normal(value) if isinstance(value, str) else None
    if colour is None:
        near = meant(str(value))
        way_out = f'did you mean "{near}"?' if near else 'write such as "#1f4468", in quotes'
        raise ValueError(f"{value!r:.40} is not #rgb or #rrggbb ({way_out})")
    return colour


def _as_families(value: Any) -> Any:
    names = [value] if isinstance(value, str) else value
    for name in names if isinstance(names, list) else ():
        if isinstance(name, str) and not re.fullmatch(r"[^\W_][\w .+-]*", name):
            raise ValueError(f"{name!r:.60} is not the name of a font")
    return names


Colour = Annotated[str, BeforeValidator(_as_colour, json_schema_input_type=_HexColour)]
"""``#rgb`` or ``#rrggbb``; becomes ``#rrggbb`` in small letters."""

Families = Annotated[
    tuple[Words, ...],
    BeforeValidator(
        _as_families,
        json_schema_input_type=NotBlank | Annotated[tuple[NotBlank, ...], Field(min_length=1)],
    ),
    Field(min_length=1),
]
"""Names of fonts: the one to use, then those to fall back on where a reader's screen lacks it."""
