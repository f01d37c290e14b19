"""A browser driven over the WebDriver protocol (https://www.w3.org/TR/webdriver2/), with the standard library alone."""

import base64
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request

HOME, DOWN = "\ue011", "\ue015"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Failure(Exception):
    """The browser said no, or a page is not as it should be."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Driver:
    """One chromedriver, ended with the block it is used in."""

    def __init__(self, program="chromedriver"):
        self.port = free_port()
        self.process = subprocess.Popen(
            [program, f"--port={self.port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(10, lambda: self.ask("GET", "/status")["ready"], "chromedriver does not answer")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=data,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Failure(f"{value['error']}: {value['message'].splitlines()[0]}") from None
        except urllib.error.URLError as error:
            raise Failure(str(error.reason)) from None

    def browser(self, width=1280, height=900, script=True, phone=False, dark=False):
        arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--window-size={width},{height}",
        ]
        if dark:
            arguments.append("--blink-settings=preferredColorScheme=0")
        options = {"args": arguments, "prefs": {}}
        if not script:
            options["prefs"]["profile.managed_default_content_settings.javascript"] = 2
        if phone:
            options["mobileEmulation"] = {
                "deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0, "touch": True}
            }
        value = self.ask(
            "POST",
            "/session",
            {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}},
        )
        return Browser(self, value["sessionId"], script)


class Browser:
    """One window."""

    def __init__(self, driver, session, script):
        self.driver = driver
        self.script = script
        self.base = f"/session/{session}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ask("DELETE", "")

    def ask(self, method, path, body=None):
        if method == "POST" and body is None:
            body = {}
        return self.driver.ask(method, self.base + path, body)

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def reload(self):
        self.ask("POST", "/refresh")

    @property
    def url(self):
        return self.ask("GET", "/url")

    @property
    def title(self):
        return self.ask("GET", "/title")

    def all(self, selector):
        found = self.ask("POST", "/elements", {"using": "css selector", "value": selector})
        return [Element(self, one[ELEMENT]) for one in found]

    def one(self, selector):
        found = self.all(selector)
        if not found:
            raise Failure(f"{self.url} has no {selector}")
        return found[0]

    def await_one(self, selector, seconds=20):
        until(seconds, lambda: self.all(selector), f"{self.url} never showed {selector}")
        return self.one(selector)

    @property
    def text(self):
        return self.one("body").text

    def await_text(self, words, seconds=20):
        def shown():
            try:
                return words in self.text
            except Failure:
                return False

        until(seconds, shown, f"{self.url} never said '{words}'")

    def run(self, script, *arguments):
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def press(self, keys):
        """Types keys wherever the focus is."""
        actions = []
        for key in keys:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def devtools(self, command, **parameters):
        return self.ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def click_at(self, x, y):
        """Presses the mouse there; unlike the protocol's own click it needs no script in the page."""
        for kind in ("mousePressed", "mouseReleased"):
            self.devtools("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text):
        """Types wherever the focus is."""
        self.devtools("Input.insertText", text=text)

    def picture(self, path):
        """The whole page, not just what the window shows."""
        box = self.devtools("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": box["width"], "height": box["height"], "scale": 1}
        shot = self.devtools("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))


class Element:
    """Something on a page."""

    def __init__(self, browser, identifier):
        self.browser = browser
        self.base = f"/element/{identifier}"

    def ask(self, method, path, body=None):
        return self.browser.ask(method, self.base + path, body)

    @property
    def text(self):
        return self.ask("GET", "/text")

    def attribute(self, name):
        return self.ask("GET", f"/attribute/{name}")

    @property
    def box(self):
        return self.ask("GET", "/rect")

    def click(self):
        if self.browser.script:
            return self.ask("POST", "/click")
        box = self.box
        self.browser.click_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def write(self, text):
        if self.browser.script:
            self.ask("POST", "/clear")
            return self.ask("POST", "/value", {"text": text})
        self.click()
        self.browser.type(text)

    def choose(self, value):
        """Picks the option of a list by its value, by the keyboard."""
        values = [option.attribute("value") for option in self.all("option")]
        if value not in values:
            raise Failure(f"there is no option {value}, only {values}")
        self.ask("POST", "/value", {"text": HOME + DOWN * values.index(value)})

    def all(self, selector):
        found = self.ask("POST", "/elements", {"using": "css selector", "value": selector})
        return [Element(self.browser, one[ELEMENT]) for one in found]

    def one(self, selector):
        found = self.all(selector)
        if not found:
            raise Failure(f"there is no {selector} in it")
        return found[0]


def until(seconds, holds, complaint):
    """Asks again and again until it holds; a failure of the browser counts as not yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if holds():
                return
        except Failure:
            pass
        if time.monotonic() > deadline:
            raise Failure(complaint)
        time.sleep(0.1)
