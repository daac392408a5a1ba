//! Figures on placements.

use entity::{
    cooperative, internship_batch, internship_program, person,
    placement::Column,
    vocabulary::{Education, Gender, PlacementStatus, ProgramKind, Sector, Source},
};

use super::{BATCH, COOPERATIVE, PERSON, Placement, PlacementWhere};
use crate::{
    graph::{aggregate::Figures, filter::Expression, personal_data::guarded},
    registry::{
        batch, edges,
        figures::aggregate,
        personal::{EDUCATION, GENDER},
    },
};

aggregate! {
    /// Figures on placements [angka peserta magang].
    PlacementFiguresQuery, placement_aggregate("placementAggregate"): Placement, PlacementWhere = || {
        let region = || Expression::through(&COOPERATIVE, cooperative::Column::RegionCode);
        let of_program = |column: internship_program::Column| {
            Expression::through(&BATCH, Expression::through(&batch::PROGRAM, column))
        };
        Figures::of("Placement", "placements")
            .by_word::<PlacementStatus>("STATUS", "Status [status].", Column::Status)
            .by_row(
                "PROGRAM",
                "Program [program].",
                "InternshipProgram",
                Expression::through(&BATCH, internship_batch::Column::ProgramId),
            )
            .by_word::<ProgramKind>(
                "PROGRAM_KIND",
                "Kind of program [jenis program].",
                of_program(internship_program::Column::Kind),
            )
            .by_word::<Sector>("SECTOR", "Sector of the program [sektor].", of_program(internship_program::Column::Sector))
            .by_row("BATCH", "Batch [gelombang].", "InternshipBatch", Column::BatchId)
            .by_row("HOST", "Host of the program [tuan rumah].", "Party", of_program(internship_program::Column::HostId))
            .by_word::<Gender>(
                "GENDER",
                "Gender of the participant; `FORBIDDEN` to the public [jenis kelamin].",
                guarded(&GENDER, Expression::through(&PERSON, person::Column::Gender)),
            )
            .by_word::<Education>(
                "EDUCATION",
                "Education of the participant; `FORBIDDEN` to the public [pendidikan terakhir].",
                guarded(&EDUCATION, Expression::through(&PERSON, person::Column::Education)),
            )
            .by_rung("PROVINCE", "Province of the cooperative [provinsi].", region(), 2)
            .by_rung("REGENCY_CITY", "Regency or city of the cooperative [kabupaten/kota].", region(), 5)
            .by_calendar(
                [
                    ("START_YEAR", "Year of the batch's start date, such as `2025` [tahun mulai]."),
                    ("START_QUARTER", "Quarter of the batch's start date, such as `2025-Q4` [triwulan mulai]."),
                    ("START_MONTH", "Month of the batch's start date, such as `2025-11` [bulan mulai]."),
                ],
                Expression::through(&BATCH, internship_batch::Column::StartsOn),
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct("cooperativeCount", "Number of different cooperatives [jumlah koperasi].", Column::CooperativeId)
    }
}
