//! Creates people, officers and officials.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000003_people",
    effect: Effect::Additive,
    tables: &["person", "officer", "official"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE person (
    id               {id}   NOT NULL,
    name             {text} NOT NULL,
    name_fold        {text} NOT NULL,
    gender           {text},
    education        {text},
    phone            {text},
    email            {text},
    version          {int}  NOT NULL,
    created_at       {big}  NOT NULL,
    updated_at       {big}  NOT NULL,
    source           {text} NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT person_pk PRIMARY KEY (id),
    CONSTRAINT person_name_check CHECK (length(name) BETWEEN 1 AND 160),
    CONSTRAINT person_gender_check CHECK (gender IN ('FEMALE', 'MALE')),
    CONSTRAINT person_education_check CHECK (education IN (
        'PRIMARY', 'SECONDARY', 'DIPLOMA', 'BACHELOR', 'MASTER', 'DOCTORATE')),
    CONSTRAINT person_version_check CHECK (version >= 1),
    CONSTRAINT person_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE TABLE officer (
    id               {id}              NOT NULL,
    cooperative_id   {id}              NOT NULL,
    person_id        {id}              NOT NULL,
    name             {text}            NOT NULL,
    name_fold        {text}            NOT NULL,
    title            {text},
    body             {text}            NOT NULL,
    role             {text}            NOT NULL,
    ex_officio       {flag ex_officio} NOT NULL,
    starts_on        {date},
    ends_on          {date},
    status           {text}            NOT NULL,
    version          {int}             NOT NULL,
    created_at       {big}             NOT NULL,
    updated_at       {big}             NOT NULL,
    source           {text}            NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT officer_pk PRIMARY KEY (id),
    CONSTRAINT officer_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT officer_person_id_fk FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT officer_name_check CHECK (length(name) BETWEEN 1 AND 160),
    CONSTRAINT officer_body_check CHECK (body IN ('BOARD', 'SUPERVISORY', 'MANAGEMENT')),
    CONSTRAINT officer_role_check CHECK (role IN (
        'CHAIR', 'VICE_CHAIR_BUSINESS', 'VICE_CHAIR_MEMBERSHIP', 'SECRETARY', 'TREASURER',
        'SUPERVISORY_CHAIR', 'SUPERVISORY_MEMBER', 'MANAGER', 'STAFF')),
    CONSTRAINT officer_status_check CHECK (status IN ('ACTIVE', 'ENDED', 'SUSPENDED')),
    CONSTRAINT officer_term_check CHECK (starts_on <= ends_on),
    CONSTRAINT officer_version_check CHECK (version >= 1),
    CONSTRAINT officer_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX officer_cooperative_id_id_idx ON officer (cooperative_id, id);
CREATE INDEX officer_person_id_id_idx ON officer (person_id, id);
CREATE UNIQUE INDEX officer_seat_key ON officer (cooperative_id, role)
    WHERE status = 'ACTIVE' AND role IN ('CHAIR', 'VICE_CHAIR_BUSINESS', 'VICE_CHAIR_MEMBERSHIP', 'SECRETARY', 'TREASURER', 'SUPERVISORY_CHAIR', 'MANAGER');

CREATE TABLE official (
    id               {id}   NOT NULL,
    institution_id   {id}   NOT NULL,
    name             {text} NOT NULL,
    name_fold        {text} NOT NULL,
    position         {text} NOT NULL,
    position_fold    {text} NOT NULL,
    version          {int}  NOT NULL,
    created_at       {big}  NOT NULL,
    updated_at       {big}  NOT NULL,
    source           {text} NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT official_pk PRIMARY KEY (id),
    CONSTRAINT official_institution_id_fk FOREIGN KEY (institution_id) REFERENCES institution (id),
    CONSTRAINT official_name_check CHECK (length(name) BETWEEN 1 AND 160),
    CONSTRAINT official_position_check CHECK (length(position) BETWEEN 1 AND 200),
    CONSTRAINT official_version_check CHECK (version >= 1),
    CONSTRAINT official_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX official_institution_id_id_idx ON official (institution_id, id);
";
