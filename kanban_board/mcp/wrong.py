"""What is wrong with a message itself, by the codes of JSON-RPC 2.0; what a tool cannot do is told by the tool."""

PARSE, INVALID, NO_METHOD, PARAMS = -32700, -32600, -32601, -32602


class Wrong(Exception):
    """`status` is the HTTP one: 400 when there is no message, or none of a version that is known."""

    def __init__(self, code, message, status=200):
        super().__init__(message)
        self.code, self.status = code, status
