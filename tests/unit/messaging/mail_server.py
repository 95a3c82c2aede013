"""A mail server of our own on this machine, which refuses what it is told to refuse."""

import email
import socketserver
import threading


class MailServer:
    """Keeps the letters it took, and each line it heard outside of them. Whom it `refuses` gets nothing."""

    def __init__(self):
        self.letters, self.heard, self.refuses, self.greeting = [], [], set(), b"220 mail.example.org"
        mail = self

        class Door(socketserver.StreamRequestHandler):
            def handle(self):
                self.says(mail.greeting)
                for line in self.rfile:
                    words = line.decode().strip()
                    mail.heard.append(words)
                    self.says(mail.answer(words))
                    if words == "data":
                        mail.letters.append(email.message_from_bytes(self.letter()))
                        self.says(b"250 taken")

            def says(self, words):
                self.wfile.write(words + b"\r\n")

            def letter(self):
                return b"".join(iter(self.rfile.readline, b".\r\n"))

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, words):
        if any(f"<{address}>" in words for address in self.refuses):
            return f"550 no mailbox {words}".encode()
        return b"354 go on" if words == "data" else b"250 well"

    @property
    def addressees(self):
        return [letter["To"] for letter in self.letters]

    def closes(self):
        self._server.shutdown()
        self._server.server_close()
