//! Enums of regions.

use super::vocabulary;

vocabulary! {
    /// Administrative level of a region [tingkat wilayah].
    RegionLevel {
        /// First level: a province [provinsi].
        Province,
        /// Second level: a regency or a city [kabupaten/kota].
        RegencyCity,
        /// Third level: a district [kecamatan].
        District,
        /// Fourth level: a village or an urban ward [desa/kelurahan].
        Village,
    }

    /// How exact a location is: the level of the place whose point it is [ketelitian lokasi].
    LocationPrecision {
        /// The place itself: an office [kantor].
        Office,
        /// A point in its village [desa/kelurahan].
        Village,
        /// A point in its district [kecamatan].
        District,
        /// A point in its regency or city [kabupaten/kota].
        Regency,
        /// A point in its province [provinsi].
        Province,
    }

    /// Kind of region as defined by law [jenis wilayah].
    RegionKind {
        /// Province [provinsi].
        Provinsi,
        /// Regency, a second-level region of villages [kabupaten].
        Kabupaten,
        /// City, a second-level region of urban wards [kota].
        Kota,
        /// District [kecamatan].
        Kecamatan,
        /// Self-governing village [desa].
        Desa,
        /// Urban ward, a part of the city administration [kelurahan].
        Kelurahan,
        /// Village governed by customary law [desa adat].
        DesaAdat,
    }
}
