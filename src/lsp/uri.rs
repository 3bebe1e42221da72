//! Files as the addresses that editors give them, and back.

use std::path::{Path, PathBuf};

use crate::render::escape::file_uri;

/// The file behind an address; `None` for what is no file, such as a buffer without a name.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let at = rest.find('/')?;
    let (host, path) = rest.split_at(at);
    if !(host.is_empty() || host == "localhost") {
        return None;
    }
    let text = String::from_utf8(decoded(path)?).ok()?;
    // `/C:/teams` is a drive, where there are drives.
    let drive = text.get(1..3).is_some_and(|drive| drive.ends_with(':'));
    let text = if cfg!(windows) && drive { &text[1..] } else { &text[..] };
    Some(PathBuf::from(text))
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let value = digit(bytes.next())? * 16 + digit(bytes.next())?;
        out.push(u8::try_from(value).ok()?);
    }
    Some(out)
}

/// The address of a file.
pub fn of(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    file_uri(&whole.to_string_lossy().replace('\\', if cfg!(windows) { "/" } else { "\\" }))
}

/// The one path of a file whatever links lead to it; a file that is not there yet is in its folder.
pub fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.canonicalize().unwrap_or_else(|_| {
        let folder = whole.parent().and_then(|folder| folder.canonicalize().ok());
        match (folder, whole.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => whole,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_files_lead_to_each_other() {
        assert_eq!(path("file:///a/b%20c/%C3%A9.yaml"), Some(PathBuf::from("/a/b c/é.yaml")));
        assert_eq!(path("file://localhost/a"), Some(PathBuf::from("/a")));
        for no_file in ["untitled:Untitled-1", "file://host/a", "file:///a%2", "file:///%FF", "", "file://"] {
            assert_eq!(path(no_file), None, "{no_file}");
        }
        let there = Path::new("/a/b c/é #1.yaml");
        assert_eq!(path(&of(there)).as_deref(), Some(there));
    }
}
