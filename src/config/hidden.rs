//! Secrets in settings: database URLs are not shown, and error messages do not quote them.

use std::{convert::Infallible, fmt, str::FromStr};

use serde::Deserialize;

/// A database URL as the operator wrote it. It may contain a password, so `Debug` does not show it.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl FromStr for Hidden {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// Replaces a text that is left out.
const LEFT_OUT: &str = "…";

/// A message without those `given` arguments and variables that may be a database URL.
#[must_use]
pub fn without_urls(message: &str, given: impl Iterator<Item = String>) -> String {
    let mut hidden: Vec<String> = given
        .filter(|text| may_be_a_url(text))
        .flat_map(|text| {
            let value = text.split_once('=').map(|(_, value)| value.to_owned());
            // Lists are taken apart before they are quoted.
            let parts: Vec<String> =
                value.iter().chain([&text]).flat_map(|text| text.split(',')).map(str::to_owned).collect();
            parts.into_iter().chain(value).chain([text])
        })
        .map(|text| text.trim().to_owned())
        .filter(|text| text.len() >= SHORTEST)
        .collect();
    hidden.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let message = hidden.iter().fold(message.to_owned(), |message, text| message.replace(text, LEFT_OUT));
    without_passwords(&message)
}

/// Shorter pieces are not removed: they occur in every message.
const SHORTEST: usize = 4;

/// A message without the text between `://` and `@` in each word that has a colon in it.
fn without_passwords(message: &str) -> String {
    let words = message.split(' ').map(|word| {
        let hidden = word.split_once("://").and_then(|(scheme, rest)| {
            let (user, host) = rest.rsplit_once('@')?;
            user.contains(':').then(|| format!("{scheme}://{LEFT_OUT}@{host}"))
        });
        hidden.unwrap_or_else(|| word.to_owned())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text may contain a password, in a URL or in libpq's syntax.
#[must_use]
pub(super) fn may_be_a_url(text: &str) -> bool {
    ["://", "@", "postgres:", "password"].iter().any(|part| text.contains(part))
}
