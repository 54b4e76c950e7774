//! `convoysim chart`.

use super::args::ChartOptions;
use super::charts;
use super::exit::Exit;
use super::folder::refuse_link;
use super::open;
use super::sweep;
use super::terminal::{Terminal, WriteError};
use crate::report::chart::{Look, Material, Order};
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
    match held.material() {
        Some(material) => draw(options, material, || held.broken(), terminal),
        None => sweep::charted(&options.dir, terminal, |output, terminal| draw(options, output.into(), || None, terminal)),
    }
}

/// Draws and writes pictures, unless `broken` says that they are not to be relied on.
fn draw(
    options: &ChartOptions,
    material: Material<'_>,
    broken: impl FnOnce() -> Option<WriteError>,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, WriteError> {
    let folder = options.out.clone().unwrap_or_else(|| options.dir.join("charts"));
    if options.out.is_none() {
        refuse_link(&folder)?;
    }
    fs::create_dir_all(&folder).map_err(|source| WriteError::new(folder.display(), source))?;
    let order = Order { look: Look { size: options.size, theme: options.theme }, percent: options.run, nth: 0 };
    let (pictures, left_out) = charts::draw(material, &options.only, order);
    if let Some(error) = broken() {
        return Err(error);
    }
    for picture in &pictures {
        picture.save(&folder)?;
        let path = folder.join(&picture.name);
        terminal.print(&format!("{}.svg, .png\n", path.display()))?;
    }
    charts::tell(&left_out, terminal);
    if pictures.is_empty() && left_out.is_empty() {
        terminal.say(&format!("there are no charts of {}", material.kind().words()));
    }
    Ok(Exit::Done)
}
