//! Rules of partnership applications.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{application::PartnershipApplication, linkage::BusinessLinkage},
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "APPLICATION_LINKAGE_MISMATCH",
        noun: PartnershipApplication::table,
        en: "an activated application, and no other, names its linkage, which is between the same cooperative and institution",
        id: "hanya permohonan yang diaktifkan menyebut keterhubungannya, yaitu antara koperasi dan lembaga yang sama",
        offenders: "SELECT a.id FROM partnership_application a LEFT JOIN linkage l ON l.id = a.linkage_id
            WHERE ((a.status = 'ACTIVATED') <> (a.linkage_id IS NOT NULL)
                OR (l.id IS NOT NULL AND NOT (
                       (l.supplier_id = a.cooperative_id AND l.buyer_id = a.institution_id)
                    OR (l.buyer_id = a.cooperative_id AND l.supplier_id = a.institution_id)))) {AND a.id}",
        ways: &[Way {
            from: BusinessLinkage::table,
            keys: "SELECT a.id FROM partnership_application a WHERE TRUE {AND a.linkage_id}",
        }],
    },
    Rule {
        code: "DECISION_DATE_INVALID",
        noun: PartnershipApplication::table,
        en: "an application is not decided before it is made; a synthetic one has the date of its decision if it has one",
        id: "permohonan tidak diputuskan sebelum diajukan; permohonan sintetis memiliki tanggal keputusan bila diputuskan",
        offenders: "SELECT a.id FROM partnership_application a WHERE (a.decided_on < a.requested_on
            OR (a.source = 'SYNTHETIC'
                AND (a.status IN ('VERIFIED', 'REJECTED', 'ACTIVATED')) <> (a.decided_on IS NOT NULL))) {AND a.id}",
        ways: &[],
    },
];
