//! Creates partnerships and their parties.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000005_partnership",
    effect: Effect::Additive,
    tables: &["partnership", "partnership_party"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE partnership (
    id               {id}   NOT NULL,
    first_party_id   {id}   NOT NULL,
    number           {text} NOT NULL,
    title            {text} NOT NULL,
    title_fold       {text} NOT NULL,
    kind             {text} NOT NULL,
    pattern          {text},
    status           {text} NOT NULL,
    signed_on        {date},
    effective_from   {date},
    effective_to     {date},
    parent_id        {id},
    scope            {text},
    value            {big},
    language         {text} NOT NULL,
    contents         {int}  NOT NULL,
    version          {int}  NOT NULL,
    created_at       {big}  NOT NULL,
    updated_at       {big}  NOT NULL,
    source           {text} NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT partnership_pk PRIMARY KEY (id),
    CONSTRAINT partnership_first_party_id_number_key UNIQUE (first_party_id, number),
    CONSTRAINT partnership_first_party_id_fk FOREIGN KEY (first_party_id) REFERENCES party (id),
    CONSTRAINT partnership_parent_id_fk FOREIGN KEY (parent_id) REFERENCES partnership (id),
    CONSTRAINT partnership_number_check CHECK (length(number) BETWEEN 1 AND 120),
    CONSTRAINT partnership_title_check CHECK (length(title) BETWEEN 1 AND 400),
    CONSTRAINT partnership_kind_check CHECK (kind IN (
        'MOU', 'COOPERATION_AGREEMENT', 'IMPLEMENTATION_ARRANGEMENT', 'LETTER_OF_INTENT', 'SUPPLY_CONTRACT',
        'JOINT_DECREE', 'AMENDMENT')),
    CONSTRAINT partnership_pattern_check CHECK (pattern IN (
        'NUCLEUS_PLASMA', 'SUBCONTRACT', 'FRANCHISE', 'GENERAL_TRADE', 'DISTRIBUTION_AGENCY',
        'SUPPLY_CHAIN', 'PROFIT_SHARING', 'JOINT_OPERATION', 'JOINT_VENTURE', 'OUTSOURCING')),
    CONSTRAINT partnership_status_check CHECK (status IN (
        'DRAFT', 'IN_REVIEW', 'APPROVED', 'SIGNED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'TERMINATED',
        'RENEWED', 'CANCELLED')),
    CONSTRAINT partnership_value_check CHECK (value BETWEEN 0 AND 1000000000000000),
    CONSTRAINT partnership_language_check CHECK (language IN ('INDONESIAN', 'BILINGUAL')),
    CONSTRAINT partnership_contents_check CHECK (contents BETWEEN 0 AND 127),
    CONSTRAINT partnership_term_check CHECK (effective_from <= effective_to),
    CONSTRAINT partnership_parent_check CHECK (parent_id <> id),
    CONSTRAINT partnership_version_check CHECK (version >= 1),
    CONSTRAINT partnership_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX partnership_first_party_id_id_idx ON partnership (first_party_id, id);
CREATE INDEX partnership_parent_id_id_idx ON partnership (parent_id, id);
CREATE INDEX partnership_signed_on_id_idx ON partnership (signed_on DESC{nulls_last}, id DESC);

CREATE TABLE partnership_party (
    partnership_id {id}   NOT NULL,
    party_id       {id}   NOT NULL,
    role           {text} NOT NULL,
    position       {int}  NOT NULL,
    CONSTRAINT partnership_party_pk PRIMARY KEY (partnership_id, party_id),
    CONSTRAINT partnership_party_partnership_id_position_key UNIQUE (partnership_id, position),
    CONSTRAINT partnership_party_partnership_id_fk FOREIGN KEY (partnership_id) REFERENCES partnership (id),
    CONSTRAINT partnership_party_party_id_fk FOREIGN KEY (party_id) REFERENCES party (id),
    CONSTRAINT partnership_party_role_check CHECK (role IN ('FIRST', 'SECOND', 'THIRD', 'WITNESS')),
    CONSTRAINT partnership_party_position_check CHECK (position >= 0)
){junction};

CREATE INDEX partnership_party_party_id_partnership_id_idx ON partnership_party (party_id, partnership_id);
";
