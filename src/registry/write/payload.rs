//! Payloads of verbs: the record that a verb left, and what the caller can mend.

/// Declares the payload of a noun's verbs, and `payload`, which executes a verb for it.
macro_rules! payload {
    ($(#[$of:meta])* $payload:ident { $(#[$row:meta])* $field:ident: $noun:ty = $by:expr $(, $admits:path)? }) => {
        $(#[$of])*
        #[derive(Clone, Debug)]
        pub(in crate::registry) struct $payload($crate::registry::write::Performed);

        $(#[$of])*
        #[async_graphql::Object]
        impl $payload {
            $(#[$row])*
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> Option<$crate::graph::Result<$crate::graph::inline::Inline<$noun>>> {
                $(
                    // A replay may come from one who may not see it any more.
                    if let Err(error) = $admits(ctx) {
                        return self.0.key.map(|_| Err(error));
                    }
                )?
                $by.ask().object(ctx, self.0.key?).await
            }

            /// Errors that the caller can mend; nothing was changed if there are any [kesalahan masukan].
            async fn user_errors(&self) -> $crate::graph::inline::Items<$crate::registry::write::UserError> {
                $crate::graph::inline::Items(self.0.errors.clone())
            }

            /// Whether the same request was executed before, with this idempotency key: the record is shown as it is now.
            async fn replayed(&self) -> bool {
                self.0.replayed
            }
        }

        $crate::graph::inline::inline_object! { $payload }

        /// Executes a verb.
        async fn payload(
            ctx: &async_graphql::Context<'_>,
            act: impl $crate::registry::write::Act,
            key: &str,
        ) -> Option<$crate::graph::Result<$crate::graph::inline::Inline<$payload>>> {
            let performed = $crate::registry::write::perform(ctx, act, key).await;
            Some(performed.map(|performed| $crate::graph::inline::Inline($payload(performed))))
        }
    };
}

pub(in crate::registry) use payload;
