"""Bots and webhooks: programs that speak here, and programs that are told."""
