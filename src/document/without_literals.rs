//! The text of a document without what may be data of people: its strings, numbers and comments.

use std::iter::Peekable;
use std::str::Chars;

/// What stands for a string or a number.
const LEFT_OUT: &str = "…";

/// The document without literals and comments, and with its blanks made one. Names and enum values stay.
#[must_use]
pub fn without_literals(document: &str) -> String {
    let (mut text, mut letters) = (String::with_capacity(document.len()), document.chars().peekable());
    let mut within_name = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                skip_string(&mut letters);
                text.push_str(LEFT_OUT);
            }
            '#' => while letters.next_if(|letter| !matches!(letter, '\n' | '\r')).is_some() {},
            '0'..='9' | '-' if !within_name => {
                let of_number =
                    |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '+' | '-');
                while letters.next_if(of_number).is_some() {}
                text.push_str(LEFT_OUT);
            }
            letter if letter.is_whitespace() => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            letter => text.push(letter),
        }
        within_name = letter.is_ascii_alphanumeric() || letter == '_';
    }
    text.trim_end().to_owned()
}

/// Skips the rest of a string or a block string, whose first quote was read.
fn skip_string(letters: &mut Peekable<Chars<'_>>) {
    let quote = |letter: &char| *letter == '"';
    let mut quotes = 1;
    while quotes < 3 && letters.next_if(quote).is_some() {
        quotes += 1;
    }
    if quotes == 2 {
        return;
    }
    let (mut row, mut escaped) = (0, false);
    for letter in letters {
        row = if letter == '"' && !escaped { row + 1 } else { 0 };
        if row == quotes {
            return;
        }
        escaped = letter == '\\' && !escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::without_literals;

    #[test]
    fn strings_numbers_and_comments_are_left_out_and_names_stay() {
        let document = "query Q1($n2: Int = -12) { # Siti\n a1: list(where: {name: {eq: \"Si\\\"ti\"}, note: \"\"\"a \"b\"\n \\\"\"\" c\"\"\",\
             n: 1.5e+3, empty: \"\", sex: FEMALE}) { id } }";
        let expected = "query Q1($n2: Int = …) { a1: list(where: {name: {eq: …}, note: …,n: …, empty: …, sex: FEMALE}) { id } }";
        assert_eq!(without_literals(document), expected);
        assert_eq!(without_literals("{ a(b: \"never closed) }"), "{ a(b: …");
    }
}
