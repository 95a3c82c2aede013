"""What the line asks of uvicorn and Daphne beyond their settings."""
