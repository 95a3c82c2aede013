"""Rooms and direct conversations, and who is in them."""
