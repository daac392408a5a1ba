//! Enums of commodities and their units.

use super::vocabulary;

vocabulary! {
    /// Group of commodities [kelompok komoditas].
    CommodityCategory {
        /// Food crop [tanaman pangan].
        FoodCrop,
        /// Vegetable [sayuran].
        Vegetable,
        /// Fruit [buah].
        Fruit,
        /// Estate crop [perkebunan].
        EstateCrop,
        /// Medicinal plant [tanaman obat].
        Medicinal,
        /// Livestock and livestock products [peternakan].
        Livestock,
        /// Fishery products, wild or farmed [perikanan].
        Fishery,
        /// Forest product [kehutanan].
        Forestry,
        /// Craft [kerajinan].
        Craft,
        /// Goods bought for resale, not produced [barang dagangan].
        TradedGoods,
    }

    /// Unit of volumes [satuan].
    Unit {
        /// Metric ton [ton].
        Ton,
        /// Kilogram [kilogram].
        Kilogram,
        /// Litre [liter].
        Litre,
        /// Cubic metre [meter kubik].
        CubicMetre,
        /// Head of livestock [ekor].
        Head,
        /// Piece [buah].
        Piece,
        /// Stem of a cut flower [tangkai].
        Stem,
        /// Gas cylinder [tabung].
        Cylinder,
        /// Any other unit [lainnya].
        Other,
    }
}
