"""What is said: its pages, its history, what is written in it and about one message."""
