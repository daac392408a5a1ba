//! The caller that rate limits and fair sharing apply to: the subject of a credential; else an IPv4 address, or the /64
//! network of an IPv6 address.

use std::net::{IpAddr, Ipv6Addr};

use sha2::{Digest, Sha256};

/// A caller, as limits count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An IPv4 address, or the first address of the /64 that an IPv6 address lies in.
    Address(IpAddr),
    /// The subject of a credential, by the first bytes of its hash.
    Subject([u8; 16]),
}

impl Caller {
    /// The caller with this subject, wherever its requests come from.
    #[must_use]
    pub fn of_subject(subject: &str) -> Self {
        let digest = Sha256::digest(subject);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self::Subject(bytes)
    }
}

impl From<IpAddr> for Caller {
    fn from(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            // A subscriber is given a /64, and may take any address of it.
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        })
    }
}
