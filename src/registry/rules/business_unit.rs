//! Rules of business units.

use super::Rule;
use crate::{graph::load::Noun, registry::business_unit::BusinessUnit};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "BUILD_PROGRESS_INVALID",
        noun: BusinessUnit::table,
        en: "the progress of building is between 0 and 100 per cent",
        id: "kemajuan pembangunan gerai antara 0 dan 100 persen",
        offenders: "SELECT u.id FROM business_unit u WHERE u.build_progress NOT BETWEEN 0 AND 100 {AND u.id}",
        ways: &[],
    },
    Rule {
        code: "OPENING_DATE_INVALID",
        noun: BusinessUnit::table,
        en: "a business unit opened at the latest today; a synthetic one has a date of opening if it is open, and none \
             before that",
        id: "gerai dibuka paling lambat hari ini; gerai sintetis yang buka memiliki tanggal buka, dan yang belum dibuka \
             tidak memilikinya",
        offenders: "SELECT u.id FROM business_unit u WHERE (u.opened_on > CURRENT_DATE
            OR (u.source = 'SYNTHETIC' AND u.status = 'OPEN' AND u.opened_on IS NULL)
            OR (u.source = 'SYNTHETIC' AND u.status IN ('PLANNED', 'BUILDING') AND u.opened_on IS NOT NULL)) {AND u.id}",
        ways: &[],
    },
];
