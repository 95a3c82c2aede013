"""Exporting everything, a room, or one's own data, as files for other programs. See docs/keeping-and-leaving.md."""
