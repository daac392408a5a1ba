//! Agreements and the way to them.

use super::vocabulary;

vocabulary! {
    /// Form of an agreement [bentuk naskah kerja sama].
    PartnershipKind {
        /// Memorandum of understanding [nota kesepahaman].
        Mou,
        /// Cooperation agreement [perjanjian kerja sama, PKS].
        CooperationAgreement,
        /// Arrangement that carries out an agreement [perjanjian pelaksanaan].
        ImplementationArrangement,
        /// Letter of intent [surat minat].
        LetterOfIntent,
        /// Contract of supply [kontrak jual beli].
        SupplyContract,
        /// Decree of several authorities [surat keputusan bersama, SKB].
        JointDecree,
        /// Amendment of another agreement [adendum].
        Amendment,
    }

    /// Pattern of partnership, one of the ten of PP 7/2021 art. 106 [pola kemitraan].
    PartnershipPattern {
        /// A nucleus leads and supports its plasma [inti-plasma].
        NucleusPlasma,
        /// Part of the production is handed on [subkontrak].
        Subcontract,
        /// Franchise [waralaba].
        Franchise,
        /// Buying and selling [perdagangan umum].
        GeneralTrade,
        /// Distribution and agency [distribusi dan keagenan].
        DistributionAgency,
        /// Supply chain [rantai pasok].
        SupplyChain,
        /// Profits are shared [bagi hasil].
        ProfitSharing,
        /// Joint operation [kerja sama operasional].
        JointOperation,
        /// Joint venture [usaha patungan].
        JointVenture,
        /// Outsourcing [penyumberluaran].
        Outsourcing,
    }

    /// Stage of an agreement [status kemitraan].
    PartnershipStatus {
        /// Draft [rancangan].
        Draft,
        /// Under review [telaah].
        InReview,
        /// Approved and waiting for signatures [disetujui].
        Approved,
        /// Signed and not yet in force [ditandatangani].
        Signed,
        /// In force [berlaku].
        Active,
        /// Suspended [ditangguhkan].
        Suspended,
        /// Its term is over [berakhir].
        Expired,
        /// Ended before its term [diakhiri].
        Terminated,
        /// Replaced by its renewal [diperpanjang].
        Renewed,
        /// Given up before it was signed [dibatalkan].
        Cancelled,
    }

    /// Language of an agreement [bahasa naskah].
    PartnershipLanguage {
        /// Indonesian [bahasa Indonesia].
        Indonesian,
        /// Indonesian and a second language [dwibahasa].
        Bilingual,
    }

    /// Part a party plays in an agreement [kedudukan pihak].
    PartyRole {
        /// First party, whose number the agreement bears [pihak kesatu].
        First,
        /// Second party [pihak kedua].
        Second,
        /// Third party, or any after it [pihak ketiga].
        Third,
        /// Witness [saksi].
        Witness,
    }

    /// What an agreement must contain by PP 7/2021 art. 117 [muatan wajib perjanjian].
    AgreementContent {
        /// Who the parties are [identitas para pihak].
        Identities,
        /// What business they do [kegiatan usaha].
        BusinessActivity,
        /// What each may and must do [hak dan kewajiban].
        RightsAndDuties,
        /// How the smaller party is developed [bentuk pengembangan].
        Development,
        /// How long it holds [jangka waktu].
        Term,
        /// When and how payment is made [jangka waktu dan mekanisme pembayaran].
        Payment,
        /// How disputes are settled [penyelesaian perselisihan].
        DisputeSettlement,
    }

    /// Stage of a partnership application [status permohonan].
    ApplicationStatus {
        /// Handed in [diajukan].
        Requested,
        /// Being verified [diperiksa].
        Verifying,
        /// Sent back to be revised [perbaikan].
        Revision,
        /// Found in order [terverifikasi].
        Verified,
        /// Turned down [ditolak].
        Rejected,
        /// Became a linkage [aktif].
        Activated,
    }

    /// What an application asks to become an outlet or agent for [paket kemitraan].
    ApplicationPackage {
        /// Gas cylinders [LPG].
        Lpg,
        /// Subsidised fertiliser [pupuk].
        Fertilizer,
        /// Staple foods [sembako].
        Staples,
        /// Medicines [obat].
        Pharmacy,
        /// Post and parcels [pos].
        Postal,
        /// Banking without branches [perbankan].
        Banking,
        /// Transport and storage [logistik].
        Logistics,
        /// Anything else [lainnya].
        Other,
    }
}
