"""Bringing in what was said in Slack, from the zip that it exports. See docs/keeping-and-leaving.md."""
