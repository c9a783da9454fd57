"""A runner's file (TOML or JSON) and the records in it: the portable form of everything.

`read_case` and `parse_case` read, `case_from` reads tables that are already parsed, `to_toml`,
`to_json` and `write_case` write, and `schema` describes the file to editors. Importing this
package imports pydantic, so the command line does it only where a file is read.
"""

from hamstride.casefile.checking import case_from
from hamstride.casefile.reading import Format, parse_case, read_case
from hamstride.casefile.schema import schema, schema_text
from hamstride.casefile.writing import to_json, to_toml, write_case

__all__ = [
    "Format",
    "case_from",
    "parse_case",
    "read_case",
    "schema",
    "schema_text",
    "to_json",
    "to_toml",
    "write_case",
]
