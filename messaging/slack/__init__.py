"""Importing messages from Slack, from the zip that it exports. See docs/keeping-and-leaving.md."""
