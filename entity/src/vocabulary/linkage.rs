//! Enums of linkages.

use super::vocabulary;

vocabulary! {
    /// Kind of linkage [jenis keterhubungan].
    LinkageKind {
        /// Off-take: the buyer takes what the supplier produces [serapan hasil].
        Offtake,
        /// Supply of production inputs [pasokan sarana produksi].
        InputSupply,
        /// Agency or outlet [keagenan/gerai].
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

    /// Status of a linkage [status keterhubungan].
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
        /// Ended by a breach of contract [wanprestasi].
        Breached,
        /// Dropped before it began [batal].
        Dropped,
    }

    /// Side of a party in a linkage [sisi].
    LinkageSide {
        /// The supplier [pemasok].
        Supplier,
        /// The buyer [pembeli].
        Buyer,
    }
}
