//! Database access: opening databases, reading on behalf of callers within a time limit, bulk loading, and credentials.

pub mod access_log;
mod analysis;
mod bind;
pub mod bulk;
pub mod clock;
pub mod credential;
pub mod database;
pub mod epoch;
pub mod file;
pub mod keys;
pub mod reader;
pub mod recorder;
pub mod time_limit;
pub mod url;
pub mod writer;

pub use access_log::AccessLog;
pub use analysis::analysis;
pub use credential::Credentials;
pub use database::{
    Engine, Pool, connect, connect_aside, connect_credentials, connect_exporting, connect_serving,
    connect_within, most_connections, number, pool, served_file,
};
pub use file::{FileFault, ServedFile};
pub use keys::Keys;
pub use reader::{Effort, ReadError, Reader};
pub use recorder::{RecordedStatement, Recorder};
pub use time_limit::{TimeLimit, Timer};
pub use url::DatabaseUrl;
pub use writer::{WriteError, WriteTransaction, Writer};
