//! Figures on internship batches.

use entity::{
    internship_batch::Column,
    internship_program,
    vocabulary::{BatchStatus, Source},
};

use super::{BatchWhere, InternshipBatch, PROGRAM};
use crate::{
    graph::{
        aggregate::{Figures, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on internship batches [angka gelombang].
    BatchFiguresQuery, internship_batch_aggregate("internshipBatchAggregate"): InternshipBatch, BatchWhere = || {
        Figures::of("Batch", "internship batches")
            .by_word::<BatchStatus>("STATUS", "Status [status].", Column::Status)
            .by_row("PROGRAM", "Program [program].", "InternshipProgram", Column::ProgramId)
            .by_row(
                "HOST",
                "Host of the program [tuan rumah].",
                "Party",
                Expression::through(&PROGRAM, internship_program::Column::HostId),
            )
            .by_rung("PLACE_PROVINCE", "Province in which the batch takes place [provinsi].", Column::PlaceCode, 2)
            .by_calendar(
                [
                    ("START_YEAR", "Year of the start date, such as `2025` [tahun mulai]."),
                    ("START_QUARTER", "Quarter of the start date, such as `2025-Q4` [triwulan mulai]."),
                    ("START_MONTH", "Month of the start date, such as `2025-11` [bulan mulai]."),
                ],
                Column::StartsOn,
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .measure("capacity", "Number of seats [kapasitas].", Measure::int(Column::Capacity))
            .measure("participantCount", "Number of seats taken: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED` [jumlah peserta].", Measure::int(Column::ParticipantCount))
            .measure(
                "durationDays",
                "Days from the start date to the end date; 0 on the same day [lama gelombang].",
                Measure::days(Column::StartsOn, Column::EndsOn),
            )
    }
}
