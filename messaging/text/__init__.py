"""What was said as text: as it was typed, as HTML, in plain words."""
