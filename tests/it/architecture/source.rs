//! A small Rust tokenizer that finds paths, to see which module uses which.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

/// A source file: its place among the modules, and its code without comments.
pub(super) struct Source {
    /// The crate's `src`.
    pub(super) folder: &'static str,
    /// Below that folder.
    pub(super) name: String,
    pub(super) module: Vec<String>,
    pub(super) tokens: Vec<Token>,
    pub(super) lines: usize,
}

/// A path in the code, from the crate's root where it starts at `crate`, `self` or `super`.
pub(super) struct CodePath {
    pub(super) line: usize,
    pub(super) segments: Vec<String>,
    local: bool,
}

impl CodePath {
    pub(super) fn first(&self) -> &str {
        if self.local { "crate" } else { &self.segments[0] }
    }

    /// The box or crate that the path leads into. Exported macros are at the crate's root, in whichever module they are written.
    pub(super) fn target(&self, macros: &[(String, String)]) -> String {
        let first = self.segments.first().cloned().unwrap_or_default();
        match macros.iter().find(|(name, _)| self.local && *name == first) {
            Some((_, home)) => home.clone(),
            None if self.local || ["entity", "migration"].contains(&first.as_str()) => first,
            None => String::new(),
        }
    }
}

impl Source {
    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind != Kind::Text && token.text == text)
    }

    /// The token ranges of the bodies of GraphQL objects.
    pub(super) fn objects(&self) -> Vec<Range<usize>> {
        let mut objects = Vec::new();
        for at in 0..self.tokens.len() {
            if self.is(at, "#") && self.is(at + 1, "[") && self.is(at + 2, "Object") {
                let opens = (at..self.tokens.len()).find(|at| self.is(*at, "{")).unwrap();
                objects.push(opens..self.closes(opens, "{", "}"));
            }
        }
        objects
    }

    /// Where the bracket that opens at `at` is closed.
    fn closes(&self, at: usize, open: &str, close: &str) -> usize {
        let mut depth = 0;
        for index in at..self.tokens.len() {
            if self.is(index, open) {
                depth += 1;
            } else if self.is(index, close) {
                depth -= 1;
            }
            if depth == 0 {
                return index;
            }
        }
        self.tokens.len()
    }

    /// Whether the call whose parenthesis opens at `at` is awaited.
    pub(super) fn awaited(&self, at: usize) -> bool {
        let end = self.closes(at, "(", ")");
        self.is(end + 1, ".") && self.is(end + 2, "await")
    }

    /// The GraphQL types that the file declares with `noun!`.
    pub(super) fn nouns(&self) -> Vec<String> {
        let mut nouns = Vec::new();
        for at in 0..self.tokens.len() {
            if self.is(at, "noun") && self.is(at + 1, "!") && self.is(at + 2, "{") {
                let name = self.tokens[at + 3..].windows(2).find(|pair| pair[1].text == ":");
                nouns.extend(name.map(|pair| pair[0].text.clone()));
            }
        }
        nouns
    }

    /// Every path in the code; `a::{b, c::d}` is two.
    pub(super) fn paths(&self) -> Vec<CodePath> {
        let mut paths = Vec::new();
        let mut inline: Vec<(usize, String)> = Vec::new();
        let (mut at, mut depth) = (0, 0);
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            if token.kind == Kind::Word && self.is(at + 1, "::") {
                let mut found = Vec::new();
                at = self.follow(at, &mut Vec::new(), &mut found);
                let module: Vec<String> =
                    self.module.iter().chain(inline.iter().map(|(_, name)| name)).cloned().collect();
                paths.extend(found.into_iter().map(|(line, segments)| absolute(&module, line, segments)));
                continue;
            }
            if self.is(at, "mod") && self.is(at + 2, "{") {
                inline.push((depth, self.tokens[at + 1].text.clone()));
            }
            if self.is(at, "{") {
                depth += 1;
            } else if self.is(at, "}") {
                depth -= 1;
                inline.retain(|(opened, _)| *opened < depth);
            }
            at += 1;
        }
        paths
    }

    /// Reads one path with its braces, and returns the position after it.
    fn follow(&self, mut at: usize, path: &mut Vec<String>, found: &mut Vec<(usize, Vec<String>)>) -> usize {
        loop {
            let Some(token) = self.tokens.get(at) else { return at };
            if token.kind == Kind::Word {
                path.push(token.text.clone());
                at += 1;
                if self.is(at, "::") {
                    at += 1;
                    continue;
                }
                if self.is(at, "as") {
                    at += 2;
                }
            } else if self.is(at, "{") {
                at += 1;
                while !self.is(at, "}") && at < self.tokens.len() {
                    at = if self.is(at, ",") { at + 1 } else { self.follow(at, &mut path.clone(), found) };
                }
                return at + 1;
            } else if self.is(at, "*") {
                at += 1;
            }
            found.push((token.line, path.clone()));
            return at;
        }
    }
}

fn absolute(module: &[String], line: usize, mut segments: Vec<String>) -> CodePath {
    let mut base = match segments[0].as_str() {
        "crate" | "simpul" => Vec::new(),
        "self" | "super" => module.to_vec(),
        _ => return CodePath { line, segments, local: false },
    };
    while let Some("crate" | "simpul" | "self" | "super") = segments.first().map(String::as_str) {
        if segments.remove(0) == "super" {
            base.pop();
        }
    }
    base.extend(segments);
    CodePath { line, segments: base, local: true }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Sign,
    /// The content of a string literal.
    Text,
}

#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) line: usize,
}

/// Rust's words, signs and texts; comments, numbers' insides and lifetimes do not matter.
fn tokens(source: &str) -> Vec<Token> {
    let letters: Vec<char> = source.chars().collect();
    let part_of_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let starts =
        |at: usize, text: &str| text.chars().enumerate().all(|(n, c)| letters.get(at + n) == Some(&c));
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < letters.len() {
        let began = at;
        let mut token = None;
        if starts(at, "//") {
            at += letters[at..].iter().take_while(|letter| **letter != '\n').count();
        } else if starts(at, "/*") {
            at += 2;
            while at < letters.len() && !starts(at, "*/") {
                at += 1;
            }
            at += 2;
        } else if let Some((inside, hashes)) = raw_text(&letters, at) {
            let end = format!("\"{}", "#".repeat(hashes));
            at = inside;
            while at < letters.len() && !starts(at, &end) {
                at += 1;
            }
            token = Some((Kind::Text, letters[inside..at].iter().collect()));
            at += end.len();
        } else if letters[at] == '"' {
            at += 1;
            while at < letters.len() && letters[at] != '"' {
                at += if letters[at] == '\\' { 2 } else { 1 };
            }
            token = Some((Kind::Text, letters[began + 1..at].iter().collect()));
            at += 1;
        } else if letters[at] == '\'' {
            // `'a'` and `'\n'` are letters, `'a` is a lifetime.
            at += match (letters.get(at + 1), letters.get(at + 2)) {
                (Some('\\'), _) => {
                    3 + letters[at + 3..].iter().take_while(|letter| **letter != '\'').count() + 1
                }
                (_, Some('\'')) => 3,
                _ => 1,
            };
        } else if part_of_word(&letters[at]) {
            at += if starts(at, "r#") { 2 } else { 0 };
            at += letters[at..].iter().take_while(|letter| part_of_word(letter)).count();
            token = Some((Kind::Word, letters[began..at].iter().collect()));
        } else {
            at += if starts(at, "::") { 2 } else { 1 };
            if !letters[began].is_whitespace() {
                token = Some((Kind::Sign, letters[began..at].iter().collect()));
            }
        }
        at = at.min(letters.len());
        tokens.extend(token.map(|(kind, text)| Token { kind, text, line }));
        line += letters[began..at].iter().filter(|letter| **letter == '\n').count();
    }
    tokens
}

/// Where the inside of a raw text begins, and with how many hashes it ends.
fn raw_text(letters: &[char], at: usize) -> Option<(usize, usize)> {
    let prefix = if letters[at] == 'b' { at + 1 } else { at };
    if letters.get(prefix) != Some(&'r') {
        return None;
    }
    let hashes = letters[prefix + 1..].iter().take_while(|letter| **letter == '#').count();
    (letters.get(prefix + 1 + hashes) == Some(&'"')).then_some((prefix + 2 + hashes, hashes))
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
}

/// All Rust files below a folder, in the order of their paths.
pub(super) fn sources(folder: &'static str) -> Vec<Source> {
    let end = folder.find("src").unwrap() + "src".len();
    let crate_source = &folder[..end];
    let mut files = Vec::new();
    collect(&root().join(folder), "rs", &mut files);
    files.sort();
    assert!(!files.is_empty(), "{folder} is empty");
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root().join(crate_source)).unwrap().to_string_lossy().replace('\\', "/");
        let module = name.trim_end_matches(".rs").split('/');
        let module =
            module.filter(|part| !["mod", "lib", "main"].contains(part)).map(str::to_owned).collect();
        Source { folder: crate_source, module, tokens: tokens(&text), lines: text.lines().count(), name }
    };
    files.into_iter().map(source).collect()
}

/// The files below a folder whose names end like this, without installed packages.
pub(super) fn files(folder: &str, end: &str) -> Vec<String> {
    let mut files = Vec::new();
    collect(&root().join(folder), end, &mut files);
    let name = |path: PathBuf| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    files.into_iter().map(name).collect()
}

fn collect(folder: &Path, end: &str, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, end, files);
        } else if path.extension().is_some_and(|extension| extension == end) {
            files.push(path);
        }
    }
}

pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
