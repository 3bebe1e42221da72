//! Decimal numbers read exactly: `0.333` becomes 333 thousandths, never a float on the way.

use thiserror::Error;

/// Why a text is not the decimal number that was wanted.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum DecimalError {
    /// Not digits with at most one point.
    #[error("not a plain decimal number")]
    NotANumber,
    /// More digits behind the point than are kept.
    #[error("too many decimals")]
    TooPrecise,
    /// Too large to be held.
    #[error("too large")]
    TooLarge,
}

/// Reads a decimal as a whole number of units of `10^-decimals`. Zeros behind the last kept digit are let
/// pass; anything else there is an error, since it would have to be rounded.
pub fn parse(text: &str, decimals: u32) -> Result<i64, DecimalError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return Err(DecimalError::NotANumber);
    }
    let kept = fraction.len().min(usize::try_from(decimals).unwrap_or(usize::MAX));
    if fraction[kept..].bytes().any(|byte| byte != b'0') {
        return Err(DecimalError::TooPrecise);
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n(b'0', usize::try_from(decimals).unwrap_or(0).saturating_sub(kept));
    for byte in whole.bytes().chain(fraction[..kept].bytes()).chain(padding) {
        let shifted = value.checked_mul(10).ok_or(DecimalError::TooLarge)?;
        value = shifted.checked_add(i64::from(byte.saturating_sub(b'0'))).ok_or(DecimalError::TooLarge)?;
    }
    Ok(if negative { value.saturating_neg() } else { value })
}

/// Writes a whole number of units of `10^-decimals`, so that `parse` reads it back: `12.5`, `4`.
pub fn exact(value: i64, decimals: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let width = usize::try_from(decimals).unwrap_or(0);
    let digits = format!("{:0>1$}", value.unsigned_abs(), width.saturating_add(1));
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(width));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Writes a whole number of thousandths as a person would: `18.5`, `0.333`, `4`.
pub fn thousandths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    let (whole, rest) = (size.wrapping_div(1000), size.wrapping_rem(1000));
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{rest:03}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// The same with all three decimals, for numbers in a column: `18.500`.
pub fn thousandths_in_full(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    format!("{sign}{}.{:03}", size.wrapping_div(1000), size.wrapping_rem(1000))
}

/// Stands between thousands where people read: a thin space at which no line ends.
const BETWEEN_THOUSANDS: char = '\u{202F}';

/// The digits of a whole number, by thousands: `12 345`. What is no digit stays where it is.
pub fn grouped(number: &str) -> String {
    let digits = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    if digits.len() < 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut text = number[..number.len().saturating_sub(digits.len())].to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
            text.push(BETWEEN_THOUSANDS);
        }
        text.push(digit);
    }
    text
}

/// Thousandths as people read them, everywhere: one decimal, rounded half up, by thousands.
pub fn one_decimal(value: i64) -> String {
    let sign = if value < -49 { "-" } else { "" };
    let tenths = value.unsigned_abs().saturating_add(50).wrapping_div(100);
    format!("{sign}{}.{}", grouped(&tenths.wrapping_div(10).to_string()), tenths.wrapping_rem(10))
}

/// An amount and what it is held against, with one decimal each; exactly, where they would look alike or like nothing.
pub fn held_against(value: i64, limit: i64) -> (String, String) {
    let (shown, most) = (one_decimal(value), one_decimal(limit));
    let is_nothing = value != 0 && value.unsigned_abs() < 50;
    if value != limit && (shown == most || is_nothing) {
        return (thousandths(value), thousandths(limit));
    }
    (shown, most)
}

/// An amount with its noun, exactly: `1 point`, `18.5 points`.
pub fn points(amount: super::points::MilliPoints) -> String {
    format!("{} {}", thousandths(amount.mp()), if amount.mp() == 1000 { "point" } else { "points" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_or_an_error() {
        assert_eq!(parse("0.333", 3), Ok(333));
        assert_eq!(parse("5", 3), Ok(5000));
        assert_eq!(parse("5.", 3), Ok(5000));
        assert_eq!(parse(".5", 3), Ok(500));
        assert_eq!(parse("-1.25", 2), Ok(-125));
        assert_eq!(parse("1.2500", 2), Ok(125));
        assert_eq!(parse("1.251", 2), Err(DecimalError::TooPrecise));
        assert_eq!(parse("1e3", 3), Err(DecimalError::NotANumber));
        assert_eq!(parse("", 3), Err(DecimalError::NotANumber));
        assert_eq!(parse("99999999999999999999", 0), Err(DecimalError::TooLarge));
    }

    #[test]
    fn what_is_written_exactly_reads_back() {
        for (value, text) in [(0, "0"), (1, "0.000001"), (-1_500_000, "-1.5"), (42_000_000, "42")] {
            assert_eq!(exact(value, 6), text);
            assert_eq!(parse(text, 6), Ok(value));
        }
        assert_eq!(exact(7, 0), "7");
    }

    #[test]
    fn as_people_read_them() {
        assert_eq!(one_decimal(4_949), "4.9");
        assert_eq!(one_decimal(4_950), "5.0");
        assert_eq!(one_decimal(-300), "-0.3");
        assert_eq!(one_decimal(-1_250), "-1.3");
        assert_eq!(one_decimal(-20), "0.0");
        assert_eq!(one_decimal(999_949), "999.9");
        assert_eq!(one_decimal(1_234_567_890), "1\u{202F}234\u{202F}567.9");
        assert_eq!(grouped("1000"), "1\u{202F}000");
        assert_eq!(grouped("-12345"), "-12\u{202F}345");
        assert_eq!(grouped("under 5"), "under 5");
        assert_eq!(held_against(4_000, 0), ("4.0".to_owned(), "0.0".to_owned()));
        assert_eq!(held_against(12_340, 12_300), ("12.34".to_owned(), "12.3".to_owned()));
        assert_eq!(held_against(20, 0), ("0.02".to_owned(), "0".to_owned()));
    }

    #[test]
    fn written_without_idle_zeros() {
        assert_eq!(thousandths(18_500), "18.5");
        assert_eq!(thousandths(-333), "-0.333");
        assert_eq!(thousandths(4_000), "4");
        assert_eq!(thousandths_in_full(-4_050), "-4.050");
    }
}
