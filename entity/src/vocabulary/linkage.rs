//! Business that parties do with each other.

use super::vocabulary;

vocabulary! {
    /// What a linkage is about [jenis keterhubungan].
    LinkageKind {
        /// The buyer takes what the supplier produces [serapan hasil].
        Offtake,
        /// Inputs for production [pasokan sarana produksi].
        InputSupply,
        /// An agency or an outlet [keagenan/gerai].
        AgencyOutlet,
        /// Financing [pembiayaan].
        Financing,
        /// Transport and storage [logistik].
        Logistics,
        /// Processing [pengolahan].
        Processing,
        /// Technology [teknologi].
        Technology,
        /// Mentoring [pendampingan].
        Mentoring,
        /// Certification [sertifikasi].
        Certification,
    }

    /// Stage of a linkage [status keterhubungan].
    LinkageStatus {
        /// Proposed [diusulkan].
        Proposed,
        /// Being negotiated [negosiasi].
        Negotiating,
        /// On trial [uji coba].
        Trial,
        /// Active [aktif].
        Active,
        /// On hold [ditunda].
        OnHold,
        /// Ended [berakhir].
        Ended,
        /// Ended by a breach [wanprestasi].
        Breached,
        /// Dropped before it began [batal].
        Dropped,
    }

    /// Side of a linkage a party stands on [sisi].
    LinkageSide {
        /// The one who supplies [pemasok].
        Supplier,
        /// The one who buys [pembeli].
        Buyer,
    }
}
