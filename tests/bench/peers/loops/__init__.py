"""What could be at all: loops that do nothing but take a message and write it to everybody."""
