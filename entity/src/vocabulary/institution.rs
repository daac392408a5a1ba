//! Enums of partner institutions.

use super::vocabulary;

vocabulary! {
    /// Kind of partner institution [jenis lembaga mitra].
    InstitutionKind {
        /// University [universitas].
        University,
        /// Polytechnic [politeknik].
        Polytechnic,
        /// Institute of higher learning [institut].
        Institute,
        /// College of one field [sekolah tinggi].
        College,
        /// Academy [akademi].
        Academy,
        /// Research institute [lembaga riset].
        ResearchInstitute,
        /// Association of universities [forum perguruan tinggi].
        UniversityAssociation,
        /// Ministry [kementerian].
        Ministry,
        /// State agency or committee [badan/lembaga].
        Agency,
        /// Office of a regional government [dinas].
        RegionalOffice,
        /// State-owned enterprise [BUMN].
        StateOwnedEnterprise,
        /// Enterprise owned by a regional government [BUMD].
        RegionalEnterprise,
        /// Retailer [ritel].
        Retailer,
        /// Off-taker: a buyer of what members produce [pembeli siaga/offtaker].
        Offtaker,
        /// Processor [pengolah].
        Processor,
        /// Bank [bank].
        Bank,
        /// Financing agency other than a bank [lembaga pembiayaan].
        FinancialAgency,
        /// Association of cooperatives [dewan/induk koperasi].
        CooperativeAssociation,
        /// Association of businesses [asosiasi usaha].
        BusinessAssociation,
        /// International non-governmental organisation [LSM internasional].
        InternationalNgo,
        /// Non-governmental organisation [LSM].
        Ngo,
        /// Media house [media].
        Media,
    }

    /// Ownership of an institution [kepemilikan].
    InstitutionOwnership {
        /// The state [negara].
        State,
        /// A regional government [pemerintah daerah].
        Regional,
        /// Private owners [swasta].
        Private,
        /// Foreign owners [asing].
        Foreign,
        /// A cooperative [koperasi].
        Cooperative,
    }
}
