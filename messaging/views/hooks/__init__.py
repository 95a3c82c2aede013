"""Bots and webhooks: their pages, and the address at which programs speak."""
