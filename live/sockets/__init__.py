"""A browser's end of the line: its frames, its limits, its session, and why it is closed."""
