"""Telling people what is about them: in their inbox, by mail, and in browsers that are closed."""
