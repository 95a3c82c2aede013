"""The Model Context Protocol: doors of the API as tools, for programs that think in sentences."""
