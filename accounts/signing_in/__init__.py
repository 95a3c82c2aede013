"""Signing in: passwords, the second factor, links for emergencies, and what happens afterwards."""
