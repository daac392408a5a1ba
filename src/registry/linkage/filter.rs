//! Which linkages a list keeps.

use async_graphql::{InputObject, MaybeUndefined};
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
        /// What it is about [jenis keterhubungan].
        kind: EnumFilter<LinkageKind> = Column::Kind,
        /// Pattern by law [pola kemitraan].
        pattern: EnumFilter<PartnershipPattern> = Column::Pattern,
        /// Stage [status].
        status: EnumFilter<LinkageStatus> = Column::Status,
        /// Who supplies [pemasok].
        supplier: PartyWhere = &SUPPLIER_IDENTITY,
        /// Who buys [pembeli].
        buyer: PartyWhere = &BUYER_IDENTITY,
        /// Either its supplier or its buyer [pihak].
        party: PartyWhere = &IDENTITIES,
        /// What is traded, where it is a commodity [komoditas].
        commodity: CommodityWhere = &COMMODITY,
        /// First day [mulai].
        starts_on: DateFilter = Column::StartsOn,
        /// Last day; null without end [berakhir].
        ends_on: DateFilter = Column::EndsOn,
        /// Volume agreed for a year, whatever its unit [volume per tahun].
        annual_volume: DecimalFilter = Scaled::thousandths(Column::AnnualVolumeMilli),
        /// Unit of the volume [satuan].
        unit: EnumFilter<Unit> = Column::Unit,
        /// Value agreed for a year [nilai per tahun].
        annual_value: RupiahFilter = Column::AnnualValue,
        /// Whether the supplier may have no second buyer of the commodity [eksklusif].
        exclusive: BooleanFilter = Column::Exclusive,
        /// Days until payment, 0 to 180 [tempo pembayaran].
        payment_term_days: IntFilter = Column::PaymentTermDays,
        /// The agreement it rests on, where that is public [perjanjian].
        partnership: PartnershipWhere = &PARTNERSHIP,
        /// What was delivered, month by month [realisasi bulanan].
        months: Related<LinkageMonthWhere> = &MONTHS,
    }
}

/// Conditions on a party's linkages; all must hold.
#[derive(Clone, Debug, InputObject)]
pub struct PartyLinkagesFilter {
    /// Only linkages in which it stands on this side; both when absent.
    r#as: MaybeUndefined<LinkageSide>,
    /// Look only at those that fit, for every condition below.
    r#where: MaybeUndefined<Box<LinkageWhere>>,
    /// At least one fits; `{}` for any at all.
    some: MaybeUndefined<Box<LinkageWhere>>,
    /// Not one fits; `{}` for none at all.
    none: MaybeUndefined<Box<LinkageWhere>>,
    /// All fit; true where there is none.
    every: MaybeUndefined<Box<LinkageWhere>>,
    /// How many there are.
    count: MaybeUndefined<IntFilter>,
}

impl Clause<Sides> for PartyLinkagesFilter {
    fn on(&self, sides: Sides) -> Result<Condition> {
        let Self { r#as, r#where, some, none, every, count } = self.clone();
        let side = operand("as", &r#as)?.copied();
        Related { r#where, some, none, every, count }.of(sides.on(side).edge(), Condition::always())
    }
}
