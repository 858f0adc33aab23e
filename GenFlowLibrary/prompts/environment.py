"""The Jinja environment in which prompt files are rendered: sandboxed, strict, and never leaving a blank.

    source -> Template (undefined names raise, None raises, in drafts also empty text raises)

Autoescape is off: the texts are read by models and people, not by browsers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateRuntimeError, Undefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from GenFlowLibrary.prompts.fence import quoted
from GenFlowLibrary.prompts.formats import filters_for
from GenFlowLibrary.prompts.front_matter import RESERVED_INPUT


class MissingValueError(UndefinedError):
    """A template writes a value that is not there.

    ``name`` says which; it is empty where an expression as a whole came to nothing.
    """

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name)
        self.name = name or ""


class UnwritableValueError(UndefinedError):
    """A template writes a list, a mapping or a method as if it were text."""


class _Unknown(StrictUndefined):
    """A name nobody passed. Even asking whether it is true raises, so that a misspelt condition shows."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] | None = None,
    ) -> None:
        # Jinja gives a hint where it has more to tell than a name, such as for an unsafe attribute.
        super().__init__(hint, obj, name, exc or (UndefinedError if hint else MissingValueError))

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or str(self._undefined_name)


class Missing(_Unknown):
    """A value known to be absent. ``{% if order_no %}`` may ask for it; writing it raises and names it."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        super().__init__(name=name)

    def __bool__(self) -> bool:  # type: ignore[override]  # the strict parent never returns
        return False


@lru_cache(maxsize=64)
def environment(language: str | None = None, *, draft: bool = False) -> ImmutableSandboxedEnvironment:
    """Returns the environment for a language; in a ``draft`` an expression that gives nothing is an error."""
    result = ImmutableSandboxedEnvironment(
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        undefined=_Unknown,
        finalize=_finalize_draft if draft else _finalize,
    )
    result.globals.clear()
    result.globals[RESERVED_INPUT] = language or Missing(RESERVED_INPUT)
    result.filters.update(filters_for(language), quoted=quoted)
    return result


@lru_cache(maxsize=256)
def template(source: str, language: str | None = None, *, draft: bool = False) -> Template:
    """Returns a compiled template; the same source is compiled once a language."""
    return environment(language, draft=draft).from_string(source)


def with_missing_marked(value: Any, name: str, *, deep: bool) -> Any:
    """Returns a value with every absent one in it replaced by a ``Missing`` that bears its name.

    Absent is None; with ``deep``, which is for drafts, also text of nothing but spaces, and all that within
    lists and mappings.
    """
    if value is None or (deep and isinstance(value, str) and not value.strip()):
        return Missing(name)
    if deep and isinstance(value, Mapping):
        return {key: with_missing_marked(item, f"{name}.{key}", deep=True) for key, item in value.items()}
    if deep and isinstance(value, list):
        return [with_missing_marked(item, f"{name}[{index}]", deep=True) for index, item in enumerate(value)]
    return value


def _finalize(value: Any) -> Any:
    """What every written expression passes: no None and no Python notation of a list, a mapping or a method."""
    if value is None:
        raise MissingValueError
    if not isinstance(value, (str, int, float, Undefined)):
        raise UnwritableValueError(f"a {type(value).__name__}")
    return value


def _finalize_draft(value: Any) -> Any:
    """As `_finalize`, and no blank: neither an empty text nor an "if" without "else", which Jinja writes as one."""
    if isinstance(value, (str, Undefined)) and not str(value).strip():
        raise MissingValueError
    return _finalize(value)
