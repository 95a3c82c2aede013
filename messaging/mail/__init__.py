"""Letters to those who are away."""
