//! Loads rows into PostgreSQL by COPY in text format.

use std::io::Write;

use sea_orm::{Value, sqlx::PgConnection};

use super::{BulkError, Table};

pub(super) async fn write(
    session: &mut PgConnection,
    table: &Table,
    values: &[Value],
) -> Result<(), BulkError> {
    let lines = encode(table, values)?;
    let columns = table.columns.join("\", \"");
    let statement = format!("COPY \"{}\" (\"{columns}\") FROM STDIN", table.name);
    send(session, &statement, &lines).await.map_err(|cause| BulkError::Table { table: table.name, cause })
}

async fn send(session: &mut PgConnection, statement: &str, lines: &[u8]) -> Result<(), sea_orm::SqlxError> {
    let mut copy = session.copy_in_raw(statement).await?;
    copy.send(lines).await?;
    copy.finish().await?;
    Ok(())
}

fn encode(table: &Table, values: &[Value]) -> Result<Vec<u8>, BulkError> {
    let mut lines = Vec::with_capacity(values.len() * 16);
    for row in values.chunks_exact(table.columns.len()) {
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                lines.push(b'\t');
            }
            field(&mut lines, value)
                .ok_or(BulkError::Type { table: table.name, column: table.columns[index] })?;
        }
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Writes one field; returns `None` for a type that no column of the registry has.
fn field(line: &mut Vec<u8>, value: &Value) -> Option<()> {
    match value {
        Value::Bool(Some(flag)) => line.push(if *flag { b't' } else { b'f' }),
        Value::Int(Some(number)) => write!(line, "{number}").ok()?,
        Value::BigInt(Some(number)) => write!(line, "{number}").ok()?,
        Value::String(Some(text)) => escape(line, text),
        Value::Uuid(Some(id)) => write!(line, "{id}").ok()?,
        Value::ChronoDate(Some(day)) => write!(line, "{day}").ok()?,
        Value::Json(Some(json)) => escape(line, &json.to_string()),
        Value::Bool(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::String(None)
        | Value::Uuid(None)
        | Value::ChronoDate(None)
        | Value::Json(None) => line.extend_from_slice(b"\\N"),
        _ => return None,
    }
    Some(())
}

fn escape(line: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'\\' => line.extend_from_slice(b"\\\\"),
            b'\t' => line.extend_from_slice(b"\\t"),
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            _ => line.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Value;

    use super::field;

    fn text(value: &Value) -> String {
        let mut line = Vec::new();
        assert!(field(&mut line, value).is_some());
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn field_delimiters_are_escaped() {
        assert_eq!(text(&Value::from("a\tb\\c\r\nd\\N")), r"a\tb\\c\r\nd\\N");
        assert_eq!(text(&Value::from("Wajō 😀")), "Wajō 😀");
    }

    #[test]
    fn null_is_not_the_empty_text() {
        assert_eq!(text(&Value::String(None)), r"\N");
        assert_eq!(text(&Value::from("")), "");
        assert_eq!(text(&Value::Bool(Some(true))), "t");
        assert_eq!(text(&Value::from(serde_json::json!(["a\"b\n"]))), r#"["a\\"b\\n"]"#);
    }

    #[test]
    fn an_unknown_type_is_refused() {
        assert!(field(&mut Vec::new(), &Value::Double(Some(1.5))).is_none());
    }
}
