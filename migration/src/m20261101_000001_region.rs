//! Creates regions, commodities and business classes, whose codes are published by others.

use crate::change::{Change, Effect};

pub(crate) const CHANGE: Change = Change {
    name: "m20261101_000001_region",
    effect: Effect::Additive,
    tables: &["region", "business_class", "commodity"],
    indexes: &[],
    ddl: DDL,
};

const DDL: &str = "
CREATE TABLE region (
    code         {text} NOT NULL,
    parent_code  {text},
    level        {text} NOT NULL,
    kind         {text} NOT NULL,
    name         {text} NOT NULL,
    name_fold    {text} NOT NULL,
    latitude_e5  {int},
    longitude_e5 {int},
    postal_code  {text},
    CONSTRAINT region_pk PRIMARY KEY (code),
    CONSTRAINT region_parent_code_fk FOREIGN KEY (parent_code) REFERENCES region (code),
    CONSTRAINT region_level_check CHECK (level IN ('PROVINCE', 'REGENCY_CITY', 'DISTRICT', 'VILLAGE')),
    CONSTRAINT region_kind_check CHECK (kind IN (
        'PROVINSI', 'KABUPATEN', 'KOTA', 'KECAMATAN', 'DESA', 'KELURAHAN', 'DESA_ADAT')),
    CONSTRAINT region_latitude_e5_check CHECK (latitude_e5 BETWEEN -9000000 AND 9000000),
    CONSTRAINT region_longitude_e5_check CHECK (longitude_e5 BETWEEN -18000000 AND 18000000),
    CONSTRAINT region_postal_code_check CHECK (length(postal_code) = 5 AND trim(postal_code, '0123456789') = ''),
    CONSTRAINT region_code_level_check CHECK (
           (level = 'PROVINCE'     AND length(code) = 2  AND parent_code IS NULL)
        OR (level = 'REGENCY_CITY' AND length(code) = 5  AND parent_code = substr(code, 1, 2))
        OR (level = 'DISTRICT'     AND length(code) = 8  AND parent_code = substr(code, 1, 5))
        OR (level = 'VILLAGE'      AND length(code) = 13 AND parent_code = substr(code, 1, 8))),
    CONSTRAINT region_kind_level_check CHECK (
           (level = 'PROVINCE'     AND kind = 'PROVINSI')
        OR (level = 'REGENCY_CITY' AND kind IN ('KABUPATEN', 'KOTA'))
        OR (level = 'DISTRICT'     AND kind = 'KECAMATAN')
        OR (level = 'VILLAGE'      AND kind = 'KELURAHAN' AND substr(code, 10, 1) = '1')
        OR (level = 'VILLAGE'      AND kind = 'DESA'      AND substr(code, 10, 1) = '2')
        OR (level = 'VILLAGE'      AND kind = 'DESA_ADAT' AND substr(code, 10, 1) = '3')),
    CONSTRAINT region_point_check CHECK ((latitude_e5 IS NULL) = (longitude_e5 IS NULL))
){strict};

CREATE INDEX region_parent_code_code_idx ON region (parent_code, code);
CREATE INDEX region_level_code_idx ON region (level, code);
CREATE INDEX region_name_fold_code_idx ON region (name_fold, code);

CREATE TABLE business_class (
    id         {text} NOT NULL,
    edition    {int}  NOT NULL,
    code       {text} NOT NULL,
    section    {text} NOT NULL,
    title      {text} NOT NULL,
    title_fold {text} NOT NULL,
    CONSTRAINT business_class_pk PRIMARY KEY (id),
    CONSTRAINT business_class_edition_code_key UNIQUE (edition, code),
    CONSTRAINT business_class_id_check CHECK (id = CAST(edition AS TEXT) || '.' || code),
    CONSTRAINT business_class_edition_check CHECK (edition IN (2020, 2025)),
    CONSTRAINT business_class_code_check CHECK (length(code) = 5 AND trim(code, '0123456789') = ''),
    CONSTRAINT business_class_section_check CHECK (length(section) = 1 AND section BETWEEN 'A' AND 'V')
){strict};

CREATE INDEX business_class_title_fold_id_idx ON business_class (title_fold, id);

CREATE TABLE commodity (
    code      {text} NOT NULL,
    name      {text} NOT NULL,
    name_fold {text} NOT NULL,
    name_en   {text} NOT NULL,
    category  {text} NOT NULL,
    unit      {text} NOT NULL,
    CONSTRAINT commodity_pk PRIMARY KEY (code),
    CONSTRAINT commodity_code_check CHECK (length(code) BETWEEN 1 AND 20),
    CONSTRAINT commodity_category_check CHECK (category IN (
        'FOOD_CROP', 'VEGETABLE', 'FRUIT', 'ESTATE_CROP', 'MEDICINAL', 'LIVESTOCK', 'FISHERY', 'FORESTRY',
        'CRAFT', 'TRADED_GOODS')),
    CONSTRAINT commodity_unit_check CHECK (unit IN (
        'TON', 'KILOGRAM', 'LITRE', 'CUBIC_METRE', 'HEAD', 'PIECE', 'STEM', 'CYLINDER', 'OTHER'))
){strict};

CREATE INDEX commodity_name_fold_code_idx ON commodity (name_fold, code);
";
