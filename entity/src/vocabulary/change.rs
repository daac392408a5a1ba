//! Enums of the change log.

use super::vocabulary;

vocabulary! {
    /// What a write did to a record [tindakan].
    ChangeOperation("Change", "Tindakan terhadap suatu catatan.") {
        /// It was created [dibuat].
        Created("Created", "Catatan dibuat."),
        /// It was changed [diubah].
        Updated("Updated", "Catatan diubah."),
        /// It was deleted [dihapus].
        Deleted("Deleted", "Catatan dihapus."),
    }
}
