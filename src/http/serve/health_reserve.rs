//! Reserved connections beyond the limit: a full node still answers health checks, and all other requests with 503.

use std::{io, time::Duration};

use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};

/// How many there are. The rules of the connection table apply to them, too.
pub(super) const CONNECTIONS: usize = 64;

/// How long the first line of a request may take.
pub(super) const HEAD: Duration = Duration::from_secs(1);

/// How long such a connection may last. Readiness itself may take 3 s.
pub(super) const WHOLE: Duration = Duration::from_secs(5);

/// The response of a full node.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

const HEALTH: [&[u8]; 4] = [b"GET /livez", b"GET /readyz", b"HEAD /livez", b"HEAD /readyz"];

/// The length of the longest of [`HEALTH`] with the end of its path.
const LINE: usize = 13;

/// Whether the connection requests a health route. The stream is only peeked.
pub(super) async fn asks_for_health(stream: &TcpStream) -> bool {
    timeout(HEAD, begins_with_health(stream)).await.is_ok_and(|asks| asks.unwrap_or(false))
}

async fn begins_with_health(stream: &TcpStream) -> io::Result<bool> {
    let mut line = [0; LINE];
    loop {
        let known = stream.peek(&mut line).await?;
        match is_health(&line[..known]) {
            Some(is) => return Ok(is),
            None if known == 0 => return Ok(false),
            // Peeked bytes keep the stream readable, so waiting for readiness would not wait.
            None => sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Whether a request line is of a health route; `None` if it is too short to tell.
fn is_health(line: &[u8]) -> Option<bool> {
    let ends = |route: &&[u8]| line.get(route.len()).is_some_and(|next| matches!(next, b' ' | b'?'));
    if HEALTH.iter().any(|route| line.starts_with(route) && ends(route)) {
        return Some(true);
    }
    if HEALTH.iter().any(|route| route.starts_with(line) || line == *route) { None } else { Some(false) }
}

/// Answers with 503.
pub(super) fn refuse(stream: &TcpStream) {
    // Unread bytes would make the system reset the connection and discard the response.
    let mut read = [0; 4096];
    for _ in 0..16 {
        if !matches!(stream.try_read(&mut read), Ok(1..)) {
            break;
        }
    }
    // It fits into the socket's buffer, or is dropped.
    let _ = stream.try_write(FULL);
}

#[cfg(test)]
mod tests {
    use super::is_health;

    #[test]
    fn only_the_two_routes_of_health_are_answered_beyond_the_cap() {
        for line in ["GET /livez HTTP", "GET /readyz ", "HEAD /livez ?", "HEAD /readyz ", "GET /readyz?x"] {
            assert_eq!(is_health(line.as_bytes()), Some(true), "{line}");
        }
        for line in
            ["GET / HTTP/1.1", "POST /graphql", "GET /livezz ", "get /livez ", "GET /metrics", "\x16\x03\x01"]
        {
            assert_eq!(is_health(line.as_bytes()), Some(false), "{line}");
        }
        for line in ["", "G", "GET /", "GET /live", "GET /livez", "HEAD /readyz"] {
            assert_eq!(is_health(line.as_bytes()), None, "{line}");
        }
    }
}
