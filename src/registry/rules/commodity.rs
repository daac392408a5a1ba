//! Rules of commodities, and of what cooperatives handle of them in a year.

use super::Rule;
use crate::{
    graph::load::Noun,
    registry::commodity::{Commodity, CooperativeCommodity},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "COMMODITY_NOT_INDEXED",
        noun: Commodity::table,
        en: "the search index holds each commodity once, by its present names",
        id: "indeks pencarian memuat setiap komoditas satu kali dengan namanya saat ini",
        offenders: "SELECT s.code FROM search_source s WHERE s.noun = 'commodity' {AND s.code}
                AND NOT EXISTS (SELECT 1 FROM search_entry e
                    WHERE e.code = s.code AND e.noun = s.noun AND e.name = s.name AND e.words = s.words
                    AND e.size = s.size AND coalesce(e.kind, '') = coalesce(s.kind, '')
                    AND coalesce(e.community_base, '') = coalesce(s.community_base, '')
                    AND coalesce(e.program, '') = coalesce(s.program, '')
                    AND (e.other_name = s.other_name OR (e.other_name IS NULL AND s.other_name IS NULL))
                    AND (e.region_code = s.region_code OR (e.region_code IS NULL AND s.region_code IS NULL)))
            UNION SELECT e.code FROM search_entry e WHERE e.noun = 'commodity'
                AND NOT EXISTS (SELECT 1 FROM commodity t WHERE t.code = e.code) {AND e.code}
            UNION SELECT e.code FROM search_entry e WHERE e.noun = 'commodity' {AND e.code}
                GROUP BY e.code HAVING count(*) > 1",
        ways: &[],
    },
    Rule {
        code: "VOLUME_NEGATIVE",
        noun: CooperativeCommodity::table,
        en: "volume, area, workers and value of a commodity are not negative",
        id: "volume, luas lahan, jumlah pekerja, dan nilai komoditas tidak negatif",
        offenders: "SELECT v.id FROM cooperative_commodity v WHERE (v.annual_volume_milli < 0
            OR v.area_hectares_milli < 0 OR v.worker_count < 0 OR v.annual_value < 0) {AND v.id}",
        ways: &[],
    },
    Rule {
        code: "VOLUME_REPEATED",
        noun: CooperativeCommodity::table,
        en: "a cooperative states a commodity once for a year",
        id: "koperasi mencatat satu komoditas satu kali untuk setiap tahun",
        offenders: "SELECT v.id FROM cooperative_commodity v WHERE EXISTS (SELECT 1 FROM cooperative_commodity o
            WHERE o.cooperative_id = v.cooperative_id AND o.commodity_code = v.commodity_code AND o.year = v.year
            AND o.id <> v.id LIMIT 1) {AND v.id}",
        ways: &[],
    },
];
