"""JSON Schemas of the files of a protocol, so that editors complete keys and names."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from hamstride.casefile.schema import DIALECT
from hamstride.protocols.library import Library
from hamstride.protocols.model import OPERATORS
from tools.reference.markdown import GENERATED


def schema_text(model: type[BaseModel], library: Library) -> str:
    """JSON Schema of a protocol's file, with the names that the library knows."""
    found = _tidy(model.model_json_schema())
    found["properties"].pop("phases", None)  # each is a file of its own
    named: Mapping[str, Iterable[str]] = {
        "fact": library.definitions,
        "source": library.sources,
        "exercise": library.exercises,
    }
    definitions = found.setdefault("$defs", {})
    for definition in (found, *definitions.values()):
        _narrow(definition, named)
    definitions |= {key: {"type": "string", "enum": sorted(names)} for key, names in named.items()}
    _drop_unused(found)
    comment = str(GENERATED).replace("`", "").replace("page", "file")
    whole = {"$schema": DIALECT, "$comment": comment, **found}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _tidy(node: Any) -> Any:
    """Without null, which TOML does not have, and without titles that repeat their key."""
    if isinstance(node, list):
        return [_tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _tidy(value) for key, value in node.items() if not _is_noise(key, value, node)}
    if "anyOf" in found:
        kinds = [each for each in found.pop("anyOf") if each != {"type": "null"}]
        if {"type": "number"} in kinds:
            kinds = [each for each in kinds if each != {"type": "integer"}]
        found |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return found


def _is_noise(key: str, value: object, node: Mapping[str, Any]) -> bool:
    """A title of a single key, or a default that says nothing; a key may be called title."""
    if key == "title":
        return isinstance(value, str) and "properties" not in node
    return key == "default" and value in (None, "", [])


def _narrow(definition: dict[str, Any], named: Iterable[str]) -> None:
    """Refer to the names that may stand under a key; a comparison has one constant."""
    properties = definition.get("properties", {})
    for key in named:
        if key in properties:
            properties[key] = {"$ref": f"#/$defs/{key}"}
    if "asks" in properties:
        properties["asks"]["items"]["pattern"] = "^S[0-4]-[0-9]{2}$"
    if set(OPERATORS) <= set(properties):
        definition["oneOf"] = [{"required": [name]} for name in OPERATORS]


def _drop_unused(found: dict[str, Any]) -> None:
    """Remove the definitions that nothing refers to."""
    while True:
        text = json.dumps(found)
        unused = [name for name in found["$defs"] if f'"#/$defs/{name}"' not in text]
        if not unused:
            return
        for name in unused:
            del found["$defs"][name]
