"""Running the thing: starting and stopping it, judging its health, filling it to show or to load it."""
