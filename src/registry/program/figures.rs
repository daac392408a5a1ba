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
            .by_word::<ProgramKind>("KIND", "What they offer [jenis program].", Column::Kind)
            .by_word::<ProgramStatus>("STATUS", "Stage [status].", Column::Status)
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
            .by_word::<Source>("SOURCE", "Where the records come from [asal data].", Column::Source)
            .measure(
                "targetParticipants",
                "How many participants are aimed at [target peserta].",
                Measure::int(Column::TargetParticipants),
            )
            .measure(
                "targetProvinces",
                "From how many provinces [target provinsi].",
                Measure::int(Column::TargetProvinces),
            )
            .measure(
                "participantCount",
                "Participants so far, over all batches [jumlah peserta].",
                Measure::int(Column::ParticipantCount),
            )
    }
}
