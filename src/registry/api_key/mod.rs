//! API keys, by which programs identify themselves. Only administrators see them.

mod mutation;

use async_graphql::{Context, Enum, ID, Object};
use entity::api_key::Column;

pub use self::mutation::ApiKeyMutation;
use super::{edges, noun, viewer::demand_admin};
use crate::{
    conditions,
    graph::{
        Result,
        filter::{DateTimeFilter, StringFilter, Text},
        id,
        load::{Many, Noun, One},
        order::Order,
        page::{Connection, List},
        scalar::DateTime,
        value::Value,
    },
    order_fields,
};

noun! { ApiKey: api_key }

edges! {
    BY_ID: One<ApiKey> = One::root("apiKey");
    API_KEYS: Many<ApiKey> = Many::root("apiKeys");
}

/// An API key, without the key itself, of which the registry keeps a hash [kunci API].
#[Object]
impl ApiKey {
    /// Global id.
    pub async fn id(&self) -> ID {
        id::encode(Self::NAME, &self.row.id.into())
    }

    /// Whom the key identifies; access grants name the same subject [subjek].
    async fn subject(&self) -> &str {
        &self.row.subject
    }

    /// What the key is for [kegunaan].
    async fn name(&self) -> Option<&str> {
        self.row.name.as_deref()
    }

    /// Time at which it was created.
    async fn created_at(&self) -> DateTime {
        DateTime::from_micros(self.row.created_at)
    }

    /// Subject of the administrator who created it, or `operator` for the command line.
    async fn created_by(&self) -> Option<&str> {
        self.row.created_by.as_deref()
    }

    /// Time at which it expires; null for never.
    async fn expires_at(&self) -> Option<DateTime> {
        self.row.expires_at.map(DateTime::from_micros)
    }

    /// Time at which it was revoked; null for a key that was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.row.revoked_at.map(DateTime::from_micros)
    }

    /// Subject of the administrator who revoked it, or `operator`.
    async fn revoked_by(&self) -> Option<&str> {
        self.row.revoked_by.as_deref()
    }

    /// Time at which it was used for the last time, a minute ago or before; null for a key that was never used. A use is left out
    /// while that of another key is written.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.row.last_used_at.map(DateTime::from_micros)
    }
}

conditions! {
    /// Conditions on API keys; all must hold.
    ApiKeyWhere of ApiKey, "ApiKeysFilter" {
        /// Whom the key identifies [subjek].
        subject: StringFilter = Text::exact(Column::Subject),
        /// Time at which it was created.
        created_at: DateTimeFilter = Column::CreatedAt,
        /// Time at which it expires.
        expires_at: DateTimeFilter = Column::ExpiresAt,
        /// Time at which it was revoked.
        revoked_at: DateTimeFilter = Column::RevokedAt,
        /// Time at which it was used for the last time.
        last_used_at: DateTimeFilter = Column::LastUsedAt,
    }
}

/// Sort fields of API keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ApiKeyOrderField {
    /// Whom the key identifies [subjek].
    Subject,
    /// Time at which it was created.
    CreatedAt,
    /// Time at which it was used for the last time.
    LastUsedAt,
}

order_fields! {
    ApiKeyOrderField: "ApiKeyOrder", api_key {
        Subject => Subject,
        CreatedAt => CreatedAt,
        LastUsedAt => LastUsedAt,
    }
}

/// One sort term of API keys.
pub type ApiKeyOrder = Order<ApiKeyOrderField>;

/// Root field of API keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct ApiKeyQuery;

#[Object]
impl ApiKeyQuery {
    /// All API keys, revoked and expired ones too; `FORBIDDEN` unless the caller has the role `ADMIN` [kunci API].
    async fn api_keys(
        &self,
        ctx: &Context<'_>,
        r#where: Option<ApiKeyWhere>,
        order_by: Option<Vec<ApiKeyOrder>>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Connection<ApiKey>> {
        let list = List::new(r#where, order_by, (first, after, last, before));
        let page = API_KEYS.ask(list)?;
        demand_admin(ctx)?;
        page.page(ctx, Value::Null).await
    }
}
