//! Rules of partner institutions.

use super::Rule;
use crate::{graph::load::Noun, registry::institution::PartnerInstitution};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "INSTITUTION_PARTY_MISSING",
        noun: PartnerInstitution::table,
        en: "a party of the kind INSTITUTION is a partner institution, and no other party is",
        id: "pihak berjenis INSTITUTION adalah lembaga mitra, dan pihak lain bukan lembaga mitra",
        offenders: "SELECT p.id FROM party p LEFT JOIN institution i ON i.id = p.id
            WHERE (i.id IS NOT NULL) <> (p.kind = 'INSTITUTION') {AND p.id}",
        ways: &[],
    },
    Rule {
        code: "INSTITUTION_PARTY_DIFFERS",
        noun: PartnerInstitution::table,
        en: "an institution has the same name and region as its party",
        id: "nama dan wilayah lembaga sama dengan nama dan wilayah pihaknya",
        offenders:
            "SELECT i.id FROM institution i JOIN party p ON p.id = i.id WHERE (p.name_fold <> i.name_fold
            OR coalesce(p.region_code, '') <> coalesce(i.region_code, '')) {AND i.id}",
        ways: &[],
    },
    Rule {
        code: "INSTITUTION_SHORT_NAME_INCOMPLETE",
        noun: PartnerInstitution::table,
        en: "an institution has a short name and its folded form, or neither",
        id: "lembaga memiliki nama singkat beserta bentuk bakunya untuk pencarian, atau tidak keduanya",
        offenders: "SELECT i.id FROM institution i
            WHERE (i.short_name IS NULL) <> (i.short_name_fold IS NULL) {AND i.id}",
        ways: &[],
    },
    Rule {
        code: "INSTITUTION_SLUG_TAKEN",
        noun: PartnerInstitution::table,
        en: "no two institutions have the same slug",
        id: "tidak ada dua lembaga dengan slug yang sama",
        offenders: "SELECT i.id FROM institution i WHERE EXISTS (SELECT 1 FROM institution o
            WHERE o.slug = i.slug AND o.id <> i.id LIMIT 1) {AND i.id}",
        ways: &[],
    },
    Rule {
        code: "DOMAIN_TAKEN",
        noun: PartnerInstitution::table,
        en: "no two institutions have the same domain",
        id: "tidak ada dua lembaga dengan domain yang sama",
        offenders: "SELECT i.id FROM institution i WHERE EXISTS (SELECT 1 FROM institution o
            WHERE o.domain = i.domain AND o.id <> i.id LIMIT 1) {AND i.id}",
        ways: &[],
    },
    Rule {
        code: "INSTITUTION_PARENT_INVALID",
        noun: PartnerInstitution::table,
        en: "an institution is neither its own parent nor its parent's parent",
        id: "lembaga bukan induk bagi dirinya sendiri maupun bagi induknya",
        offenders: "SELECT i.id FROM institution i LEFT JOIN institution p ON p.id = i.parent_id
            WHERE (i.parent_id = i.id OR p.parent_id = i.id) {AND i.id}",
        ways: &[],
    },
    Rule {
        code: "INSTITUTION_NOT_INDEXED",
        noun: PartnerInstitution::table,
        en: "the search index holds each institution once, by its present names",
        id: "indeks pencarian memuat setiap lembaga satu kali dengan namanya saat ini",
        offenders: "SELECT s.id FROM search_source s WHERE s.noun = 'institution' {AND s.id}
                AND NOT EXISTS (SELECT 1 FROM search_entry e
                    WHERE e.id = s.id AND e.noun = s.noun AND e.name = s.name AND e.words = s.words
                    AND e.size = s.size AND coalesce(e.kind, '') = coalesce(s.kind, '')
                    AND coalesce(e.community_base, '') = coalesce(s.community_base, '')
                    AND coalesce(e.program, '') = coalesce(s.program, '')
                    AND (e.other_name = s.other_name OR (e.other_name IS NULL AND s.other_name IS NULL))
                    AND (e.region_code = s.region_code OR (e.region_code IS NULL AND s.region_code IS NULL)))
            UNION SELECT e.id FROM search_entry e WHERE e.noun = 'institution'
                AND NOT EXISTS (SELECT 1 FROM institution t WHERE t.id = e.id) {AND e.id}
            UNION SELECT e.id FROM search_entry e WHERE e.noun = 'institution' {AND e.id}
                GROUP BY e.id HAVING count(*) > 1",
        ways: &[],
    },
];
