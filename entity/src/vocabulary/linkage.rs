//! Enums of linkages.

use super::vocabulary;

vocabulary! {
    /// Kind of linkage [jenis keterhubungan].
    LinkageKind("Kind of linkage", "Jenis keterhubungan usaha.") {
        /// Off-take: the buyer takes what the supplier produces [serapan hasil].
        Offtake("Off-take", "Pembeli menyerap hasil produksi pemasok."),
        /// Supply of production inputs [pasokan sarana produksi].
        InputSupply("Input supply", "Pasokan sarana produksi."),
        /// Agency or outlet [keagenan/gerai].
        AgencyOutlet("Agency or outlet", "Keagenan atau gerai."),
        /// Financing [pembiayaan].
        Financing("Financing", "Pembiayaan."),
        /// Transport and storage [logistik].
        Logistics("Logistics", "Pengangkutan dan penyimpanan."),
        /// Processing [pengolahan].
        Processing("Processing", "Pengolahan."),
        /// Technology [teknologi].
        Technology("Technology", "Teknologi."),
        /// Mentoring [pendampingan].
        Mentoring("Mentoring", "Pendampingan."),
        /// Certification [sertifikasi].
        Certification("Certification", "Sertifikasi."),
    }

    /// Status of a linkage [status keterhubungan].
    LinkageStatus("Linkage status", "Status keterhubungan usaha.") {
        /// Proposed [diusulkan].
        Proposed("Proposed", "Diusulkan."),
        /// Being negotiated [negosiasi].
        Negotiating("Negotiating", "Sedang dinegosiasikan."),
        /// On trial [uji coba].
        Trial("Trial", "Dalam uji coba."),
        /// Active [aktif].
        Active("Active", "Aktif."),
        /// On hold [ditunda].
        OnHold("On hold", "Ditunda untuk sementara."),
        /// Ended [berakhir].
        Ended("Ended", "Berakhir."),
        /// Ended by a breach of contract [wanprestasi].
        Breached("Breached", "Berakhir karena wanprestasi."),
        /// Dropped before it began [batal].
        Dropped("Dropped", "Batal sebelum dimulai."),
    }

    /// Side of a party in a linkage [sisi].
    LinkageSide("Side", "Sisi suatu pihak dalam keterhubungan usaha.") {
        /// The supplier [pemasok].
        Supplier("Supplier", "Pihak pemasok."),
        /// The buyer [pembeli].
        Buyer("Buyer", "Pihak pembeli."),
    }
}
