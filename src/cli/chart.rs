//! `convoysim chart`.

use super::args::ChartOptions;
use super::charts;
use super::exit::Exit;
use super::open;
use super::terminal::{Terminal, WriteError};
use crate::report::chart::{Look, Order};
use std::fs;

/// Draws charts of an output folder again; the names of the pictures go to standard output.
pub(super) fn chart(options: &ChartOptions, terminal: &mut Terminal<'_>) -> Result<Exit, WriteError> {
    let held = match open::any(&options.dir) {
        Ok(held) => held,
        Err(error) => {
            terminal.complain(&error.to_string());
            return Ok(Exit::DataInvalid);
        }
    };
    let folder = options.out.clone().unwrap_or_else(|| options.dir.join("charts"));
    fs::create_dir_all(&folder).map_err(|source| WriteError::new(folder.display(), source))?;
    let order = Order { look: Look { size: options.size, theme: options.theme }, percent: options.run, variant: 0 };
    let (pictures, left_out) = charts::draw(held.material(), &options.only, order);
    for picture in &pictures {
        picture.save(&folder)?;
        let path = folder.join(&picture.name);
        terminal.print(&format!("{}.svg, .png\n", path.display()))?;
    }
    for (name, why) in &left_out {
        terminal.say(&format!("no chart `{name}`: {why}"));
    }
    Ok(Exit::Done)
}
