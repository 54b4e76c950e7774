//! Which settings each point of a sweep has.

use crate::random::StreamKey;
use crate::results::Cell;
use crate::scenario::sweep::{Block, Design, Factor, Setting, Sweep};
use crate::stats::design::{GeneratorError, Grid, Saltelli, TooManyDimensions, Trajectory, TwoLevel, latin_column};

/// The points of all blocks, one block after the other.
pub struct Points<'s> {
    factors: &'s [Factor],
    blocks: Vec<Prepared<'s>>,
}

/// A block of which every point can be computed from its number.
struct Prepared<'s> {
    block: &'s Block,
    first: u32,
    points: u32,
    maker: Maker,
}

enum Maker {
    Grid(Grid),
    Zip,
    List,
    /// A column of coordinates for each factor.
    Columns(Vec<Vec<f64>>),
    Saltelli(Box<Saltelli>, Vec<StreamKey>),
    Morris(Vec<Trajectory>),
    TwoLevel(TwoLevel),
}

/// A block of which no points can be made.
#[derive(Debug, thiserror::Error)]
pub enum DesignError {
    /// More factors than there are dimensions.
    #[error(transparent)]
    Dimensions(#[from] TooManyDimensions),
    /// A generator that makes no fraction.
    #[error(transparent)]
    Generator(#[from] GeneratorError),
    /// More points than can be numbered.
    #[error("the design has more points than can be run")]
    TooMany,
}

/// Most points of a sweep.
const MOST: u64 = 10_000_000;

impl<'s> Points<'s> {
    /// The points of a sweep. What is random in them depends on the root seed, the block's position and the factor's id alone.
    ///
    /// # Errors
    ///
    /// The position of a block that cannot be made, and why.
    pub fn of(sweep: &'s Sweep, seed: u64) -> Result<Self, (usize, DesignError)> {
        let mut first = 0_u32;
        let mut blocks = Vec::new();
        for (at, block) in sweep.blocks.iter().enumerate() {
            let (maker, points) = Maker::of(block, at, &sweep.factors, seed).map_err(|error| (at, error))?;
            if u64::from(first) + points > MOST {
                return Err((at, DesignError::TooMany));
            }
            blocks.push(Prepared { block, first, points: points as u32, maker });
            first += points as u32;
        }
        Ok(Self { factors: &sweep.factors, blocks })
    }

    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.blocks.last().map_or(0, |block| block.first + block.points)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The word of each block's design, with its first and last point.
    #[must_use]
    pub fn blocks(&self) -> Vec<(&'static str, u32, u32)> {
        self.blocks.iter().map(|one| (one.block.design.word(), one.first, one.first + one.points - 1)).collect()
    }

    /// What a point puts into the scenario: one entry a factor, `None` where it is left as in the base.
    ///
    /// # Panics
    ///
    /// If there is no such point.
    #[must_use]
    pub fn settings(&self, point: u32) -> Vec<Option<Setting>> {
        let at = self.blocks.partition_point(|block| block.first <= point) - 1;
        let one = &self.blocks[at];
        let mut settings = vec![None; self.factors.len()];
        for (factor, setting) in one.block.factors.iter().zip(one.settings(self.factors, point - one.first)) {
            settings[*factor] = Some(setting);
        }
        settings
    }

    /// (dotted path, value) of everything that a point puts into the scenario, in the order of the factors.
    #[must_use]
    pub fn set(&self, point: u32) -> Vec<(String, String)> {
        self.settings(point).into_iter().flatten().flat_map(|setting| setting.set).collect()
    }

    /// The trajectories of the block that begins with this point; none where it has none.
    #[must_use]
    pub fn trajectories(&self, first: u32) -> &[Trajectory] {
        match self.blocks.iter().find(|block| block.first == first).map(|block| &block.maker) {
            Some(Maker::Morris(walks)) => walks,
            _ => &[],
        }
    }

    /// The values of the factors at a point, for tables.
    #[must_use]
    pub fn cells(&self, point: u32) -> Vec<Option<Cell>> {
        self.settings(point).into_iter().map(|setting| setting.map(|one| Cell { label: one.label, number: one.number })).collect()
    }
}

impl Maker {
    fn of(block: &Block, at: usize, factors: &[Factor], seed: u64) -> Result<(Self, u64), DesignError> {
        let key = |purpose: &str, entity: &str| StreamKey::new(seed, purpose, "block", &format!("{at}.{entity}"));
        let levels: Vec<usize> = block.factors.iter().filter_map(|factor| factors[*factor].levels()).collect();
        Ok(match &block.design {
            Design::Grid => {
                let grid = Grid::new(&levels).ok_or(DesignError::TooMany)?;
                let points = grid.points();
                (Self::Grid(grid), points)
            }
            Design::Zip => (Self::Zip, levels.first().map_or(0, |n| *n as u64)),
            Design::List(rows) => (Self::List, rows.len() as u64),
            Design::Lhs(points) => {
                let column =
                    |factor: &usize| latin_column(*points as usize, &mut key("Latin hypercube", &factors[*factor].id).stream(0, 0, 0));
                (Self::Columns(block.factors.iter().map(column).collect()), u64::from(*points))
            }
            Design::Sobol { rows, second_order } => {
                let saltelli = Saltelli::new(block.factors.len(), *rows, *second_order)?;
                let points = saltelli.points();
                // One key a dimension: those of the matrix A, then those of B.
                let keys = ["scramble A", "scramble B"]
                    .iter()
                    .flat_map(|purpose| block.factors.iter().map(|factor| key(purpose, &factors[*factor].id)).collect::<Vec<_>>());
                (Self::Saltelli(Box::new(saltelli), keys.collect()), points)
            }
            Design::Morris { trajectories, levels } => {
                let walk = |n: u32| Trajectory::random(block.factors.len(), *levels as usize, &mut key("Morris", "").stream(0, n, 0));
                let points = u64::from(*trajectories) * (block.factors.len() as u64 + 1);
                (Self::Morris((0..*trajectories).map(walk).collect()), points)
            }
            Design::Factorial(generators) if generators.is_empty() => {
                let full = TwoLevel::full(block.factors.len()).ok_or(DesignError::TooMany)?;
                let points = full.runs();
                (Self::TwoLevel(full), points)
            }
            Design::Factorial(generators) => {
                let generators: Vec<&str> = generators.iter().map(String::as_str).collect();
                let fraction = TwoLevel::fraction(block.factors.len(), &generators)?;
                let points = fraction.runs();
                (Self::TwoLevel(fraction), points)
            }
        })
    }
}

impl Prepared<'_> {
    /// The settings of the block's factors at its `nth` point.
    fn settings(&self, factors: &[Factor], nth: u32) -> Vec<Setting> {
        let varying = || self.block.factors.iter().map(|factor| &factors[*factor]);
        let by_level = |levels: Vec<usize>| varying().zip(levels).map(|(factor, level)| factor.level(level)).collect();
        let by_coordinate = |u: Vec<f64>| varying().zip(u).map(|(factor, u)| factor.at(u)).collect();
        match (&self.maker, &self.block.design) {
            (Maker::Grid(grid), _) => by_level(grid.levels(u64::from(nth))),
            (Maker::Zip, _) => varying().map(|factor| factor.level(nth as usize)).collect(),
            (Maker::List, Design::List(rows)) => by_level(rows[nth as usize].clone()),
            (Maker::List, _) => unreachable!("a list is made of a list only"),
            (Maker::Columns(columns), _) => by_coordinate(columns.iter().map(|column| column[nth as usize]).collect()),
            (Maker::Saltelli(saltelli, keys), _) => {
                by_coordinate(saltelli.point(u64::from(nth), |block, dimension, node| keys[dimension].stream(0, block, node).bits()))
            }
            (Maker::Morris(walks), _) => {
                let points = self.block.factors.len() as u32 + 1;
                by_coordinate(walks[(nth / points) as usize].point((nth % points) as usize))
            }
            (Maker::TwoLevel(design), _) => varying()
                .enumerate()
                .map(|(at, factor)| {
                    let [low, high] = factor.extremes();
                    if design.is_high(u64::from(nth), at) { high } else { low }
                })
                .collect(),
        }
    }
}
