//! Enums of business units.

use super::vocabulary;

vocabulary! {
    /// Kind of business unit; the first eight are the mandatory outlets [jenis gerai].
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
        /// Gas cylinder outlet [pangkalan LPG].
        Lpg,
        /// Fertiliser kiosk [kios pupuk].
        Fertilizer,
        /// Postal agent [agen pos].
        PostalAgent,
        /// Agent for branchless banking [agen Laku Pandai].
        BankAgent,
        /// Any other business [lainnya].
        Other,
    }

    /// Status of a business unit [status gerai].
    BusinessUnitStatus {
        /// Planned [rencana].
        Planned,
        /// Under construction [dibangun].
        Building,
        /// Open for business [buka].
        Open,
        /// Closed [tutup].
        Closed,
    }

    /// Right by which a business unit uses its premises [status kepemilikan].
    Ownership {
        /// Owned by the cooperative [milik sendiri].
        Owned,
        /// Rented [sewa].
        Rented,
        /// Borrowed free of charge [pinjam pakai].
        Borrowed,
        /// Owned by the village [aset desa].
        VillageAsset,
    }
}
