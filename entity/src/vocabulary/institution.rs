//! What a partner institution is.

use super::vocabulary;

vocabulary! {
    /// What a partner institution is [jenis lembaga mitra].
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
        /// Agency or committee of the state [badan/lembaga].
        Agency,
        /// Office of a regional government [dinas].
        RegionalOffice,
        /// Enterprise of the state [BUMN].
        StateOwnedEnterprise,
        /// Enterprise of a regional government [BUMD].
        RegionalEnterprise,
        /// Retailer [ritel].
        Retailer,
        /// Off-taker, who buys what members produce [pembeli siaga/offtaker].
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
        /// Non-governmental organisation from abroad [LSM internasional].
        InternationalNgo,
        /// Non-governmental organisation [LSM].
        Ngo,
        /// Media house [media].
        Media,
    }

    /// Who owns an institution [kepemilikan].
    InstitutionOwnership {
        /// The state [negara].
        State,
        /// A regional government [pemerintah daerah].
        Regional,
        /// Private owners [swasta].
        Private,
        /// Owners abroad [asing].
        Foreign,
        /// A cooperative [koperasi].
        Cooperative,
    }
}
