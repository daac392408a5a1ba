//! Finished temporary files, and the callers that download them.

use std::{
    collections::HashMap,
    fs::File,
    io,
    ops::Deref,
    os::unix::fs::FileExt,
    sync::{Arc, Mutex, Weak},
};

use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::{
    NoRoom, Spool, locked,
    room::{Reservation, Share},
};
use crate::access::Caller;

/// What callers have to know of the rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::http) struct Caveats {
    /// Whether some are from the generator, and describe nothing that exists.
    pub(in crate::http) synthetic: bool,
    /// Whether the list held a part of its rows only, as a search does.
    pub(in crate::http) is_part: bool,
}

/// What is known of the rows of a file.
#[derive(Clone, Debug, Default)]
pub(in crate::http) struct Contents {
    pub(in crate::http) rows: u64,
    /// For how many seconds it may be cached once it is finished; none where it may not be.
    pub(in crate::http) max_age: Option<i32>,
    /// The day on which the rows were read.
    pub(in crate::http) day: String,
    /// What callers have to know of the rows.
    pub(in crate::http) caveats: Caveats,
}

/// A finished file.
#[derive(Debug)]
pub(in crate::http) struct SpooledFile {
    file: File,
    pub(in crate::http) length: u64,
    /// Its strong entity tag: a hash of its bytes.
    pub(in crate::http) tag: String,
    pub(in crate::http) contents: Contents,
    /// When it was finished.
    pub(in crate::http) since: Instant,
    /// The callers that download it, each of whose shares it takes once.
    readers: Mutex<HashMap<Option<Caller>, Weak<Share>>>,
    _bytes: Reservation,
}

/// A finished file that a caller downloads. It takes its bytes of the caller's share until it is dropped.
#[derive(Clone, Debug)]
pub(in crate::http) struct Download {
    file: Arc<SpooledFile>,
    _share: Arc<Share>,
}

impl SpooledFile {
    /// A finished file, whose bytes are read for its tag unless `check` fails.
    pub(super) fn new(
        file: File,
        bytes: Reservation,
        contents: Contents,
        check: impl Fn() -> io::Result<()>,
    ) -> io::Result<Self> {
        let (mut hash, mut length, mut part) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            check()?;
            match file.read_at(&mut part, length)? {
                0 => break,
                read => {
                    hash.update(&part[..read]);
                    length += read as u64;
                }
            }
        }
        let hash: Vec<String> = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let (tag, since) = (format!("\"{}\"", hash.concat()), Instant::now());
        Ok(Self { file, length, tag, contents, since, readers: Mutex::default(), _bytes: bytes })
    }

    /// Reads up to this many bytes at a position.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(in crate::http) fn read_at(&self, position: u64, most: usize) -> io::Result<Vec<u8>> {
        let mut part = vec![0; most];
        let read = self.file.read_at(&mut part, position)?;
        part.truncate(read);
        Ok(part)
    }
}

impl Download {
    /// The download by the caller that the file was made for, of whose share it has its bytes already.
    pub(super) fn first(file: Arc<SpooledFile>, share: Arc<Share>) -> Self {
        locked(&file.readers).insert(share.caller(), Arc::downgrade(&share));
        Self { file, _share: share }
    }

    /// A download by a caller.
    ///
    /// # Errors
    /// When the caller's share has no room for it.
    pub(super) fn begin(
        spool: &Spool,
        file: Arc<SpooledFile>,
        caller: Option<Caller>,
    ) -> Result<Self, NoRoom> {
        let mut readers = locked(&file.readers);
        readers.retain(|_, share| share.strong_count() > 0);
        let share = if let Some(share) = readers.get(&caller).and_then(Weak::upgrade) {
            share
        } else {
            let share = Share::of(spool, caller);
            share.change(0, file.length)?;
            readers.insert(caller, Arc::downgrade(&share));
            share
        };
        drop(readers);
        Ok(Self { file, _share: share })
    }
}

impl Deref for Download {
    type Target = SpooledFile;

    fn deref(&self) -> &SpooledFile {
        &self.file
    }
}
