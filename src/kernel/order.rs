//! What comes first when several events fall on one instant.

/// The place of a process's calendar events among those of the same instant: lower first.
///
/// A process has its order from [`spawn`](super::Sim::spawn). The environment (weather, curfews, closures) comes first,
/// so that whoever acts at 18:00 already sees the state of 18:00; then movements by number, then their units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order(u32);

impl Order {
    /// Bits of an order in the calendar key.
    pub(super) const BITS: u32 = 28;
    /// Before everything else of the instant.
    pub const ENVIRONMENT: Self = Self(0);
    /// After everything else of the instant.
    pub const LAST: Self = Self((1 << Self::BITS) - 1);

    /// The order of a unit (below 2^8) of a movement (below 2^19): by movement, then by unit.
    ///
    /// # Panics
    ///
    /// If either number is out of range.
    #[must_use]
    pub const fn of(movement: u32, unit: u32) -> Self {
        assert!(movement < 1 << 19 && unit < 1 << 8, "order of a movement or unit out of range");
        Self(1 + (movement << 8 | unit))
    }

    /// The order as a number below 2^28.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    pub(super) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }
}
