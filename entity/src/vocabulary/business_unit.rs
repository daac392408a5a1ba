//! The outlets of a cooperative.

use super::vocabulary;

vocabulary! {
    /// What a business unit does; the first eight are the mandatory outlets [jenis gerai].
    BusinessUnitKind {
        /// Office of the cooperative [kantor koperasi].
        Office,
        /// Shop for staples [gerai sembako].
        Grocery,
        /// Pharmacy [gerai obat/apotek].
        Pharmacy,
        /// Village clinic [klinik desa].
        Clinic,
        /// Savings and loans [unit simpan pinjam].
        SavingsLoans,
        /// Warehouse [gudang].
        Warehouse,
        /// Cold storage [gudang beku/cold storage].
        ColdStorage,
        /// Transport and delivery [logistik].
        Logistics,
        /// Outlet for gas cylinders [pangkalan LPG].
        Lpg,
        /// Fertiliser kiosk [kios pupuk].
        Fertilizer,
        /// Agent of the post [agen pos].
        PostalAgent,
        /// Agent of a bank without branches [agen Laku Pandai].
        BankAgent,
        /// Anything else [lainnya].
        Other,
    }

    /// Stage of a business unit [status gerai].
    BusinessUnitStatus {
        /// Planned [rencana].
        Planned,
        /// Being built [dibangun].
        Building,
        /// Open for business [buka].
        Open,
        /// Closed [tutup].
        Closed,
    }

    /// By what right a business unit uses its premises [status kepemilikan].
    Ownership {
        /// The cooperative's own [milik sendiri].
        Owned,
        /// Rented [sewa].
        Rented,
        /// Lent to it free of charge [pinjam pakai].
        Borrowed,
        /// The village's [aset desa].
        VillageAsset,
    }
}
