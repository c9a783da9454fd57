"""Facts and criteria in, decisions out. This room only compares."""
