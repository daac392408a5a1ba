//! Enums of internship programs, batches and placements.

use super::vocabulary;

vocabulary! {
    /// Economic sector [sektor usaha].
    Sector {
        /// Agriculture [pertanian].
        Agriculture,
        /// Livestock [peternakan].
        Livestock,
        /// Capture fishery [perikanan tangkap].
        CaptureFishery,
        /// Aquaculture [perikanan budi daya].
        Aquaculture,
        /// Forestry [kehutanan].
        Forestry,
        /// Trade [perdagangan].
        Trade,
        /// Services [jasa].
        Services,
        /// Several lines of business [aneka usaha].
        MultiServices,
        /// Manufacturing [industri].
        Manufacturing,
        /// Finance [keuangan].
        Financial,
        /// Tourism [pariwisata].
        Tourism,
        /// Health [kesehatan].
        Health,
        /// Logistics [logistik].
        Logistics,
    }

    /// Kind of program [jenis program].
    ProgramKind {
        /// Internship of board members at a model cooperative [magang pengurus].
        BoardInternship,
        /// Internship of students [magang mahasiswa].
        StudentInternship,
        /// Thematic community service of students [KKN tematik].
        ThematicCommunityService,
        /// Training [pelatihan].
        Training,
        /// Mentoring over a longer period [pendampingan].
        Mentoring,
        /// Incubation of new businesses [inkubasi].
        Incubation,
        /// Comparative study visit [studi banding].
        ComparativeStudy,
    }

    /// Status of a program [status program].
    ProgramStatus {
        /// Draft [rancangan].
        Draft,
        /// Announced [diumumkan].
        Published,
        /// Open for nominations [dibuka].
        Open,
        /// Running [berjalan].
        Running,
        /// Completed [selesai].
        Completed,
        /// Completed and evaluated [dievaluasi].
        Evaluated,
        /// Cancelled before it ran [dibatalkan].
        Cancelled,
    }

    /// Learning method [metode belajar].
    LearningMethod {
        /// Study visit [kunjungan belajar].
        StudyVisit,
        /// On-the-job training [praktik kerja].
        OnTheJobTraining,
        /// Classroom teaching [kelas].
        Classroom,
        /// Online learning [daring].
        Online,
        /// Mentoring [pendampingan].
        Mentoring,
    }

    /// Role of a supporting institution in a program [peran pendukung].
    SupporterRole {
        /// Supports it in a way not listed here [pendukung].
        Supporter,
        /// Funds it [penyandang dana].
        Funder,
        /// Advises on its academic content [pembina akademik].
        AcademicAdviser,
        /// Provides experts [penyedia tenaga ahli].
        ExpertProvider,
        /// Issues the certificates [penerbit sertifikat].
        Certifier,
    }

    /// Status of a batch [status gelombang].
    BatchStatus {
        /// Planned [rencana].
        Planned,
        /// Open for enrolment [pendaftaran].
        Enrolling,
        /// Full: every seat is taken [penuh].
        Full,
        /// Running [berjalan].
        Running,
        /// Completed [selesai].
        Completed,
        /// Cancelled [dibatalkan].
        Cancelled,
        /// Postponed to a later date [ditunda].
        Postponed,
    }

    /// Status of a placement [status peserta].
    PlacementStatus {
        /// Nominated by the cooperative [diusulkan].
        Nominated,
        /// Verified as eligible [diverifikasi].
        Verified,
        /// Confirmed: has a seat [dikonfirmasi].
        Confirmed,
        /// On the waiting list [daftar tunggu].
        Waitlisted,
        /// Attending [mengikuti].
        Attending,
        /// Graduated [lulus].
        Graduated,
        /// Did not finish [tidak tuntas].
        Incomplete,
        /// Withdrew [mengundurkan diri].
        Withdrawn,
        /// Never came [tidak hadir].
        NoShow,
        /// Rejected [ditolak].
        Rejected,
    }
}
