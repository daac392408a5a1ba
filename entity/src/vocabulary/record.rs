//! What every record says about itself.

use super::vocabulary;

vocabulary! {
    /// Where the figures of a record come from [asal data].
    Source {
        /// The news article this registry starts from [artikel].
        Article,
        /// Something an authority or the party itself published [sumber terbuka].
        Public,
        /// A file somebody imported [impor].
        Import,
        /// A caller of this API [API].
        Api,
        /// Made up by the generator, not real [data buatan].
        Synthetic,
    }

    /// What a party is [jenis pihak].
    PartyKind {
        /// A cooperative [koperasi].
        Cooperative,
        /// A partner institution [lembaga mitra].
        Institution,
    }
}
