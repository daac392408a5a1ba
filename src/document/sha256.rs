//! SHA-256 of a text, which identifies documents.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The SHA-256 of a text in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
