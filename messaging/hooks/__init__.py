"""Webhooks at work: what is sent to a room, and what a room sends to the servers of others."""
