"""What somebody keeps, catches up with, or takes along, for themselves alone."""
