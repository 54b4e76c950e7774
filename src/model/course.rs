//! A course: legs that follow each other at one speed, driven as one stretch of road.
//!
//! Time and distance on a course are counted from where it began and booked from stop to stop, never leg by leg. So nothing depends on
//! where a road is written as two legs: a convoy at a constant speed has the same halts, breakdowns and incidents, to the last bit, where
//! the distances of the parts add up to that of the whole as binary numbers do (40 + 40 + 40 = 120; 0.1 + 0.2 is not 0.3, and then the
//! last digit of a distance may differ).

use crate::units::{Duration, Kilometres, KilometresPerHour, SimTime, TICKS_PER_HOUR};

/// Legs that follow each other at one speed, as far as they are known: the next leg is added when it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// The speed.
    speed: KilometresPerHour,
    /// Kilometres from where it began to the end of the last leg.
    km: f64,
    /// Time that they take.
    total: Duration,
    /// First part of the path that belongs to it.
    pub first: usize,
    /// Distance from the origin where it began, km.
    from: f64,
    /// +1 outward, −1 on the way back.
    sign: f64,
    /// Time moved up to the last stop.
    moved: Duration,
    /// Kilometres up to the last stop.
    done: f64,
    /// Since when it has moved on from there; `None` while it stands.
    moving_since: Option<SimTime>,
}

/// What was driven from one stop to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// When it began.
    pub from: SimTime,
    /// How long it took.
    pub time: Duration,
    /// Kilometres.
    pub km: f64,
}

impl Course {
    /// A course without legs yet that begins `from` kilometres from the origin with part `first` of the path.
    #[must_use]
    pub fn new(speed: KilometresPerHour, first: usize, from: f64, sign: f64) -> Self {
        Self { speed, km: 0.0, total: Duration::ZERO, first, from, sign, moved: Duration::ZERO, done: 0.0, moving_since: None }
    }

    /// Whether a leg at a speed in a direction carries it on.
    #[must_use]
    pub fn goes_on_at(&self, speed: KilometresPerHour, sign: f64) -> bool {
        self.speed.0.to_bits() == speed.0.to_bits() && self.sign.to_bits() == sign.to_bits()
    }

    /// Adds a leg of so many kilometres.
    pub fn add(&mut self, km: f64) {
        self.end_at(self.km + km);
    }

    /// Makes it end so many kilometres after it began.
    pub fn end_at(&mut self, km: f64) {
        self.km = km;
        self.total = Kilometres(km).at(self.speed);
    }

    /// Time that all of it takes.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.total
    }

    /// Time moved up to the last stop.
    #[must_use]
    pub fn moved(&self) -> Duration {
        self.moved
    }

    /// It moves from now on, unless it does already.
    pub fn go(&mut self, now: SimTime) {
        self.moving_since.get_or_insert(now);
    }

    /// When it began to move at the last stop; `now` while it stands.
    #[must_use]
    pub fn since(&self, now: SimTime) -> SimTime {
        self.moving_since.unwrap_or(now)
    }

    /// When the end of its last leg is reached, moving from now on at the latest.
    #[must_use]
    pub fn end(&self, now: SimTime) -> SimTime {
        self.since(now) + self.total().saturating_sub(self.moved)
    }

    /// When a vehicle that breaks down so many kilometres after the last stop does so.
    #[must_use]
    pub fn breakdown(&self, now: SimTime, km_left: f64) -> SimTime {
        if km_left.is_infinite() {
            return SimTime::NEVER;
        }
        let ticks = km_left.max(0.0) * TICKS_PER_HOUR as f64 / self.speed.0;
        self.since(now) + Duration::round_ticks(ticks.min(1e17))
    }

    /// Kilometres from where it began after so much time moved.
    #[must_use]
    pub fn km_after(&self, moved: Duration) -> f64 {
        if moved >= self.total() { self.km } else { (moved.ticks() as f64 * self.speed.0 / TICKS_PER_HOUR as f64).min(self.km) }
    }

    /// Kilometres from where it began, now.
    #[must_use]
    pub fn done(&self, now: SimTime) -> f64 {
        match self.moving_since {
            Some(since) => self.km_after(self.moved + now.since(since)),
            None => self.done,
        }
    }

    /// Distance from the origin now, km.
    #[must_use]
    pub fn position(&self, now: SimTime) -> f64 {
        self.from + self.sign * self.done(now)
    }

    /// Stops now: what has been driven since the last stop, if anything.
    pub fn stop(&mut self, now: SimTime) -> Option<Piece> {
        let from = self.moving_since.take()?;
        let time = now.since(from);
        if time.is_zero() {
            return None;
        }
        self.moved += time;
        let done = self.km_after(self.moved);
        let km = done - self.done;
        self.done = done;
        Some(Piece { from, time, km })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_of_many_legs_is_driven_as_one_of_a_single_leg() {
        let speed = KilometresPerHour(37.0);
        let at = |minutes| SimTime::ZERO + Duration::from_minutes(minutes);
        let mut whole = Course::new(speed, 0, 0.0, 1.0);
        whole.add(240.0);
        let mut cut = Course::new(speed, 0, 0.0, 1.0);
        cut.add(40.0);
        let mut pieces = [Vec::new(), Vec::new()];
        for minutes in [0, 50, 51, 130, 300] {
            for (course, pieces) in [&mut whole, &mut cut].into_iter().zip(&mut pieces) {
                pieces.extend(course.stop(at(minutes)));
                course.go(at(minutes));
            }
            cut.add(40.0);
        }
        assert_eq!(whole.end(at(300)), cut.end(at(300)));
        let end = whole.end(at(300));
        pieces[0].extend(whole.stop(end));
        pieces[1].extend(cut.stop(end));
        assert_eq!(pieces[0], pieces[1]);
        assert_eq!(pieces[0].iter().map(|piece| piece.time).sum::<Duration>(), Kilometres(240.0).at(speed));
    }
}
