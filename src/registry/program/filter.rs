//! Filters of internship programs.

use entity::{
    internship_program::Column,
    set::LearningMethods,
    vocabulary::{LearningMethod, ProgramKind, ProgramStatus, Sector, SupporterRole},
};

use super::{BATCHES, HOST_IDENTITY, InternshipProgram, ORGANISER, PARTNERSHIPS, SUPPORTERS};
use crate::{
    conditions,
    graph::filter::{DateFilter, EnumFilter, IntFilter, Related, SetFilter, StringFilter, Text, Word},
    registry::{
        batch::BatchWhere, institution::InstitutionWhere, partnership::PartnershipWhere, party::PartyWhere,
    },
    related_by,
};

conditions! {
    /// Conditions on internship programs; all must hold.
    record ProgramWhere of InternshipProgram, "ProgramsFilter" {
        /// Code [kode program].
        code: StringFilter = Text::exact(Column::Code),
        /// Name [nama program].
        name: StringFilter = Text::folded(Column::NameFold),
        /// Kind of program [jenis program].
        kind: EnumFilter<ProgramKind> = Column::Kind,
        /// Status [status].
        status: EnumFilter<ProgramStatus> = Column::Status,
        /// Sector [sektor].
        sector: EnumFilter<Sector> = Column::Sector,
        /// Budget year [tahun anggaran].
        fiscal_year: IntFilter = Column::FiscalYear,
        /// Start date [mulai].
        starts_on: DateFilter = Column::StartsOn,
        /// End date [selesai].
        ends_on: DateFilter = Column::EndsOn,
        /// Target number of participants [target peserta].
        target_participants: IntFilter = Column::TargetParticipants,
        /// Target number of provinces of origin [target provinsi].
        target_provinces: IntFilter = Column::TargetProvinces,
        /// Number of participants so far: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED`, in all batches
        /// [jumlah peserta].
        participant_count: IntFilter = Column::ParticipantCount,
        /// Learning method [metode belajar].
        methods: SetFilter<LearningMethod> = Column::Methods,
        /// The institution that organises it [penyelenggara].
        organiser: InstitutionWhere = &ORGANISER,
        /// The party that hosts it [tuan rumah].
        host: PartyWhere = &HOST_IDENTITY,
        /// Its supporters, in any role unless `roles` selects some [pendukung].
        supporters: SupportersFilter = &SUPPORTERS,
        /// Its batches [gelombang].
        batches: Related<BatchWhere> = &BATCHES,
        /// Agreements on which it is based [kemitraan].
        partnerships: Related<PartnershipWhere> = &PARTNERSHIPS,
    }
}

impl Word for LearningMethod {
    fn bit(self) -> i32 {
        LearningMethods::bit(self)
    }
}

related_by! {
    /// Conditions on related supporters; all must hold.
    pub(super) SupportersFilter of InstitutionWhere {
        /// Only supporters in one of these roles.
        roles: SupporterRole,
    }
}

related_by! {
    /// Conditions on related supported programs; all must hold.
    pub SupportedProgramsFilter of ProgramWhere {
        /// Only programs that are supported in one of these roles.
        roles: SupporterRole,
    }
}
