//! The files of GraphiQL, where `scripts/editor` had built them before the binary was.

use std::{collections::HashMap, sync::LazyLock};

use crate::http::Tagged;

include!(concat!(env!("OUT_DIR"), "/editor.rs"));

/// The files by name. A name changes with its content.
static BY_NAME: LazyLock<HashMap<&str, Tagged>> = LazyLock::new(|| {
    let tagged = |&(name, compressed): &(&'static str, &'static [u8])| {
        (name, Tagged::compressed(content_type(name), name, compressed))
    };
    FILES.iter().map(tagged).collect()
});

/// The script and the style sheet that open GraphiQL, and the licences of what it is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) script: &'static str,
    pub(super) style: &'static str,
    pub(super) licences: &'static str,
}

/// GraphiQL's files, where there are any.
pub(super) fn entry() -> Option<Entry> {
    let named = |start: &str, end: &str| {
        let mut names = FILES.iter().map(|(name, _)| *name);
        names.find(|name| name.starts_with(start) && name.ends_with(end))
    };
    let (script, style) = (named("main-", ".js")?, named("style-", ".css")?);
    Some(Entry { script, style, licences: named("licences-", ".md")? })
}

/// The file with this name.
pub(super) fn file(name: &str) -> Option<&'static Tagged> {
    BY_NAME.get(name)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("ttf") => "font/ttf",
        Some("md") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
