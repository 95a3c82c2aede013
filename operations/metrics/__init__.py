"""What a running process tells Prometheus of itself, at /metrics."""
