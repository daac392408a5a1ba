//! Rules of the months of linkages.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{linkage::BusinessLinkage, linkage_month::LinkageMonth},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "MONTH_REPEATED",
        noun: LinkageMonth::table,
        en: "a linkage has a month once",
        id: "satu bulan dicatat satu kali untuk setiap keterhubungan",
        offenders: "SELECT m.id FROM linkage_month m WHERE EXISTS (SELECT 1 FROM linkage_month o
            WHERE o.linkage_id = m.linkage_id AND o.month = m.month AND o.id <> m.id LIMIT 1) {AND m.id}",
        ways: &[],
    },
    Rule {
        code: "MONTH_INVALID",
        noun: LinkageMonth::table,
        en: "a month is given as its first day",
        id: "bulan dinyatakan dengan hari pertamanya",
        offenders: "SELECT m.id FROM linkage_month m WHERE substr(CAST(m.month AS TEXT), 9, 2) <> '01' {AND m.id}",
        ways: &[],
    },
    Rule {
        code: "MONTH_OUTSIDE_LINKAGE",
        noun: LinkageMonth::table,
        en: "the first day of a month is between the start and the end of its linkage",
        id: "hari pertama bulan berada di antara awal dan akhir keterhubungannya",
        offenders: "SELECT m.id FROM linkage_month m JOIN linkage l ON l.id = m.linkage_id
            WHERE (m.month < l.starts_on OR m.month > l.ends_on) {AND m.id}",
        ways: &[Way {
            from: BusinessLinkage::table,
            keys: "SELECT m.id FROM linkage_month m WHERE TRUE {AND m.linkage_id}",
        }],
    },
];
