"""The contract behind "Rooms": each room of the package names all that it may import.

import-linter's own contracts say what is forbidden, so that a new room, or a new dependency, is
allowed until somebody thinks of it. Here nothing is allowed that is not named, and the settings
read like the table in the design: one row a room.
"""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

ARROW = "->"


class RoomsContract(Contract):
    """Each row names a room and everything that it imports directly.

    Options
    -------
    rows
        "room -> names": other rooms, third-party packages, and those modules of the standard
        library that are guarded.
    guarded
        Modules of the standard library that a row has to name; the rest are free.
    """

    type_name = "rooms"

    rows = fields.ListField(subfield=fields.StringField())
    guarded = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Compare every direct import with the row of its room."""
        (package,) = self.session_options["root_packages"]
        table = _table(list(map(str, self.rows)))  # type: ignore[call-overload]
        free = sys.stdlib_module_names - set(map(str, self.guarded))  # type: ignore[call-overload]
        faults: list[str] = []
        for module in sorted(graph.find_descendants(package)):
            room = module.split(".")[1]
            if room not in table:
                faults.append(f"{module}: '{room}' has no row; give the new room its place")
                continue
            allowed = table[room] | free | {room, package}
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                name = _room_or_package(imported, package)
                if name not in allowed:
                    faults.append(f"{module} imports {imported}, and the row of '{room}' does not")
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line a fault."""
        for fault in check.metadata["faults"]:
            output.print_error(f"-   {fault}", bold=False)
        output.new_line()


def _table(rows: list[str]) -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for row in rows:
        room, arrow, names = row.partition(ARROW)
        if not arrow or room.strip() in table:
            raise ValueError(f"'{row}': a row is written once, as 'room {ARROW} names'")
        table[room.strip()] = set(names.split())
    return table


def _room_or_package(module: str, package: str) -> str:
    first, _, rest = module.partition(".")
    return rest.split(".")[0] if first == package and rest else first
