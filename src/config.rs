//! What an operator may set: flags over `SIMPUL_*` over `simpul.toml` over defaults.
