//! An HTTP response as tests read it.

use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) bytes: Vec<u8>,
    pub(crate) statements: usize,
    headers: HeaderMap,
    body: Option<Value>,
    vary: String,
}

impl Reply {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, bytes: Vec<u8>, statements: usize) -> Self {
        let vary: Vec<_> = headers.get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
        let (vary, body) = (vary.join(", "), serde_json::from_slice(&bytes).ok());
        Self { status, bytes, statements, headers, body, vary }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        self.parsed().clone()
    }

    fn parsed(&self) -> &Value {
        self.body.as_ref().unwrap_or_else(|| panic!("no JSON: {:?}", String::from_utf8_lossy(&self.bytes)))
    }

    /// A header; empty when absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        match name {
            "vary" => &self.vary,
            name => self.headers.get(name).map_or("", |value| value.to_str().unwrap()),
        }
    }

    /// All headers but the date.
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        let all = self.headers.iter().filter(|(name, _)| *name != "date");
        all.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
    }

    /// The code of the first error.
    pub(crate) fn code(&self) -> &str {
        self.error()["extensions"]["code"].as_str().unwrap()
    }

    /// The words of the first error.
    pub(crate) fn message(&self) -> &str {
        self.error()["message"].as_str().unwrap()
    }

    fn error(&self) -> &Value {
        let error = &self.parsed()["errors"][0];
        assert!(error.is_object(), "no error in {}", self.parsed());
        error
    }
}
