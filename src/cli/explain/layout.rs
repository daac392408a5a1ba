//! Breaks the lines of SQL and of JSON. Only white space outside of quotes changes.

/// The greatest length of a line, where the text can be broken.
const WIDTH: usize = 120;

/// Words that begin a part of a statement.
const CLAUSES: [&str; 12] = [
    "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "UNION", "JOIN", "LEFT",
    "CROSS",
];

/// SQL in lines: a clause or an item each, where they do not fit into one.
pub(super) fn sql(text: &str) -> String {
    laid_out(text, false)
}

/// JSON in lines: an item each, where they do not fit into one. Any other text is returned as it is.
pub(super) fn json(text: &str) -> String {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        laid_out(text, true)
    } else {
        text.to_owned()
    }
}

fn laid_out(text: &str, json: bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut reader = Reader { letters: &letters, at: 0, json };
    let mut items = reader.items();
    // What follows a bracket that nothing opened.
    while reader.at < letters.len() {
        items.push(Item::Word { text: letters[reader.at].to_string(), spaced: false });
        reader.at += 1;
        items.extend(reader.items());
    }
    let mut lines = Lines { text: String::new(), column: 0 };
    lines.write(&items, 0);
    lines.text
}

/// A part of a text.
#[derive(Debug)]
enum Item {
    /// Letters without white space outside of quotes; `spaced` where white space stands before them.
    Word {
        text: String,
        spaced: bool,
    },
    Comma,
    /// What stands in brackets.
    Group {
        open: char,
        items: Vec<Item>,
        close: Option<char>,
        spaced: bool,
    },
}

struct Reader<'t> {
    letters: &'t [char],
    at: usize,
    json: bool,
}

impl Reader<'_> {
    /// The items up to a closing bracket, or to the end.
    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut spaced = false;
        while let Some(&letter) = self.letters.get(self.at) {
            match letter {
                ')' | ']' | '}' => break,
                ',' => {
                    items.push(Item::Comma);
                    self.at += 1;
                }
                '(' | '[' | '{' => {
                    self.at += 1;
                    let inside = self.items();
                    let close = self.letters.get(self.at).copied();
                    self.at += 1;
                    items.push(Item::Group { open: letter, items: inside, close, spaced });
                }
                letter if letter.is_whitespace() => {
                    self.at += 1;
                    spaced = true;
                    continue;
                }
                _ => items.push(Item::Word { text: self.word(), spaced }),
            }
            // A name in JSON ends with its colon.
            spaced =
                self.json && matches!(items.last(), Some(Item::Word { text, .. }) if text.ends_with(':'));
        }
        items
    }

    fn word(&mut self) -> String {
        let began = self.at;
        let mut quote = None;
        while let Some(&letter) = self.letters.get(self.at) {
            match quote {
                Some(_) if letter == '\\' && self.json => self.at += 1,
                Some(open) if letter == open => quote = None,
                None if letter.is_whitespace() || "()[]{},".contains(letter) => break,
                None if letter == '\'' || letter == '"' => quote = Some(letter),
                None if letter == ':' && self.json => {
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.letters.len());
        self.letters[began..self.at].iter().collect()
    }
}

impl Item {
    fn flat(&self, out: &mut String) {
        match self {
            Self::Word { text, spaced } => {
                space(out, *spaced);
                out.push_str(text);
            }
            Self::Comma => out.push(','),
            Self::Group { open, items, close, spaced } => {
                space(out, *spaced);
                out.push(*open);
                out.push_str(&flat(items));
                out.extend(*close);
            }
        }
    }

    /// Whether white space stands before it.
    fn spaced(&self) -> bool {
        match self {
            Self::Word { spaced, .. } | Self::Group { spaced, .. } => *spaced,
            Self::Comma => false,
        }
    }

    /// Whether it is one of these words.
    fn begins(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word { text, .. } if words.contains(&text.as_str()))
    }
}

fn space(out: &mut String, spaced: bool) {
    if out.ends_with(',') || (spaced && !out.is_empty()) {
        out.push(' ');
    }
}

/// The items in one line.
fn flat(items: &[Item]) -> String {
    let mut out = String::new();
    for item in items {
        item.flat(&mut out);
    }
    out
}

/// The items, split before each that begins a line.
fn split(items: &[Item], begins: impl Fn(usize) -> bool) -> Vec<&[Item]> {
    let mut parts = Vec::new();
    let mut began = 0;
    for at in 1..items.len() {
        if begins(at) {
            parts.push(&items[began..at]);
            began = at;
        }
    }
    parts.push(&items[began..]);
    parts
}

struct Lines {
    text: String,
    column: usize,
}

impl Lines {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
    }

    fn newline(&mut self, indent: usize) {
        self.text.push('\n');
        self.column = 0;
        self.push(&" ".repeat(indent));
    }

    fn fits(&self, text: &str) -> bool {
        self.column + text.chars().count() <= WIDTH
    }

    /// Writes items at the current place; lines that follow are indented.
    fn write(&mut self, items: &[Item], indent: usize) {
        let whole = flat(items);
        if self.fits(&whole) {
            return self.push(&whole);
        }
        let clauses = split(items, |at| items[at].begins(&CLAUSES) && !items[at - 1].begins(&CLAUSES));
        if clauses.len() > 1 {
            for (at, clause) in clauses.into_iter().enumerate() {
                if at > 0 {
                    self.newline(indent);
                }
                self.write(clause, indent);
            }
            return;
        }
        let parts =
            split(items, |at| matches!(items[at - 1], Item::Comma) || items[at].begins(&["AND", "OR", "ON"]));
        if parts.len() > 1 {
            // Items of a clause are indented beneath its word.
            let beneath = if items[0].begins(&CLAUSES) { indent + 2 } else { indent };
            for (at, part) in parts.into_iter().enumerate() {
                if at > 0 {
                    self.newline(beneath);
                }
                self.write(part, beneath);
            }
            return;
        }
        self.run(items, indent);
    }

    /// Writes words and brackets; what stands in brackets is broken where it does not fit.
    fn run(&mut self, items: &[Item], indent: usize) {
        for (at, item) in items.iter().enumerate() {
            let mut text = String::new();
            item.flat(&mut text);
            let before = if at > 0 && item.spaced() { " " } else { "" };
            self.push(before);
            match item {
                Item::Group { open, items, close, .. } if !self.fits(&text) => {
                    self.push(&open.to_string());
                    self.newline(indent + 2);
                    self.write(items, indent + 2);
                    self.newline(indent);
                    self.push(&close.map_or_else(String::new, String::from));
                }
                _ => self.push(&text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{json, sql};

    #[test]
    fn a_statement_is_broken_at_its_clauses() {
        let columns = ["t1.a_name_of_a_column"; 6].join(", ");
        let text = format!(
            "SELECT json_array({columns}), (SELECT 1 FROM x WHERE y = ' ( ,') FROM t1 WHERE a = $1 LIMIT $2 + 0"
        );
        let expected = format!(
            "SELECT json_array(\n    {},\n    t1.a_name_of_a_column\n  ),",
            ["t1.a_name_of_a_column"; 5].join(",\n    ")
        );
        let laid_out = sql(&text);
        assert!(laid_out.starts_with(&expected), "{laid_out}");
        assert!(
            laid_out.ends_with("\n  (SELECT 1 FROM x WHERE y = ' ( ,')\nFROM t1\nWHERE a = $1\nLIMIT $2 + 0"),
            "{laid_out}"
        );
    }

    #[test]
    fn json_is_broken_at_its_items() {
        assert_eq!(json("[1,[ 2 ,\"a, [b\"],{\"c\":null}]"), "[1, [2, \"a, [b\"], {\"c\": null}]");
        let long = format!("{{\"a\":[{}]}}", ["\"0123456789\""; 12].join(","));
        assert!(json(&long).starts_with("{\n  \"a\": [\n    \"0123456789\",\n"), "{}", json(&long));
        assert_eq!(json("no [json"), "no [json");
    }

    proptest! {
        #[test]
        fn only_white_space_changes(text in "[a-z ,()\\[\\]]{0,400}") {
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&sql(&text)), bare(&text));
        }
    }
}
