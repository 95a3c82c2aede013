"""Finding: what was said, the tasks and the files that a person may see, by words and by what else is known of them."""
