pub const INVARIANTS: &[(&str, &str)] = &[];
