"""Start lag of many drills due in the same second, beside systemd timers.

Usage: start-lag.py PROGRAMS ROUNDS [MACHINE ROOT]. Started by start-lag.sh.
The lag is the time from the second that is due until the first process of a drill, or of the timer's
service, has started: on both sides the same script, which writes down the time.
"""

import math
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

PARTS = Path(__file__).with_suffix("")
COUNT = 100
AHEAD, PATIENCE = 8, 60


class Place:
    """Where both sides run: in the machine, or in a folder of this one."""

    def __init__(self, folder, machine=None, root="/"):
        self.folder, self.machine, self.root = folder, machine, root

    def path(self, name=""):
        """A path as this process sees it."""
        return Path(f"{self.root}/{self.folder}/{name}")

    def command(self, *words):
        return [self.machine, "exec", *words] if self.machine else list(words)

    def fill(self, draft, path, **words):
        text = draft.read_text().replace("@FOLDER@", self.folder)
        for name, value in words.items():
            text = text.replace(f"@{name}@", value)
        path.write_text(text)

    def prepare(self, programs):
        (self.path("etc/calendars")).mkdir(parents=True)
        (self.path("stamps")).mkdir()
        (self.path("bin")).mkdir()
        shutil.copytree(PARTS / "hooks", self.path("etc/scenarios/hooks"))
        shutil.copy(PARTS / "idle.scenario", self.path("etc/scenarios"))
        shutil.copy(PARTS / "people.calendar", self.path("etc/calendars"))
        for program in ("drilld", "drill-agent"):
            subprocess.run(["install", "-s", "-m", "755", programs / program, self.path("bin")], check=True)
        subprocess.run(["chmod", "-R", "u=rwX,go=rX", self.path()], check=True)


def due_soon():
    seconds = math.ceil(time.time()) + AHEAD
    return seconds, datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")


def stamps(place, due):
    """Lags in milliseconds, once all have started."""
    deadline = due + PATIENCE
    while time.time() < deadline:
        files = list(place.path("stamps").iterdir())
        if len(files) == COUNT and all(file.stat().st_size for file in files):
            lags = [(int(file.read_text()) - due * 10**9) / 1e6 for file in files]
            for file in files:
                file.unlink()
            return lags
        time.sleep(0.1)
    said = place.path("said").read_text() if place.path("said").exists() else ""
    sys.exit(f"only {len(files)} of {COUNT} have started within {PATIENCE}s\n{said[-2000:]}")


def drills(place, number):
    """Lags of the first hooks, and of the starts that the ledger tells."""
    due, text = due_soon()
    sections = ["[Calendar]\nTimeZone=UTC\n"]
    for index in range(COUNT):
        sections.append(f"""
[Target lag-{index}]
Environment=staging
Steady=hooks/stamp {place.folder}/stamps

[Drill lag-{index}]
Kind=rollback
Tier=service
OnCalendar={text}
Scenario=idle
Target=lag-{index}
Commander=lead-1
Observers=observer-1
OnCall=primary:sre-1 secondary:sre-2
DurationSec=10min
""")
    place.path("etc/calendars/lag.calendar").write_text("".join(sections))
    state = f"state-{number}"
    place.path(state).mkdir()
    daemon = subprocess.Popen(
        place.command(f"{place.folder}/bin/drilld", "--foreground", "--state", f"{place.folder}/{state}",
                      "--folder", f"{place.folder}/etc"),
        stderr=open(place.path("said"), "w"))
    try:
        hooks = stamps(place, due)
        time.sleep(3)
    finally:
        daemon.terminate()
        daemon.wait()
    with sqlite3.connect(place.path(f"{state}/ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT wall FROM events WHERE kind = 'opened'").fetchall()
    return hooks, [(wall - due * 10**6) / 1e3 for (wall,) in rows]


def timers(place):
    units = Path(f"{place.root}/etc/systemd/system")
    due, text = due_soon()
    place.fill(PARTS / "lag@.service", units / "lag@.service")
    place.fill(PARTS / "lag@.timer", units / "lag@.timer", DUE=text)
    names = [f"lag@{index}.timer" for index in range(COUNT)]
    subprocess.run(place.command("systemctl", "daemon-reload"), check=True)
    subprocess.run(place.command("systemctl", "start", *names), check=True)
    lags = stamps(place, due)
    subprocess.run(place.command("systemctl", "stop", *names), check=True)
    return lags


def percentile(values, share):
    return sorted(values)[math.ceil(len(values) * share) - 1]


def report(label, lags):
    print(f"{label:44}{percentile(lags, .5):>9.1f} ms{percentile(lags, .99):>9.1f} ms{min(lags):>9.1f} ms")


def main(place, rounds):
    started, hooks, services = [], [], []
    for number in range(rounds):
        first, opened = drills(place, number)
        hooks += first
        started += opened
        if place.machine:
            services += timers(place)
    print(f"{f'{COUNT} due in one second, {rounds} rounds':44}{'p50':>12}{'p99':>12}{'first':>12}")
    report("drilld: scheduled -> started", started)
    report("drilld: scheduled -> its first hook runs", hooks)
    if services:
        report("systemd: timer -> its service runs", services)
        ratios = [percentile(hooks, share) / percentile(services, share) for share in (.5, .99)]
        print(f"{'ratio of the last two':44}{ratios[0]:>10.2f} x{ratios[1]:>10.2f} x")


if __name__ == "__main__":
    program_folder, round_count = Path(sys.argv[1]), int(sys.argv[2])
    if len(sys.argv) > 4:
        ground = Place("/opt/lag", sys.argv[3], sys.argv[4])
        ground.prepare(program_folder)
        main(ground, round_count)
    else:
        with tempfile.TemporaryDirectory(prefix="drill-lag-") as folder:
            ground = Place(folder)
            ground.prepare(program_folder)
            main(ground, round_count)
