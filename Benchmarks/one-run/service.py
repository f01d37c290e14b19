"""A small service on loopback that can be broken: GET /health, GET /fault, POST /fault with on or off.

Prints its port once it listens.
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Service(BaseHTTPRequestHandler):
    fault = "off"

    def do_GET(self):
        if self.path == "/fault":
            self.answer(200, Service.fault)
        else:
            self.answer(503 if Service.fault == "on" else 200, "")

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        Service.fault = self.rfile.read(length).decode()
        self.answer(200, Service.fault)

    def answer(self, status, text):
        body = f"{text}\n".encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        """Says nothing: what is measured is not the log."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
print(server.server_address[1], flush=True)
server.serve_forever()
