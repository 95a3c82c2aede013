"""The pages of a board, and the doors through which its forms come in."""
