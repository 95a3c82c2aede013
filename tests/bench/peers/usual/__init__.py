"""The usual Channels chat, complete and small, as the guides of Channels describe it."""
