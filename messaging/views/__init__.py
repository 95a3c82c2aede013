"""Pages about conversations, and the views that take their forms and serve their files."""
