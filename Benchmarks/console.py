"""Measures the console over real sockets; see console.sh."""
import http.client
import re
import selectors
import socket
import subprocess
import sys
import time
import urllib.parse

BIN, CONSOLES = sys.argv[1], int(sys.argv[2])
CHANGES = 100
SECONDS = 4


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def request(port, method, path, cookie, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie} if cookie else {}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


def open_console(port, cookie):
    console = socket.create_connection(("127.0.0.1", port))
    console.sendall(
        f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
    console.setblocking(False)
    return console


def wait_for(consoles, mark, begin):
    """Milliseconds until each console has got a page with the mark."""
    selector = selectors.DefaultSelector()
    tails = {}
    for console in consoles:
        selector.register(console, selectors.EVENT_READ)
        tails[console] = b""
    took = []
    while tails:
        events = selector.select(timeout=30)
        if not events:
            sys.exit(f"{len(tails)} consoles never showed the change")
        for key, _ in events:
            console = key.fileobj
            piece = console.recv(1 << 18)
            if not piece:
                sys.exit("a console was closed")
            text = tails[console] + piece
            if mark in text:
                took.append((time.perf_counter() - begin) * 1000)
                selector.unregister(console)
                del tails[console]
            else:
                tails[console] = text[-len(mark):]
    return took


def rate(port, path, cookie):
    """Requests per second on one connection, and the bytes of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie}
    count, size, end = 0, 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        connection.request("GET", path, headers=headers)
        size = len(connection.getresponse().read())
        count += 1
    return count / SECONDS, size


def main():
    server = subprocess.Popen([f"{BIN}/bench-console", "0"], stdout=subprocess.PIPE, text=True)
    try:
        link = urllib.parse.urlparse(server.stdout.readline().strip())
        port = link.port
        answer, _ = request(port, "GET", f"{link.path}?{link.query}", None)
        cookie = answer.getheader("Set-Cookie").split(";")[0]
        _, page = request(port, "GET", "/now", cookie)
        token = re.search(rb'name="form-token" value="(\w+)"', page).group(1).decode()
        asset = re.search(rb'"(/static/[^"]+css)"', page).group(1).decode()
        before = resident(server.pid)
        now, size = rate(port, "/now", cookie)
        file, file_size = rate(port, asset, cookie)
        print(f"Now            {now:8.0f} requests/s of {size} bytes, one connection")
        print(f"a file         {file:8.0f} requests/s of {file_size} bytes, ratio {now / file:.2f}")
        idle = resident(server.pid)
        consoles = [open_console(port, cookie) for _ in range(CONSOLES)]
        wait_for(consoles, b"</article>", time.perf_counter())
        took = []
        for number in range(CHANGES):
            mark = f"change-{number}-end"
            body = urllib.parse.urlencode({
                "form-token": token, "verb": "evidence", "person": "sre-2", "title": mark,
                "url": "https://graphs.example/1"})
            begin = time.perf_counter()
            answer, _ = request(
                port, "POST", "/do/runs/storm-staging-4/act", cookie, body)
            if answer.status != 303:
                sys.exit(f"the change was refused: {answer.status}")
            took += wait_for(consoles, mark.encode(), begin)
        print(
            f"change visible {percentile(took, .5):8.1f} ms p50, {percentile(took, .99):.1f} ms p99 "
            f"on {CONSOLES} consoles, {CHANGES} changes")
        print(
            f"memory         {resident(server.pid):8.1f} MB with {CONSOLES} consoles, {idle:.1f} MB without, "
            f"{before:.1f} MB at first")
    finally:
        server.terminate()
        server.wait()


main()
