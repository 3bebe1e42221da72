//! What a plain scalar is under YAML 1.2's core schema.

/// The kinds of plain scalars.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plain {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true`, `false`.
    Truth(bool),
    /// A whole number: `12`, `-3`, `0x1F`, `0o17`.
    Whole,
    /// A number with a point or an exponent, infinity, not-a-number.
    Float,
    /// Anything else.
    Text,
}

/// Tells which kind a plain scalar is. Source: YAML 1.2.2, 10.3.2 "Tag Resolution".
pub fn kind(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Plain::Null,
        "true" | "True" | "TRUE" => return Plain::Truth(true),
        "false" | "False" | "FALSE" => return Plain::Truth(false),
        ".nan" | ".NaN" | ".NAN" => return Plain::Float,
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    // A word begins with a letter: most scalars are told here.
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return Plain::Text;
    }
    match decimal(unsigned.as_bytes()) {
        Some(kind) => kind,
        None if based(text, "0x", 16) || based(text, "0o", 8) => Plain::Whole,
        None if matches!(unsigned, ".inf" | ".Inf" | ".INF") => Plain::Float,
        None => Plain::Text,
    }
}

/// Whether a plain scalar is null: cheaper than its kind, and asked of every value that may be missing.
pub fn is_null(text: &str) -> bool {
    matches!(text.as_bytes().first(), None | Some(b'~' | b'n' | b'N')) && kind(text) == Plain::Null
}

/// The whole number that such a scalar means, if it fits in 128 bits.
pub fn whole(text: &str) -> Option<i128> {
    if let Some(hex) = text.strip_prefix("0x") {
        return i128::from_str_radix(hex, 16).ok();
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return i128::from_str_radix(octal, 8).ok();
    }
    text.parse().ok()
}

fn digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_digit(radix))
}

fn based(text: &str, prefix: &str, radix: u32) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| digits(rest, radix))
}

/// Digits, with a point and an exponent where it is no whole number; in one pass, since every date is looked at.
fn decimal(unsigned: &[u8]) -> Option<Plain> {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let before = digits(unsigned);
    let (after, exponent) = match &unsigned[before..] {
        [] if before > 0 => return Some(Plain::Whole),
        [b'.', rest @ ..] => {
            let after = digits(rest);
            (after, &rest[after..])
        }
        rest => (0, rest),
    };
    let is_exponent = match exponent {
        [] => true,
        [b'e' | b'E', b'-' | b'+', power @ ..] | [b'e' | b'E', power @ ..] => {
            !power.is_empty() && digits(power) == power.len()
        }
        _ => false,
    };
    (is_exponent && before.saturating_add(after) > 0).then_some(Plain::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_schema() {
        for text in ["", "~", "null"] {
            assert_eq!(kind(text), Plain::Null, "{text}");
        }
        for text in ["0", "-12", "+3", "0x1F", "0o17", "007"] {
            assert_eq!(kind(text), Plain::Whole, "{text}");
        }
        for text in ["1.5", ".5", "5.", "1e5", "-1.5E-3", ".inf", "-.INF", ".nan"] {
            assert_eq!(kind(text), Plain::Float, "{text}");
        }
        for text in
            ["ana", "2026-11-20", "on", "yes", "1-1", ".", "e5", "1e", "0x", "--1", "1.2.3", "7d", "nUll"]
        {
            assert_eq!(kind(text), Plain::Text, "{text}");
        }
        assert_eq!(whole("0x1F"), Some(31));
        assert_eq!(whole("-12"), Some(-12));
    }
}
