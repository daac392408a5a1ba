//! The form of API keys: a prefix, 256 random bits and a checksum. Only the hash of a key is stored.

use std::fmt::{Debug, Formatter, Result as Written};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};

/// How every key begins, so that programs that look for leaked secrets find it.
pub const PREFIX: &str = "simpul_";

const SECRET_BYTES: usize = 32;
const CHECKSUM_BYTES: usize = 4;

/// A new API key, to be shown once.
pub struct SecretKey(String);

impl SecretKey {
    /// A key of random bits; `None` where the system has none.
    #[must_use]
    pub fn random() -> Option<Self> {
        let mut secret = [0; SECRET_BYTES];
        SystemRandom::new().fill(&mut secret).ok()?;
        let bytes = [&secret[..], &checksum(&secret)].concat();
        Some(Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl Debug for SecretKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        f.write_str("SecretKey")
    }
}

/// The hash of a key, in hexadecimal digits; `None` for a text that no key can be, such as a key with one wrong letter.
pub(super) fn hash(text: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
    let (secret, check) = bytes.split_at_checked(SECRET_BYTES)?;
    (check == checksum(secret)).then(|| format!("{:x}", Sha256::digest(text)))
}

/// The checksum of a secret, which tells mistyped keys without a look into the database. It protects nothing.
fn checksum(secret: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let digest = Sha256::new().chain_update(PREFIX).chain_update(secret).finalize();
    let mut checksum = [0; CHECKSUM_BYTES];
    checksum.copy_from_slice(&digest[..CHECKSUM_BYTES]);
    checksum
}

#[cfg(test)]
mod tests {
    use super::{SecretKey, hash};

    #[test]
    fn a_key_with_one_letter_changed_is_no_key() {
        let key = SecretKey::random().unwrap();
        let known = hash(key.text()).unwrap();
        assert_eq!((key.text().len(), known.len()), (7 + 48, 64));
        assert_ne!(hash(SecretKey::random().unwrap().text()), Some(known));
        for at in 0..key.text().len() {
            let mut changed = key.text().as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(hash(&String::from_utf8(changed).unwrap()), None, "at {at}");
        }
        for wrong in
            ["", "simpul_", &key.text()[1..], &format!("{}A", key.text()), &format!("{}=", key.text())]
        {
            assert_eq!(hash(wrong), None, "{wrong}");
        }
        assert!(!format!("{key:?}").contains(key.text()));
    }
}
