//! Random durations for the queueing models.

use std::cell::RefCell;

use convoysim::units::Duration;
use rand::rngs::SmallRng;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1, Gamma, LogNormal, Triangular};
use serde_json::Value;

use super::{number, square, units};

/// How long something takes, in time units.
#[derive(Clone, Copy, Debug)]
pub enum Law {
    Constant(f64),
    Exponential(f64),
    Erlang { phases: u32, mean: f64 },
    Uniform(f64, f64),
    Other(Shape),
}

#[derive(Clone, Copy, Debug)]
pub enum Shape {
    LogNormal(LogNormal<f64>),
    Triangular(Triangular<f64>),
    Gamma(Gamma<f64>),
}

impl Law {
    pub fn lognormal(mean: f64, cv: f64) -> Self {
        let variance = libm::log(1.0 + cv * cv);
        let law = LogNormal::new(libm::log(mean) - variance / 2.0, variance.sqrt()).expect("valid parameters");
        Self::Other(Shape::LogNormal(law))
    }

    pub fn from_case(case: &Value) -> Self {
        let of = |key: &str| number(&case[key]);
        match case["dist"].as_str().expect("a distribution") {
            "deterministic" => Self::Constant(of("value")),
            "exponential" => Self::Exponential(of("mean")),
            "erlang" => Self::Erlang { phases: of("k") as u32, mean: of("mean") },
            "uniform" => Self::Uniform(of("a"), of("b")),
            "lognormal" => Self::lognormal(of("mean"), of("cv")),
            "triangular" => {
                let law = Triangular::new(of("min"), of("max"), of("mode")).expect("valid parameters");
                Self::Other(Shape::Triangular(law))
            }
            "gamma" => {
                let shape = 1.0 / square(of("cv"));
                Self::Other(Shape::Gamma(Gamma::new(shape, of("mean") / shape).expect("valid parameters")))
            }
            other => panic!("no law {other:?}"),
        }
    }

    pub fn draw(&self, rng: &RefCell<SmallRng>) -> Duration {
        units(self.sample(&mut *rng.borrow_mut()))
    }

    fn sample(&self, rng: &mut impl Rng) -> f64 {
        match *self {
            Self::Constant(value) => value,
            Self::Exponential(mean) => mean * rng.sample::<f64, _>(Exp1),
            Self::Erlang { phases, mean } => (0..phases).map(|_| rng.sample::<f64, _>(Exp1)).sum::<f64>() * mean / f64::from(phases),
            Self::Uniform(from, to) => from + (to - from) * rng.random::<f64>(),
            Self::Other(Shape::LogNormal(law)) => law.sample(rng),
            Self::Other(Shape::Triangular(law)) => law.sample(rng),
            Self::Other(Shape::Gamma(law)) => law.sample(rng),
        }
    }
}
