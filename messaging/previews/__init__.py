"""Previews of links: looking at pages elsewhere, with care, and telling what they are about."""
