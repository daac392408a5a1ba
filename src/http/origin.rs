//! The origins whose web pages may send requests (CORS).

use axum::http::HeaderValue;
use tower_http::cors::AllowOrigin;

/// The origins whose web pages may send requests and read the answers. A page of any origin may be allowed, because no
/// request is answered by a credential that a browser adds on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    Any,
    Listed(Vec<HeaderValue>),
}

/// Why a list of origins is refused.
#[derive(Debug, thiserror::Error)]
pub enum OriginError {
    #[error("`{0}` is not an origin, such as https://dashboard.example")]
    Malformed(String),
    #[error("`*` allows every origin; no other may be listed beside it")]
    AnyAndOthers,
}

impl Default for Origins {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Origins {
    /// Parses origins; a single `*` is any.
    ///
    /// # Errors
    /// When one is not an origin, or when `*` is not alone.
    pub fn parse(origins: &[String]) -> Result<Self, OriginError> {
        match origins {
            [any] if any == "*" => Ok(Self::Any),
            origins if origins.iter().any(|origin| origin == "*") => Err(OriginError::AnyAndOthers),
            origins => origins.iter().map(|origin| one(origin)).collect::<Result<_, _>>().map(Self::Listed),
        }
    }

    /// Whether pages of an origin are allowed.
    pub(super) fn allow(&self, origin: &HeaderValue) -> bool {
        match self {
            Self::Any => true,
            Self::Listed(origins) => origins.contains(origin),
        }
    }
}

impl From<Origins> for AllowOrigin {
    fn from(origins: Origins) -> Self {
        match origins {
            Origins::Any => Self::any(),
            Origins::Listed(origins) => Self::list(origins),
        }
    }
}

fn one(origin: &str) -> Result<HeaderValue, OriginError> {
    let malformed = || OriginError::Malformed(origin.to_owned());
    let (_, host) = origin.split_once("://").ok_or_else(malformed)?;
    if host.is_empty() || host.contains('/') {
        return Err(malformed());
    }
    HeaderValue::from_str(origin).map_err(|_| malformed())
}

#[cfg(test)]
mod tests {
    use super::Origins;

    #[test]
    fn any_origin_is_listed_alone() {
        let parse = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            Origins::parse(&texts).map_err(|error| error.to_string())
        };
        assert_eq!(parse(&["*"]), Ok(Origins::Any));
        assert_eq!(parse(&[]), Ok(Origins::default()));
        assert!(
            matches!(parse(&["https://a.example", "http://localhost:3000"]), Ok(Origins::Listed(two)) if two.len() == 2)
        );
        for wrong in [&["*", "https://a.example"][..], &["a.example"], &["https://"], &["https://a.example/"]]
        {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
