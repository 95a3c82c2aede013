"""Web Push (RFC 8030) with our own VAPID keys (RFC 8292): notifying a browser that has no page of ours open."""
