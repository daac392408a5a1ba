//! Enums of partner institutions.

use super::vocabulary;

vocabulary! {
    /// Kind of partner institution [jenis lembaga mitra].
    InstitutionKind("Kind of institution", "Jenis lembaga mitra.") {
        /// University [universitas].
        University("University", "Universitas."),
        /// Polytechnic [politeknik].
        Polytechnic("Polytechnic", "Politeknik."),
        /// Institute of higher learning [institut].
        Institute("Institute of higher learning", "Institut pendidikan tinggi."),
        /// College of one field [sekolah tinggi].
        College("College", "Sekolah tinggi satu bidang ilmu."),
        /// Academy [akademi].
        Academy("Academy", "Akademi."),
        /// Research institute [lembaga riset].
        ResearchInstitute("Research institute", "Lembaga riset."),
        /// Association of universities [forum perguruan tinggi].
        UniversityAssociation("Association of universities", "Perkumpulan perguruan tinggi."),
        /// Ministry [kementerian].
        Ministry("Ministry", "Kementerian."),
        /// State agency or committee [badan/lembaga].
        Agency("State agency", "Badan, lembaga atau komite negara."),
        /// Office of a regional government [dinas].
        RegionalOffice("Regional office", "Dinas pemerintah daerah."),
        /// State-owned enterprise [BUMN].
        StateOwnedEnterprise("State-owned enterprise", "Badan usaha milik negara."),
        /// Enterprise owned by a regional government [BUMD].
        RegionalEnterprise("Regional enterprise", "Badan usaha milik daerah."),
        /// Retailer [ritel].
        Retailer("Retailer", "Pengecer."),
        /// Off-taker: a buyer of what members produce [pembeli siaga/offtaker].
        Offtaker("Off-taker", "Pembeli hasil produksi anggota."),
        /// Processor [pengolah].
        Processor("Processor", "Pengolah hasil."),
        /// Bank [bank].
        Bank("Bank", "Bank."),
        /// Financing agency other than a bank [lembaga pembiayaan].
        FinancialAgency("Financing agency", "Lembaga pembiayaan selain bank."),
        /// Association of cooperatives [dewan/induk koperasi].
        CooperativeAssociation("Association of cooperatives", "Perkumpulan koperasi."),
        /// Association of businesses [asosiasi usaha].
        BusinessAssociation("Business association", "Perkumpulan usaha."),
        /// International non-governmental organisation [LSM internasional].
        InternationalNgo("International NGO", "Lembaga swadaya masyarakat internasional."),
        /// Non-governmental organisation [LSM].
        Ngo("NGO", "Lembaga swadaya masyarakat."),
        /// Media house [media].
        Media("Media", "Perusahaan media."),
    }

    /// Ownership of an institution [kepemilikan].
    InstitutionOwnership("Ownership", "Kepemilikan lembaga.") {
        /// The state [negara].
        State("State", "Negara."),
        /// A regional government [pemerintah daerah].
        Regional("Regional government", "Pemerintah daerah."),
        /// Private owners [swasta].
        Private("Private", "Pemilik swasta."),
        /// Foreign owners [asing].
        Foreign("Foreign", "Pemilik asing."),
        /// A cooperative [koperasi].
        Cooperative("Cooperative", "Sebuah koperasi."),
    }
}
