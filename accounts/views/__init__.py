"""The pages of people: their own, and their ways in."""
