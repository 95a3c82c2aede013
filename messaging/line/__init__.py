"""What the line asks of conversations and inboxes, and how it is told of them."""
