"""Search for the messages, files and tasks that a person may see, by words, author, place, time and other traits."""
