//! Movements of one operating day, a lane each: who was exposed, where and for how long.
//!
//! Height and colour both say the class of exposure. The day is the one with the most exposed hours; a movement belongs to the day on which
//! it sets out and is followed to its end, but for what lies far beyond the next noon.

mod labels;

use super::super::axis;
use super::super::font;
use super::super::look::{Look, Size, Theme, Use};
use super::super::pen::{Area, Pen};
use super::super::sheet::{Sheet, Words};
use super::super::{NotDrawn, Order};
use super::clock::ClockAxis;
use super::legend;
use super::movement::{Class, Movement, Stretch, class_rule, halt_ticks};
use super::replication::OneRun;
use crate::report::words::{counted, grouped, hours};
use crate::units::{TICKS_PER_DAY, TICKS_PER_HOUR};
use std::collections::BTreeMap;

/// Lanes that a picture holds, so that every name has room.
const fn lanes_of(size: Size) -> usize {
    if matches!(size, Size::Half) { 9 } else { 14 }
}

/// Whoever boards or travels for longer than that before or after its operating day is cut at the edge.
const BEYOND: i64 = 12 * TICKS_PER_HOUR as i64;

pub(in super::super) fn draw(output: &crate::results::Output, order: Order) -> Result<String, NotDrawn> {
    let run = OneRun::of(output, order.percent)?;
    let look = order.look;
    let view = View::of(&run, look);
    let mut sheet = Sheet::new(look, &output.info, output.table.records.len(), view.words());
    let (plot, column) = sheet.plot_and_column();
    let names = if look.is_small() { 0.0 } else { view.width_of_names(plot) };
    let bottom = plot.bottom - axis::height_below(look) - legend::height(look);
    let area = Area { left: plot.left + names, bottom, ..plot };
    let clock = ClockAxis::new(&run, look, area, view.span());
    let above = if look.is_small() { 0.0 } else { look.type_size(Use::Tick) * 2.7 };
    let lanes = view.lanes(Area { top: area.top + above, ..area });

    clock.draw_nights(&mut sheet, &run);
    sheet.layer("axis", |pen| clock.draw_hours(pen));
    sheet.layer("lanes", |pen| {
        for (movement, lane) in view.shown.iter().zip(&lanes) {
            pen.line(&[(area.left, lane.bottom), (area.right, lane.bottom)], 1.5, look.palette().grid);
            view.draw_lane(pen, &clock, movement, *lane);
        }
    });
    if look.is_small() {
        return Ok(sheet.finish());
    }
    sheet.layer("names", |pen| view.draw_names(pen, plot, &lanes, &clock));
    sheet.layer("minutes", |pen| view.draw_minutes(pen, &lanes, &clock));
    sheet.layer("doing", |pen| view.draw_doing(pen, &lanes, &clock));
    sheet.layer("legend", |pen| {
        let strip = Area { top: plot.bottom - legend::height(look), left: area.left, ..plot };
        let strip = if look.size != Size::Slide { Area { left: plot.left, right: sheet_right(look), ..strip } } else { strip };
        legend::classes(pen, look, strip, &Class::ALL, view.gaps_in_words(), legend::bar);
    });
    if let Some(column) = column {
        sheet.layer("totals", |pen| view.draw_totals(pen, column, &lanes));
    }
    Ok(sheet.finish())
}

fn sheet_right(look: Look) -> f64 {
    look.page().width - look.page().margin
}

struct View<'v> {
    run: &'v OneRun<'v>,
    look: Look,
    day: i64,
    /// All movements that set out on the day.
    all: Vec<&'v Movement<'v>>,
    /// Those with a lane: by land first, then by time of setting out.
    shown: Vec<&'v Movement<'v>>,
}

impl<'v> View<'v> {
    fn of(run: &'v OneRun<'v>, look: Look) -> Self {
        let day = busiest_day(run);
        let all: Vec<&Movement<'_>> = run.movements.iter().filter(|movement| run.day(movement.set_out) == day).collect();
        let mut shown = all.clone();
        shown.sort_by(|a, b| b.convoy.exposed_h.total_cmp(&a.convoy.exposed_h).then(a.convoy.movement.cmp(&b.convoy.movement)));
        shown.truncate(lanes_of(look.size));
        shown.sort_by_key(|movement| (movement.is_by_air(), movement.set_out, movement.convoy.movement));
        Self { run, look, day, all, shown }
    }

    fn exposed_h(&self) -> f64 {
        self.all.iter().map(|movement| movement.convoy.exposed_h).sum()
    }

    /// First and last instant that is shown.
    fn span(&self) -> (i64, i64) {
        let noon = self.run.noon(self.day);
        let start = self.shown.iter().map(|movement| movement.span().0 as i64).min().unwrap_or(noon);
        let end = self.shown.iter().map(|movement| movement.span().1 as i64).max().unwrap_or(noon);
        (start.max(noon - BEYOND), end.min(noon + TICKS_PER_DAY as i64 + BEYOND))
    }

    /// How many bars are cut at an edge.
    fn cut(&self) -> usize {
        let (from, to) = self.span();
        self.shown.iter().filter(|movement| (movement.span().0 as i64) < from || movement.span().1 as i64 > to).count()
    }

    /// What the thin line stands for, where there is one.
    fn gaps_in_words(&self) -> Option<&'static str> {
        let any = |air: bool| self.shown.iter().any(|movement| movement.is_by_air() == air && gaps(movement).next().is_some());
        match (any(true), any(false)) {
            (true, true) => Some("in flight, or secured"),
            (true, false) => Some("in flight"),
            (false, true) => Some("secured crossing"),
            (false, false) => None,
        }
    }

    fn words(&self) -> Words {
        let (title, all) = (self.finding(), self.all.len());
        let left_out = match all - self.shown.len() {
            0 => String::new(),
            n => format!(" The {} most exposed are shown, {} not.", self.shown.len(), grouped(n)),
        };
        let cut = match self.cut() {
            0 => String::new(),
            n => format!(" {} beyond the edge.", counted(n, "bar goes on", "bars go on")),
        };
        let day = self.run.day_in_words(self.day);
        let by_class = [Class::Low, Class::Moderate, Class::High, Class::Highest].map(|class| {
            let in_it: f64 = self.all.iter().map(|movement| movement.convoy.class_h[class as usize - 1]).sum();
            format!("{} {}", class.word(), hours(in_it))
        });
        let classes = class_rule(self.run.output);
        Words {
            id: "swimlane",
            subtitle: format!(
                "{} of one simulated day, {day}, {}; {} is more exposed",
                OneRun::counted(all),
                self.run.output.info.clock.zone(),
                if self.look.theme == Theme::Dark { "taller and lighter" } else { "taller and darker" },
            ),
            caveat: format!("{} The day shown has the most exposed hours.{left_out}{cut}", self.run.caveat()),
            description: format!(
                "Swimlanes. {title}. {} of one day, {day}, exposed for {} in all: {}. {classes}. {} No uncertainty is shown. Data: \
                 segments.csv, convoys.csv.",
                OneRun::counted(all),
                hours(self.exposed_h()),
                by_class.join(", "),
                self.run.caveat(),
            ),
            title,
        }
    }

    /// The longest halt, loaded, of all movements of the day.
    fn longest_halt(&self) -> Option<(&'v Movement<'v>, &'v [Stretch<'v>])> {
        let mut longest: Option<(&Movement<'_>, &[Stretch<'_>])> = None;
        for (movement, halt) in self.all.iter().filter_map(|movement| Some((*movement, movement.longest_halt()?))) {
            if longest.is_none_or(|(_, known)| halt_ticks(known) < halt_ticks(halt)) {
                longest = Some((movement, halt));
            }
        }
        longest
    }

    fn finding(&self) -> String {
        match self.longest_halt() {
            Some((movement, halt)) => format!(
                "Longest stop, loaded: {} ({}, {})",
                hours(halt_ticks(halt) as f64 / TICKS_PER_HOUR as f64),
                movement.name(),
                self.run.whereabouts(movement, &halt[0])
            ),
            None if self.exposed_h() > 0.0 => {
                format!("{}, exposed for {} in one day", OneRun::counted(self.all.len()), hours(self.exposed_h()))
            }
            None => format!("{} in one day, nobody exposed", OneRun::counted(self.all.len())),
        }
    }

    fn width_of_names(&self, plot: Area) -> f64 {
        let size = self.look.type_size(Use::Tick);
        let widest = self.shown.iter().map(|movement| font::width(&movement.name(), size, true)).fold(0.0, f64::max);
        widest.min(plot.width() * 0.24) + self.look.px(20.0)
    }

    /// A lane each, from the top; few lanes are not stretched without limit.
    fn lanes(&self, area: Area) -> Vec<Area> {
        let high = (area.height() / self.shown.len() as f64).min(area.height() / 3.0).min(self.look.px(170.0));
        (0..self.shown.len())
            .map(|i| {
                let top = area.top + high * i as f64;
                Area { top, bottom: top + high, ..area }
            })
            .collect()
    }

    fn draw_lane(&self, pen: &mut Pen<'_>, clock: &ClockAxis, movement: &Movement<'_>, lane: Area) {
        let look = self.look;
        let floor = lane.bottom - look.px(2.0);
        for (start, end) in gaps(movement) {
            let y = floor - lane.height() * Class::Custody.height() / 2.0;
            pen.line(&[(clock.at(start as i64), y), (clock.at(end as i64), y)], 2.5, look.palette().outline);
        }
        for stretch in &movement.stretches {
            let bar = self.bar(clock, stretch, lane);
            if bar.width() > 0.0 {
                pen.fill(bar, legend::colour(look, stretch.class));
                // An outline would cover what is hardly wider.
                if bar.width() > look.px(3.0) {
                    pen.outline(bar, 1.8, legend::outline(look, stretch.class));
                }
            }
        }
    }

    fn bar(&self, clock: &ClockAxis, stretch: &Stretch<'_>, lane: Area) -> Area {
        let bottom = lane.bottom - self.look.px(2.0);
        Area {
            left: clock.at(stretch.start as i64),
            right: clock.at(stretch.end as i64),
            top: bottom - lane.height() * stretch.class.height(),
            bottom,
        }
    }
}

/// The operating day whose movements are exposed longest in all until its end; the first of several, and of those with as much (as with
/// none) the one with most movements. Time after the next noon does not count, or one long delay would outweigh a night of many.
fn busiest_day(run: &OneRun<'_>) -> i64 {
    let mut days: BTreeMap<i64, (u64, usize)> = BTreeMap::new();
    for movement in &run.movements {
        let day = run.day(movement.set_out);
        let end = run.noon(day + 1) as u64;
        let exposed = movement.stretches.iter().filter(|stretch| stretch.is_exposed());
        let known = days.entry(day).or_default();
        known.0 += exposed.map(|stretch| stretch.end.min(end).saturating_sub(stretch.start)).sum::<u64>();
        known.1 += 1;
    }
    let most = days.values().max().copied();
    days.into_iter().find(|(_, known)| Some(*known) == most).map_or(1, |(day, _)| day)
}

/// Stretches of time between first and last stretch in which nothing was booked: in the air, or in a secured crossing.
fn gaps<'m>(movement: &'m Movement<'_>) -> impl Iterator<Item = (u64, u64)> + 'm {
    movement.stretches.windows(2).map(|pair| (pair[0].end, pair[1].start)).filter(|(start, end)| start < end)
}
