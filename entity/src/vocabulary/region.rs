//! Enums of regions.

use super::vocabulary;

vocabulary! {
    /// Administrative level of a region [tingkat wilayah].
    RegionLevel("Level of region", "Tingkat administrasi wilayah.") {
        /// First level: a province [provinsi].
        Province("Province", "Tingkat pertama: provinsi."),
        /// Second level: a regency or a city [kabupaten/kota].
        RegencyCity("Regency or city", "Tingkat kedua: kabupaten atau kota."),
        /// Third level: a district [kecamatan].
        District("District", "Tingkat ketiga: kecamatan."),
        /// Fourth level: a village or an urban ward [desa/kelurahan].
        Village("Village or urban ward", "Tingkat keempat: desa atau kelurahan."),
    }

    /// How exact a location is: the level of the place whose point it is [ketelitian lokasi].
    LocationPrecision("Precision of the location", "Ketelitian lokasi: tingkat tempat yang titiknya dipakai.") {
        /// The place itself: an office [kantor].
        Office("Office", "Tempat itu sendiri, misalnya kantornya."),
        /// A point in its village [desa/kelurahan].
        Village("Village or urban ward", "Titik di desa atau kelurahannya."),
        /// A point in its district [kecamatan].
        District("District", "Titik di kecamatannya."),
        /// A point in its regency or city [kabupaten/kota].
        Regency("Regency or city", "Titik di kabupaten atau kotanya."),
        /// A point in its province [provinsi].
        Province("Province", "Titik di provinsinya."),
    }

    /// Kind of region as defined by law [jenis wilayah].
    RegionKind("Kind of region", "Jenis wilayah menurut undang-undang.") {
        /// Province [provinsi].
        Provinsi("Province", "Provinsi."),
        /// Regency, a second-level region of villages [kabupaten].
        Kabupaten("Regency", "Kabupaten, wilayah tingkat kedua yang terutama berisi desa."),
        /// City, a second-level region of urban wards [kota].
        Kota("City", "Kota, wilayah tingkat kedua yang terutama berisi kelurahan."),
        /// District [kecamatan].
        Kecamatan("District", "Kecamatan."),
        /// Self-governing village [desa].
        Desa("Village", "Desa yang berpemerintahan sendiri."),
        /// Urban ward, a part of the city administration [kelurahan].
        Kelurahan("Urban ward", "Kelurahan, bagian dari perangkat daerah."),
        /// Village governed by customary law [desa adat].
        DesaAdat("Customary village", "Desa yang diatur menurut hukum adat."),
    }
}
