"""The audit log: how its entries are read, worded and taken along, and who is behind a change."""
