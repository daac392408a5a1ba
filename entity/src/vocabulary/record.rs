//! Enums of all records, and the kinds of parties.

use super::vocabulary;

vocabulary! {
    /// Source of a record's data [asal data].
    Source("Source", "Asal data suatu catatan.") {
        /// The news article from which this registry started [artikel].
        Article("News article", "Artikel berita yang menjadi awal registri ini."),
        /// Published by an authority or by the party itself [sumber terbuka].
        Public("Public source", "Diterbitkan oleh pihak berwenang atau oleh pihak itu sendiri."),
        /// Imported from a file [impor].
        Import("Import", "Diimpor dari berkas."),
        /// Submitted by a caller of this API [API].
        Api("API", "Dikirim oleh pengguna API ini."),
        /// Synthetic: made by the generator, not real [data buatan].
        Synthetic("Synthetic data", "Dibuat oleh program pembangkit data, tidak nyata."),
    }

    /// Kind of party [jenis pihak].
    PartyKind("Kind of party", "Jenis pihak.") {
        /// A cooperative [koperasi].
        Cooperative("Cooperative", "Sebuah koperasi."),
        /// A partner institution [lembaga mitra].
        Institution("Partner institution", "Sebuah lembaga mitra."),
    }
}
