//! Enums of partnerships and partnership applications.

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
        /// Supply contract [kontrak jual beli].
        SupplyContract,
        /// Decree of several authorities [surat keputusan bersama, SKB].
        JointDecree,
        /// Amendment of another agreement [adendum].
        Amendment,
    }

    /// Partnership pattern, one of the ten in PP 7/2021 art. 106 [pola kemitraan].
    PartnershipPattern {
        /// Nucleus-plasma: a nucleus leads and supports its plasma [inti-plasma].
        NucleusPlasma,
        /// Subcontract: part of the production is passed on [subkontrak].
        Subcontract,
        /// Franchise [waralaba].
        Franchise,
        /// Buying and selling [perdagangan umum].
        GeneralTrade,
        /// Distribution and agency [distribusi dan keagenan].
        DistributionAgency,
        /// Supply chain [rantai pasok].
        SupplyChain,
        /// Profit sharing [bagi hasil].
        ProfitSharing,
        /// Joint operation [kerja sama operasional].
        JointOperation,
        /// Joint venture [usaha patungan].
        JointVenture,
        /// Outsourcing [penyumberluaran].
        Outsourcing,
    }

    /// Status of an agreement [status kemitraan].
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
        /// Expired: its term is over [berakhir].
        Expired,
        /// Terminated before the end of its term [diakhiri].
        Terminated,
        /// Replaced by its renewal [diperpanjang].
        Renewed,
        /// Cancelled before it was signed [dibatalkan].
        Cancelled,
    }

    /// Language of an agreement [bahasa naskah].
    PartnershipLanguage {
        /// Indonesian [bahasa Indonesia].
        Indonesian,
        /// Indonesian and a second language [dwibahasa].
        Bilingual,
    }

    /// Role of a party in an agreement [kedudukan pihak].
    PartyRole {
        /// First party, which assigns the number of the agreement [pihak kesatu].
        First,
        /// Second party [pihak kedua].
        Second,
        /// Third or any further party [pihak ketiga].
        Third,
        /// Witness [saksi].
        Witness,
    }

    /// Mandatory content of an agreement by PP 7/2021 art. 117 [muatan wajib perjanjian].
    AgreementContent {
        /// Identity of the parties [identitas para pihak].
        Identities,
        /// Business activity [kegiatan usaha].
        BusinessActivity,
        /// Rights and duties of each party [hak dan kewajiban].
        RightsAndDuties,
        /// Form of development of the smaller party [bentuk pengembangan].
        Development,
        /// Term of the agreement [jangka waktu].
        Term,
        /// Time and method of payment [jangka waktu dan mekanisme pembayaran].
        Payment,
        /// Dispute settlement [penyelesaian perselisihan].
        DisputeSettlement,
    }

    /// Status of a partnership application [status permohonan].
    ApplicationStatus {
        /// Submitted [diajukan].
        Requested,
        /// Being verified [diperiksa].
        Verifying,
        /// Returned for revision [perbaikan].
        Revision,
        /// Verified [terverifikasi].
        Verified,
        /// Rejected [ditolak].
        Rejected,
        /// Activated: it became a linkage [aktif].
        Activated,
    }

    /// Business for which a cooperative applies to become an outlet or agent [paket kemitraan].
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
        /// Branchless banking [perbankan].
        Banking,
        /// Transport and storage [logistik].
        Logistics,
        /// Any other business [lainnya].
        Other,
    }
}
