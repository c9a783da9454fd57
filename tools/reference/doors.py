"""Pages on what is typed: the runner's file and the command line."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from hamstride.casefile.models import REPEATED
from hamstride.casefile.schema import schema
from hamstride.cli import COMMANDS, OF_THE_APP, main
from hamstride.explain.numbers import number
from tools.reference.markdown import code, page, table

COLUMNS = 80


def runner_file_page() -> str:
    """Every key of the runner's file."""
    found = schema()
    blocks = []
    for name, record in found["$defs"].items():
        brackets = f"[[{name}]]" if name in REPEATED else f"[{name}]"
        title = "items of `[[sessions]]`" if name == "items" else f"`{brackets}`"
        blocks += [f"## {title}", record["description"], _keys(record)]
    return page(
        "The runner's file",
        f"{found['description']}\n"
        "TOML or JSON, the same keys in both; a star marks what a table cannot do without.\n"
        "For editors: [runner.schema.json](runner.schema.json).\n"
        "The red-flag questions in full: [red flags](red-flags.md).",
        *blocks,
    )


def _keys(record: Mapping[str, Any]) -> str:
    rows = []
    for name, key in record["properties"].items():
        star = " *" if name in record["required"] else ""
        rows.append((f"`{name}`{star}", key["description"], key.get("x-unit", ""), _shape(key)))
    return table(("key", "meaning", "unit", "value"), rows)


def _shape(key: Mapping[str, Any]) -> str:
    if "enum" in key:
        return code(key["enum"])
    if "anyOf" in key:
        return " or ".join(_shape(each) for each in key["anyOf"])
    if "$ref" in key:
        return f"a table of {key['$ref'].rsplit('/', 1)[-1]}"
    if key.get("type") == "array":
        return f"a list: {_shape(key['items'])}"
    low, high = key.get("minimum"), key.get("maximum")
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}"
    words = {"boolean": "true or false", "integer": "whole number", "string": "text"}
    formats = {"date": "day", "date-time": "time with an offset"}
    kind = str(key.get("type", ""))
    return formats.get(key.get("format", ""), words.get(kind, kind))


def command_line_page() -> str:
    """The help of every command, as it is printed."""
    top = click.Context(main, info_name="hamstride", terminal_width=COLUMNS, **_settings_of(main))
    blocks = ["```", main.get_help(top), "```"]
    for name in (*COMMANDS, *OF_THE_APP):
        command = main.get_command(top, name)
        if command is None:
            raise LookupError(f"the command {name} is announced and missing")
        blocks += _help(command, name, top)
    text = "\n".join(blocks).replace("\n\n\n", "\n\n")
    return page("The command line", text)


def _help(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    ctx = click.Context(
        command, info_name=name, parent=parent, terminal_width=COLUMNS, **_settings_of(command)
    )
    yield f"\n## {ctx.command_path}\n\n```\n{command.get_help(ctx)}\n```"
    if isinstance(command, click.Group):
        for below in command.list_commands(ctx):
            yield from _help(command.commands[below], below, ctx)


def _settings_of(command: click.Command) -> dict[str, Any]:
    return dict(command.context_settings)
