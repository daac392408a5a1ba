//! Enums of all records, and the kinds of parties.

use super::vocabulary;

vocabulary! {
    /// Source of a record's data [asal data].
    Source {
        /// The news article from which this registry started [artikel].
        Article,
        /// Published by an authority or by the party itself [sumber terbuka].
        Public,
        /// Imported from a file [impor].
        Import,
        /// Submitted by a caller of this API [API].
        Api,
        /// Synthetic: made by the generator, not real [data buatan].
        Synthetic,
    }

    /// Kind of party [jenis pihak].
    PartyKind {
        /// A cooperative [koperasi].
        Cooperative,
        /// A partner institution [lembaga mitra].
        Institution,
    }
}
