//! Parameters of addresses.

use axum::http::Uri;
use percent_encoding::percent_decode_str;

/// The parameters of an address, decoded, in their order.
pub(super) fn parameters(uri: &Uri) -> Vec<(String, String)> {
    let pairs = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let named = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    named.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

/// The value of a parameter, without blanks around it; none for an empty one.
pub(super) fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let (_, value) = parameters(uri).into_iter().find(|(known, _)| known == name)?;
    let value = value.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use axum::http::Uri;

    use super::parameter;

    #[test]
    fn values_are_decoded_and_empty_ones_are_none() {
        let uri = Uri::from_static("/cari?q=kopi+%22garut%22&kind=&within=%2032.05%20&broken=%ff%zz");
        assert_eq!(parameter(&uri, "q").as_deref(), Some("kopi \"garut\""));
        assert_eq!(parameter(&uri, "kind"), None);
        assert_eq!(parameter(&uri, "within").as_deref(), Some("32.05"));
        assert_eq!(parameter(&uri, "broken").as_deref(), Some("\u{fffd}%zz"));
        assert_eq!(parameter(&uri, "absent"), None);
    }
}
