//! Words of a command that a person pastes into a shell.

/// A text as a shell takes it for one word: in quotes where it has to be.
pub fn word(text: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || "/._-+=:@%,".contains(sign);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words() {
        assert_eq!(word("org/hr.yaml"), "org/hr.yaml");
        assert_eq!(word("a b/it's.yaml"), "'a b/it'\\''s.yaml'");
        assert_eq!(word(""), "''");
    }
}
