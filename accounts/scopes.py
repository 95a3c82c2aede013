"""What a token lets a program do, on top of what its person may."""

SCOPES = {
    "messages:read": "Read conversations, comments and files, and search them",
    "messages:write": "Post, change, react, pin, mark as read, upload",
    "boards:read": "Read boards and cards",
    "boards:write": "Make, change and move cards",
}
