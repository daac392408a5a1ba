//! Figures on internship programs.

use entity::{
    internship_program::Column,
    party,
    vocabulary::{ProgramKind, ProgramStatus, Sector, Source},
};

use super::{HOST_IDENTITY, InternshipProgram, ProgramWhere};
use crate::{
    graph::{
        aggregate::{Figures, Label, Measure},
        filter::Expression,
    },
    registry::{edges, figures::aggregate},
};

aggregate! {
    /// Figures on internship programs [angka program magang].
    ProgramFiguresQuery, internship_program_aggregate("internshipProgramAggregate"): InternshipProgram, ProgramWhere = || {
        Figures::of("Program", "internship programs")
            .by_word::<ProgramKind>("KIND", "Kind of program [jenis program].", Column::Kind)
            .by_word::<ProgramStatus>("STATUS", "Status [status].", Column::Status)
            .by_word::<Sector>("SECTOR", "Sector [sektor].", Column::Sector)
            .by("FISCAL_YEAR", "Budget year [tahun anggaran].", Column::FiscalYear, Label::Itself)
            .by_row("ORGANISER", "Organiser [penyelenggara].", "PartnerInstitution", Column::OrganiserId)
            .by_row("HOST", "Host [tuan rumah].", "Party", Column::HostId)
            .by_rung(
                "HOST_PROVINCE",
                "Province of the host [provinsi tuan rumah].",
                Expression::through(&HOST_IDENTITY, party::Column::RegionCode),
                2,
            )
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .measure(
                "targetParticipants",
                "Target number of participants [target peserta].",
                Measure::int(Column::TargetParticipants),
            )
            .measure(
                "targetProvinces",
                "Target number of provinces of origin [target provinsi].",
                Measure::int(Column::TargetProvinces),
            )
            .measure(
                "participantCount",
                "Number of participants so far: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED`, in all batches [jumlah peserta].",
                Measure::int(Column::ParticipantCount),
            )
            .measure(
                "durationDays",
                "Days from the start date to the end date; 0 on the same day [lama program].",
                Measure::days(Column::StartsOn, Column::EndsOn),
            )
    }
}
