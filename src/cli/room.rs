//! Temporary files for the records of replications, where they become too many for memory.

use crate::results::{Room, Spill};
use std::io;
use std::path::Path;

/// Room in a folder that is being written: its disk has to hold the tables anyway.
pub(super) fn within(folder: &Path) -> Room {
    let folder = folder.to_owned();
    Room::new(Room::MOST, move || boxed(tempfile::tempfile_in(&folder)))
}

/// Room beside files that are read: in their folder if we may write there, otherwise where the system has temporary files.
pub(super) fn beside(folder: &Path) -> Room {
    let folder = folder.to_owned();
    Room::new(Room::MOST, move || boxed(tempfile::tempfile_in(&folder).or_else(|_| tempfile::tempfile())))
}

/// Room where the system has temporary files.
pub(super) fn temporary() -> Room {
    Room::new(Room::MOST, || boxed(tempfile::tempfile()))
}

/// What an error of such a file is about.
pub(super) const TEMPORARY: &str = "the temporary file for the records of replications";

/// The file has no name, so it is gone with the process, however that ends.
fn boxed(file: io::Result<std::fs::File>) -> io::Result<Box<dyn Spill>> {
    file.map(|file| Box::new(file) as Box<dyn Spill>)
}
