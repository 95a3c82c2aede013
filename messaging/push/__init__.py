"""Web Push: how a browser that shows no page of ours is woken (RFC 8030), with keys of our own (RFC 8292)."""
