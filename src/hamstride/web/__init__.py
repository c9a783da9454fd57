"""The app: the store that keeps what was recorded, and the commands that fill and ask it.

This module imports nothing: the processes that read files for an import never load Django.
"""
