//! Creates the table of the oldest release that may read the database: one row, updated by each migration.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261128_000017_compatibility",
    // Programs before it do not read the row, and refuse every migration that they do not know.
    effect: Effect::Breaking,
    tables: &["compatibility"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE compatibility (
    only_row      {int}  NOT NULL,
    oldest_reader {text} NOT NULL,
    CONSTRAINT compatibility_pk PRIMARY KEY (only_row),
    CONSTRAINT compatibility_only_row_check CHECK (only_row = 1)
){strict};
";
