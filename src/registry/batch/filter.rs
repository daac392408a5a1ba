//! Which batches a list keeps.

use entity::{internship_batch::Column, vocabulary::BatchStatus};

use super::{HOST_IDENTITY, InternshipBatch, PLACE, PLACEMENTS, PROGRAM, PROVINCES, SESSIONS};
use crate::{
    conditions,
    graph::filter::{DateFilter, EnumFilter, IntFilter, Related},
    registry::{
        party::PartyWhere, placement::PlacementWhere, program::ProgramWhere, region::RegionWhere,
        session::TrainingSessionWhere,
    },
};

conditions! {
    /// Conditions on internship batches; all must hold.
    record BatchWhere of InternshipBatch, "BatchesFilter" {
        /// The program [program].
        program: ProgramWhere = &PROGRAM,
        /// Number within the program [gelombang ke-].
        number: IntFilter = Column::Number,
        /// First day [mulai].
        starts_on: DateFilter = Column::StartsOn,
        /// Day of the opening ceremony [tanggal pembukaan].
        opened_on: DateFilter = Column::OpenedOn,
        /// Last day [selesai].
        ends_on: DateFilter = Column::EndsOn,
        /// Seats [kapasitas].
        capacity: IntFilter = Column::Capacity,
        /// Seats taken [jumlah peserta].
        participant_count: IntFilter = Column::ParticipantCount,
        /// Stage [status].
        status: EnumFilter<BatchStatus> = Column::Status,
        /// Where it takes place when that is not the program's host [tuan rumah].
        host: PartyWhere = &HOST_IDENTITY,
        /// Region where it takes place [lokasi].
        place: RegionWhere = &PLACE,
        /// Provinces that it invites participants from [provinsi asal].
        provinces: Related<RegionWhere> = &PROVINCES,
        /// Its sessions [sesi pelatihan].
        sessions: Related<TrainingSessionWhere> = &SESSIONS,
        /// Its placements [peserta magang].
        placements: Related<PlacementWhere> = &PLACEMENTS,
    }
}
