"""Finding what was said, and people, tasks and rooms by name."""
