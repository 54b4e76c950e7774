//! Paths in commands that are printed for people to paste.

use crate::report::shell::quoted_path;
use std::path::Path;

/// A file or folder as an argument of a command in a shell.
pub(super) fn argument(path: &Path) -> String {
    quoted_path(path.as_os_str().as_encoded_bytes())
}
