//! The languages of pages, and which of them a reader gets.

use axum::http::{HeaderMap, Uri, header};
use serde::{Deserialize, Serialize};
use unic_langid::{LanguageIdentifier, langid};

use crate::http::weighed;

/// A language of pages; in documents a value of the schema's `Language`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Language {
    #[default]
    #[serde(rename = "ID")]
    Indonesian,
    #[serde(rename = "EN")]
    English,
}

const INDONESIAN: LanguageIdentifier = langid!("id");
const ENGLISH: LanguageIdentifier = langid!("en");

impl Language {
    pub(super) const ALL: [Self; 2] = [Self::Indonesian, Self::English];

    /// The code of the language, as in `lang="id"` and `?lang=id`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }

    /// The name of the language in itself.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Indonesian => "Bahasa Indonesia",
            Self::English => "English",
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Indonesian => INDONESIAN,
            Self::English => ENGLISH,
        }
    }

    /// The language that an address asks for by `lang`.
    pub(super) fn asked(uri: &Uri) -> Option<Self> {
        let mut pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
        let (_, code) = pairs.find(|(name, _)| *name == "lang")?;
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The language of `Accept-Language` that pages have: Indonesian where none fits.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let mut best = (Self::default(), 0.0);
        for (tag, weight) in accepted.unwrap_or_default().split(',').map(weighed) {
            let primary = tag.split('-').next().unwrap_or_default();
            let known = Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()));
            if let Some(language) = known.filter(|_| weight > best.1) {
                best = (language, weight);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Uri, header};

    use super::Language;

    #[test]
    fn a_reader_gets_the_first_language_that_pages_have() {
        for (accepted, expected) in [
            ("", Language::Indonesian),
            ("id-ID,id;q=0.9,en;q=0.8", Language::Indonesian),
            ("en-US,en;q=0.9", Language::English),
            ("fr, en;q=0.5", Language::English),
            ("en;q=0.3, id;q=0.9", Language::Indonesian),
            ("nonsense;;", Language::Indonesian),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accepted));
            assert_eq!(Language::accepted(&headers), expected, "{accepted}");
        }
    }

    #[test]
    fn an_address_asks_for_a_language_by_lang() {
        assert_eq!(Language::asked(&Uri::from_static("/x?q=a&lang=en")), Some(Language::English));
        assert_eq!(Language::asked(&Uri::from_static("/x?lang=fr")), None);
    }
}
