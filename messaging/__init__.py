"""Conversations: rooms of boards, comments of tasks, direct. Each is one log of messages, and a stream."""
