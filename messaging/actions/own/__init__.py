"""What somebody does for themselves alone: reading, keeping, choosing what to hear of."""
