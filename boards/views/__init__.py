"""The pages of a board, and the views that take its forms."""
