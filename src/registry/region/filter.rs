//! Which regions a list keeps.

use entity::{
    region::Column,
    vocabulary::{RegionKind, RegionLevel},
};

use super::{BATCHES, CHILDREN, COOPERATIVES, INSTITUTIONS, PARENT, Region};
use crate::{
    conditions,
    graph::{
        filter::{
            EnumFilter, IdFilter, Identity, Location, LocationFilter, RegionCodeFilter, Related,
            StringFilter, Text,
        },
        scalar::RegionCode,
    },
    registry::{batch::BatchWhere, cooperative::CooperativeWhere, institution::InstitutionWhere},
};

conditions! {
    /// Conditions on regions; all must hold.
    RegionWhere of Region, "RegionsFilter" {
        /// Its global id.
        id: IdFilter = Identity::of::<Region>(),
        /// Official code, such as `32.04` [kode wilayah].
        code: RegionCodeFilter = Column::Code,
        /// Rung of the administrative ladder [tingkat].
        level: EnumFilter<RegionLevel> = Column::Level,
        /// What the law calls it [jenis].
        kind: EnumFilter<RegionKind> = Column::Kind,
        /// Official name [nama].
        name: StringFilter = Text::folded(Column::NameFold),
        /// Postal code, of villages only [kode pos].
        postal_code: StringFilter = Text::exact(Column::PostalCode),
        /// A point inside it, where one is known [titik koordinat].
        location: LocationFilter = location(),
        /// The region right above; no condition on it fits a province [wilayah induk].
        parent: RegionWhere = &PARENT,
        /// Inside the region of this code, itself included.
        within: RegionCode = Column::Code,
        /// Regions right below [wilayah di bawahnya].
        children: Related<RegionWhere> = &CHILDREN,
        /// Cooperatives anywhere inside [koperasi].
        cooperatives: Related<CooperativeWhere> = &COOPERATIVES,
        /// Partner institutions anywhere inside [lembaga mitra].
        institutions: Related<InstitutionWhere> = &INSTITUTIONS,
        /// Batches that invite participants from inside [gelombang].
        batches: Related<BatchWhere> = &BATCHES,
    }
}

/// Where its point is kept.
fn location() -> Location {
    Location::fine(
        Column::LatitudeE5,
        Column::LongitudeE5,
        [Column::SphereXE9, Column::SphereYE9, Column::SphereZE9],
    )
}
