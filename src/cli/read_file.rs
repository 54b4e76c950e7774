//! The one way in which files are opened for reading: a regular file, of a size that can be held.
//!
//! A named pipe or a device where a file should be would keep the program waiting, or fill its memory. A symbolic link to a regular file is
//! as good as the file.

use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{self, BufRead, Read};
use std::path::Path;

/// No file of a result folder that is read whole is longer.
pub(super) const LONGEST: u64 = 2 << 30;

/// Opens a regular file.
///
/// # Errors
///
/// Those of the system, and that it is no regular file, in words that go on from "cannot read …: ".
pub(super) fn open(path: &Path) -> io::Result<File> {
    // Opening some devices does something already, so what it is is looked at first; and once more when it is open, since it may have been
    // replaced in between.
    regular(&std::fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    without_waiting(&mut options);
    let file = options.open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// The bytes of a regular file of at most so many.
///
/// # Errors
///
/// Those of [`open`], and that it is longer.
pub(super) fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let too_long = || io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {} MB", most >> 20));
    let length = file.metadata()?.len();
    if length > most {
        return Err(too_long());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    // A file may grow, and some of the system's have no length of their own.
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_long()) } else { Ok(bytes) }
}

/// The lines of a text that is read bit by bit, none longer than a megabyte.
pub(super) fn lines(mut reader: impl BufRead) -> impl Iterator<Item = io::Result<String>> {
    const LONGEST_LINE: u64 = 1 << 20;
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(n) if n as u64 == LONGEST_LINE && line.last() != Some(&b'\n') => {
                Some(Err(io::Error::new(io::ErrorKind::InvalidData, "a line is longer than 1 MB")))
            }
            Ok(_) => {
                while matches!(line.last(), Some(b'\n' | b'\r')) {
                    line.pop();
                }
                Some(String::from_utf8(line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)))
            }
            Err(error) => Some(Err(error)),
        }
    })
}

fn regular(about: &Metadata) -> io::Result<()> {
    match what(about.file_type()) {
        None => Ok(()),
        Some(what) => Err(io::Error::new(io::ErrorKind::InvalidInput, format!("it is {what}, not a file"))),
    }
}

/// What it is, if it is no regular file.
fn what(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("a folder");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
    }
    Some("something else")
}

/// Asks that opening waits for nobody, where the system's number for that is known.
fn without_waiting(options: &mut OpenOptions) {
    #[cfg(all(
        target_os = "linux",
        any(target_arch = "x86_64", target_arch = "x86", target_arch = "aarch64", target_arch = "arm", target_arch = "riscv64")
    ))]
    {
        use std::os::unix::fs::OpenOptionsExt;
        /// `O_NONBLOCK`.
        const NONBLOCK: i32 = 0o4000;
        options.custom_flags(NONBLOCK);
    }
    #[cfg(target_os = "macos")]
    {
        use std::os::unix::fs::OpenOptionsExt;
        /// `O_NONBLOCK`.
        const NONBLOCK: i32 = 0x4;
        options.custom_flags(NONBLOCK);
    }
    let _ = options;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_file_is_read_up_to_its_limit() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("file");
        std::fs::write(&path, "12345").expect("a file");
        assert_eq!(bytes(&path, 5).expect("it fits"), b"12345");
        assert_eq!(bytes(&path, 4).expect_err("it is longer").kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(bytes(dir.path(), 5).expect_err("a folder").to_string(), "it is a folder, not a file");
        assert_eq!(bytes(&dir.path().join("other"), 5).expect_err("nothing").kind(), io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_is_as_good_as_the_file_and_a_device_is_none() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, link) = (dir.path().join("file"), dir.path().join("link"));
        std::fs::write(&path, "12345").expect("a file");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        assert_eq!(bytes(&link, 5).expect("it fits"), b"12345");
        assert_eq!(bytes(Path::new("/dev/zero"), 5).expect_err("it never ends").to_string(), "it is a device, not a file");
    }

    #[test]
    fn lines_lose_their_ends_only_and_are_no_longer_than_a_megabyte() {
        let read = |text: &[u8]| lines(io::Cursor::new(text.to_vec())).map(|line| line.ok()).collect::<Vec<_>>();
        assert_eq!(read(b"a\r\n\nb"), [Some("a".to_owned()), Some(String::new()), Some("b".to_owned())]);
        assert_eq!(read(&vec![b'x'; 1 << 21])[0], None);
    }
}
