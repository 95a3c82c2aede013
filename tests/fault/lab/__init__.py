"""The laboratory: real processes, links that can be broken, people who talk, and a judge of what was said."""
