//! Views of personal data: the same tables with fewer visible rows, those whose attributes the viewer may read.
//!
//! An attribute is a column of a view, and never read with the row itself. So a value is not read for a viewer who may not
//! see it, and where a scope shows no row of a view, no statement names it.

use std::sync::{Arc, LazyLock};

use async_graphql::Context;
use entity::{officer, person, placement};
use uuid::Uuid;

use super::{GENDER, HOLDER, NAME, PARTICIPANT, PHONE, SCORE};
use crate::{
    access::{Scope, Use},
    graph::{
        Error, Result,
        filter::Condition,
        load::{Column, Field, Noun, One, Table},
        value::Value,
    },
    registry::{
        edges, officer as officer_of, placement as placement_of, reads,
        visibility::{by_relation, officer_by, person_by, placement_by},
    },
};

/// A view of personal data.
pub(in crate::registry) trait View: Noun {
    /// The edge from a row of the table to the same row of the view.
    fn edge() -> &'static One<Self>;
}

/// Declares views: the rows of an entity to which the viewer has one of the relations that may read the attribute, and the
/// columns that fields read of them.
macro_rules! views {
    ($($(#[$doc:meta])* $view:ident: $entity:ident, $by:ident, $personal:ident
        { $($field:literal: $column:ident;)* } $(=> $onward:expr)?;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug)]
        pub(in crate::registry) struct $view {
            pub(in crate::registry) row: Arc<$entity::Model>,
        }

        impl Noun for $view {
            type Entity = $entity::Entity;

            const NAME: &'static str = stringify!($view);

            fn table() -> &'static Table {
                static TABLE: LazyLock<Table> = LazyLock::new(Table::of::<$view>);
                &TABLE
            }

            $(fn planned_fields() -> &'static [Field] {
                static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| vec![Field::onward($onward)]);
                &FIELDS
            })?

            fn reads() -> Vec<(&'static str, Vec<Column>)> {
                reads! { $entity { $($field: $column;)* } }
            }

            fn visible(scope: &Scope) -> Condition {
                by_relation(scope, $personal.read.who.relations(), $by)
            }

            fn from_row(row: Arc<$entity::Model>) -> Self {
                Self { row }
            }
        }

        impl View for $view {
            fn edge() -> &'static One<Self> {
                static EDGE: LazyLock<One<$view>> = LazyLock::new(|| {
                    One::by(concat!("view ", stringify!($view)), $entity::Column::Id)
                });
                &EDGE
            }
        })*
    };
}

views! {
    /// Placements whose participant the viewer may know.
    Participant: placement, placement_by, PARTICIPANT { "Placement.person": PersonId; }
        => |_| Ok(placement_of::PERSON.ask().plain());

    /// Placements whose results the viewer may read.
    Results: placement, placement_by, SCORE {
        "Placement.attendanceDays": AttendanceDays;
        "Placement.score": ScoreMilli;
        "Placement.certificateNumber": CertificateNumber;
    };

    /// Offices whose holder the viewer may know.
    Holder: officer, officer_by, HOLDER { "Officer.person": PersonId; }
        => |_| Ok(officer_of::PERSON.ask().plain());

    /// People whose name the viewer may read.
    KnownName: person, person_by, NAME { "Person.name": Name; };

    /// People whose gender and education the viewer may read.
    Description: person, person_by, GENDER { "Person.gender": Gender; "Person.education": Education; };

    /// People whose telephone and e-mail the viewer may read.
    Contacts: person, person_by, PHONE { "Person.phone": Phone; "Person.email": Email; };
}

edges! {
    KNOWN: One<KnownName> = One::root("a person by its id");
}

/// The declaration of a field of the view `V` for the planner.
pub(in crate::registry) fn view<V: View>(field: &'static str) -> Field {
    Field::row(field, |_| Ok(V::edge().ask().plain()))
}

/// The value of a row of a view: null with `FORBIDDEN` for a viewer who may not read it.
pub(in crate::registry) async fn read<V: View, T>(
    ctx: &Context<'_>,
    key: Uuid,
    value: impl FnOnce(&V) -> Option<T>,
) -> Option<Result<T>> {
    match V::edge().ask().row(ctx, key).await {
        Ok(Some(row)) => value(&row).map(Ok),
        Ok(None) => Some(Err(Error::Forbidden(Use::Read.refusal()))),
        Err(error) => Some(Err(error)),
    }
}

/// Whether the viewer may know that there is a person with this key.
///
/// # Errors
/// `INTERNAL` when the database fails.
pub(in crate::registry) async fn is_known(ctx: &Context<'_>, key: Value) -> Result<bool> {
    Ok(KNOWN.ask().row(ctx, key).await?.is_some())
}
