//! Enums of access: the roles that grants give to subjects.

use super::vocabulary;

vocabulary! {
    /// Role of a caller, given by a grant [peran].
    Role("Role", "Peran pengguna, diberikan oleh suatu hak akses.") {
        /// A cooperative's own staff, for that cooperative [koperasi].
        Cooperative("Cooperative", "Pengurus atau karyawan koperasi, untuk koperasi itu."),
        /// A partner institution's staff, for that institution [mitra].
        Partner("Partner", "Staf lembaga mitra, untuk lembaga itu."),
        /// An office that keeps the records of a region [petugas pendaftaran].
        Registrar("Registrar", "Petugas dinas yang memelihara catatan suatu wilayah."),
        /// An analyst who may compute exact figures about persons under an agreement [analis].
        Analyst("Analyst", "Analis yang boleh menghitung angka pribadi secara tepat berdasarkan perjanjian."),
        /// The ministry: every act of the registry [kementerian].
        Ministry("Ministry", "Kementerian: semua tindakan registri."),
        /// An administrator of grants and keys, without any act of the registry [administrator].
        Admin("Administrator", "Pengelola hak akses dan kunci, tanpa tindakan registri."),
    }
}
