"""Keeping a store well: a look at it, a copy of it, and the copy brought back."""
