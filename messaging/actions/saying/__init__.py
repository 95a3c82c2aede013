"""Saying something, and what is done with what was said."""
