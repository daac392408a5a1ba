//! Creates linkages, their months, and partnership applications.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000008_linkage",
    effect: Effect::Additive,
    tables: &["linkage", "linkage_month", "partnership_application"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE linkage (
    id                  {id}             NOT NULL,
    code                {text}           NOT NULL,
    kind                {text}           NOT NULL,
    pattern             {text}           NOT NULL,
    status              {text}           NOT NULL,
    supplier_id         {id}             NOT NULL,
    buyer_id            {id}             NOT NULL,
    commodity_code      {text},
    starts_on           {date},
    ends_on             {date},
    annual_volume_milli {big},
    unit                {text},
    annual_value        {big},
    exclusive           {flag exclusive} NOT NULL,
    payment_term_days   {int},
    partnership_id      {id},
    version             {int}            NOT NULL,
    created_at          {big}            NOT NULL,
    updated_at          {big}            NOT NULL,
    source              {text}           NOT NULL,
    source_reference    {text},
    as_of               {date},
    CONSTRAINT linkage_pk PRIMARY KEY (id),
    CONSTRAINT linkage_code_key UNIQUE (code),
    CONSTRAINT linkage_supplier_id_fk FOREIGN KEY (supplier_id) REFERENCES party (id),
    CONSTRAINT linkage_buyer_id_fk FOREIGN KEY (buyer_id) REFERENCES party (id),
    CONSTRAINT linkage_commodity_code_fk FOREIGN KEY (commodity_code) REFERENCES commodity (code),
    CONSTRAINT linkage_partnership_id_fk FOREIGN KEY (partnership_id) REFERENCES partnership (id),
    CONSTRAINT linkage_code_check CHECK (length(code) BETWEEN 1 AND 60),
    CONSTRAINT linkage_kind_check CHECK (kind IN (
        'OFFTAKE', 'INPUT_SUPPLY', 'AGENCY_OUTLET', 'FINANCING', 'LOGISTICS', 'PROCESSING', 'TECHNOLOGY',
        'MENTORING', 'CERTIFICATION')),
    CONSTRAINT linkage_pattern_check CHECK (pattern IN (
        'NUCLEUS_PLASMA', 'SUBCONTRACT', 'FRANCHISE', 'GENERAL_TRADE', 'DISTRIBUTION_AGENCY',
        'SUPPLY_CHAIN', 'PROFIT_SHARING', 'JOINT_OPERATION', 'JOINT_VENTURE', 'OUTSOURCING')),
    CONSTRAINT linkage_status_check CHECK (status IN (
        'PROPOSED', 'NEGOTIATING', 'TRIAL', 'ACTIVE', 'ON_HOLD', 'ENDED', 'BREACHED', 'DROPPED')),
    CONSTRAINT linkage_annual_volume_milli_check CHECK (annual_volume_milli BETWEEN 0 AND 1000000000000000),
    CONSTRAINT linkage_unit_check CHECK (unit IN (
        'TON', 'KILOGRAM', 'LITRE', 'CUBIC_METRE', 'HEAD', 'PIECE', 'STEM', 'CYLINDER', 'OTHER')),
    CONSTRAINT linkage_annual_value_check CHECK (annual_value BETWEEN 0 AND 1000000000000000),
    CONSTRAINT linkage_payment_term_days_check CHECK (payment_term_days BETWEEN 0 AND 180),
    CONSTRAINT linkage_parties_check CHECK (supplier_id <> buyer_id),
    CONSTRAINT linkage_dates_check CHECK (starts_on < ends_on),
    CONSTRAINT linkage_volume_check CHECK (annual_volume_milli IS NULL OR unit IS NOT NULL),
    CONSTRAINT linkage_version_check CHECK (version >= 1),
    CONSTRAINT linkage_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX linkage_supplier_id_id_idx ON linkage (supplier_id, id);
CREATE INDEX linkage_supplier_id_annual_value_id_idx ON linkage (supplier_id, annual_value DESC{nulls_last}, id DESC);
CREATE INDEX linkage_supplier_id_starts_on_id_idx ON linkage (supplier_id, starts_on DESC{nulls_last}, id DESC);
CREATE INDEX linkage_buyer_id_id_idx ON linkage (buyer_id, id);
CREATE INDEX linkage_buyer_id_annual_value_id_idx ON linkage (buyer_id, annual_value DESC{nulls_last}, id DESC);
CREATE INDEX linkage_buyer_id_starts_on_id_idx ON linkage (buyer_id, starts_on DESC{nulls_last}, id DESC);
CREATE INDEX linkage_commodity_code_id_idx ON linkage (commodity_code, id);
CREATE INDEX linkage_partnership_id_id_idx ON linkage (partnership_id, id);

CREATE TABLE linkage_month (
    id               {id}   NOT NULL,
    linkage_id       {id}   NOT NULL,
    month            {date} NOT NULL,
    volume_milli     {big},
    value            {big},
    delivery_count   {int},
    rejected_bp      {int},
    version          {int}  NOT NULL,
    created_at       {big}  NOT NULL,
    updated_at       {big}  NOT NULL,
    source           {text} NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT linkage_month_pk PRIMARY KEY (id),
    CONSTRAINT linkage_month_linkage_id_month_key UNIQUE (linkage_id, month),
    CONSTRAINT linkage_month_linkage_id_fk FOREIGN KEY (linkage_id) REFERENCES linkage (id),
    CONSTRAINT linkage_month_month_check CHECK ({day month} = 1),
    CONSTRAINT linkage_month_volume_milli_check CHECK (volume_milli BETWEEN 0 AND 1000000000000000),
    CONSTRAINT linkage_month_value_check CHECK (value BETWEEN 0 AND 1000000000000000),
    CONSTRAINT linkage_month_delivery_count_check CHECK (delivery_count >= 0),
    CONSTRAINT linkage_month_rejected_bp_check CHECK (rejected_bp BETWEEN 0 AND 10000),
    CONSTRAINT linkage_month_version_check CHECK (version >= 1),
    CONSTRAINT linkage_month_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX linkage_month_linkage_id_id_idx ON linkage_month (linkage_id, id);

CREATE TABLE partnership_application (
    id               {id}   NOT NULL,
    cooperative_id   {id}   NOT NULL,
    institution_id   {id}   NOT NULL,
    status           {text} NOT NULL,
    package          {text},
    reason           {text},
    requested_on     {date} NOT NULL,
    decided_on       {date},
    linkage_id       {id},
    version          {int}  NOT NULL,
    created_at       {big}  NOT NULL,
    updated_at       {big}  NOT NULL,
    source           {text} NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT partnership_application_pk PRIMARY KEY (id),
    CONSTRAINT partnership_application_cooperative_id_fk FOREIGN KEY (cooperative_id) REFERENCES cooperative (id),
    CONSTRAINT partnership_application_institution_id_fk FOREIGN KEY (institution_id) REFERENCES institution (id),
    CONSTRAINT partnership_application_linkage_id_fk FOREIGN KEY (linkage_id) REFERENCES linkage (id),
    CONSTRAINT partnership_application_status_check CHECK (status IN (
        'REQUESTED', 'VERIFYING', 'REVISION', 'VERIFIED', 'REJECTED', 'ACTIVATED')),
    CONSTRAINT partnership_application_package_check CHECK (package IN (
        'LPG', 'FERTILIZER', 'STAPLES', 'PHARMACY', 'POSTAL', 'BANKING', 'LOGISTICS', 'OTHER')),
    CONSTRAINT partnership_application_decision_check CHECK (requested_on <= decided_on),
    CONSTRAINT partnership_application_linkage_check CHECK (linkage_id IS NULL OR status = 'ACTIVATED'),
    CONSTRAINT partnership_application_version_check CHECK (version >= 1),
    CONSTRAINT partnership_application_source_check CHECK (source IN (
        'ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX partnership_application_cooperative_id_id_idx ON partnership_application (cooperative_id, id);
CREATE INDEX partnership_application_institution_id_id_idx ON partnership_application (institution_id, id);
CREATE INDEX partnership_application_linkage_id_id_idx ON partnership_application (linkage_id, id);
";
