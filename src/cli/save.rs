//! Files that appear whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::Builder;

/// Makes temporary files that may be read by whom any new file may be; the umask takes its part away.
pub(super) fn like_any_new_file<'a, 'b>() -> Builder<'a, 'b> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Why nothing is written where a symbolic link is.
pub(super) const IS_LINK: &str =
    "it is a symbolic link, and convoysim does not write through links; remove it, or give the place it leads to";

/// Writes a file under a temporary name beside it, then renames it. A symbolic link is refused: replacing it would surprise whoever set it,
/// and writing through it would change a file that was not named.
pub(super) fn save(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_symlink()) {
        return Err(io::Error::other(IS_LINK));
    }
    let mut file = like_any_new_file().tempfile_in(folder)?;
    file.write_all(content)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
