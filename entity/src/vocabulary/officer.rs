//! Enums of officers and people.

use super::vocabulary;

vocabulary! {
    /// Organ of the cooperative to which an officer belongs [perangkat organisasi].
    OfficerBody {
        /// The board, elected by the members [pengurus].
        Board,
        /// The supervisory board, elected by the members [pengawas].
        Supervisory,
        /// The management, employed by the board [pengelola].
        Management,
    }

    /// Office that an officer holds [jabatan].
    OfficerRole {
        /// Chair of the board [ketua].
        Chair,
        /// Vice-chair for business [wakil ketua bidang usaha].
        ViceChairBusiness,
        /// Vice-chair for membership [wakil ketua bidang anggota].
        ViceChairMembership,
        /// Secretary [sekretaris].
        Secretary,
        /// Treasurer [bendahara].
        Treasurer,
        /// Chair of the supervisory board [ketua pengawas].
        SupervisoryChair,
        /// Member of the supervisory board [anggota pengawas].
        SupervisoryMember,
        /// Manager, whatever the title [manajer].
        Manager,
        /// Other staff [staf].
        Staff,
    }

    /// Status of an officer [status jabatan].
    OfficerStatus {
        /// In office [aktif].
        Active,
        /// No longer in office [berakhir].
        Ended,
        /// Temporarily relieved of office [dinonaktifkan].
        Suspended,
    }

    /// Gender of a person [jenis kelamin].
    Gender {
        /// Female [perempuan].
        Female,
        /// Male [laki-laki].
        Male,
    }

    /// Highest level of education that a person completed [pendidikan terakhir].
    Education {
        /// Primary school [SD].
        Primary,
        /// Secondary school, lower or upper [SMP/SMA/SMK].
        Secondary,
        /// Diploma [D1–D4].
        Diploma,
        /// Bachelor's degree [S1].
        Bachelor,
        /// Master's degree [S2].
        Master,
        /// Doctorate [S3].
        Doctorate,
    }
}
