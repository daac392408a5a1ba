//! The linkages of a party, on one side or on both.

use std::sync::LazyLock;

use async_graphql::InputObject;
use entity::{linkage::Column, vocabulary::LinkageSide};

use super::{BusinessLinkage, LinkageWhere};
use crate::graph::{
    Result,
    filter::{Expression, fitting},
    load::Many,
};

type Linkages = &'static LazyLock<Many<BusinessLinkage>>;

/// Edges to the linkages of a party, by side.
pub(in crate::registry) struct Sides {
    pub(in crate::registry) sales: Linkages,
    pub(in crate::registry) purchases: Linkages,
    pub(in crate::registry) both: Linkages,
}

/// Selects the linkages of a party that a sort field counts.
#[derive(Clone, Debug, InputObject)]
pub struct LinkageSelectionInput {
    /// Only linkages on this side; both sides when absent.
    r#as: Option<LinkageSide>,
    /// Only linkages that match.
    r#where: Option<LinkageWhere>,
}

impl Sides {
    /// The edge for one side, or for both.
    pub(in crate::registry) fn on(&self, side: Option<LinkageSide>) -> Linkages {
        match side {
            Some(LinkageSide::Supplier) => self.sales,
            Some(LinkageSide::Buyer) => self.purchases,
            None => self.both,
        }
    }

    /// Counts the selected linkages.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand.
    pub(in crate::registry) fn count(&self, chosen: Option<&LinkageSelectionInput>) -> Result<Expression> {
        Expression::count(self.chosen(chosen), chosen.and_then(|chosen| chosen.r#where.as_ref()))
    }

    /// Sums the yearly value of the selected linkages, in two halves.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a null operand.
    pub(in crate::registry) fn annual_value(
        &self,
        chosen: Option<&LinkageSelectionInput>,
    ) -> Result<Vec<Expression>> {
        let only = chosen.and_then(|chosen| chosen.r#where.as_ref());
        Ok(Expression::sum(self.chosen(chosen), fitting(only)?, Column::AnnualValue))
    }

    fn chosen(&self, chosen: Option<&LinkageSelectionInput>) -> Linkages {
        self.on(chosen.and_then(|chosen| chosen.r#as))
    }
}
