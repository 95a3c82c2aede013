"""Boards: columns of cards that a group of people shares; a board is a stream."""
