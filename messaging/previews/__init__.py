"""Previews of links: fetching a page of another server, with care, and reading its title, description and picture."""
