//! Files that are no text, told by their first bytes: a workbook is handed on, everything else is named for what it is.

use memchr::memmem;

/// What a file is that is no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binary {
    /// An Excel workbook (`.xlsx`, `.xlsm`).
    Workbook,
    /// Something that is not read: what it is, and what to do.
    Other(&'static str, &'static str),
}

const SAVE_AS: &str = "open it and save it as .xlsx or as CSV (UTF-8)";
const TABLE: &str = "export the table that it shows as CSV or .xlsx";
const UNPACK: &str = "unpack it and name the files in it";

/// What begins with these bytes.
const BEGINNINGS: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF document", TABLE),
    (b"\x89PNG\r\n", "a picture (PNG)", TABLE),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", TABLE),
    (b"GIF87a", "a picture (GIF)", TABLE),
    (b"GIF89a", "a picture (GIF)", TABLE),
    (b"II*\0", "a picture (TIFF)", TABLE),
    (b"MM\0*", "a picture (TIFF)", TABLE),
    (b"\x1F\x8B", "a gzip archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xFD7zXZ\0", "an xz archive", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive", UNPACK),
    (b"SQLite format 3\0", "an SQLite database", "export its table as CSV"),
    (b"PAR1", "a Parquet file", "export its table as CSV"),
    (b"bplist00", "a binary property list", "export the data as CSV"),
    (b"\x7FELF", "a program", "name the file with the data"),
    (b"!BDN", "an Outlook data file (PST)", "export the calendar as .ics"),
];

/// What these bytes are, where they are no text.
pub fn kind(bytes: &[u8]) -> Option<Binary> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(archive(bytes));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(compound(bytes));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(Binary::Other("a picture (WebP)", TABLE));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Binary::Other("a picture or film", TABLE));
    }
    let found = BEGINNINGS.iter().find(|(beginning, ..)| bytes.starts_with(beginning));
    found.map(|(_, what, help)| Binary::Other(what, help))
}

/// What a ZIP archive is, by the names in it.
fn archive(bytes: &[u8]) -> Binary {
    let has = |name: &[u8]| memmem::find(bytes, name).is_some();
    if bytes.starts_with(b"PK\x03\x04") && has(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        return Binary::Other("an OpenDocument spreadsheet", SAVE_AS);
    }
    if has(b"mimetypeapplication/vnd.oasis.opendocument") {
        return Binary::Other("an OpenDocument file", TABLE);
    }
    if has(b"xl/workbook.bin") {
        return Binary::Other("a binary Excel workbook (.xlsb)", SAVE_AS);
    }
    if has(b"xl/workbook.xml") || has(b"xl/worksheets/") {
        return Binary::Workbook;
    }
    if has(b"word/document.xml") {
        return Binary::Other("a Word document", TABLE);
    }
    if has(b"ppt/presentation.xml") {
        return Binary::Other("a PowerPoint presentation", TABLE);
    }
    if has(b"Index/Document.iwa") || has(b"Index.zip") || has(b"Index/Tables/") {
        return Binary::Other(
            "an Apple Numbers spreadsheet or other iWork document",
            "export it from Numbers as CSV or Excel",
        );
    }
    Binary::Other("a ZIP archive", UNPACK)
}

/// What an OLE compound file is, by the names of its streams.
fn compound(bytes: &[u8]) -> Binary {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Binary::Other(
            "a workbook or document with a password",
            "open it, remove the password, and save it as .xlsx or as CSV",
        );
    }
    if has("WordDocument") {
        return Binary::Other("an old Word document (.doc)", TABLE);
    }
    if has("__substg1.0_") {
        return Binary::Other("an Outlook message (.msg)", "save its attachment, and name that");
    }
    if has("Workbook") || has("Book") {
        return Binary::Other("an old Excel workbook (.xls)", SAVE_AS);
    }
    Binary::Other("an old Office file", SAVE_AS)
}

/// How many bytes a ZIP archive says that it has unpacked: a small one may hold more than fits anywhere.
pub fn unpacked(bytes: &[u8]) -> u64 {
    const ENTRY: &[u8] = b"PK\x01\x02";
    let size =
        |at: usize| bytes.get(at + 24..at + 28).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes);
    memmem::find_iter(bytes, ENTRY).filter_map(size).map(u64::from).sum()
}

#[cfg(test)]
mod tests {
    use super::{Binary, kind};

    #[test]
    fn what_is_no_text_is_named() {
        let named = |bytes: &[u8]| match kind(bytes) {
            Some(Binary::Other(what, _)) => what,
            Some(Binary::Workbook) => "workbook",
            None => "",
        };
        assert_eq!(named(b"%PDF-1.7"), "a PDF document");
        assert_eq!(named(b"PK\x03\x04....word/document.xml"), "a Word document");
        assert_eq!(named(b"PK\x03\x04....xl/worksheets/sheet1.xml"), "workbook");
        assert_eq!(
            named(b"PK\x03\x04....Index/Document.iwa"),
            "an Apple Numbers spreadsheet or other iWork document"
        );
        assert_eq!(named(b"PK\x03\x04....a.csv"), "a ZIP archive");
        let ole = |stream: &str| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        };
        assert_eq!(named(&ole("EncryptedPackage")), "a workbook or document with a password");
        assert_eq!(named(&ole("Workbook")), "an old Excel workbook (.xls)");
        assert_eq!(named(b"id,name\n"), "");
    }
}
