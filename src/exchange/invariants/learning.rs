//! Programs, batches and who takes part.

use super::Invariant;

pub(super) const INVARIANTS: &[Invariant] = &[
    (
        "a batch has its number in its program once",
        "SELECT count(*) FROM (SELECT program_id FROM internship_batch
         GROUP BY program_id, number HAVING count(*) > 1) AS twice",
    ),
    (
        "a batch lies inside the days of its program, and begins before it ends",
        "SELECT count(*) FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
         WHERE b.starts_on < p.starts_on OR b.ends_on > p.ends_on OR b.starts_on > b.ends_on OR p.starts_on > p.ends_on
            OR b.opened_on > b.ends_on",
    ),
    (
        "no more seats are taken than there are",
        "SELECT count(*) FROM internship_batch b WHERE b.capacity < (SELECT count(*) FROM placement s
            WHERE s.batch_id = b.id AND s.status IN ('CONFIRMED', 'ATTENDING', 'GRADUATED'))",
    ),
    (
        "a batch counts the seats that are taken",
        "SELECT count(*) FROM internship_batch b WHERE b.participant_count <> (SELECT count(*) FROM placement s
            WHERE s.batch_id = b.id AND s.status IN ('CONFIRMED', 'ATTENDING', 'GRADUATED'))",
    ),
    (
        "a program counts the participants of its batches",
        "SELECT count(*) FROM internship_program p WHERE p.participant_count <>
            (SELECT coalesce(sum(b.participant_count), 0) FROM internship_batch b WHERE b.program_id = p.id)",
    ),
    (
        "a full batch has no seat left, and only there somebody waits, if made up",
        "SELECT (SELECT count(*) FROM internship_batch WHERE source = 'SYNTHETIC' AND status = 'FULL'
                    AND participant_count <> capacity)
              + (SELECT count(*) FROM placement s JOIN internship_batch b ON b.id = s.batch_id
                 WHERE s.source = 'SYNTHETIC' AND s.status = 'WAITLISTED' AND b.participant_count < b.capacity)",
    ),
    (
        "a program is announced once it is more than a draft, and a draft is not",
        "SELECT count(*) FROM internship_program
         WHERE (status = 'DRAFT' AND announced) OR (status NOT IN ('DRAFT', 'CANCELLED') AND NOT announced)",
    ),
    (
        "what belongs to a program knows whether that is visible",
        "SELECT count(*) FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
         LEFT JOIN placement s ON s.batch_id = b.id LEFT JOIN training_session t ON t.batch_id = b.id
         WHERE b.program_visible <> (p.status NOT IN ('DRAFT', 'CANCELLED') OR (p.status = 'CANCELLED' AND p.announced))
            OR s.program_visible <> b.program_visible OR t.program_visible <> b.program_visible",
    ),
    (
        "a draft of a program has no batches, and a cancelled one none that runs",
        "SELECT count(*) FROM internship_batch b JOIN internship_program p ON p.id = b.program_id
         WHERE p.status = 'DRAFT' OR (p.status = 'CANCELLED' AND b.status NOT IN ('CANCELLED', 'POSTPONED'))
            OR (p.status IN ('COMPLETED', 'EVALUATED') AND b.status NOT IN ('COMPLETED', 'CANCELLED'))",
    ),
    (
        "who takes part is in office at the cooperative that is named",
        "SELECT count(*) FROM placement s WHERE NOT EXISTS (SELECT 1 FROM officer o
            WHERE o.person_id = s.person_id AND o.cooperative_id = s.cooperative_id AND o.status = 'ACTIVE')",
    ),
    (
        "nobody takes part at the own cooperative",
        "SELECT count(*) FROM placement s JOIN internship_batch b ON b.id = s.batch_id
         JOIN internship_program p ON p.id = b.program_id
         WHERE s.cooperative_id = coalesce(b.host_id, p.host_id)",
    ),
    (
        "nobody is in two batches that overlap",
        "SELECT count(*) FROM placement s JOIN internship_batch b ON b.id = s.batch_id
         JOIN placement t ON t.person_id = s.person_id AND t.id > s.id JOIN internship_batch c ON c.id = t.batch_id
         WHERE b.starts_on <= c.ends_on AND c.starts_on <= b.ends_on
            AND s.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED')
            AND t.status NOT IN ('WITHDRAWN', 'NO_SHOW', 'REJECTED')",
    ),
    (
        "a person has one seat in a batch",
        "SELECT count(*) FROM (SELECT batch_id FROM placement GROUP BY batch_id, person_id HAVING count(*) > 1) AS twice",
    ),
    (
        "only who graduated has a certificate, and a score lies between 0 and 100",
        "SELECT count(*) FROM placement WHERE (certificate_number IS NOT NULL AND status <> 'GRADUATED')
            OR score_milli NOT BETWEEN 0 AND 100000",
    ),
    (
        "nobody attends longer than the batch lasts, and a seat's stage goes with the batch's, if made up",
        "SELECT count(*) FROM placement s JOIN internship_batch b ON b.id = s.batch_id WHERE s.source = 'SYNTHETIC' AND (
               (s.status IN ('GRADUATED', 'INCOMPLETE') AND b.status <> 'COMPLETED')
            OR (s.status = 'ATTENDING' AND b.status <> 'RUNNING')
            OR (s.status = 'CONFIRMED' AND b.status NOT IN ('ENROLLING', 'FULL'))
            OR s.attendance_days > 60)",
    ),
    (
        "a lesson is held inside the days of its batch, for some time",
        "SELECT count(*) FROM training_session t JOIN internship_batch b ON b.id = t.batch_id
         WHERE t.held_on < b.starts_on OR t.held_on > b.ends_on OR t.hours_milli <= 0",
    ),
    (
        "a batch has provinces, and the participants that the public sees come from them",
        "SELECT (SELECT count(*) FROM batch_province b JOIN region r ON r.code = b.region_code WHERE r.level <> 'PROVINCE')
              + (SELECT count(*) FROM placement s JOIN cooperative c ON c.id = s.cooperative_id
                 WHERE s.status NOT IN ('REJECTED', 'WITHDRAWN', 'INCOMPLETE', 'NO_SHOW')
                   AND NOT EXISTS (SELECT 1 FROM batch_province b
                    WHERE b.batch_id = s.batch_id AND b.region_code = substr(c.region_code, 1, 2)))",
    ),
    (
        "a program aims at 38 provinces at most, and at somebody",
        "SELECT count(*) FROM internship_program WHERE target_provinces NOT BETWEEN 1 AND 38 OR target_participants < 1",
    ),
];
