//! Filters of linkages.

use async_graphql::MaybeUndefined;
use entity::{
    linkage::Column,
    vocabulary::{LinkageKind, LinkageSide, LinkageStatus, PartnershipPattern, Unit},
};

use super::{
    BUYER_IDENTITY, BusinessLinkage, COMMODITY, IDENTITIES, MONTHS, PARTNERSHIP, SUPPLIER_IDENTITY, Sides,
};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{
            BooleanFilter, Clause, Condition, DateFilter, DecimalFilter, EnumFilter, IntFilter, Related,
            RupiahFilter, Scaled, StringFilter, Text, operand,
        },
    },
    registry::{
        commodity::CommodityWhere, linkage_month::LinkageMonthWhere, partnership::PartnershipWhere,
        party::PartyWhere,
    },
};

conditions! {
    /// Conditions on linkages; all must hold.
    record LinkageWhere of BusinessLinkage, "LinkagesFilter" {
        /// Code in this registry [kode].
        code: StringFilter = Text::exact(Column::Code),
        /// Kind of linkage [jenis keterhubungan].
        kind: EnumFilter<LinkageKind> = Column::Kind,
        /// Partnership pattern as defined by law [pola kemitraan].
        pattern: EnumFilter<PartnershipPattern> = Column::Pattern,
        /// Status [status].
        status: EnumFilter<LinkageStatus> = Column::Status,
        /// The party that supplies [pemasok].
        supplier: PartyWhere = &SUPPLIER_IDENTITY,
        /// The party that buys [pembeli].
        buyer: PartyWhere = &BUYER_IDENTITY,
        /// Its supplier or its buyer: at least one of them matches [pihak].
        party: PartyWhere = &IDENTITIES,
        /// The commodity traded; null when none is [komoditas].
        commodity: CommodityWhere = &COMMODITY,
        /// Start date [mulai].
        starts_on: DateFilter = Column::StartsOn,
        /// End date; null when open-ended [berakhir].
        ends_on: DateFilter = Column::EndsOn,
        /// Agreed volume per year, compared without regard to its unit [volume per tahun].
        annual_volume: DecimalFilter = Scaled::thousandths(Column::AnnualVolumeMilli),
        /// Unit of the volume [satuan].
        unit: EnumFilter<Unit> = Column::Unit,
        /// Agreed value per year [nilai per tahun].
        annual_value: RupiahFilter = Column::AnnualValue,
        /// Whether the supplier may sell the commodity to no other buyer [eksklusif].
        exclusive: BooleanFilter = Column::Exclusive,
        /// Payment term in days, 0 to 180 [tempo pembayaran].
        payment_term_days: IntFilter = Column::PaymentTermDays,
        /// The agreement on which it is based; null when there is none or it is not public [perjanjian].
        partnership: PartnershipWhere = &PARTNERSHIP,
        /// Monthly deliveries [realisasi bulanan].
        months: Related<LinkageMonthWhere> = &MONTHS,
    }
}

crate::input_object! {
    /// Conditions on a party's linkages; all must hold.
    pub struct PartyLinkagesFilter = "PartyLinkagesFilter" => {
        /// Only linkages with the party on this side; both sides when absent.
        r#as: MaybeUndefined<LinkageSide>,
        /// Restricts the related rows that all other conditions here consider.
        r#where: MaybeUndefined<Box<LinkageWhere>>,
        /// At least one related row matches; with `{}`, at least one exists.
        some: MaybeUndefined<Box<LinkageWhere>>,
        /// No related row matches; with `{}`, none exists.
        none: MaybeUndefined<Box<LinkageWhere>>,
        /// All related rows match; true when there are none.
        every: MaybeUndefined<Box<LinkageWhere>>,
        /// Number of related rows.
        count: MaybeUndefined<IntFilter>,
    }
}

impl Clause<Sides> for PartyLinkagesFilter {
    fn on(&self, sides: Sides) -> Result<Condition> {
        let Self { r#as, r#where, some, none, every, count } = self.clone();
        let side = operand("as", &r#as)?.copied();
        Related { r#where, some, none, every, count }.of(sides.on(side).edge(), &Condition::always())
    }
}
