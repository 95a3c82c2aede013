"""Queries: what is read of conversations, each in a known number of trips to the database. Only actions write."""
