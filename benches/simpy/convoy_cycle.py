"""The convoy cycle of benches/yardstick/convoy_cycle.rs in SimPy, to be timed beside it.

Hours are real numbers; hour 0 is 18:00 on day 0. Prints the mean of the days to completion with its standard error, which must agree
with `yardstick mean`, and the processor time of a replication in microseconds.

Usage: convoy_cycle.py REPLICATIONS
"""

from math import ceil, log, sqrt
from random import Random
from statistics import fmean, stdev
from sys import argv
from time import process_time

from simpy import Container, Environment, Resource

PEOPLE, SEATS = 7_000, 45
FLEET, ESCORTS, ORBITS = 40, 16, 2
CONVOY, GUARDS = 6, 4  # buses and escorts of a convoy
LANES, BAYS = 2, 4
HOME = 3.0  # hours back
DAY, NIGHT = 24.0, 12.0  # departures in the first half of each day of the clock


def lognormal(mean, variation):
    """Parameters of a lognormal distribution with this mean and coefficient of variation."""
    variance = log(1.0 + variation * variation)
    return log(mean) - variance / 2.0, sqrt(variance)


LEG = lognormal(2.0, 0.25)
INTAKE = lognormal(20.0 / 60.0, 0.25)


def pass_through(env, places, hold, people, done):
    """One vehicle: a place, a time in it, and word of it."""
    with places.request() as place:
        yield place
        yield env.timeout(hold)
    done(people)


class Operation:
    """One replication."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.env = Environment()
        self.buses = Container(self.env, FLEET, FLEET)
        self.escorts = Container(self.env, ESCORTS, ESCORTS)
        self.orbits = Container(self.env, ORBITS, ORBITS)
        self.lanes = Resource(self.env, LANES)
        self.bays = Resource(self.env, BAYS)
        self.accepted = 0
        self.over = self.env.event()

    def dispatch(self):
        for convoy in range(ceil(PEOPLE / (CONVOY * SEATS))):
            yield self.buses.get(CONVOY)
            yield self.escorts.get(GUARDS)
            yield self.orbits.get(1)
            into_day = self.env.now % DAY
            if into_day >= NIGHT:
                yield self.env.timeout(DAY - into_day)
            left = PEOPLE - convoy * CONVOY * SEATS
            self.env.process(self.travel([max(0, min(SEATS, left - bus * SEATS)) for bus in range(CONVOY)]))

    def leg(self):
        return self.env.timeout(self.random.lognormvariate(*LEG))

    def travel(self, loads):
        yield self.leg()
        yield self.leg()
        through, crossed = self.env.event(), []

        def cross(bus):
            crossed.append(bus)
            if len(crossed) == CONVOY:
                through.succeed()

        for bus in range(CONVOY):
            minutes = self.random.triangular(4.0, 12.0, 6.0)
            self.env.process(pass_through(self.env, self.lanes, minutes / 60.0, bus, cross))
        yield through
        yield self.leg()
        self.orbits.put(1)
        self.env.process(self.go_home(self.escorts, GUARDS))
        for people in loads:
            hours = self.random.lognormvariate(*INTAKE)
            self.env.process(pass_through(self.env, self.bays, hours, people, self.accept))

    def accept(self, people):
        self.accepted += people
        if self.accepted == PEOPLE:
            self.over.succeed()
        self.env.process(self.go_home(self.buses, 1))

    def go_home(self, pool, units):
        yield self.env.timeout(HOME)
        pool.put(units)

    def days(self):
        self.env.process(self.dispatch())
        self.env.run(self.over)
        return self.env.now / DAY


def main():
    replications = int(argv[1])
    begun = process_time()
    days = [Operation(seed).days() for seed in range(replications)]
    each = (process_time() - begun) / replications
    print(f"{fmean(days):.4f} d, standard error {stdev(days) / sqrt(replications):.4f}, {each * 1e6:.1f} us a replication")


if __name__ == "__main__":
    main()
