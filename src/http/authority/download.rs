//! Downloads the keys of an issuer: by HTTPS, or by HTTP from this machine.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::body::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Request, StatusCode, Uri, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

/// The most bytes of a set of keys.
pub(super) const MOST_BYTES: usize = 64 << 10;

/// How long a download may take.
const TIME: Duration = Duration::from_secs(5);

/// An address that keys are downloaded from.
#[derive(Clone, Debug)]
pub(super) struct Address {
    uri: Uri,
    host: String,
    is_secure: bool,
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

impl Address {
    /// An address of HTTPS; of HTTP only where it is on this machine.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let uri: Uri = text.parse().map_err(|_| format!("`{text}` is not a URL"))?;
        let host = uri.host().ok_or_else(|| format!("`{text}` has no host"))?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err("the address of an issuer's keys has no user and no password".to_owned());
        }
        let is_here =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        match uri.scheme_str() {
            Some("https") => Ok(Self { uri, host, is_secure: true }),
            Some("http") if is_here => Ok(Self { uri, host, is_secure: false }),
            _ => Err(format!("`{text}` is not an address of https")),
        }
    }

    /// Downloads the content. Redirections are not followed.
    pub(super) async fn download(&self) -> Result<Bytes, Failed> {
        timeout(TIME, self.fetch()).await.unwrap_or_else(|_| Err("it took too long".into()))
    }

    async fn fetch(&self) -> Result<Bytes, Failed> {
        let port = self.uri.port_u16().unwrap_or(if self.is_secure { 443 } else { 80 });
        let stream = TcpStream::connect((self.host.as_str(), port)).await?;
        if !self.is_secure {
            return self.exchange(stream).await;
        }
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(self.host.clone())?;
        self.exchange(TlsConnector::from(Arc::new(config)).connect(name, stream).await?).await
    }

    async fn exchange(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    ) -> Result<Bytes, Failed> {
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let driven = tokio::spawn(connection);
        let path = self.uri.path_and_query().map_or("/", |path| path.as_str());
        let authority = self.uri.authority().map_or(self.host.as_str(), |authority| authority.as_str());
        let request = Request::get(path)
            .header(header::HOST, authority)
            .header(header::ACCEPT, "application/json")
            .body(Empty::<Bytes>::new())?;
        let response = sender.send_request(request).await?;
        if response.status() != StatusCode::OK {
            return Err(format!("it answered {}", response.status()).into());
        }
        let body = Limited::new(response.into_body(), MOST_BYTES).collect().await?.to_bytes();
        driven.abort();
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn keys_come_by_https_or_from_this_machine() {
        for text in
            ["https://sso.example/certs", "http://127.0.0.1:8080/certs", "http://[::1]/", "http://localhost/"]
        {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
        for text in [
            "http://sso.example/certs",
            "http://10.0.0.1/",
            "ftp://sso.example/",
            "sso.example",
            "https:///x",
            "",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
