//! Creates the table of loads by the registry itself.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000009_data_load",
    effect: Effect::Additive,
    tables: &["data_load"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE data_load (
    name      {text} NOT NULL,
    seed      {big}  NOT NULL,
    scale     {text} NOT NULL,
    rows      {big}  NOT NULL,
    loaded_at {big}  NOT NULL,
    CONSTRAINT data_load_pk PRIMARY KEY (name),
    CONSTRAINT data_load_name_check CHECK (name IN ('seed', 'generate')),
    CONSTRAINT data_load_rows_check CHECK (rows >= 0)
){strict};
";
