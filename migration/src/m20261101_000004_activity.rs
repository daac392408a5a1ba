//! Creates what a cooperative does and reports.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000004_activity",
    effect: Effect::Additive,
    tables: &["business_unit", "cooperative_business_class", "cooperative_commodity", "annual_report"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE business_unit (
    id               {id}                NOT NULL,
    cooperative_id   {id}                NOT NULL,
    kind             {text}              NOT NULL,
    status           {text}              NOT NULL,
    opened_on        {date},
    ownership        {text},
    has_power        {flag has_power},
    has_internet     {flag has_internet},
    build_progress   {int},
    version          {int}               NOT NULL,
    created_at       {big}               NOT NULL,
    updated_at       {big}               NOT NULL,
    source           {text}              NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT business_unit_pk PRIMARY KEY (id),
    CONSTRAINT business_unit_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT business_unit_kind_check CHECK (kind IN (
        'OFFICE', 'GROCERY', 'PHARMACY', 'CLINIC', 'SAVINGS_LOANS', 'WAREHOUSE', 'COLD_STORAGE',
        'LOGISTICS', 'LPG', 'FERTILIZER', 'POSTAL_AGENT', 'BANK_AGENT', 'OTHER')),
    CONSTRAINT business_unit_status_check CHECK (status IN ('PLANNED', 'BUILDING', 'OPEN', 'CLOSED')),
    CONSTRAINT business_unit_ownership_check CHECK (ownership IN ('OWNED', 'RENTED', 'BORROWED', 'VILLAGE_ASSET')),
    CONSTRAINT business_unit_build_progress_check CHECK (build_progress BETWEEN 0 AND 100),
    CONSTRAINT business_unit_version_check CHECK (version >= 1),
    CONSTRAINT business_unit_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX business_unit_cooperative_id_id_idx ON business_unit (cooperative_id, id);

CREATE TABLE cooperative_business_class (
    cooperative_id    {id}              NOT NULL,
    business_class_id {text}            NOT NULL,
    is_primary        {flag is_primary} NOT NULL,
    CONSTRAINT cooperative_business_class_pk PRIMARY KEY (cooperative_id, business_class_id),
    CONSTRAINT cooperative_business_class_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT cooperative_business_class_business_class_id_fk FOREIGN KEY (business_class_id) REFERENCES business_class (id)
){junction};

CREATE INDEX cooperative_business_class_business_class_id_cooperative_id_idx ON cooperative_business_class (business_class_id, cooperative_id);

CREATE TABLE cooperative_commodity (
    id                  {id}   NOT NULL,
    cooperative_id      {id}   NOT NULL,
    commodity_code      {text} NOT NULL,
    year                {int}  NOT NULL,
    annual_volume_milli {big},
    area_hectares_milli {big},
    worker_count        {int},
    annual_value        {big},
    version             {int}  NOT NULL,
    created_at          {big}  NOT NULL,
    updated_at          {big}  NOT NULL,
    source              {text} NOT NULL,
    source_reference    {text},
    as_of               {date},
    CONSTRAINT cooperative_commodity_pk PRIMARY KEY (id),
    CONSTRAINT cooperative_commodity_cooperative_id_commodity_code_year_key UNIQUE (cooperative_id, commodity_code, year),
    CONSTRAINT cooperative_commodity_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT cooperative_commodity_commodity_code_fk FOREIGN KEY (commodity_code) REFERENCES commodity (code),
    CONSTRAINT cooperative_commodity_year_check CHECK (year BETWEEN 1900 AND 2100),
    CONSTRAINT cooperative_commodity_annual_volume_milli_check CHECK (
        annual_volume_milli BETWEEN 0 AND 1000000000000000),
    CONSTRAINT cooperative_commodity_area_hectares_milli_check CHECK (
        area_hectares_milli BETWEEN 0 AND 1000000000000000),
    CONSTRAINT cooperative_commodity_worker_count_check CHECK (worker_count >= 0),
    CONSTRAINT cooperative_commodity_annual_value_check CHECK (annual_value BETWEEN 0 AND 1000000000000000),
    CONSTRAINT cooperative_commodity_version_check CHECK (version >= 1),
    CONSTRAINT cooperative_commodity_source_check CHECK (source IN (
        'ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX cooperative_commodity_cooperative_id_id_idx ON cooperative_commodity (cooperative_id, id);
CREATE INDEX cooperative_commodity_cooperative_id_year_id_idx ON cooperative_commodity (cooperative_id, year, id);
CREATE INDEX cooperative_commodity_commodity_code_id_idx ON cooperative_commodity (commodity_code, id);

CREATE TABLE annual_report (
    id                  {id}   NOT NULL,
    cooperative_id      {id}   NOT NULL,
    book_year           {int}  NOT NULL,
    meeting_on          {date},
    attendee_count      {int},
    female_member_count {int},
    male_member_count   {int},
    assets              {big},
    equity              {big},
    liabilities         {big},
    turnover            {big},
    surplus             {big},
    health_status       {text} NOT NULL,
    health_index_milli  {big},
    version             {int}  NOT NULL,
    created_at          {big}  NOT NULL,
    updated_at          {big}  NOT NULL,
    source              {text} NOT NULL,
    source_reference    {text},
    as_of               {date},
    CONSTRAINT annual_report_pk PRIMARY KEY (id),
    CONSTRAINT annual_report_cooperative_id_book_year_key UNIQUE (cooperative_id, book_year),
    CONSTRAINT annual_report_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT annual_report_book_year_check CHECK (book_year BETWEEN 1900 AND 2100),
    CONSTRAINT annual_report_attendee_count_check CHECK (attendee_count >= 0),
    CONSTRAINT annual_report_female_member_count_check CHECK (female_member_count >= 0),
    CONSTRAINT annual_report_male_member_count_check CHECK (male_member_count >= 0),
    CONSTRAINT annual_report_assets_check CHECK (assets BETWEEN 0 AND 1000000000000000),
    CONSTRAINT annual_report_equity_check CHECK (equity BETWEEN 0 AND 1000000000000000),
    CONSTRAINT annual_report_liabilities_check CHECK (liabilities BETWEEN 0 AND 1000000000000000),
    CONSTRAINT annual_report_turnover_check CHECK (turnover BETWEEN 0 AND 1000000000000000),
    CONSTRAINT annual_report_surplus_check CHECK (surplus BETWEEN -1000000000000000 AND 1000000000000000),
    CONSTRAINT annual_report_health_status_check CHECK (health_status IN (
        'HEALTHY', 'FAIRLY_HEALTHY', 'UNDER_SUPERVISION', 'UNDER_SPECIAL_SUPERVISION', 'NOT_REPORTED')),
    CONSTRAINT annual_report_health_index_milli_check CHECK (health_index_milli BETWEEN 0 AND 100000),
    CONSTRAINT annual_report_balance_check CHECK (assets = liabilities + equity),
    CONSTRAINT annual_report_attendance_check CHECK (attendee_count <= female_member_count + male_member_count),
    CONSTRAINT annual_report_version_check CHECK (version >= 1),
    CONSTRAINT annual_report_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX annual_report_cooperative_id_id_idx ON annual_report (cooperative_id, id);
";
