"""What was said long ago: it ends, is taken along, or is brought from elsewhere."""
