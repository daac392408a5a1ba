//! What is what and where: regions, parties, cooperatives and institutions.

use super::Invariant;

pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "a region lies in the region that its code begins with, one rung higher",
        "SELECT count(*) FROM region r LEFT JOIN region p ON p.code = r.parent_code
         WHERE (r.level <> 'PROVINCE' AND p.code IS NULL)
            OR (p.code IS NOT NULL AND (r.code NOT LIKE p.code || '.%' OR (r.level, p.level) NOT IN (
                VALUES ('REGENCY_CITY', 'PROVINCE'), ('DISTRICT', 'REGENCY_CITY'), ('VILLAGE', 'DISTRICT'))))",
    ),
    (
        "every party is a cooperative or an institution, of its kind and not both",
        "SELECT count(*) FROM party p
         LEFT JOIN cooperative c ON c.id = p.id LEFT JOIN institution i ON i.id = p.id
         WHERE (c.id IS NOT NULL) <> (p.kind = 'COOPERATIVE') OR (i.id IS NOT NULL) <> (p.kind = 'INSTITUTION')",
    ),
    (
        "a party is called and placed as its cooperative is",
        "SELECT count(*) FROM cooperative c JOIN party p ON p.id = c.id
         WHERE p.name_fold <> c.name_fold OR p.region_code IS NULL OR p.region_code <> c.region_code",
    ),
    (
        "a party is called and placed as its institution is",
        "SELECT count(*) FROM institution i JOIN party p ON p.id = i.id
         WHERE p.name_fold <> i.name_fold OR coalesce(p.region_code, '') <> coalesce(i.region_code, '')",
    ),
    (
        "a short name and its folded form are there together",
        "SELECT (SELECT count(*) FROM cooperative WHERE (short_name IS NULL) <> (short_name_fold IS NULL))
              + (SELECT count(*) FROM institution WHERE (short_name IS NULL) <> (short_name_fold IS NULL))",
    ),
    (
        "a village has one Merah Putih cooperative at most",
        "SELECT count(*) FROM (SELECT region_code FROM cooperative WHERE program <> 'GENERAL'
         GROUP BY region_code HAVING count(*) > 1) AS twice",
    ),
    (
        "a Merah Putih cooperative stands in a village, its program as the village's kind asks",
        "SELECT count(*) FROM cooperative c JOIN region r ON r.code = c.region_code
         WHERE c.program <> 'GENERAL' AND (r.level <> 'VILLAGE'
            OR (c.program = 'URBAN_VILLAGE_MERAH_PUTIH') <> (r.kind = 'KELURAHAN'))",
    ),
    (
        "a Merah Putih cooperative bears the name of its village by the program's rule",
        "SELECT count(*) FROM cooperative c JOIN region r ON r.code = c.region_code
         WHERE c.program <> 'GENERAL' AND c.name <> CASE c.program
            WHEN 'URBAN_VILLAGE_MERAH_PUTIH' THEN 'Koperasi Kelurahan Merah Putih ' || r.name
            ELSE 'Koperasi Desa Merah Putih ' || r.name END",
    ),
    (
        "only a Merah Putih cooperative has a model of formation",
        "SELECT count(*) FROM cooperative WHERE program = 'GENERAL' AND formation_model IS NOT NULL",
    ),
    (
        "what can be searched stands in the search index as it is called, and nothing else does",
        "SELECT (SELECT count(*) FROM (
                SELECT noun, id, code, name, other_name, words, region_code FROM search_source
                EXCEPT SELECT noun, id, code, name, other_name, words, region_code FROM search_entry) AS missing)
              + (SELECT count(*) FROM (
                SELECT noun, id, code FROM search_entry EXCEPT SELECT noun, id, code FROM search_source) AS left_over)",
    ),
    (
        "regions and partnerships stand in search indexes of their own as they are called",
        "SELECT (SELECT count(*) FROM (
                SELECT code, name, words FROM search_region_source
                EXCEPT SELECT code, name, words FROM search_region_entry) AS missing)
              + (SELECT count(*) FROM (
                SELECT id, name, other_name, words FROM search_partnership_source
                EXCEPT SELECT id, name, other_name, words FROM search_partnership_entry) AS missing_too)
              + abs((SELECT count(*) FROM search_region_entry) - (SELECT count(*) FROM region))
              + abs((SELECT count(*) FROM search_partnership_entry) - (SELECT count(*) FROM partnership))",
    ),
    (
        "registration, legal entity, domain and slug are unique, and so is a certificate",
        "SELECT (SELECT count(registration_number) - count(DISTINCT registration_number) FROM cooperative)
              + (SELECT count(legal_entity_number) - count(DISTINCT legal_entity_number) FROM cooperative)
              + (SELECT count(slug) - count(DISTINCT slug) FROM cooperative)
              + (SELECT count(slug) - count(DISTINCT slug) FROM institution)
              + (SELECT count(domain) - count(DISTINCT domain) FROM institution)
              + (SELECT count(certificate_number) - count(DISTINCT certificate_number) FROM placement)",
    ),
    (
        "a registration number is 10 to 16 digits",
        "SELECT count(*) FROM cooperative WHERE length(registration_number) NOT BETWEEN 10 AND 16
            OR trim(registration_number, '0123456789') <> ''",
    ),
    (
        "a legal entity's number has one of the two published forms",
        "SELECT count(*) FROM cooperative WHERE NOT (
               (legal_entity_number LIKE 'AHU-_______.AH.01.2_.TAHUN ____'
                AND substr(legal_entity_number, 19, 2) IN ('26', '28', '29')
                AND trim(substr(legal_entity_number, 5, 7) || substr(legal_entity_number, 28, 4), '0123456789') = '')
            OR legal_entity_number LIKE '_%/BH/_%/____')",
    ),
    (
        "a legal entity has its number and its day, if made up",
        "SELECT count(*) FROM cooperative WHERE source = 'SYNTHETIC'
            AND status NOT IN ('PLANNED', 'DELIBERATED', 'IN_NOTARY')
            AND (legal_entity_number IS NULL OR legal_entity_on IS NULL)",
    ),
    (
        "what is not yet a legal entity has no number or day of one, if made up",
        "SELECT count(*) FROM cooperative WHERE source = 'SYNTHETIC'
            AND status IN ('PLANNED', 'DELIBERATED', 'IN_NOTARY')
            AND (legal_entity_number IS NOT NULL OR legal_entity_on IS NOT NULL OR registration_number IS NOT NULL)",
    ),
    (
        "nothing was established in the future, or became a legal entity before it was established",
        "SELECT count(*) FROM cooperative WHERE established_on > CURRENT_DATE OR legal_entity_on > CURRENT_DATE
            OR legal_entity_on < established_on",
    ),
    (
        "savings and members are not negative, and members are counted on a day",
        "SELECT count(*) FROM cooperative WHERE principal_saving < 0 OR mandatory_saving < 0 OR member_count < 0
            OR (member_count IS NULL AND member_count_on IS NOT NULL)
            OR (source = 'SYNTHETIC' AND member_count IS NOT NULL AND member_count_on IS NULL)",
    ),
    (
        "a merged cooperative has a successor that is not merged or dissolved, if made up; no other has one",
        "SELECT count(*) FROM cooperative c LEFT JOIN cooperative s ON s.id = c.successor_id
         WHERE (c.status <> 'MERGED' AND c.successor_id IS NOT NULL)
            OR (c.source = 'SYNTHETIC' AND c.status = 'MERGED'
                AND (s.id IS NULL OR s.status IN ('MERGED', 'DISSOLVED')))",
    ),
    (
        "a point is in the country, and says whether it is approximate",
        "SELECT count(*) FROM cooperative WHERE latitude_e3 NOT BETWEEN -11500 AND 6500
            OR longitude_e3 NOT BETWEEN 94500 AND 141500
            OR (latitude_e3 IS NULL) <> (longitude_e3 IS NULL)
            OR (latitude_e3 IS NULL) <> (location_approximate IS NULL)",
    ),
    (
        "a point has its position on the unit sphere",
        "SELECT (SELECT count(*) FROM cooperative WHERE (latitude_e3 IS NULL) <> (sphere_x_e9 IS NULL)
                OR (sphere_x_e9 IS NULL) <> (sphere_y_e9 IS NULL) OR (sphere_x_e9 IS NULL) <> (sphere_z_e9 IS NULL))
              + (SELECT count(*) FROM region WHERE (latitude_e5 IS NULL) <> (sphere_x_e9 IS NULL)
                OR (sphere_x_e9 IS NULL) <> (sphere_y_e9 IS NULL) OR (sphere_x_e9 IS NULL) <> (sphere_z_e9 IS NULL))",
    ),
    (
        "no institution is its own parent, or its parent's parent",
        "SELECT count(*) FROM institution i LEFT JOIN institution p ON p.id = i.parent_id
         WHERE i.parent_id = i.id OR p.parent_id = i.id",
    ),
    (
        "money is at most 1e15 rupiah",
        "SELECT (SELECT count(*) FROM linkage WHERE annual_value > 1000000000000000)
              + (SELECT count(*) FROM partnership WHERE value > 1000000000000000)
              + (SELECT count(*) FROM annual_report WHERE assets > 1000000000000000)",
    ),
];
