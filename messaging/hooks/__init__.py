"""Webhooks: reading what programs send to a room, and sending what happens there to other servers."""
