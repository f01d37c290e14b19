"""Elapses per second, ours beside croniter, cronsim and systemd-analyze: one list, one run.

Usage: next-elapse.py PATH-OF-BENCH-CALENDAR. Started by next-elapse.sh.
"""

import math
import os
import re
import statistics
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from croniter import croniter
from cronsim import CronSim

LIST = Path(__file__).with_suffix(".tsv")
ZONE = "Europe/Berlin"
BASE = 1795219200  # 2026-11-21 00:00:00 UTC
SECONDS = 0.5


def croniter_chain(cron, elapses):
    chain = croniter(cron, datetime.fromtimestamp(BASE, ZoneInfo(ZONE)), max_years_between_matches=12)
    for _ in range(elapses):
        last = chain.get_next(datetime)
    return int(last.timestamp())


def cronsim_chain(cron, elapses):
    chain = CronSim(cron, datetime.fromtimestamp(BASE, ZoneInfo(ZONE)))
    for _ in range(elapses):
        last = next(chain)
    return int(last.timestamp())


def rate(chain, cron, elapses):
    last, count, begin = 0, 0, time.perf_counter()
    while (elapsed := time.perf_counter() - begin) < SECONDS:
        last = chain(cron, elapses)
        count += elapses
    return count / elapsed, last


def systemd_once(calendar, elapses, times):
    """How long one process takes for the chain, the expression being given that many times."""
    base = datetime.fromtimestamp(BASE, timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
    command = ["systemd-analyze", "calendar", f"--iterations={elapses}", f"--base-time={base}"]
    begin = time.perf_counter()
    text = subprocess.run(command + [calendar] * times, capture_output=True, text=True, check=True,
                          env={**os.environ, "TZ": ZONE}).stdout
    return time.perf_counter() - begin, text


def systemd_rate(calendar, elapses):
    """What one more elapse costs: the time of whole chains without that of starting and reading."""
    times = math.ceil(2000 / elapses)
    start = min(systemd_once(calendar, 1, times)[0] for _ in range(9))
    runs = [systemd_once(calendar, elapses, times) for _ in range(9)]
    whole = min(spent for spent, _ in runs)
    last = re.findall(r"\(in UTC\): \w+ (.*) UTC", runs[0][1])[-1]
    instant = datetime.strptime(last, "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
    return times * (elapses - 1) / max(whole - start, 1e-6), int(instant.timestamp())


def main():
    rows = [line.split("\t") for line in LIST.read_text().splitlines()[1:]]
    ours = subprocess.run([sys.argv[1], LIST, str(BASE * 1_000_000), ZONE, str(SECONDS)],
                          capture_output=True, text=True, check=True).stdout.splitlines()
    print(f"{'elapses per second, ' + ZONE:24}{'drilld':>12}{'croniter':>12}{'cronsim':>12}{'systemd':>12}"
          f"{'ratios':>26}")
    ratios, same = [[], [], []], True
    for (calendar, cron, count), line in zip(rows, ours):
        our_rate, our_last = (int(cell) for cell in line.split("\t"))
        others = [rate(croniter_chain, cron, int(count)), rate(cronsim_chain, cron, int(count)),
                  systemd_rate(calendar, int(count))]
        for column, (other, _) in zip(ratios, others):
            column.append(our_rate / other)
        marks = ["" if last == our_last else "*" for _, last in others]
        same = same and not any(marks)
        cells = "".join(f"{f'{value:,.0f}{mark}':>12}" for (value, _), mark in zip(others, marks))
        words = "".join(f"{column[-1]:>8.1f}x" for column in ratios)
        print(f"{calendar:24}{our_rate:>12,}{cells}{words}")
    means = [math.exp(statistics.fmean(map(math.log, column))) for column in ratios]
    least = [min(column) for column in ratios]
    print(f"{'geometric mean of ratios':72}" + "".join(f"{value:>8.1f}x" for value in means))
    print(f"{'least ratio':72}" + "".join(f"{value:>8.1f}x" for value in least))
    if not same:
        print("* ends its chain at another instant than drilld does: it treats a change of the clocks otherwise")
    goals = zip(("croniter", "cronsim", "systemd"), (10, 10, 1), least)
    missed = [f"{name} {value:.1f}x, wanted {goal}x" for name, goal, value in goals if value < goal]
    if missed:
        sys.exit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
