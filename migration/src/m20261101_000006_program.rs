//! Creates internship programs, their supporters and their agreements.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000006_program",
    effect: Effect::Additive,
    tables: &["internship_program", "program_supporter", "program_partnership"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE internship_program (
    id                  {id}          NOT NULL,
    code                {text}        NOT NULL,
    name                {text}        NOT NULL,
    name_fold           {text}        NOT NULL,
    kind                {text}        NOT NULL,
    status              {text}        NOT NULL,
    sector              {text}        NOT NULL,
    fiscal_year         {int}         NOT NULL,
    starts_on           {date},
    ends_on             {date},
    target_participants {int},
    target_provinces    {int},
    participant_count   {int}         NOT NULL,
    methods             {int}         NOT NULL,
    topics              {json topics} NOT NULL,
    goals               {json goals}  NOT NULL,
    organiser_id        {id}          NOT NULL,
    host_id             {id},
    version             {int}         NOT NULL,
    created_at          {big}         NOT NULL,
    updated_at          {big}         NOT NULL,
    source              {text}        NOT NULL,
    source_reference    {text},
    as_of               {date},
    CONSTRAINT internship_program_pk PRIMARY KEY (id),
    CONSTRAINT internship_program_code_key UNIQUE (code),
    CONSTRAINT internship_program_organiser_id_fk FOREIGN KEY (organiser_id) REFERENCES institution (id),
    CONSTRAINT internship_program_host_id_fk FOREIGN KEY (host_id) REFERENCES party (id),
    CONSTRAINT internship_program_code_check CHECK (length(code) BETWEEN 1 AND 60),
    CONSTRAINT internship_program_name_check CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT internship_program_kind_check CHECK (kind IN (
        'BOARD_INTERNSHIP', 'STUDENT_INTERNSHIP', 'THEMATIC_COMMUNITY_SERVICE', 'TRAINING', 'MENTORING',
        'INCUBATION', 'COMPARATIVE_STUDY')),
    CONSTRAINT internship_program_status_check CHECK (status IN (
        'DRAFT', 'PUBLISHED', 'OPEN', 'RUNNING', 'COMPLETED', 'EVALUATED', 'CANCELLED')),
    CONSTRAINT internship_program_sector_check CHECK (sector IN (
        'AGRICULTURE', 'LIVESTOCK', 'CAPTURE_FISHERY', 'AQUACULTURE', 'FORESTRY', 'TRADE', 'SERVICES',
        'MULTI_SERVICES', 'MANUFACTURING', 'FINANCIAL', 'TOURISM', 'HEALTH', 'LOGISTICS')),
    CONSTRAINT internship_program_fiscal_year_check CHECK (fiscal_year BETWEEN 1900 AND 2100),
    CONSTRAINT internship_program_target_participants_check CHECK (target_participants >= 1),
    CONSTRAINT internship_program_target_provinces_check CHECK (target_provinces BETWEEN 1 AND 38),
    CONSTRAINT internship_program_participant_count_check CHECK (participant_count >= 0),
    CONSTRAINT internship_program_methods_check CHECK (methods BETWEEN 0 AND 31),
    CONSTRAINT internship_program_dates_check CHECK (starts_on <= ends_on),
    CONSTRAINT internship_program_version_check CHECK (version >= 1),
    CONSTRAINT internship_program_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX internship_program_organiser_id_id_idx ON internship_program (organiser_id, id);
CREATE INDEX internship_program_host_id_id_idx ON internship_program (host_id, id);
CREATE INDEX internship_program_name_fold_id_idx ON internship_program (name_fold, id);

CREATE TABLE program_supporter (
    program_id     {id}   NOT NULL,
    institution_id {id}   NOT NULL,
    role           {text} NOT NULL,
    CONSTRAINT program_supporter_pk PRIMARY KEY (program_id, institution_id, role),
    CONSTRAINT program_supporter_program_id_fk FOREIGN KEY (program_id) REFERENCES internship_program (id),
    CONSTRAINT program_supporter_institution_id_fk FOREIGN KEY (institution_id) REFERENCES institution (id),
    CONSTRAINT program_supporter_role_check CHECK (role IN (
        'SUPPORTER', 'FUNDER', 'ACADEMIC_ADVISER', 'EXPERT_PROVIDER', 'CERTIFIER'))
){junction};

CREATE INDEX program_supporter_institution_id_program_id_idx ON program_supporter (institution_id, program_id);

CREATE TABLE program_partnership (
    program_id     {id} NOT NULL,
    partnership_id {id} NOT NULL,
    CONSTRAINT program_partnership_pk PRIMARY KEY (program_id, partnership_id),
    CONSTRAINT program_partnership_program_id_fk FOREIGN KEY (program_id) REFERENCES internship_program (id),
    CONSTRAINT program_partnership_partnership_id_fk FOREIGN KEY (partnership_id) REFERENCES partnership (id)
){junction};

CREATE INDEX program_partnership_partnership_id_program_id_idx ON program_partnership (partnership_id, program_id);
";
