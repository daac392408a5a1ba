//! Parses the parts of a database URL by RFC 3986, and more strictly: text that could be a badly escaped password is
//! refused.

use std::net::{IpAddr, Ipv6Addr};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::UrlError;

/// The parts of a URL.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) shown: String,
    pub(super) plain: String,
    /// Passwords in all spellings; the first is the one to use.
    pub(super) secrets: Vec<String>,
}

/// Parameters that are passed on to sqlx.
const PARAMETERS: [&str; 17] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

/// Parameters for other clients in URLs of hosting providers; they are ignored.
const IGNORED: [&str; 12] = [
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "fallback_application_name",
    "gssencmode",
    "keepalives",
    "keepalives_idle",
    "pgbouncer",
    "schema",
    "sslnegotiation",
    "sslpassword",
    "target_session_attrs",
];

const SSL_MODES: [&str; 6] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/// Parses the part after `postgres://`.
pub(super) fn postgres(rest: &str) -> Result<Parts, UrlError> {
    if rest.contains('#') {
        return Err(UrlError::Unescaped);
    }
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, name) = address.split_once('/').unwrap_or((address, ""));
    if name.contains(['/', '@']) {
        return Err(UrlError::Unescaped);
    }
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (user, password) = match user.split_once(':') {
        Some((user, password)) => (user, Some(password)),
        None => (user, None),
    };
    let mut parts = Parts::default();
    let host = host_and_port(host)?;
    let (user, name) = (encoded(user)?, encoded(name)?);
    let at = if user.is_empty() { "" } else { "@" };
    parts.shown = format!("postgres://{user}{at}{host}/{name}");
    parts.plain.clone_from(&parts.shown);
    if let Some(password) = password {
        parts.hide(password, decoded(password)?);
    }
    let mut parameters = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or(UrlError::Parameter)?;
        let (key, written) = (decoded(key)?, value);
        let value = decoded(&value.replace('+', " "))?;
        if key == "password" {
            // The last one counts, as in the library.
            parts.hide(written, value);
        } else if PARAMETERS.contains(&key.as_str()) || is_option(&key) {
            demand(&key, &value)?;
            parameters.push(format!("{key}={}", utf8_percent_encode(&value, NON_ALPHANUMERIC)));
        } else if !IGNORED.contains(&key.as_str()) {
            return Err(UrlError::Parameter);
        }
    }
    if !parameters.is_empty() {
        parts.plain = format!("{}?{}", parts.shown, parameters.join("&"));
    }
    Ok(parts)
}

/// Parses the part after `sqlite://`.
pub(super) fn sqlite(rest: &str) -> Result<Parts, UrlError> {
    let (file, query) = rest.split_once('?').unwrap_or((rest, ""));
    let looks_like_user = file.split_once('@').is_some_and(|(user, _)| user.contains(':'));
    if looks_like_user || query.contains('@') {
        return Err(UrlError::FileWithUser);
    }
    decoded(file)?;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=').ok_or(UrlError::Parameter)? {
            ("mode", "ro" | "rw" | "rwc" | "memory")
            | ("cache", "private" | "shared")
            | ("immutable", "true" | "1" | "false" | "0") => {}
            ("mode", _) => return Err(UrlError::Value("mode: ro, rw, rwc or memory")),
            ("cache", _) => return Err(UrlError::Value("cache: private or shared")),
            ("immutable", _) => return Err(UrlError::Value("immutable: true or false")),
            _ => return Err(UrlError::Parameter),
        }
    }
    Ok(Parts { shown: format!("sqlite://{file}"), plain: format!("sqlite://{rest}"), secrets: Vec::new() })
}

impl Parts {
    /// Keeps a password, both as written and decoded.
    fn hide(&mut self, written: &str, password: String) {
        let again = utf8_percent_encode(&password, NON_ALPHANUMERIC).to_string();
        self.secrets.splice(0..0, [password, written.to_owned(), again]);
    }
}

/// Checks host and port, and formats them for display and for libraries.
fn host_and_port(text: &str) -> Result<String, UrlError> {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']').ok_or(UrlError::Host)?;
        address.parse::<Ipv6Addr>().map_err(|_| UrlError::Host)?;
        (&text[..address.len() + 2], port)
    } else {
        let colon = text.find(':').unwrap_or(text.len());
        let (host, port) = text.split_at(colon);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'%');
        if !host.bytes().all(plain) {
            return Err(UrlError::Host);
        }
        decoded(host)?;
        (host, port)
    };
    match port.strip_prefix(':') {
        None if port.is_empty() => Ok(host.to_owned()),
        None => Err(UrlError::Host),
        // As the library reads it: the usual one.
        Some("") => Ok(host.to_owned()),
        Some(port) => {
            let number = port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.parse::<u16>().ok());
            let number = number.flatten().filter(|number| *number > 0).ok_or(UrlError::Port)?;
            Ok(format!("{host}:{number}"))
        }
    }
}

/// Checks a parameter that the library would reject with a message that quotes it.
fn demand(key: &str, value: &str) -> Result<(), UrlError> {
    match key {
        "sslmode" | "ssl-mode" if !SSL_MODES.contains(&value) => {
            Err(UrlError::Value("sslmode: disable, allow, prefer, require, verify-ca or verify-full"))
        }
        "port" => value.parse::<u16>().map(drop).map_err(|_| UrlError::Port),
        "hostaddr" => {
            value.parse::<IpAddr>().map(drop).map_err(|_| UrlError::Value("hostaddr: an IP address"))
        }
        "statement-cache-capacity" => value
            .parse::<usize>()
            .map(drop)
            .map_err(|_| UrlError::Value("statement-cache-capacity: a number")),
        _ => Ok(()),
    }
}

/// Whether the key is `options[…]`, which sets a parameter of the server.
fn is_option(key: &str) -> bool {
    let name = key.strip_prefix("options[").and_then(|key| key.strip_suffix(']'));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'.'))
    })
}

/// Decodes a percent-encoded part.
fn decoded(part: &str) -> Result<String, UrlError> {
    let mut pieces = part.split('%');
    pieces.next();
    if pieces.any(|piece| piece.len() < 2 || !piece.bytes().take(2).all(|digit| digit.is_ascii_hexdigit())) {
        return Err(UrlError::Percent);
    }
    let text = percent_decode_str(part).decode_utf8().map_err(|_| UrlError::Text)?;
    if text.chars().any(char::is_control) { Err(UrlError::Control) } else { Ok(text.into_owned()) }
}

/// Percent-encodes all characters of a part that have a meaning in URLs.
fn encoded(part: &str) -> Result<String, UrlError> {
    const KEPT: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
    Ok(utf8_percent_encode(&decoded(part)?, KEPT).to_string())
}
