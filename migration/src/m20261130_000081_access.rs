//! Creates the tables of access: grants of roles to subjects, and API keys, of which only hashes are stored.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261130_000081_access",
    effect: Effect::Additive,
    tables: &["access_grant", "api_key"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE access_grant (
    id             {id}   NOT NULL,
    subject        {text} NOT NULL,
    role           {text} NOT NULL,
    region_code    {text},
    cooperative_id {id},
    institution_id {id},
    created_at     {big}  NOT NULL,
    created_by     {text} NOT NULL,
    expires_at     {big},
    revoked_at     {big},
    CONSTRAINT access_grant_pk PRIMARY KEY (id),
    CONSTRAINT access_grant_region_code_fk FOREIGN KEY (region_code) REFERENCES region (code),
    CONSTRAINT access_grant_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT access_grant_institution_id_fk FOREIGN KEY (institution_id) REFERENCES institution (id),
    CONSTRAINT access_grant_subject_check CHECK (length(subject) BETWEEN 1 AND 400),
    CONSTRAINT access_grant_role_check CHECK (role IN (
        'COOPERATIVE', 'PARTNER', 'REGISTRAR', 'ANALYST', 'MINISTRY', 'ADMIN')),
    CONSTRAINT access_grant_scope_check CHECK (
        (role = 'COOPERATIVE') = (cooperative_id IS NOT NULL)
        AND (role = 'PARTNER') = (institution_id IS NOT NULL)
        AND (role = 'REGISTRAR') = (region_code IS NOT NULL))
){strict};

CREATE INDEX access_grant_subject_created_at_idx ON access_grant (subject, created_at);

CREATE TABLE api_key (
    id           {id}   NOT NULL,
    name         {text},
    subject      {text} NOT NULL,
    hash         {text} NOT NULL,
    created_at   {big}  NOT NULL,
    expires_at   {big},
    revoked_at   {big},
    last_used_at {big},
    CONSTRAINT api_key_pk PRIMARY KEY (id),
    CONSTRAINT api_key_hash_key UNIQUE (hash),
    CONSTRAINT api_key_name_check CHECK (length(name) BETWEEN 1 AND 160),
    CONSTRAINT api_key_subject_check CHECK (length(subject) BETWEEN 1 AND 400),
    CONSTRAINT api_key_hash_check CHECK (length(hash) = 64)
){strict};
";
