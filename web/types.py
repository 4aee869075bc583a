"""Write `web/src/types.ts`: the records of every verb and of the explorer as TypeScript. Run: python web/types.py"""
from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from interlope.results import explorer, market
from interlope.results.record import Record
from interlope.results.verbs import RESULTS

TARGET = Path(__file__).parent / "src" / "types.ts"
HEAD = "// Written by web/types.py from interlope.results; change the records there, then write this file again.\n"
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def list_records() -> list[type[BaseModel]]:
    """The result of every verb, and what the explorer is asked and answers."""
    own = [c for module in (explorer, market) for c in vars(module).values()
           if inspect.isclass(c) and issubclass(c, Record) and c.__module__ == module.__name__]
    return list(dict.fromkeys([*RESULTS.values(), *own]))


def name_type(reference: str) -> str:
    """The name of a definition as TypeScript writes it."""
    return re.sub(r"\W+", "_", reference.rpartition("/")[2])


def write_type(schema: dict[str, Any]) -> str:
    """A schema as a type."""
    if "$ref" in schema:
        return name_type(schema["$ref"])
    if "const" in schema or "enum" in schema:
        values = [schema["const"]] if "const" in schema else schema["enum"]
        return " | ".join(f'"{v}"' if isinstance(v, str) else str(v).lower() for v in values)
    if "anyOf" in schema or "oneOf" in schema:
        return " | ".join(dict.fromkeys(write_type(part) for part in schema.get("anyOf") or schema["oneOf"]))
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return f"[{', '.join(write_type(part) for part in schema['prefixItems'])}]"
        inner = write_type(schema.get("items", {}))
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if schema.get("type") == "object" and "properties" not in schema:
        rest = schema.get("additionalProperties", {})
        return f"Record<string, {write_type(rest) if isinstance(rest, dict) else 'unknown'}>"
    return SIMPLE.get(str(schema.get("type")), "unknown")


def write_interface(name: str, schema: dict[str, Any]) -> str:
    """A record as an interface; what it says of itself stands above it."""
    first = str(schema.get("description", "")).partition("\n")[0].replace("*/", "* /")
    lines = [f"/** {first} */"] if first else []
    if "properties" not in schema:
        return "\n".join([*lines, f"export type {name} = {write_type(schema)};"])
    fields = [f"  {key if key.isidentifier() else repr(key)}: {write_type(part)};" for key, part in schema["properties"].items()]
    return "\n".join([*lines, f"export interface {name} {{", *fields, "}"])


def write() -> str:
    """The whole file."""
    _, whole = models_json_schema([(record, "serialization") for record in list_records()], by_alias=True)
    parts = [write_interface(name_type(name), schema) for name, schema in sorted(whole["$defs"].items())]
    return HEAD + "\n" + "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    text = write()
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_text(encoding="utf-8") == text else f"{TARGET} is not in step; write it again with: python web/types.py")
    TARGET.write_text(text, encoding="utf-8")
