//! W3C trace context: the trace that a request belongs to.

use axum::http::HeaderMap;

use crate::store::clock;

const TRACEPARENT: &str = "traceparent";

/// The trace of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// 32 hexadecimal digits.
    pub id: String,
    /// The parent span, of 16 digits, where the caller named one.
    pub parent: Option<String>,
    /// Whether the caller records the trace.
    pub sampled: bool,
}

impl Trace {
    /// The caller's trace, or a new one where the header is missing or invalid.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut given = headers.get_all(TRACEPARENT).iter();
        let only = given.next().filter(|_| given.next().is_none());
        only.and_then(|value| Self::parse(value.to_str().ok()?))
            .unwrap_or_else(|| Self { id: clock::new_id().simple().to_string(), ..Self::default() })
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (version, id, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let digits = |text: &str, many: usize| {
            text.len() == many && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        };
        let some = |text: &str| text.bytes().any(|digit| digit != b'0');
        // Later versions may append fields to those of the first.
        let whole = version != "00" || parts.next().is_none();
        let valid = digits(version, 2) && version != "ff" && whole && digits(flags, 2);
        let named = digits(id, 32) && some(id) && digits(parent, 16) && some(parent);
        let sampled = u8::from_str_radix(flags, 16).ok()? & 1 == 1;
        (valid && named).then(|| Self { id: id.to_owned(), parent: Some(parent.to_owned()), sampled })
    }
}

#[cfg(test)]
mod tests {
    use super::Trace;

    const ID: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    #[test]
    fn a_trace_continues_that_of_the_caller() {
        let trace = Trace::parse(&format!("00-{ID}-00f067aa0ba902b7-01")).unwrap();
        assert_eq!((trace.id.as_str(), trace.parent.as_deref()), (ID, Some("00f067aa0ba902b7")));
        assert!(trace.sampled);
        assert!(Trace::parse(&format!("cc-{ID}-00f067aa0ba902b7-00-later")).is_some_and(|it| !it.sampled));
    }

    #[test]
    fn an_invalid_traceparent_is_ignored() {
        for wrong in [
            String::new(),
            "00".into(),
            format!("00-{ID}-00f067aa0ba902b7"),
            format!("ff-{ID}-00f067aa0ba902b7-01"),
            format!("00-{ID}-00f067aa0ba902b7-01-more"),
            format!("00-{}-00f067aa0ba902b7-01", ID.to_uppercase()),
            format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            format!("00-{ID}-0000000000000000-01"),
            format!("00-{ID}-00f067aa0ba902b7-0x"),
        ] {
            assert_eq!(Trace::parse(&wrong), None, "{wrong}");
        }
    }
}
