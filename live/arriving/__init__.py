"""How a line is opened: whom the door turns away, who may come in, and what those who come are told."""
