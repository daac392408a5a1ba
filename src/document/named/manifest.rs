//! The manifest of trusted documents, as an app's build writes it: Apollo's format or Relay's.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::Path,
    sync::Arc,
};

use serde::Deserialize;

use crate::document::{parse::parse, sha256};

/// Trusted documents, by their ids.
#[derive(Debug, Default)]
pub struct Manifest {
    ids: HashMap<String, Arc<str>>,
    texts: HashSet<Arc<str>>,
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    #[error("cannot read {file}: {cause}")]
    Read { file: String, cause: io::Error },
    #[error(
        "{file} is neither Apollo's manifest of persisted queries nor Relay's map of ids to documents: {cause}"
    )]
    Format { file: String, cause: serde_json::Error },
    #[error("{file}: document `{id}` cannot be read: {cause}")]
    Document { file: String, id: String, cause: String },
}

/// The content of a manifest, in either format.
#[derive(Deserialize)]
#[serde(untagged)]
enum ManifestFile {
    Apollo(Apollo),
    Relay(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Apollo {
    format: Format,
    version: Version,
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
enum Format {
    #[serde(rename = "apollo-persisted-query-manifest")]
    PersistedQueries,
}

/// The only version.
#[derive(Deserialize)]
#[serde(try_from = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(version: u32) -> Result<Self, String> {
        if version == 1 { Ok(Self) } else { Err(format!("version {version} of the manifest is unknown")) }
    }
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Manifest {
    /// Reads a manifest in Apollo's format or in Relay's.
    ///
    /// # Errors
    /// When the file cannot be read, is in neither format, or holds a document that breaks the grammar.
    pub fn read(path: &Path) -> Result<Self, ManifestError> {
        let file = path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) => return Err(ManifestError::Read { file, cause }),
        };
        let content = match serde_json::from_str(&text) {
            Ok(content) => content,
            Err(cause) => return Err(ManifestError::Format { file, cause }),
        };
        let documents: Vec<(String, String)> = match content {
            ManifestFile::Apollo(Apollo {
                format: Format::PersistedQueries,
                version: Version,
                operations,
            }) => operations.into_iter().map(|operation| (operation.id, operation.body)).collect(),
            ManifestFile::Relay(documents) => documents.into_iter().collect(),
        };
        let mut manifest = Self::default();
        for (id, text) in documents {
            if let Err(error) = parse(&text) {
                let position = error.locations.first().map(|pos| format!("{pos}: ")).unwrap_or_default();
                let cause = format!("{position}{}", error.message);
                return Err(ManifestError::Document { file, id, cause });
            }
            let text: Arc<str> = text.into();
            manifest.texts.insert(Arc::clone(&text));
            manifest.ids.insert(id, text);
        }
        Ok(manifest)
    }

    /// The same with `documents` of the program itself, each by the hash of its text.
    #[must_use]
    pub fn with(mut self, documents: impl IntoIterator<Item = &'static str>) -> Self {
        for document in documents {
            let text: Arc<str> = document.into();
            self.ids.insert(sha256(document), Arc::clone(&text));
            self.texts.insert(text);
        }
        self
    }

    /// How many documents it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(super) fn get(&self, id: &str) -> Option<Arc<str>> {
        self.ids.get(id).cloned()
    }

    pub(super) fn contains(&self, text: &str) -> bool {
        self.texts.contains(text)
    }
}
