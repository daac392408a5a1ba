//! Rules of training sessions.

use super::{Rule, Way};
use crate::{
    graph::load::Noun,
    registry::{batch::InternshipBatch, session::TrainingSession},
};

const OF_BATCH: Way = Way {
    from: InternshipBatch::table,
    keys: "SELECT t.id FROM training_session t WHERE TRUE {AND t.batch_id}",
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "SESSION_OUTSIDE_BATCH",
        noun: TrainingSession::table,
        en: "a training session is held within the dates of its batch",
        id: "sesi pelatihan diadakan dalam tanggal gelombangnya",
        offenders: "SELECT t.id FROM training_session t JOIN internship_batch b ON b.id = t.batch_id
            WHERE (t.held_on < b.starts_on OR t.held_on > b.ends_on) {AND t.id}",
        ways: &[OF_BATCH],
    },
    Rule {
        code: "SESSION_HOURS_INVALID",
        noun: TrainingSession::table,
        en: "a training session takes more than no time",
        id: "sesi pelatihan berlangsung lebih dari nol jam",
        offenders: "SELECT t.id FROM training_session t WHERE t.hours_milli <= 0 {AND t.id}",
        ways: &[],
    },
    Rule {
        code: "SESSION_VISIBILITY_MISMATCH",
        noun: TrainingSession::table,
        en: "a training session states, like its batch, whether the program is visible",
        id: "sesi pelatihan, seperti gelombangnya, menyatakan apakah program terlihat oleh publik",
        offenders: "SELECT t.id FROM training_session t JOIN internship_batch b ON b.id = t.batch_id
            WHERE t.program_visible <> b.program_visible {AND t.id}",
        ways: &[OF_BATCH],
    },
];
