"""What drilld and its agent cost while nothing is due.

Usage: idle.py PROGRAMS SECONDS. Started by idle.sh.
A wake-up is a voluntary context switch of any thread; CPU is what the scheduler counted for all threads.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SETTLED = 15


class Watch:
    """Adds up what the threads of a process did; those that end are counted up to the last look."""

    def __init__(self, pid):
        self.pid = pid
        self.last = {}
        self.look()
        self.first = dict(self.last)

    def look(self):
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                status = (thread / "status").read_text()
                nanoseconds = int((thread / "schedstat").read_text().split()[0])
            except OSError:
                continue
            switches = int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status, re.M)[1])
            self.last[thread.name] = (switches, nanoseconds)

    @property
    def threads(self):
        return len(list(Path(f"/proc/{self.pid}/task").iterdir()))

    def total(self, column):
        before = sum(values[column] for values in self.first.values())
        return sum(values[column] for values in self.last.values()) - before


def memory(pid):
    """Resident memory, and the part of it that this process has written to, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return kilobytes["Rss"] / 1024, kilobytes["Private_Dirty"] / 1024


def agent_of(state):
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = file.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if "serve" in words and str(state) in words:
            return int(file.parent.name)
    sys.exit("no agent was started")


def measure(programs, seconds, folder):
    etc, state = folder / "etc", folder / "state"
    (etc / "calendars").mkdir(parents=True)
    state.mkdir()
    for calendar in (PROJECT / "calendars").glob("*.calendar"):
        shutil.copy(calendar, etc / "calendars")
    shutil.copytree(PROJECT / "scenarios", etc / "scenarios")
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", folder], check=True)
    daemon = subprocess.Popen(
        [programs / "drilld", "--foreground", "--state", state, "--folder", etc], stderr=subprocess.DEVNULL)
    try:
        time.sleep(SETTLED)
        watches = {"drilld": Watch(daemon.pid), "drill-agent": Watch(agent_of(state))}
        for _ in range(seconds * 2):
            time.sleep(0.5)
            for watch in watches.values():
                watch.look()
        report(watches, seconds)
    finally:
        daemon.terminate()
        daemon.wait()


def report(watches, seconds):
    print(f"{f'idle for {seconds}s':16}{'wake-ups/min':>14}{'CPU ms/min':>12}{'RSS':>10}{'written to':>12}{'threads':>9}")
    for name, watch in watches.items():
        resident, dirty = memory(watch.pid)
        print(f"{name:16}{watch.total(0) * 60 / seconds:>14.0f}{watch.total(1) * 60 / seconds / 1e6:>12.1f}"
              f"{resident:>7.1f} MB{dirty:>9.1f} MB{watch.threads:>9}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="drill-idle-") as place:
        measure(Path(sys.argv[1]).resolve(), int(sys.argv[2]), Path(place))
