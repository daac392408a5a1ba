//! Filters of regions.

use entity::{
    region::Column,
    vocabulary::{RegionKind, RegionLevel},
};

use super::{
    BATCHES, CHILDREN, COOPERATIVES, INSTITUTIONS, NAMED, PARENT, Region,
    above::{DISTRICT, PROVINCE, REGENCY_CITY},
};
use crate::{
    conditions,
    graph::{
        filter::{
            EnumFilter, IdFilter, Identity, Inside, Location, LocationFilter, RegionCodeFilter, Related,
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
        /// Administrative level [tingkat].
        level: EnumFilter<RegionLevel> = Column::Level,
        /// Kind of region as defined by law [jenis].
        kind: EnumFilter<RegionKind> = Column::Kind,
        /// Official name [nama].
        name: StringFilter = Text::folded(Column::NameFold),
        /// Postal code; villages only [kode pos].
        postal_code: StringFilter = Text::exact(Column::PostalCode),
        /// A point inside it; null when none is known [titik koordinat].
        location: LocationFilter = location(),
        /// The region one level above; a province has none [wilayah induk].
        parent: RegionWhere = &PARENT,
        /// The province that the region lies in, or the region itself if it is one [provinsi].
        province: RegionWhere = &PROVINCE,
        /// The regency or city that the region lies in, or the region itself if it is one; a province has none
        /// [kabupaten/kota].
        regency_city: RegionWhere = &REGENCY_CITY,
        /// The district that the region lies in, or the region itself if it is one [kecamatan].
        district: RegionWhere = &DISTRICT,
        /// Inside the region with this code, including the region itself. A code that no region has is refused.
        within: RegionCode = Inside::of(Column::Code, &NAMED),
        /// Inside one of the regions with these codes, at most 100, including the regions themselves; an empty list matches
        /// nothing.
        within_any: Vec<RegionCode> = Inside::of(Column::Code, &NAMED),
        /// Regions one level below [wilayah di bawahnya].
        children: Related<RegionWhere> = &CHILDREN,
        /// Cooperatives inside the region, at any level [koperasi].
        cooperatives: Related<CooperativeWhere> = &COOPERATIVES,
        /// Partner institutions inside the region, at any level [lembaga mitra].
        institutions: Related<InstitutionWhere> = &INSTITUTIONS,
        /// Batches whose participants come or are invited from the region [gelombang].
        batches: Related<BatchWhere> = &BATCHES,
    }
}

/// The columns of its point.
fn location() -> Location {
    Location::fine(
        Column::LatitudeE5,
        Column::LongitudeE5,
        [Column::SphereXE9, Column::SphereYE9, Column::SphereZE9],
        Column::LocationPrecision,
    )
}
