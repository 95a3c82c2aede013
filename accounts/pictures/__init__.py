"""Pictures of people, redrawn in small sizes from whatever they uploaded."""
