//! Rules of regions.

use super::{Rule, Way};
use crate::{graph::load::Noun, registry::region::Region};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "REGION_MISPLACED",
        noun: Region::table,
        en: "a region lies in the region whose code its own code begins with, one level higher",
        id: "wilayah berada di dalam wilayah yang kodenya menjadi awalan kodenya, satu tingkat di atasnya",
        offenders: "SELECT r.code FROM region r LEFT JOIN region p ON p.code = r.parent_code
            WHERE ((r.level <> 'PROVINCE' AND p.code IS NULL)
                OR (p.code IS NOT NULL AND (r.code NOT LIKE p.code || '.%' OR (r.level, p.level) NOT IN (
                    VALUES ('REGENCY_CITY', 'PROVINCE'), ('DISTRICT', 'REGENCY_CITY'), ('VILLAGE', 'DISTRICT')))))
            {AND r.code}",
        ways: &[Way { from: Region::table, keys: "SELECT r.code FROM region r WHERE TRUE {AND r.parent_code}" }],
    },
    Rule {
        code: "REGION_POSITION_MISSING",
        noun: Region::table,
        en: "a region with a point has its position on the unit sphere",
        id: "wilayah yang memiliki titik koordinat memiliki posisinya pada bola satuan",
        offenders: "SELECT r.code FROM region r WHERE ((r.latitude_e5 IS NULL) <> (r.sphere_x_e9 IS NULL)
                OR (r.sphere_x_e9 IS NULL) <> (r.sphere_y_e9 IS NULL)
                OR (r.sphere_x_e9 IS NULL) <> (r.sphere_z_e9 IS NULL))
            {AND r.code}",
        ways: &[],
    },
    Rule {
        code: "REGION_NOT_INDEXED",
        noun: Region::table,
        en: "the search index of regions holds each region once, by its present name",
        id: "indeks pencarian wilayah memuat setiap wilayah satu kali dengan namanya saat ini",
        offenders: "SELECT s.code FROM search_region_source s WHERE s.noun = 'region' {AND s.code}
                AND NOT EXISTS (SELECT 1 FROM search_region_entry e
                    WHERE e.code = s.code AND e.noun = s.noun AND e.name = s.name AND e.words = s.words
                    AND e.size = s.size AND coalesce(e.kind, '') = coalesce(s.kind, '')
                    AND coalesce(e.community_base, '') = coalesce(s.community_base, '')
                    AND coalesce(e.program, '') = coalesce(s.program, '')
                    AND (e.other_name = s.other_name OR (e.other_name IS NULL AND s.other_name IS NULL))
                    AND (e.region_code = s.region_code OR (e.region_code IS NULL AND s.region_code IS NULL)))
            UNION SELECT e.code FROM search_region_entry e WHERE e.noun = 'region'
                AND NOT EXISTS (SELECT 1 FROM region t WHERE t.code = e.code) {AND e.code}
            UNION SELECT e.code FROM search_region_entry e WHERE e.noun = 'region' {AND e.code}
                GROUP BY e.code HAVING count(*) > 1",
        ways: &[],
    },
];
