//! Files that other programs wrote: in whatever encoding they came, they become texts. Their meaning is read
//! in `import/`. What is no text is named; workbooks are handed on as bytes to those who read them.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::binary::{self, Binary};
use super::bytes::{self, LARGEST};
use super::code::Code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::files::{Origin, Source, Sources, files_under, shown};
use super::place::{FileIx, Place};
use crate::base::message::{Message, message};
use crate::base::names::Untrusted;

/// One foreign file: its text is the source of this position.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// Its text.
    pub file: FileIx,
    /// How it was encoded: `UTF-8`, `UTF-16LE`, `windows-1252`; with ` with BOM` where it had a mark.
    pub encoding: String,
    /// Whether some bytes were no character and were replaced.
    pub damaged: bool,
    /// Whether the encoding is only what the bytes look like.
    pub guessed: bool,
    /// Whether it is, or was, a workbook: rows are lines then.
    pub is_workbook: bool,
    /// The bytes of a workbook, whose text is empty until it is read.
    pub workbook: Option<Vec<u8>>,
}

/// The ending of workbooks: only who names it among the endings of a folder is handed any.
pub const WORKBOOK: &str = "xlsx";

/// How foreign files are read.
#[derive(Clone, Copy, Debug)]
pub struct HowToRead<'h> {
    /// Which files of a folder are meant.
    pub endings: &'h [&'h str],
    /// The encoding, where somebody named it.
    pub encoding: Option<&'static Encoding>,
}

/// The encoding that goes by this name, as the web knows it: `utf-8`, `utf-16le`, `windows-1252`, `latin1`.
pub fn encoding(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.as_bytes())
}

/// Reads all of these; what cannot be read is a diagnostic. A file that is reached twice is read once.
pub fn read(
    sources: &mut Sources,
    origins: &[Origin],
    how: HowToRead<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Foreign> {
    let mut seen = HashSet::new();
    let mut files = Vec::new();
    for origin in origins {
        match origin {
            Origin::Stdin => {
                let outcome = to_end(io::stdin().lock());
                files.extend(add(sources, "<stdin>".to_owned(), outcome, how, diagnostics));
            }
            Origin::Path(path) if path.is_dir() => {
                let paths = files_under(path, how.endings, diagnostics);
                if paths.is_empty() {
                    let wanted = how
                        .endings
                        .iter()
                        .map(|ending| format!("*.{ending}"))
                        .collect::<Vec<_>>()
                        .join(" or ");
                    let message = message!("the folder ", shown(path), " contains no ")
                        .and(Message::words(format!("{wanted} file")));
                    diagnostics.push(Diagnostic::nowhere(Code::Empty, message));
                }
                for path in paths {
                    files.extend(add_once(sources, &path, &mut seen, how, diagnostics));
                }
            }
            Origin::Path(path) => files.extend(add_once(sources, path, &mut seen, how, diagnostics)),
        }
    }
    files
}

fn add_once(
    sources: &mut Sources,
    path: &Path,
    seen: &mut HashSet<std::path::PathBuf>,
    how: HowToRead<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Foreign> {
    if fs::canonicalize(path).is_ok_and(|real| !seen.insert(real)) {
        return None;
    }
    let at = sources.0.len();
    let read = add(sources, shown(path), fs::File::open(path).and_then(to_end), how, diagnostics);
    if let Some(source) = sources.0.get_mut(at) {
        source.path = Some(path.to_owned());
    }
    read
}

/// So much is read before anything is judged.
const FIRST_LOOK: u64 = 1 << 16;

/// All bytes, or the beginning where that is one byte over and over: a device gives it for ever, and no file is so.
fn to_end(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut from = from.take(FIRST_LOOK);
    from.read_to_end(&mut bytes)?;
    let goes_on = bytes.windows(2).any(|pair| pair[0] != pair[1]);
    if from.limit() == 0 && goes_on {
        from.set_limit(u64::try_from(LARGEST).unwrap_or(u64::MAX));
        from.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Adds one text from its bytes, or says why it is none.
pub fn add(
    sources: &mut Sources,
    name: String,
    bytes: io::Result<Vec<u8>>,
    how: HowToRead<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Foreign> {
    let file = FileIx(u32::try_from(sources.0.len()).unwrap_or(u32::MAX));
    let bytes = match bytes {
        Ok(bytes) if bytes.len() <= LARGEST => bytes,
        Ok(_) => {
            sources.0.push(Source { name: Untrusted::new(name), text: String::new(), path: None, at: None });
            diagnostics.push(Diagnostic::error(
                Code::TooLong,
                message!("this file is larger than 4 GiB"),
                Place::whole(file),
            ));
            return None;
        }
        Err(error) => {
            let message = message!("cannot read ", name, ": ").and(Message::words(bytes::why(&error)));
            diagnostics.push(Diagnostic::nowhere(Code::Unreadable, message));
            return None;
        }
    };
    match binary::kind(&bytes) {
        Some(Binary::Workbook) if how.endings.contains(&WORKBOOK) => {
            sources.0.push(Source { name: Untrusted::new(name), text: String::new(), path: None, at: None });
            let encoding = "Excel workbook".to_owned();
            let workbook = Some(bytes);
            return Some(Foreign {
                file,
                encoding,
                damaged: false,
                guessed: false,
                is_workbook: true,
                workbook,
            });
        }
        Some(other) => {
            sources.0.push(Source { name: Untrusted::new(name), text: String::new(), path: None, at: None });
            let (what, help) = match other {
                Binary::Workbook => ("an Excel workbook", "debt import xlsx reads people from workbooks"),
                Binary::Other(what, help) => (what, help),
            };
            let message = message!("this is ", what, ", which cannot be read here");
            diagnostics
                .push(Diagnostic::error(Code::NotReadable, message, Place::whole(file)).help(message!(help)));
            return None;
        }
        None => {}
    }
    let Decoded { text, encoding, damaged, guessed } = decode(bytes, how.encoding);
    sources.0.push(Source {
        name: Untrusted::new(name),
        text: one_kind_of_line_end(text),
        path: None,
        at: None,
    });
    Some(Foreign { file, encoding, damaged, guessed, is_workbook: false, workbook: None })
}

/// A text and how it was encoded.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// How it was encoded.
    pub encoding: String,
    /// Whether some bytes were no character and were replaced.
    pub damaged: bool,
    /// Whether the encoding is only what the bytes look like.
    pub guessed: bool,
}

/// Bytes as text: a byte-order mark decides, then what was asked for, then what the bytes look like.
pub fn decode(bytes: Vec<u8>, asked: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Decoded {
            text: text.into_owned(),
            encoding: format!("{} with BOM", encoding.name()),
            damaged,
            guessed: false,
        };
    }
    if let Some(encoding) = asked.or_else(|| utf16(&bytes)).or_else(|| escaped(&bytes)) {
        return decoded(&bytes, encoding, false);
    }
    let plain = |text| Decoded { text, encoding: UTF_8.name().to_owned(), damaged: false, guessed: false };
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return plain(text),
        Err(error) => error.into_bytes(),
    };
    if let Ok(text) = String::from_utf8(with_whole_characters(&bytes)) {
        return plain(text);
    }
    // One bad byte does not make a file Latin-1, nor one lucky pair UTF-8.
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if whole > broken {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Decoded { text, encoding: UTF_8.name().to_owned(), damaged: true, guessed: false };
    }
    decoded(&bytes, likeliest(&bytes), true)
}

fn decoded(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name().to_owned(), damaged, guessed }
}

/// Fewer characters than this that are not ASCII tell no two encodings of single bytes apart.
const TELLING: usize = 4;

/// So many bytes tell the encoding.
const ENOUGH: usize = 1 << 20;

/// What bytes that are not UTF-8 look like: Shift-JIS, GB18030, EUC-KR, one of Windows' code pages.
fn likeliest(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // What stands before the first byte that is not ASCII tells nothing, and a million behind it enough.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let rest = bytes.get(first..).unwrap_or_default();
    let looked_at = rest.get(..ENOUGH).unwrap_or(rest);
    detector.feed(looked_at, looked_at.len() == rest.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    // GBK is a part of GB18030.
    let guess = if guess == GBK { GB18030 } else { guess };
    let odd = bytes.iter().filter(|byte| !byte.is_ascii()).take(TELLING).count();
    if guess.is_single_byte() && odd < TELLING { WINDOWS_1252 } else { guess }
}

/// ISO-2022-JP, whose bytes are all ASCII: the escapes that switch to Japanese characters tell it.
fn escaped(bytes: &[u8]) -> Option<&'static Encoding> {
    let escapes = [b"\x1B$B".as_slice(), b"\x1B$@"];
    escapes.iter().any(|escape| memchr::memmem::find(bytes, escape).is_some()).then_some(ISO_2022_JP)
}

/// UTF-16 without a mark: every other byte of the beginning is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(UTF_16LE),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// A calendar may be folded inside a character: the fold moves behind it, so that no line is lost.
fn with_whole_characters(bytes: &[u8]) -> Vec<u8> {
    let is_fold = |at: usize| match bytes.get(at..) {
        Some([b'\r', b'\n', b' ' | b'\t', ..]) => Some(3),
        Some([b'\n', b' ' | b'\t', ..]) => Some(2),
        _ => None,
    };
    let is_inside = |byte: Option<&u8>| byte.is_some_and(|byte| (0x80..0xC0).contains(byte));
    let mut mended = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let fold =
            is_fold(at).filter(|length| at > 0 && bytes[at - 1] >= 0x80 && is_inside(bytes.get(at + length)));
        if let Some(length) = fold {
            let mut end = at + length;
            while is_inside(bytes.get(end)) {
                end += 1;
            }
            mended.extend_from_slice(&bytes[at + length..end]);
            mended.extend_from_slice(&bytes[at..at + length]);
            at = end;
        } else {
            mended.push(bytes[at]);
            at += 1;
        }
    }
    mended
}

/// Lines that end with CR alone, as old programs wrote them, would be one line to everybody else.
fn one_kind_of_line_end(text: String) -> String {
    if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let name = |bytes: &[u8]| {
            let decoded = decode(bytes.to_vec(), None);
            (decoded.text, decoded.encoding)
        };
        assert_eq!(name("Zoë".as_bytes()), ("Zoë".into(), "UTF-8".into()));
        assert_eq!(name(b"\xEF\xBB\xBFa"), ("a".into(), "UTF-8 with BOM".into()));
        assert_eq!(name(b"\xFE\xFF\0a\0\xEB"), ("aë".into(), "UTF-16BE with BOM".into()));
        assert_eq!(name(b"a\0b\0"), ("ab".into(), "UTF-16LE".into()));
        assert_eq!(name(b"Zo\xEB \x80"), ("Zoë €".into(), "windows-1252".into()));
        assert_eq!(name(b""), (String::new(), "UTF-8".into()));
        let detected = |encoding: &'static encoding_rs::Encoding, text: &str| {
            let (bytes, ..) = encoding.encode(text);
            let decoded = decode(bytes.into_owned(), None);
            (decoded.text, decoded.guessed)
        };
        for (encoding, text) in [
            (encoding_rs::SHIFT_JIS, "社員番号,氏名\n1,田中 太郎\n"),
            (encoding_rs::GB18030, "工号,姓名\n1,王伟\n"),
            (encoding_rs::EUC_KR, "사번,이름\n1,김철수\n"),
            (encoding_rs::EUC_JP, "社員番号,氏名\n1,佐藤 花子\n"),
            (encoding_rs::BIG5, "員工編號,姓名\n1,王偉\n"),
            (encoding_rs::WINDOWS_1252, "Matricule;Prénom\n1;Zoë\n2;André\n"),
        ] {
            assert_eq!(detected(encoding, text), (text.to_owned(), true), "{}", encoding.name());
        }
        assert_eq!(name(b"\x1B$B<R0w\x1B(B,a"), ("社員,a".into(), "ISO-2022-JP".into()));
        let damaged = decode("Zoë Zoë \u{1F600}".bytes().chain([0xFF]).collect(), None);
        assert!(damaged.damaged && damaged.text.starts_with("Zoë"), "{damaged:?}");
    }

    #[test]
    fn a_fold_inside_a_character_moves_behind_it() {
        let decoded = decode(b"SUMMARY:Zo\xC3\r\n \xABs\r\nX:\xE2\x82\n\t\xAC".to_vec(), None);
        assert_eq!((decoded.text.as_str(), decoded.damaged), ("SUMMARY:Zoë\r\n s\r\nX:€\n\t", false));
    }
}
