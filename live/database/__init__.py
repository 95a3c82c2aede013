"""Asking the database: in threads of one's own, at one moment, with words that are kept, about many rows at once."""
