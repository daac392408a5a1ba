//! The administrative ladder.

use super::vocabulary;

vocabulary! {
    /// Rung of the administrative ladder [tingkat wilayah].
    RegionLevel {
        /// First rung: a province [provinsi].
        Province,
        /// Second rung: a regency or a city [kabupaten/kota].
        RegencyCity,
        /// Third rung: a district [kecamatan].
        District,
        /// Last rung: a village or an urban ward [desa/kelurahan].
        Village,
    }

    /// What the law calls a region [jenis wilayah].
    RegionKind {
        /// Province [provinsi].
        Provinsi,
        /// Regency, a second rung of villages [kabupaten].
        Kabupaten,
        /// City, a second rung of urban wards [kota].
        Kota,
        /// District [kecamatan].
        Kecamatan,
        /// Village, which governs itself [desa].
        Desa,
        /// Urban ward, a part of the city's administration [kelurahan].
        Kelurahan,
        /// Village governed by custom [desa adat].
        DesaAdat,
    }
}
