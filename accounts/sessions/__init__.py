"""Sessions: where they are kept, which are valid, and from which browsers they come."""
