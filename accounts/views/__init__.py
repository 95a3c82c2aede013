"""Pages about people: one's own, signing up and in, and looking after everybody."""
