"""`python -m hamstride` is the command line."""

from hamstride.cli import main

main(prog_name="hamstride")
