"""Runs the convoy cycle in SimPy and on the kernel in turns, and sets their processor times side by side.

Usage: beside.py PYTHON YARDSTICK ROUNDS

Processor time, not time on the wall, so that whatever else the machine does counts for little. What starting takes is taken away: each
program is also run with few replications. Both estimate one mean: where they differ by more than four standard errors the programs
do not simulate the same, and the times say nothing.
"""

import re
import resource
import subprocess
import sys
from statistics import median

FEW, SIMPY, KERNEL = 2, 300, 20_000


def run(command):
    """What a program prints, and the processor time it takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return printed, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def each(command, replications):
    """Mean, standard error, and microseconds of one replication."""
    _, start = run([*command, str(FEW)])
    printed, whole = run([*command, str(replications)])
    mean, error = (float(text) for text in re.match(r"([\d.]+) d, standard error ([\d.]+)", printed).groups())
    return mean, error, (whole - start) / (replications - FEW) * 1e6


def main():
    python, yardstick, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    simpy, kernel = [python, "benches/simpy/convoy_cycle.py"], [yardstick, "mean"]
    times, ratios = ([], []), []
    for _ in range(rounds):
        theirs, ours = each(simpy, SIMPY), each(kernel, KERNEL)
        apart = abs(theirs[0] - ours[0]) / (theirs[1] ** 2 + ours[1] ** 2) ** 0.5
        if apart > 4:
            sys.exit(f"the means differ by {apart:.1f} standard errors: {theirs[0]:.4f} d in SimPy, {ours[0]:.4f} d on the kernel")
        times[0].append(theirs[2])
        times[1].append(ours[2])
        ratios.append(theirs[2] / ours[2])
    print(f"mean {theirs[0]:.4f} d in SimPy, {ours[0]:.4f} d on the kernel: {apart:.1f} standard errors apart")
    for name, values in (("SimPy", times[0]), ("kernel", times[1])):
        print(f"{name:<8}{median(values):>12.1f} us a replication (from {min(values):.1f} to {max(values):.1f}, {rounds} rounds)")
    print(f"ratio   {median(ratios):>12.1f} (from {min(ratios):.1f} to {max(ratios):.1f})")


if __name__ == "__main__":
    main()
