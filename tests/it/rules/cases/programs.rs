//! Changes of programs, batches, sessions, placements, and the officers who take part.

use simpul::{
    graph::load::Noun,
    registry::{
        batch::InternshipBatch, cooperative::Cooperative, officer::Officer, person::Person,
        placement::Placement, program::InternshipProgram, region::Region, session::TrainingSession,
    },
};

use super::{Case, case};

pub(super) const OFFICERS: &[Case] = &[
    case("SEAT_TAKEN", Officer::table, SECRETARY, "UPDATE officer SET role = 'CHAIR' WHERE id = {it}").finds(
        "SELECT id FROM officer WHERE role = 'CHAIR' AND status = 'ACTIVE'
         AND cooperative_id = (SELECT cooperative_id FROM officer WHERE id = {it})",
    ),
    case(
        "OFFICER_ON_BOTH_BODIES",
        Officer::table,
        SECRETARY,
        "UPDATE officer SET person_id = (SELECT person_id FROM officer WHERE id = {it}) WHERE id = (
            SELECT o.id FROM officer o JOIN officer s ON s.cooperative_id = o.cooperative_id WHERE s.id = {it}
            AND o.body = 'SUPERVISORY' AND o.status = 'ACTIVE' ORDER BY o.id LIMIT 1)",
    )
    .finds(
        "SELECT o.id FROM officer o JOIN officer s ON s.person_id = o.person_id AND s.cooperative_id = o.cooperative_id
         WHERE s.id = {it} AND o.status = 'ACTIVE'",
    ),
    case(
        "OFFICE_HELD_TWICE",
        Officer::table,
        SECRETARY,
        "UPDATE officer SET person_id = (SELECT o.person_id FROM officer o
            JOIN officer s ON s.cooperative_id = o.cooperative_id
            WHERE s.id = {it} AND o.role = 'CHAIR' AND o.status = 'ACTIVE') WHERE id = {it}",
    )
    .finds(
        "SELECT o.id FROM officer o JOIN officer s ON s.person_id = o.person_id AND s.cooperative_id = o.cooperative_id
         WHERE s.id = {it} AND o.status = 'ACTIVE'",
    ),
    case("ROLE_MISMATCH", Officer::table, SECRETARY, "UPDATE officer SET body = 'MANAGEMENT' WHERE id = {it}"),
    case(
        "EX_OFFICIO_MISMATCH",
        Cooperative::table,
        "SELECT cooperative_id FROM officer WHERE source = 'SYNTHETIC' AND ex_officio ORDER BY id LIMIT 1",
        "UPDATE cooperative SET program = 'GENERAL' WHERE id = {it}",
    )
    .finds("SELECT id FROM officer WHERE cooperative_id = {it} AND source = 'SYNTHETIC' AND ex_officio"),
    case(
        "OFFICE_TERM_INVALID",
        Officer::table,
        "SELECT id FROM officer WHERE starts_on IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE officer SET ends_on = '2999-01-01' WHERE id = {it}",
    ),
    case(
        "OFFICE_STATUS_MISMATCH",
        Officer::table,
        "SELECT id FROM officer WHERE source = 'SYNTHETIC' AND status = 'ENDED' ORDER BY id LIMIT 1",
        "UPDATE officer SET ends_on = NULL WHERE id = {it}",
    ),
    case(
        "OFFICER_NAME_DIFFERS",
        Person::table,
        "SELECT person_id FROM officer ORDER BY id LIMIT 1",
        "UPDATE person SET name = 'Other' WHERE id = {it}",
    )
    .finds("SELECT id FROM officer WHERE person_id = {it}"),
    case(
        "COOPERATIVE_CLOSED",
        Cooperative::table,
        "SELECT cooperative_id FROM officer WHERE status = 'ACTIVE' ORDER BY id LIMIT 1",
        "UPDATE cooperative SET status = 'DISSOLVED' WHERE id = {it}",
    )
    .finds("SELECT id FROM officer WHERE cooperative_id = {it} AND status = 'ACTIVE'"),
];

const SECRETARY: &str = "SELECT o.id FROM officer o JOIN cooperative c ON c.id = o.cooperative_id
    WHERE c.program <> 'GENERAL' AND c.status = 'OPERATING' AND o.role = 'SECRETARY' AND o.status = 'ACTIVE'
    ORDER BY o.id LIMIT 1";

pub(super) const PROGRAMS: &[Case] = &[
    case(
        "PROGRAM_DATES_INVALID",
        InternshipProgram::table,
        "SELECT id FROM internship_program ORDER BY id LIMIT 1",
        "UPDATE internship_program SET starts_on = '2026-02-01', ends_on = '2026-01-31' WHERE id = {it}",
    ),
    case(
        "PROGRAM_COUNT_MISMATCH",
        InternshipBatch::table,
        "SELECT id FROM internship_batch ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET participant_count = participant_count + 1 WHERE id = {it}",
    )
    .finds("SELECT program_id FROM internship_batch WHERE id = {it}"),
    case(
        "ANNOUNCEMENT_MISMATCH",
        InternshipProgram::table,
        "SELECT id FROM internship_program WHERE status = 'RUNNING' ORDER BY id LIMIT 1",
        "UPDATE internship_program SET announced = FALSE WHERE id = {it}",
    ),
    case(
        "PROGRAM_TARGET_INVALID",
        InternshipProgram::table,
        "SELECT id FROM internship_program ORDER BY id LIMIT 1",
        "UPDATE internship_program SET target_provinces = 39 WHERE id = {it}",
    ),
    case(
        "PROGRAM_NOT_INDEXED",
        InternshipProgram::table,
        "SELECT id FROM internship_program ORDER BY id LIMIT 1",
        "UPDATE internship_program SET code = 'OTHER' WHERE id = {it}",
    ),
    case(
        "PROGRAM_NOT_INDEXED",
        InternshipProgram::table,
        "SELECT id FROM internship_program ORDER BY id LIMIT 1",
        "UPDATE search_entry SET program = 'VILLAGE_MERAH_PUTIH' WHERE id = {it}",
    ),
];

pub(super) const BATCHES: &[Case] = &[
    case(
        "BATCH_NUMBER_TAKEN",
        InternshipBatch::table,
        "SELECT id FROM internship_batch ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET (program_id, number) =
            (SELECT program_id, number FROM internship_batch ORDER BY id DESC LIMIT 1) WHERE id = {it}",
    )
    .finds("SELECT id FROM internship_batch WHERE id IN ({it}, (SELECT id FROM internship_batch ORDER BY id DESC LIMIT 1))"),
    case(
        "BATCH_DATES_INVALID",
        InternshipProgram::table,
        "SELECT program_id FROM internship_batch WHERE starts_on IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE internship_program SET starts_on = '2999-01-01', ends_on = NULL WHERE id = {it}",
    )
    .finds("SELECT id FROM internship_batch WHERE program_id = {it} AND starts_on IS NOT NULL"),
    case(
        "SEATS_EXCEEDED",
        Placement::table,
        "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
         WHERE s.status = 'WAITLISTED' AND b.participant_count = b.capacity ORDER BY s.id LIMIT 1",
        "UPDATE placement SET status = 'CONFIRMED' WHERE id = {it}",
    )
    .finds(ITS_BATCH),
    case(
        "BATCH_COUNT_MISMATCH",
        Placement::table,
        "SELECT id FROM placement WHERE status = 'CONFIRMED' ORDER BY id LIMIT 1",
        "UPDATE placement SET status = 'WITHDRAWN' WHERE id = {it}",
    )
    .finds(ITS_BATCH),
    case(
        "BATCH_NOT_FULL",
        InternshipBatch::table,
        "SELECT id FROM internship_batch WHERE source = 'SYNTHETIC' AND status = 'FULL' ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET capacity = capacity + 1 WHERE id = {it}",
    ),
    case(
        "BATCH_VISIBILITY_MISMATCH",
        InternshipProgram::table,
        "SELECT program_id FROM internship_batch WHERE program_visible ORDER BY id LIMIT 1",
        "UPDATE internship_program SET status = 'DRAFT' WHERE id = {it}",
    )
    .finds("SELECT id FROM internship_batch WHERE program_id = {it}"),
    case(
        "BATCH_STATUS_MISMATCH",
        InternshipProgram::table,
        "SELECT program_id FROM internship_batch WHERE status = 'COMPLETED' ORDER BY id LIMIT 1",
        "UPDATE internship_program SET status = 'CANCELLED' WHERE id = {it}",
    )
    .finds("SELECT id FROM internship_batch WHERE program_id = {it} AND status NOT IN ('CANCELLED', 'POSTPONED')"),
    case(
        "BATCH_PROVINCE_INVALID",
        Region::table,
        "SELECT region_code FROM batch_province ORDER BY region_code LIMIT 1",
        "UPDATE region SET level = 'REGENCY_CITY' WHERE code = {it}",
    )
    .finds("SELECT batch_id FROM batch_province WHERE region_code = {it}"),
    case(
        "SESSION_OUTSIDE_BATCH",
        InternshipBatch::table,
        "SELECT batch_id FROM training_session ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET starts_on = '2999-01-01' WHERE id = {it}",
    )
    .finds("SELECT id FROM training_session WHERE batch_id = {it}"),
    case(
        "SESSION_HOURS_INVALID",
        TrainingSession::table,
        "SELECT id FROM training_session ORDER BY id LIMIT 1",
        "UPDATE training_session SET hours_milli = 0 WHERE id = {it}",
    ),
    case(
        "SESSION_VISIBILITY_MISMATCH",
        InternshipBatch::table,
        "SELECT batch_id FROM training_session ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET program_visible = NOT program_visible WHERE id = {it}",
    )
    .finds("SELECT id FROM training_session WHERE batch_id = {it}"),
];

const ITS_BATCH: &str = "SELECT batch_id FROM placement WHERE id = {it}";

pub(super) const PLACEMENTS: &[Case] = &[
    case(
        "PARTICIPANT_NOT_IN_OFFICE",
        Officer::table,
        "SELECT o.id FROM officer o JOIN placement s ON s.person_id = o.person_id AND s.cooperative_id = o.cooperative_id
         WHERE o.status = 'ACTIVE' AND s.status IN ('WAITLISTED', 'CONFIRMED', 'ATTENDING') AND (SELECT count(*) FROM officer x WHERE x.person_id = o.person_id
            AND x.cooperative_id = o.cooperative_id AND x.status = 'ACTIVE') = 1 ORDER BY o.id LIMIT 1",
        "UPDATE officer SET status = 'ENDED' WHERE id = {it}",
    )
    .finds(
        "SELECT s.id FROM placement s JOIN officer o ON o.person_id = s.person_id AND o.cooperative_id = s.cooperative_id
         WHERE o.id = {it} AND s.status IN ('WAITLISTED', 'CONFIRMED', 'ATTENDING')",
    ),
    case(
        "PARTICIPANT_OF_HOST",
        InternshipBatch::table,
        "SELECT batch_id FROM placement ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET host_id =
            (SELECT cooperative_id FROM placement WHERE batch_id = {it} ORDER BY id LIMIT 1) WHERE id = {it}",
    )
    .finds(
        "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
         WHERE b.id = {it} AND s.cooperative_id = b.host_id",
    ),
    case(
        "PARTICIPANT_OF_HOST",
        InternshipProgram::table,
        "SELECT b.program_id FROM placement s JOIN internship_batch b ON b.id = s.batch_id ORDER BY s.id LIMIT 1",
        "UPDATE internship_program SET host_id = (SELECT s.cooperative_id FROM placement s
            JOIN internship_batch b ON b.id = s.batch_id WHERE b.program_id = {it} ORDER BY s.id LIMIT 1) WHERE id = {it};
         UPDATE internship_batch SET host_id = NULL WHERE program_id = {it}",
    )
    .finds(
        "SELECT s.id FROM placement s JOIN internship_batch b ON b.id = s.batch_id
         JOIN internship_program p ON p.id = b.program_id WHERE p.id = {it} AND s.cooperative_id = p.host_id",
    ),
    case(
        "BATCHES_OVERLAP",
        InternshipBatch::table,
        "SELECT s.batch_id FROM placement s JOIN placement t ON t.person_id = s.person_id AND t.batch_id <> s.batch_id
         JOIN internship_batch b ON b.id = t.batch_id WHERE b.starts_on IS NOT NULL
         AND s.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED') AND t.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED')
         ORDER BY s.id LIMIT 1",
        "UPDATE internship_batch SET starts_on = '1900-01-01', ends_on = '2999-01-01' WHERE id = {it}",
    )
    .finds(
        "SELECT CASE side.n WHEN 1 THEN s.id ELSE t.id END FROM placement s
         JOIN placement t ON t.person_id = s.person_id AND t.batch_id <> s.batch_id
         JOIN internship_batch b ON b.id = t.batch_id CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2) AS side
         WHERE s.batch_id = {it} AND b.starts_on IS NOT NULL
         AND s.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED') AND t.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED')",
    ),
    case(
        "PARTICIPANT_REPEATED",
        Placement::table,
        "SELECT id FROM placement ORDER BY id LIMIT 1",
        "UPDATE placement SET (batch_id, person_id) = (SELECT batch_id, person_id FROM placement ORDER BY id DESC LIMIT 1)
         WHERE id = {it}",
    )
    .finds("SELECT id FROM placement WHERE id IN ({it}, (SELECT id FROM placement ORDER BY id DESC LIMIT 1))"),
    case(
        "CERTIFICATE_UNEARNED",
        Placement::table,
        "SELECT id FROM placement WHERE certificate_number IS NOT NULL ORDER BY id LIMIT 1",
        "UPDATE placement SET status = 'INCOMPLETE' WHERE id = {it}",
    ),
    case(
        "CERTIFICATE_NUMBER_TAKEN",
        Placement::table,
        "SELECT id FROM placement WHERE certificate_number IS NOT NULL ORDER BY certificate_number LIMIT 1",
        "UPDATE placement SET certificate_number = (SELECT max(certificate_number) FROM placement) WHERE id = {it}",
    )
    .finds("SELECT id FROM placement WHERE certificate_number = (SELECT max(certificate_number) FROM placement)"),
    case(
        "SCORE_INVALID",
        Placement::table,
        "SELECT id FROM placement ORDER BY id LIMIT 1",
        "UPDATE placement SET score_milli = 100001 WHERE id = {it}",
    ),
    case(
        "PLACEMENT_STATUS_MISMATCH",
        InternshipBatch::table,
        "SELECT batch_id FROM placement WHERE source = 'SYNTHETIC' AND status = 'ATTENDING' ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET status = 'ENROLLING' WHERE id = {it}",
    )
    .finds("SELECT id FROM placement WHERE batch_id = {it} AND source = 'SYNTHETIC' AND status = 'ATTENDING'"),
    case(
        "ATTENDANCE_TOO_LONG",
        Placement::table,
        "SELECT id FROM placement WHERE source = 'SYNTHETIC' ORDER BY id LIMIT 1",
        "UPDATE placement SET attendance_days = 61 WHERE id = {it}",
    ),
    case(
        "WAITING_WITHOUT_NEED",
        InternshipBatch::table,
        "SELECT batch_id FROM placement WHERE source = 'SYNTHETIC' AND status = 'WAITLISTED' ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET capacity = capacity + 1 WHERE id = {it}",
    )
    .finds("SELECT id FROM placement WHERE batch_id = {it} AND source = 'SYNTHETIC' AND status = 'WAITLISTED'"),
    case(
        "PARTICIPANT_OUTSIDE_PROVINCES",
        InternshipBatch::table,
        "SELECT batch_id FROM placement WHERE status = 'GRADUATED' ORDER BY id LIMIT 1",
        "DELETE FROM batch_province WHERE batch_id = {it}",
    )
    .finds(
        "SELECT id FROM placement
         WHERE batch_id = {it} AND status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW')",
    ),
    case(
        "PARTICIPANT_OUTSIDE_PROVINCES",
        Cooperative::table,
        "SELECT cooperative_id FROM placement WHERE status = 'GRADUATED' ORDER BY id LIMIT 1",
        "UPDATE cooperative SET region_code = '99' WHERE id = {it}",
    )
    .finds(
        "SELECT id FROM placement
         WHERE cooperative_id = {it} AND status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW')",
    ),
    case(
        "PLACEMENT_VISIBILITY_MISMATCH",
        InternshipBatch::table,
        "SELECT batch_id FROM placement ORDER BY id LIMIT 1",
        "UPDATE internship_batch SET program_visible = NOT program_visible WHERE id = {it}",
    )
    .finds("SELECT id FROM placement WHERE batch_id = {it}"),
];
