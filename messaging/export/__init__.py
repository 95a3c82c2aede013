"""Taking out what is here, as files that a stranger can read. See docs/keeping-and-leaving.md."""
