//! Creates parties: cooperatives and partner institutions.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000002_party",
    effect: Effect::Additive,
    tables: &["party", "cooperative", "institution"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE party (
    id          {id}   NOT NULL,
    kind        {text} NOT NULL,
    name_fold   {text} NOT NULL,
    region_code {text},
    CONSTRAINT party_pk PRIMARY KEY (id),
    CONSTRAINT party_region_code_fk FOREIGN KEY (region_code) REFERENCES region (code),
    CONSTRAINT party_kind_check CHECK (kind IN ('COOPERATIVE', 'INSTITUTION'))
){strict};

CREATE INDEX party_region_code_id_idx ON party (region_code, id);
CREATE INDEX party_name_fold_id_idx ON party (name_fold, id);

CREATE TABLE cooperative (
    id                      {id}                        NOT NULL,
    slug                    {text}                      NOT NULL,
    name                    {text}                      NOT NULL,
    name_fold               {text}                      NOT NULL,
    short_name              {text},
    short_name_fold         {text},
    registration_number     {text},
    legal_entity_number     {text},
    legal_entity_number_raw {text},
    tax_number              {text},
    business_number         {text},
    program                 {text}                      NOT NULL,
    cooperative_type        {text}                      NOT NULL,
    form                    {text}                      NOT NULL,
    community_base          {text}                      NOT NULL,
    formation_model         {text},
    status                  {text}                      NOT NULL,
    region_code             {text}                      NOT NULL,
    address                 {text},
    latitude_e3             {int},
    longitude_e3            {int},
    location_approximate    {flag location_approximate},
    phone                   {text},
    email                   {text},
    website                 {text},
    established_on          {date},
    legal_entity_on         {date},
    principal_saving        {big},
    mandatory_saving        {big},
    member_count            {int},
    member_count_on         {date},
    successor_id            {id},
    version                 {int}                       NOT NULL,
    created_at              {big}                       NOT NULL,
    updated_at              {big}                       NOT NULL,
    source                  {text}                      NOT NULL,
    source_reference        {text},
    as_of                   {date},
    CONSTRAINT cooperative_pk PRIMARY KEY (id),
    CONSTRAINT cooperative_slug_key UNIQUE (slug),
    CONSTRAINT cooperative_registration_number_key UNIQUE (registration_number),
    CONSTRAINT cooperative_legal_entity_number_key UNIQUE (legal_entity_number),
    CONSTRAINT cooperative_id_fk FOREIGN KEY (id) REFERENCES party (id),
    CONSTRAINT cooperative_region_code_fk FOREIGN KEY (region_code) REFERENCES region (code),
    CONSTRAINT cooperative_successor_id_fk FOREIGN KEY (successor_id) REFERENCES cooperative (id),
    CONSTRAINT cooperative_slug_check CHECK (length(slug) BETWEEN 1 AND 200),
    CONSTRAINT cooperative_name_check CHECK (length(name) BETWEEN 5 AND 160),
    CONSTRAINT cooperative_registration_number_check CHECK (
        length(registration_number) BETWEEN 10 AND 16 AND trim(registration_number, '0123456789') = ''),
    CONSTRAINT cooperative_business_number_check CHECK (
        length(business_number) = 13 AND trim(business_number, '0123456789') = ''),
    CONSTRAINT cooperative_program_check CHECK (program IN (
        'VILLAGE_MERAH_PUTIH', 'URBAN_VILLAGE_MERAH_PUTIH', 'GENERAL')),
    CONSTRAINT cooperative_cooperative_type_check CHECK (cooperative_type IN (
        'SAVINGS_AND_LOAN', 'CONSUMER', 'PRODUCER', 'MARKETING', 'SERVICE')),
    CONSTRAINT cooperative_form_check CHECK (form IN ('PRIMARY', 'SECONDARY')),
    CONSTRAINT cooperative_community_base_check CHECK (community_base IN (
        'PESANTREN', 'KUD', 'EMPLOYEE', 'STUDENT', 'FISHER', 'GENERAL')),
    CONSTRAINT cooperative_formation_model_check CHECK (formation_model IN ('NEW', 'DEVELOPED', 'REVITALISED')),
    CONSTRAINT cooperative_status_check CHECK (status IN (
        'PLANNED', 'DELIBERATED', 'IN_NOTARY', 'LEGAL_ENTITY', 'OPERATING', 'INACTIVE', 'SUSPENDED',
        'MERGED', 'DISSOLVED')),
    CONSTRAINT cooperative_latitude_e3_check CHECK (latitude_e3 BETWEEN -90000 AND 90000),
    CONSTRAINT cooperative_longitude_e3_check CHECK (longitude_e3 BETWEEN -180000 AND 180000),
    CONSTRAINT cooperative_principal_saving_check CHECK (principal_saving BETWEEN 0 AND 1000000000000000),
    CONSTRAINT cooperative_mandatory_saving_check CHECK (mandatory_saving BETWEEN 0 AND 1000000000000000),
    CONSTRAINT cooperative_member_count_check CHECK (member_count >= 0),
    CONSTRAINT cooperative_village_check CHECK (
           program = 'GENERAL'
        OR (program = 'VILLAGE_MERAH_PUTIH'       AND length(region_code) = 13 AND substr(region_code, 10, 1) IN ('2', '3'))
        OR (program = 'URBAN_VILLAGE_MERAH_PUTIH' AND length(region_code) = 13 AND substr(region_code, 10, 1) = '1')),
    CONSTRAINT cooperative_point_check CHECK (
           (latitude_e3 IS NULL) = (longitude_e3 IS NULL)
        AND (latitude_e3 IS NULL) = (location_approximate IS NULL)),
    CONSTRAINT cooperative_legal_entity_on_check CHECK (legal_entity_on >= established_on),
    CONSTRAINT cooperative_member_count_on_check CHECK (member_count_on IS NULL OR member_count IS NOT NULL),
    CONSTRAINT cooperative_successor_check CHECK (successor_id IS NULL OR (successor_id <> id AND status = 'MERGED')),
    CONSTRAINT cooperative_version_check CHECK (version >= 1),
    CONSTRAINT cooperative_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX cooperative_region_code_id_idx ON cooperative (region_code, id);
CREATE INDEX cooperative_successor_id_id_idx ON cooperative (successor_id, id);
CREATE INDEX cooperative_name_fold_id_idx ON cooperative (name_fold, id);
CREATE UNIQUE INDEX cooperative_village_key ON cooperative (region_code)
    WHERE program <> 'GENERAL';

CREATE TABLE institution (
    id               {id}          NOT NULL,
    slug             {text}        NOT NULL,
    name             {text}        NOT NULL,
    name_fold        {text}        NOT NULL,
    short_name       {text},
    short_name_fold  {text},
    kind             {text}        NOT NULL,
    ownership        {text},
    official_code    {text},
    domain           {text},
    active           {flag active} NOT NULL,
    region_code      {text},
    parent_id        {id},
    version          {int}         NOT NULL,
    created_at       {big}         NOT NULL,
    updated_at       {big}         NOT NULL,
    source           {text}        NOT NULL,
    source_reference {text},
    as_of            {date},
    CONSTRAINT institution_pk PRIMARY KEY (id),
    CONSTRAINT institution_slug_key UNIQUE (slug),
    CONSTRAINT institution_domain_key UNIQUE (domain),
    CONSTRAINT institution_id_fk FOREIGN KEY (id) REFERENCES party (id),
    CONSTRAINT institution_region_code_fk FOREIGN KEY (region_code) REFERENCES region (code),
    CONSTRAINT institution_parent_id_fk FOREIGN KEY (parent_id) REFERENCES institution (id),
    CONSTRAINT institution_slug_check CHECK (length(slug) BETWEEN 1 AND 200),
    CONSTRAINT institution_name_check CHECK (length(name) BETWEEN 2 AND 200),
    CONSTRAINT institution_kind_check CHECK (kind IN (
        'UNIVERSITY', 'POLYTECHNIC', 'INSTITUTE', 'COLLEGE', 'ACADEMY', 'RESEARCH_INSTITUTE',
        'UNIVERSITY_ASSOCIATION', 'MINISTRY', 'AGENCY', 'REGIONAL_OFFICE', 'STATE_OWNED_ENTERPRISE',
        'REGIONAL_ENTERPRISE', 'RETAILER', 'OFFTAKER', 'PROCESSOR', 'BANK', 'FINANCIAL_AGENCY',
        'COOPERATIVE_ASSOCIATION', 'BUSINESS_ASSOCIATION', 'INTERNATIONAL_NGO', 'NGO', 'MEDIA')),
    CONSTRAINT institution_ownership_check CHECK (ownership IN (
        'STATE', 'REGIONAL', 'PRIVATE', 'FOREIGN', 'COOPERATIVE')),
    CONSTRAINT institution_domain_check CHECK (domain = lower(domain)),
    CONSTRAINT institution_parent_check CHECK (parent_id <> id),
    CONSTRAINT institution_version_check CHECK (version >= 1),
    CONSTRAINT institution_source_check CHECK (source IN ('ARTICLE', 'PUBLIC', 'IMPORT', 'API', 'SYNTHETIC'))
){strict};

CREATE INDEX institution_region_code_id_idx ON institution (region_code, id);
CREATE INDEX institution_parent_id_id_idx ON institution (parent_id, id);
CREATE INDEX institution_name_fold_id_idx ON institution (name_fold, id);
";
