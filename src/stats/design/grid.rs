//! Every combination of levels.

/// A full grid: the points are the numbers of a mixed-radix system, whose digits are the levels. The last factor changes fastest.
///
/// # Examples
///
/// ```
/// use convoysim::stats::design::Grid;
///
/// let grid = Grid::new(&[2, 3]).expect("six points");
/// let all: Vec<Vec<usize>> = (0..grid.points()).map(|index| grid.levels(index)).collect();
/// assert_eq!(all, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    radices: Vec<usize>,
    points: u64,
}

impl Grid {
    /// With so many levels of each factor; `None` if there are more than 2⁶⁴ − 1 combinations.
    #[must_use]
    pub fn new(levels: &[usize]) -> Option<Self> {
        let points = levels.iter().try_fold(1_u64, |points, levels| points.checked_mul(*levels as u64))?;
        Some(Self { radices: levels.to_vec(), points })
    }

    /// How many points: the product of the numbers of levels; one without any factor.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.points
    }

    /// The level of each factor at the point of this number, from 0.
    ///
    /// # Panics
    ///
    /// If there is no such point.
    #[must_use]
    pub fn levels(&self, index: u64) -> Vec<usize> {
        assert!(index < self.points, "point {index} of {}", self.points);
        let mut rest = index;
        let mut levels = vec![0; self.radices.len()];
        for (level, radix) in levels.iter_mut().zip(&self.radices).rev() {
            *level = (rest % *radix as u64) as usize;
            rest /= *radix as u64;
        }
        levels
    }

    /// The number of the point with these levels; `None` if there is no such point.
    #[must_use]
    pub fn index(&self, levels: &[usize]) -> Option<u64> {
        let known = levels.len() == self.radices.len() && levels.iter().zip(&self.radices).all(|(level, radix)| level < radix);
        known.then(|| levels.iter().zip(&self.radices).fold(0, |index, (level, radix)| index * *radix as u64 + *level as u64))
    }
}
