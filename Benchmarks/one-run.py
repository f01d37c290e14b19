"""One run of probe, inject, observe, revert, probe: drillctl beside sh with curl, and Chaos Toolkit.

Usage: one-run.py PROGRAMS CHAOS [ROUNDS]. Started by one-run.sh.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PARTS = Path(__file__).with_suffix("")
GOALS = {"steps": 1.5, "chaos": 5}


class Ground:
    """A service on loopback, a calendar for it, and a state in which it is armed."""

    def __init__(self, folder, programs):
        self.folder, self.programs = Path(folder), Path(programs)
        self.etc, self.armed = self.folder / "etc", self.folder / "armed"
        self.service = subprocess.Popen([sys.executable, PARTS / "service.py"], stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{self.service.stdout.readline().strip()}"
        shutil.copytree(PARTS / "hooks", self.etc / "scenarios" / "hooks")
        shutil.copy(PARTS / "outage.scenario", self.etc / "scenarios")
        (self.etc / "calendars").mkdir()
        (self.folder / "marker").write_text("staging\n")
        self.fill(PARTS / "loop.calendar", self.etc / "calendars" / "loop.calendar")
        self.fill(PARTS / "experiment.json", self.folder / "experiment.json")
        subprocess.run(["chmod", "-R", "u=rwX,go=rX", self.folder], check=True)
        self.arm()

    def fill(self, draft, path):
        path.write_text(draft.read_text().replace("@URL@", self.url).replace("@FOLDER@", str(self.folder)))

    def arm(self):
        socket = self.armed / "api.sock"
        self.armed.mkdir()
        daemon = subprocess.Popen(
            [self.programs / "drilld", "--foreground", "--state", self.armed, "--folder", self.etc],
            stderr=subprocess.DEVNULL)
        control = [self.programs / "drillctl", "arm", "loop", "--socket", socket]
        for _ in range(200):
            if subprocess.run(control, capture_output=True).returncode == 0:
                break
            time.sleep(0.05)
        daemon.terminate()
        daemon.wait()
        # The agent ends by itself once its last connection is gone.
        time.sleep(0.5)
        for left in self.armed.glob("*.sock"):
            left.unlink()
        if not list((self.armed / "targets").iterdir()):
            raise SystemExit("the target could not be armed")

    def is_whole(self):
        with urllib.request.urlopen(f"{self.url}/fault") as answer:
            return answer.read() == b"off\n"

    def close(self):
        self.service.terminate()


def timed(ground, command, folder):
    """Milliseconds from the start of the process to its end; a run that did not go through ends all."""
    environment = {**os.environ, "DRILL_TARGET_URL": ground.url}
    with open(ground.folder / "said", "w+") as said:
        began = time.perf_counter()
        status = subprocess.run(command, cwd=folder, env=environment, stdout=said, stderr=said).returncode
        spent = time.perf_counter() - began
        if status != 0 or not ground.is_whole():
            said.seek(0)
            sys.exit(f"{command[0]} exits {status}\n{said.read()}")
    return spent * 1000


def sides(ground, chaos, number):
    """What is compared: name, command, the folder it runs in. Every run begins with a state of its own."""
    folder = ground.folder / f"run-{number}"
    shutil.copytree(ground.armed, folder / "state")
    hooks = ground.etc / "scenarios" / "hooks"
    yield "bare", [PARTS / "steps.sh", "bare", hooks], folder
    yield "steps", [PARTS / "steps.sh", "whole", hooks], folder
    yield "drilld", [ground.programs / "drillctl", "run", "--local", "outage",
                     "--state", folder / "state", "--folder", ground.etc], folder
    yield "chaos", [chaos, "--no-version-check", "run", ground.folder / "experiment.json"], folder


LABELS = {
    "bare": "sh + curl: probe, inject, observe, revert, probe",
    "steps": "sh + curl: the same hooks as the drill",
    "drilld": "drillctl run --local",
    "chaos": "chaos run",
}


def main():
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    times = {name: [] for name in LABELS}
    with tempfile.TemporaryDirectory(prefix="drill-bench-") as folder:
        ground = Ground(folder, sys.argv[1])
        try:
            # The first round fills the page cache and is not counted.
            for number in range(rounds + 1):
                for name, command, place in sides(ground, sys.argv[2], number):
                    spent = timed(ground, command, place)
                    if number > 0:
                        times[name].append(spent)
        finally:
            ground.close()
    report(times, rounds)


def report(times, rounds):
    medians = {name: statistics.median(column) for name, column in times.items()}
    print(f"{f'one run, cold, {rounds} rounds':52}{'median':>10}{'least':>10}{'most':>10}{'drilld':>10}")
    for name, column in times.items():
        ratio = "" if name == "drilld" else f"{medians['drilld'] / medians[name]:.2f} x"
        print(f"{LABELS[name]:52}{medians[name]:>7.1f} ms{min(column):>7.1f} ms{max(column):>7.1f} ms{ratio:>10}")
    slower = medians["drilld"] / medians["steps"]
    faster = medians["chaos"] / medians["drilld"]
    print(f"drilld takes {slower:.2f} x the time of sh + curl (goal: at most {GOALS['steps']} x)")
    print(f"drilld is {faster:.1f} x faster than Chaos Toolkit (goal: at least {GOALS['chaos']} x)")
    if slower > GOALS["steps"] or faster < GOALS["chaos"]:
        sys.exit("missed: one run")


if __name__ == "__main__":
    main()
