//! Files that appear whole or not at all.

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

/// Writes a file under a temporary name beside it, then renames it.
pub(super) fn save(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = like_any_new_file().tempfile_in(folder)?;
    file.write_all(content)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
