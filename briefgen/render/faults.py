"""A template's mistakes, told with the place, the problem and the way out."""

import difflib
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError

from briefgen import model
from briefgen.errors import TemplateError

_EXPRESSION_ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What an expression of a template can raise, such as ``1 / 0``."""


@contextmanager
def template_errors(
    environment: Environment, roots: Sequence[Path], values: Mapping[str, Any]
) -> Iterator[None]:
    """Raise TemplateError, ``file:line: problem (way out)``, for what goes wrong in a template."""
    try:
        yield
    except TemplateSyntaxError as error:
        place = f"{error.filename or error.name}:{error.lineno}"
        raise TemplateError(f"{place}: {_flat(error.message)} (correct this line)") from error
    except TemplateNotFound as error:
        known = environment.list_templates()
        names = getattr(error, "templates", None) or [error.name]
        problem = f"no template {str(names[0])!r}"
        way_out = _nearest(str(names[0]), known) or f"put it into {roots[0]}"
        raise TemplateError(f"{_place(error, roots)}: {problem} ({way_out})") from error
    except UndefinedError as error:
        problem, way_out = _undefined(str(error.message), [*values, *environment.globals])
        raise TemplateError(f"{_place(error, roots)}: {problem} ({way_out})") from error
    except SecurityError as error:
        way_out = "templates read the brief and nothing else"
        raise TemplateError(f"{_place(error, roots)}: {_flat(error)} ({way_out})") from error
    except RecursionError as error:
        problem = "the template includes or calls itself without end"
        raise TemplateError(f"{_place(error, roots)}: {problem} (break the circle)") from error
    except UnicodeDecodeError as error:
        problem = "a template is not UTF-8 text"
        raise TemplateError(f"{_place(error, roots)}: {problem} (save it as UTF-8)") from error
    except (JinjaError, *_EXPRESSION_ERRORS) as error:
        problem = _flat(error) or type(error).__name__
        raise TemplateError(
            f"{_place(error, roots)}: {problem} (correct the expression on this line)"
        ) from error


def _place(error: BaseException, roots: Sequence[Path]) -> str:
    """Name the innermost template line that the error came through."""
    inside = tuple(f"{root}/" for root in roots)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(inside):
            return f"{frame.filename}:{frame.lineno}"
    return str(roots[0])


def _undefined(message: str, known: Iterable[str]) -> tuple[str, str]:
    """Word an undefined name or attribute, and what may have been meant."""
    found = re.search(r"'(?:[\w.]+\.)?(\w+)(?: object)?' has no attribute '(.+)'", message)
    if not found:
        name = message.split("'")[1] if message.count("'") > 1 else message
        return message, _nearest(name, known) or f"known here: {', '.join(sorted(known))}"
    noun, name = found.groups()
    kind = getattr(model, noun, None)
    if kind is None or not is_dataclass(kind):
        return f"{noun} has no {name!r}", "correct the name"
    names = [field.name for field in fields(kind)]
    return f"{noun} has no {name!r}", _nearest(name, names) or f"it has {', '.join(names)}"


def _nearest(name: str, known: Iterable[str]) -> str | None:
    nearest = difflib.get_close_matches(name, list(known), n=1)
    return f"did you mean {nearest[0]!r}?" if nearest else None


def _flat(problem: object) -> str:
    return " ".join(str(problem).split()).removesuffix(".")
