"""Who is here, and who of them is active."""
