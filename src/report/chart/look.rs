//! The house style: formats, themes, colours, type.
//!
//! Blue is time and progress, warm is exposure, grey is custody, context or nothing; never the other way round. Classes of exposure
//! differ in lightness by 20 or more (CIE L*), so they survive grey printing and colour blindness (a test computes it), and colour is
//! never alone: height, width or a word says the same.
//!
//! Lengths are units of the format: pixels of the CSS kind, on A4 points. Type has a size for each use and format, so nothing is ever
//! scaled down to fit.

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    /// From `0xRRGGBB`.
    const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// `#RRGGBB`.
    pub(super) fn code(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// Format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A whole slide, 1920 × 1080.
    Slide,
    /// Half a slide, 920 × 620.
    Half,
    /// A square, 1080 × 1080.
    Square,
    /// The width of an A4 page's text, 170 mm; units are points.
    A4,
    /// A preview, 480 × 270.
    Thumb,
}

/// Colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// On white.
    Light,
    /// On near black, for screens.
    Dark,
    /// On white, with hairlines and hatching that survive a grey printer.
    Print,
}

impl Size {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Slide, Self::Half, Self::Square, Self::A4, Self::Thumb];

    /// The format of a word.
    ///
    /// # Errors
    ///
    /// If there is none; the text lists those there are.
    pub fn parse(word: &str) -> Result<Self, String> {
        known(&Self::ALL, Self::word, word)
    }

    /// The word on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Slide => "slide",
            Self::Half => "half",
            Self::Square => "square",
            Self::A4 => "a4",
            Self::Thumb => "thumb",
        }
    }
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// The colours of a word.
    ///
    /// # Errors
    ///
    /// If there are none; the text lists those there are.
    pub fn parse(word: &str) -> Result<Self, String> {
        known(&Self::ALL, Self::word, word)
    }

    /// The word on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Print => "print",
        }
    }
}

/// The one of a word.
fn known<T: Copy>(all: &[T], word_of: fn(T) -> &'static str, wanted: &str) -> Result<T, String> {
    let words = || all.iter().map(|one| word_of(*one)).collect::<Vec<_>>().join(", ");
    all.iter().copied().find(|one| word_of(*one) == wanted).ok_or_else(|| format!("there is no `{wanted}`; there are {}", words()))
}

/// What a text is for; decides its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Title,
    Subtitle,
    Label,
    Tick,
    Figure,
    Footer,
    /// The value of a cell.
    Cell,
}

/// Where things stand on a page of a format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Free space left and right.
    pub(super) margin: f64,
    /// Baseline of the title's first line.
    pub(super) title: f64,
    /// From the bottom to the rule above the footer.
    pub(super) footer: f64,
    /// Width of the column of key figures.
    pub(super) column: f64,
    /// Factor on strokes, radii and gaps, which are given for the slide.
    pub(super) stroke: f64,
    /// Sizes of type in the order of [`Use`].
    sizes: [f64; 7],
}

/// How a picture is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its format.
    pub size: Size,
    /// Its colours.
    pub theme: Theme,
}

impl Look {
    /// The page of the format.
    pub(super) const fn page(self) -> Page {
        match self.size {
            Size::Slide => Page {
                width: 1920.0,
                height: 1080.0,
                margin: 96.0,
                title: 88.0,
                footer: 72.0,
                column: 250.0,
                stroke: 1.0,
                sizes: [46.0, 28.0, 26.0, 24.0, 46.0, 18.0, 32.0],
            },
            Size::Half => Page {
                width: 920.0,
                height: 620.0,
                margin: 40.0,
                title: 46.0,
                footer: 50.0,
                column: 170.0,
                stroke: 0.7,
                sizes: [30.0, 20.0, 20.0, 18.0, 32.0, 14.0, 20.0],
            },
            Size::Square => Page {
                width: 1080.0,
                height: 1080.0,
                margin: 56.0,
                title: 68.0,
                footer: 62.0,
                column: 200.0,
                stroke: 0.8,
                sizes: [38.0, 24.0, 22.0, 20.0, 38.0, 16.0, 26.0],
            },
            Size::A4 => Page {
                width: 482.0,
                height: 312.0,
                margin: 10.0,
                title: 20.0,
                footer: 24.0,
                column: 76.0,
                stroke: 0.32,
                sizes: [12.0, 9.0, 8.0, 7.5, 14.0, 6.5, 9.0],
            },
            Size::Thumb => Page {
                width: 480.0,
                height: 270.0,
                margin: 16.0,
                title: 28.0,
                footer: 26.0,
                column: 0.0,
                stroke: 0.45,
                sizes: [20.0, 13.0, 13.0, 13.0, 20.0, 8.0, 13.0],
            },
        }
    }

    /// Whether only title and main shape are wanted.
    pub(super) fn is_small(self) -> bool {
        self.size == Size::Thumb
    }

    /// Size of type for a use.
    pub(super) const fn type_size(self, used: Use) -> f64 {
        self.page().sizes[used as usize]
    }

    /// A length given for the slide, in this format.
    pub(super) fn px(self, on_slide: f64) -> f64 {
        on_slide * self.page().stroke
    }

    /// The colours of the theme.
    pub(super) const fn palette(self) -> &'static Palette {
        match self.theme {
            Theme::Light | Theme::Print => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// Whether fills need a hairline around them.
    pub(super) fn hairlines(self) -> bool {
        self.theme == Theme::Print
    }
}

/// Colours by what they mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) paper: Colour,
    pub(super) panel: Colour,
    pub(super) night: Colour,
    /// Text: the main thing, the second, the third.
    pub(super) ink: [Colour; 3],
    pub(super) rule: Colour,
    pub(super) grid: Colour,
    /// Bands of a fan, outer to inner.
    pub(super) fan: [Colour; 3],
    /// The line of progress, and what is said of time.
    pub(super) progress: Colour,
    /// Classes of exposure: low, moderate, high, highest.
    pub(super) exposure: [Colour; 4],
    pub(super) custody: Colour,
    /// Around custody and around pale fills.
    pub(super) outline: Colour,
    /// Text upon each class of exposure.
    pub(super) on_exposure: [Colour; 4],
    /// Person-hours, six steps.
    pub(super) heat: [Colour; 6],
    /// Days and other values of settings, seven steps from the best.
    pub(super) days: [Colour; 7],
    /// Text upon each of them.
    pub(super) on_days: [Colour; 7],
    /// Late, as an outline.
    pub(super) late: Colour,
    /// Verdicts: better, not resolved, worse. A word and a sign say the same.
    pub(super) good: Colour,
    pub(super) caution: Colour,
    pub(super) bad: Colour,
}

const INK: Colour = Colour::hex(0x14202B);

static LIGHT: Palette = Palette {
    paper: Colour::hex(0xFFFFFF),
    panel: Colour::hex(0xF4F6F8),
    night: Colour::hex(0xE9EDF3),
    ink: [INK, Colour::hex(0x4A5763), Colour::hex(0x6B7782)],
    rule: Colour::hex(0xC3CCD4),
    grid: Colour::hex(0xE6EBEF),
    fan: [Colour::hex(0xD6E6F2), Colour::hex(0xA3C8E4), Colour::hex(0x5F9DCB)],
    progress: Colour::hex(0x0B3F6B),
    exposure: [Colour::hex(0xFBD788), Colour::hex(0xF08A24), Colour::hex(0xB5321C), Colour::hex(0x5A0F1E)],
    custody: Colour::hex(0xD9E0E6),
    outline: Colour::hex(0x7D8A96),
    on_exposure: [INK, INK, Colour::hex(0xFFFFFF), Colour::hex(0xFFFFFF)],
    heat: [
        Colour::hex(0xFDEBC8),
        Colour::hex(0xFBD07A),
        Colour::hex(0xF59A3C),
        Colour::hex(0xD9581F),
        Colour::hex(0x9E2418),
        Colour::hex(0x4A0C1A),
    ],
    days: [
        Colour::hex(0xEAF2F9),
        Colour::hex(0xC9DFF0),
        Colour::hex(0x9CC5E3),
        Colour::hex(0x5F9DCB),
        Colour::hex(0x2F74AC),
        Colour::hex(0x0F4A7C),
        Colour::hex(0x082A48),
    ],
    on_days: [INK, INK, INK, INK, Colour::hex(0xFFFFFF), Colour::hex(0xFFFFFF), Colour::hex(0xFFFFFF)],
    late: Colour::hex(0x8F2D0A),
    good: Colour::hex(0x0B6E4F),
    caution: Colour::hex(0x9A6700),
    bad: Colour::hex(0xB42318),
};

static DARK: Palette = Palette {
    paper: Colour::hex(0x0F1720),
    panel: Colour::hex(0x16212C),
    night: Colour::hex(0x0A1017),
    ink: [Colour::hex(0xE8EEF3), Colour::hex(0xA7B6C2), Colour::hex(0x7E8D9A)],
    rule: Colour::hex(0x3A4957),
    grid: Colour::hex(0x22303C),
    fan: [Colour::hex(0x16324A), Colour::hex(0x22557F), Colour::hex(0x3C86BF)],
    progress: Colour::hex(0xCFE8FB),
    exposure: [Colour::hex(0x5E4A1E), Colour::hex(0xB87512), Colour::hex(0xFF8C66), Colour::hex(0xFFE6D6)],
    custody: Colour::hex(0x2A3845),
    outline: Colour::hex(0x6B7A88),
    on_exposure: [Colour::hex(0xFFFFFF), Colour::hex(0x0A1017), Colour::hex(0x0A1017), Colour::hex(0x0A1017)],
    heat: [
        Colour::hex(0x4A0C1A),
        Colour::hex(0x9E2418),
        Colour::hex(0xD9581F),
        Colour::hex(0xF59A3C),
        Colour::hex(0xFBD07A),
        Colour::hex(0xFDEBC8),
    ],
    days: [
        Colour::hex(0x082A48),
        Colour::hex(0x0F4A7C),
        Colour::hex(0x2F74AC),
        Colour::hex(0x5F9DCB),
        Colour::hex(0x9CC5E3),
        Colour::hex(0xC9DFF0),
        Colour::hex(0xEAF2F9),
    ],
    on_days: [Colour::hex(0xFFFFFF), Colour::hex(0xFFFFFF), Colour::hex(0xFFFFFF), INK, INK, INK, INK],
    late: Colour::hex(0xFFB454),
    good: Colour::hex(0x5FD3A8),
    caution: Colour::hex(0xF0C060),
    bad: Colour::hex(0xFF9B8F),
};

#[cfg(test)]
mod tests;
