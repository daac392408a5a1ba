//! Filters of batches.

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
        /// Number within its program [gelombang ke-].
        number: IntFilter = Column::Number,
        /// Start date [mulai].
        starts_on: DateFilter = Column::StartsOn,
        /// Date of the opening ceremony [tanggal pembukaan].
        opened_on: DateFilter = Column::OpenedOn,
        /// End date [selesai].
        ends_on: DateFilter = Column::EndsOn,
        /// Number of seats [kapasitas].
        capacity: IntFilter = Column::Capacity,
        /// Number of seats taken: placements with status `CONFIRMED`, `ATTENDING` or `GRADUATED` [jumlah peserta].
        participant_count: IntFilter = Column::ParticipantCount,
        /// Status [status].
        status: EnumFilter<BatchStatus> = Column::Status,
        /// Party that hosts the batch, when it is not the program's host [tuan rumah].
        host: PartyWhere = &HOST_IDENTITY,
        /// Region in which it takes place [lokasi].
        place: RegionWhere = &PLACE,
        /// Provinces from which its participants come or are invited [provinsi asal].
        provinces: Related<RegionWhere> = &PROVINCES,
        /// Its sessions [sesi pelatihan].
        sessions: Related<TrainingSessionWhere> = &SESSIONS,
        /// Its placements [peserta magang].
        placements: Related<PlacementWhere> = &PLACEMENTS,
    }
}
