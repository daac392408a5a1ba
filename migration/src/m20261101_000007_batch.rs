//! Creates internship batches, training sessions and placements.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000007_batch",
    effect: Effect::Additive,
    tables: &["internship_batch", "batch_province", "training_session", "placement"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE internship_batch (
    id                {id}   NOT NULL,
    program_id        {id}   NOT NULL,
    number            {int}  NOT NULL,
    starts_on         {date},
    opened_on         {date},
    ends_on           {date},
    capacity          {int},
    participant_count {int}  NOT NULL,
    status            {text} NOT NULL,
    host_id           {id},
    place_code        {text},
    version           {int}  NOT NULL,
    created_at        {big}  NOT NULL,
    updated_at        {big}  NOT NULL,
    source            {text} NOT NULL,
    source_reference  {text},
    as_of             {date},
    CONSTRAINT internship_batch_pk PRIMARY KEY (id),
    CONSTRAINT internship_batch_program_id_number_key UNIQUE (program_id, number),
    CONSTRAINT internship_batch_program_id_fk FOREIGN KEY (program_id) REFERENCES internship_program (id),
    CONSTRAINT internship_batch_host_id_fk FOREIGN KEY (host_id) REFERENCES party (id),
    CONSTRAINT internship_batch_place_code_fk FOREIGN KEY (place_code) REFERENCES region (code),
    CONSTRAINT internship_batch_number_check CHECK (number >= 1),
    CONSTRAINT internship_batch_capacity_check CHECK (capacity >= 1),
    CONSTRAINT internship_batch_participant_count_check CHECK (participant_count >= 0),
    CONSTRAINT internship_batch_status_check CHECK (status IN (
        'PLANNED', 'ENROLLING', 'FULL', 'RUNNING', 'COMPLETED', 'CANCELLED', 'POSTPONED')),
    CONSTRAINT internship_batch_dates_check CHECK (starts_on <= ends_on),
    CONSTRAINT internship_batch_version_check CHECK (version >= 1),
    CONSTRAINT internship_batch_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX internship_batch_program_id_id_idx ON internship_batch (program_id, id);
CREATE INDEX internship_batch_host_id_id_idx ON internship_batch (host_id, id);
CREATE INDEX internship_batch_place_code_id_idx ON internship_batch (place_code, id);

CREATE TABLE batch_province (
    batch_id    {id}   NOT NULL,
    region_code {text} NOT NULL,
    CONSTRAINT batch_province_pk PRIMARY KEY (batch_id, region_code),
    CONSTRAINT batch_province_batch_id_fk FOREIGN KEY (batch_id) REFERENCES internship_batch (id),
    CONSTRAINT batch_province_region_code_fk FOREIGN KEY (region_code) REFERENCES region (code),
    CONSTRAINT batch_province_region_code_check CHECK (length(region_code) = 2)
){junction};

CREATE INDEX batch_province_region_code_batch_id_idx ON batch_province (region_code, batch_id);

CREATE TABLE training_session (
    id               {id}   NOT NULL,
    batch_id         {id}   NOT NULL,
    topic            {text} NOT NULL,
    topic_fold       {text} NOT NULL,
    method           {text} NOT NULL,
    hours_milli      {big}  NOT NULL,
    held_on          {date} NOT NULL,
    version          {int}  NOT NULL,
    created_at       {big}  NOT NULL,
    updated_at       {big}  NOT NULL,
    source           {text} NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT training_session_pk PRIMARY KEY (id),
    CONSTRAINT training_session_batch_id_fk FOREIGN KEY (batch_id) REFERENCES internship_batch (id),
    CONSTRAINT training_session_topic_check CHECK (length(topic) BETWEEN 1 AND 200),
    CONSTRAINT training_session_method_check CHECK (method IN (
        'STUDY_VISIT', 'ON_THE_JOB_TRAINING', 'CLASSROOM', 'ONLINE', 'MENTORING')),
    CONSTRAINT training_session_hours_milli_check CHECK (hours_milli BETWEEN 1 AND 1000000),
    CONSTRAINT training_session_version_check CHECK (version >= 1),
    CONSTRAINT training_session_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX training_session_batch_id_id_idx ON training_session (batch_id, id);
CREATE INDEX training_session_batch_id_held_on_id_idx ON training_session (batch_id, held_on, id);

CREATE TABLE placement (
    id                 {id}   NOT NULL,
    batch_id           {id}   NOT NULL,
    cooperative_id     {id}   NOT NULL,
    person_id          {id}   NOT NULL,
    status             {text} NOT NULL,
    attendance_days    {int},
    score_milli        {big},
    certificate_number {text},
    follow_up_plan     {text},
    version            {int}  NOT NULL,
    created_at         {big}  NOT NULL,
    updated_at         {big}  NOT NULL,
    source             {text} NOT NULL,
    source_reference   {text},
    as_of              {date},
    CONSTRAINT placement_pk PRIMARY KEY (id),
    CONSTRAINT placement_batch_id_person_id_key UNIQUE (batch_id, person_id),
    CONSTRAINT placement_certificate_number_key UNIQUE (certificate_number),
    CONSTRAINT placement_batch_id_fk FOREIGN KEY (batch_id) REFERENCES internship_batch (id),
    CONSTRAINT placement_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT placement_person_id_fk FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT placement_status_check CHECK (status IN (
        'NOMINATED', 'VERIFIED', 'CONFIRMED', 'WAITLISTED', 'ATTENDING', 'GRADUATED', 'INCOMPLETE',
        'WITHDRAWN', 'NO_SHOW', 'REJECTED')),
    CONSTRAINT placement_attendance_days_check CHECK (attendance_days >= 0),
    CONSTRAINT placement_score_milli_check CHECK (score_milli BETWEEN 0 AND 100000),
    CONSTRAINT placement_certificate_check CHECK (certificate_number IS NULL OR status = 'GRADUATED'),
    CONSTRAINT placement_version_check CHECK (version >= 1),
    CONSTRAINT placement_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX placement_batch_id_id_idx ON placement (batch_id, id);
CREATE INDEX placement_cooperative_id_id_idx ON placement (cooperative_id, id);
CREATE INDEX placement_person_id_id_idx ON placement (person_id, id);
";
