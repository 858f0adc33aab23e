"""Reads the fields an analyst writes for `Extract Data`.

    "order_no: str (like GF-10442)   amount: Decimal | None"  ->  AnswerSchema

The grammar, where ``[ ]`` may be left out; fields are separated by blanks, new lines, commas or semicolons:

    field  = name ":" type ["| None"] ["(" description ")"]
    type   = str | int | float | Decimal | bool | date | datetime | Literal['a', 'b']
           | list[type] | list[{field, ...}]

A type is read with Python's own parser and never evaluated. Full-width punctuation counts as plain.
"""

from __future__ import annotations

import ast
import difflib
import re
import textwrap
import warnings

from GenFlowLibrary.answers.schema import AnswerSchema, FieldType, SchemaField
from GenFlowLibrary.core.errors import SchemaError

MOST_FIELDS = 100
"""OpenAI's strict mode takes at most 100 properties, a small model far fewer."""
_LONGEST = 20_000
_SHORT = 60

_SIMPLE = ("str", "int", "float", "Decimal", "bool", "date", "datetime")
_TYPES = "str, int, float, Decimal, bool, date, datetime, Literal['a', 'b'], list[...] or list[{...}]"
_MEANT = {
    **dict.fromkeys(("string", "text", "char", "varchar", "文本", "字符串"), "str"),
    **dict.fromkeys(("integer", "long", "整数"), "int"),
    **dict.fromkeys(("number", "numeric", "amount", "money", "currency", "price", "数字", "金额"), "Decimal"),
    **dict.fromkeys(("boolean", "logical", "flag", "布尔"), "bool"),
    **dict.fromkeys(("double", "real"), "float"),
    **dict.fromkeys(("day", "日期"), "date"),
    **dict.fromkeys(("time", "timestamp", "时间"), "datetime"),
    **dict.fromkeys(("array", "sequence", "set", "tuple", "列表"), "list[str]"),
    **dict.fromkeys(("enum", "choice", "option"), "Literal['a', 'b']"),
}
# One character for one character, so that places in the text stay what they are.
_PLAIN = str.maketrans("：（）｛｝［］｜，；、\u3000", ":(){}[]|,;, ")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_SEPARATORS = " \t\r\n\f\v,;\u00a0"


def parse_schema(line: str) -> AnswerSchema:
    """Returns the schema that a line of fields describes.

    Raises:
        SchemaError: no field, more than 100, a name twice or none, an unknown type, or unmatched brackets.
    """
    if len(line) > _LONGEST:
        raise SchemaError(
            f"Expected the fields to extract in at most {_LONGEST} characters, but found {len(line)}; "
            "shorten the descriptions."
        )
    fields = _Reader(line).fields(nested=False)
    if not fields:
        raise SchemaError(
            "Expected the fields to extract, but none is given; write them like 'order_no: str'."
        )
    return AnswerSchema(fields)


def parse_type(text: str, field: str = "value") -> FieldType:
    """Returns the type that a text such as ``list[str]`` names; ``field`` is named in errors.

    Raises:
        SchemaError: the text is not a type.
    """
    text = text.strip()
    if _is_record_list(text):
        return _record_list(text, field)
    text = _plain_outside_quotes(text)
    return _from_tree(_tree(text, field), text, field)


class _Reader:
    """Walks over a line of fields from left to right."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.plain = line.translate(_PLAIN)
        self.at = 0

    def fields(self, *, nested: bool) -> tuple[SchemaField, ...]:
        found: dict[str, SchemaField] = {}
        while self._skip(_SEPARATORS):
            field = self._field(nested=nested)
            if field.name in found:
                raise SchemaError(
                    f"Expected each field once, but '{field.name}' is there twice; rename or remove one."
                )
            found[field.name] = field
            if len(found) > MOST_FIELDS:
                raise SchemaError(
                    f"Expected at most {MOST_FIELDS} fields, but '{field.name}' is one more; extract them in "
                    "two steps."
                )
        return tuple(found.values())

    def _field(self, *, nested: bool) -> SchemaField:
        name = self._name()
        type_text, optional = self._type(name)
        if nested and _is_record_list(type_text):
            raise SchemaError(
                f"Expected a plain type for '{name}' inside list[{{...}}], but found '{_short(type_text)}'; "
                "lists nest one level only, so extract it as a field of its own."
            )
        kind = parse_type(type_text, name)
        description = ""
        if self._skip(" \t\r\n\f\v\u00a0") and self.plain[self.at] == "(":
            start, self.at = self.at, self._end_of_bracket(name)
            description = " ".join(self.line[start + 1 : self.at - 1].split())
        if self._skip(" \t\u00a0") and self.plain[self.at] == "|":
            raise SchemaError(
                f"Expected '| None' of '{name}' before its description; write it like '{name}: {kind} | None "
                "(...)'."
            )
        return SchemaField(name, kind, description, optional)

    def _name(self) -> str:
        start = self.at
        while self.at < len(self.plain) and self.plain[self.at] not in ":" + _SEPARATORS + "()[]{}|":
            self.at += 1
        name = self.line[start : self.at]
        self._skip(" \t\u00a0")
        if self.plain[self.at : self.at + 1] != ":":
            raise SchemaError(
                f"Expected a field like 'order_no: str', but found '{_short(self.line[start:])}'; "
                "write a name without blanks, a colon and a type, and put a description in round brackets."
            )
        if not name.isidentifier():
            raise SchemaError(
                f"Expected a field name of letters, digits and underscores, but found '{_short(name)}'; "
                f"write it like '{_identifier(name)}: str'."
            )
        self.at += 1
        return name

    def _type(self, name: str) -> tuple[str, bool]:
        """Returns the text of the type without ``None``, and whether ``None`` was among its parts."""
        parts: list[str] = []
        while True:
            self._skip(" \t\r\n\f\v\u00a0")
            parts.append(self._type_part(name))
            mark = self.at
            if self._skip(" \t\r\n\f\v\u00a0") and self.plain[self.at] == "|":
                self.at += 1
                continue
            self.at = mark
            break
        kinds = [part for part in parts if part != "None"]
        if len(kinds) != 1:
            raise SchemaError(
                f"Expected one type for '{name}', but found '{_short(' | '.join(parts))}'; "
                f"write one type, and '| None' behind it if the text may not say, like '{name}: "
                f"{(kinds or ['str'])[0]} | None'."
            )
        return kinds[0], len(kinds) < len(parts)

    def _type_part(self, name: str) -> str:
        start = self.at
        while self.at < len(self.plain) and self.plain[self.at] not in _SEPARATORS + "()[]{}|:'\"":
            self.at += 1
        mark = self.at
        if self.at > start and self._skip(" \t\u00a0") and self.plain[self.at] == "[":
            self.at = self._end_of_bracket(name)
        else:
            self.at = mark
        if self.at == start:
            raise SchemaError(
                f"Expected a type behind '{name}:', but found '{_short(self.line[start:]) or 'nothing'}'; "
                f"write one of {_TYPES}."
            )
        return self.line[start : self.at]

    def _end_of_bracket(self, name: str) -> int:
        """Returns the place behind the bracket that closes the one here; quotes count in square ones only."""
        closing: list[str] = []
        quote = ""
        for at in range(self.at, len(self.plain)):
            char = self.plain[at]
            if quote:
                quote = "" if char == quote and self.plain[at - 1] != "\\" else quote
            elif char in "'\"" and closing[-1:] == ["]"]:
                quote = char
            elif char == "(" or (char in _CLOSING and closing[:1] != [")"]):
                closing.append(_CLOSING[char])
            elif closing[-1:] == [char]:
                closing.pop()
                if not closing:
                    return at + 1
        raise SchemaError(
            f"Expected '{closing[-1] if closing else ')'}' to close what '{name}' opens, but found the end "
            "in "
            f"'{_short(self.line[self.at :])}'; close every bracket and quote."
        )

    def _skip(self, characters: str) -> bool:
        """Moves over the characters and returns whether anything is left."""
        while self.at < len(self.plain) and self.plain[self.at] in characters:
            self.at += 1
        return self.at < len(self.plain)


def _is_record_list(text: str) -> bool:
    return re.match(r"\s*list\s*\[\s*\{", text.translate(_PLAIN)) is not None


def _record_list(text: str, field: str) -> FieldType:
    match = re.fullmatch(r"list\s*\[\s*\{(.*)\}\s*\]", text.translate(_PLAIN), re.DOTALL)
    if not match:
        raise SchemaError(
            f"Expected '{field}' to be like list[{{sku: str, qty: int}}], but found '{_short(text)}'; "
            "correct its brackets."
        )
    fields = _Reader(text[match.start(1) : match.end(1)]).fields(nested=True)
    if not fields:
        raise SchemaError(
            f"Expected fields between the braces of '{field}', but there are none; write them like "
            f"list[{{sku: str, qty: int}}]."
        )
    return FieldType("list", item=FieldType("record", fields=fields))


def _tree(plain: str, field: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "invalid escape sequence" concerns programs, not options
            return ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _not_a_type(plain, field) from None


def _from_tree(tree: ast.expr, text: str, field: str) -> FieldType:
    if isinstance(tree, ast.Name) and tree.id in _SIMPLE:
        return FieldType(tree.id)  # type: ignore[arg-type]
    if isinstance(tree, ast.Subscript) and isinstance(tree.value, ast.Name):
        if tree.value.id == "Literal":
            return _literal(tree.slice, text, field)
        if tree.value.id == "list":
            item = _from_tree(tree.slice, text, field)
            if item.kind == "list":
                raise SchemaError(
                    f"Expected a plain type in the list '{field}', but found a list in a list; write it like "
                    f"'{field}: list[str]'."
                )
            return FieldType("list", item=item)
    raise _not_a_type(text, field)


def _literal(tree: ast.expr, text: str, field: str) -> FieldType:
    parts = tree.elts if isinstance(tree, ast.Tuple) else [tree]
    options = []
    for part in parts:
        # Python joins 'a' 'b' to 'ab': a forgotten comma must not become an option nobody wrote.
        option = part.value if isinstance(part, ast.Constant) else None
        if not isinstance(option, str) or not _is_one_quote(part, option):
            raise SchemaError(
                f"Expected the options of '{field}' as texts in quotes with commas between them, "
                f"but found '{_short(text)}'; write them like Literal['damaged', 'late']."
            )
        options.append(option)
    if not options or len(set(options)) < len(options):
        raise SchemaError(
            f"Expected different options for '{field}', but "
            f"{'one is there twice' if options else 'there are none'}; "
            "write them like Literal['damaged', 'late']."
        )
    return FieldType("Literal", options=tuple(options))


def _is_one_quote(part: ast.expr, value: str) -> bool:
    written = (part.end_col_offset or 0) - part.col_offset  # in bytes of UTF-8, as Python counts columns
    return bool(value.strip()) and written == len(value.encode("utf-8", "surrogatepass")) + 2


def _not_a_type(text: str, field: str) -> SchemaError:
    name = re.split(r"[\[( ]", text.strip(), maxsplit=1)[0]
    if name in ("Optional", "Union"):
        near = "str | None"
    elif name in ("Literal", "list", "List"):
        near = "Literal['damaged', 'late']" if name == "Literal" else "list[str]"
    else:
        known = {kind.lower(): kind for kind in _SIMPLE} | _MEANT | {"list": "list[str]"}
        close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
        near = known[close[0]] if close else "str"
    return SchemaError(
        f"Expected the type of '{field}' to be {_TYPES}, but found '{_short(text)}'; write it like '{field}: "
        f"{near}'."
    )


def _identifier(name: str) -> str:
    """Returns the nearest name that can be one: ``order no.`` becomes ``order_no``."""
    text = re.sub(r"\W+", "_", name).strip("_")
    return text if text.isidentifier() else f"field_{text}".rstrip("_")


def _short(text: str) -> str:
    return textwrap.shorten(text, _SHORT, placeholder=" ...") or text.strip()[:_SHORT]


def _plain_outside_quotes(text: str) -> str:
    """Returns the text with full-width punctuation as plain, the options of a Literal untouched."""
    parts = re.split(r"('[^']*'|\"[^\"]*\")", text)
    return "".join(part if at % 2 else part.translate(_PLAIN) for at, part in enumerate(parts))
