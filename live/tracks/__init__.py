"""A track follows one stream in this process, and delivers each of its revisions once, in order."""
