//! A client that writes and reads bytes: floods, stops reading, or reads slowly.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use socket2::{Domain, Socket, Type};

use super::Node;

/// A request that becomes a WebSocket.
pub(super) const UPGRADE: &[u8] =
    b"GET /graphql/ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
    sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    sec-websocket-protocol: graphql-transport-ws\r\n\r\n";

pub(super) const INIT: &str = "{\"type\":\"connection_init\"}";

/// A frame of a client: its first byte is that of RFC 6455, its mask is nought.
pub(super) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        short @ 0..=125 => frame.push(0x80 | u8::try_from(short).unwrap()),
        long => {
            frame.push(0x80 | 0x7e);
            frame.extend(u16::try_from(long).unwrap().to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

pub(super) fn text(message: &str) -> Vec<u8> {
    frame(0x81, message.as_bytes())
}

/// The same of a message that has more than 64 KB.
pub(super) fn long_text(message: &str) -> Vec<u8> {
    let length = (message.len() as u64).to_be_bytes();
    [&[0x81, 0xff], &length[..], &[0; 4], message.as_bytes()].concat()
}

/// Connects from 127.0.0.`host`, with room for so many bytes that were not read.
pub(super) fn connect(node: &Node, host: u8, room: Option<usize>) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    if let Some(room) = room {
        socket.set_recv_buffer_size(room).unwrap();
    }
    socket.bind(&SocketAddr::from(([127, 0, 0, host], 0)).into()).unwrap();
    socket.connect(&node.address.into()).unwrap();
    let stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

/// A WebSocket that has introduced itself.
pub(super) fn socket(node: &Node, host: u8) -> TcpStream {
    let mut stream = connect(node, host, None);
    stream.write_all(UPGRADE).unwrap();
    assert!(head(&mut stream).starts_with("HTTP/1.1 101 "));
    stream.write_all(&text(INIT)).unwrap();
    let mut acknowledged = [0; 27];
    stream.read_exact(&mut acknowledged).unwrap();
    assert_eq!(&acknowledged[2..], b"{\"type\":\"connection_ack\"}");
    stream
}

/// Reads the head of a response, and no more.
pub(super) fn head(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Sends more and more, and reads a byte now and then if it does at all; whether it was cut off, and how much it sent.
pub(super) fn flood(
    mut stream: TcpStream,
    more: impl Fn(u64) -> Vec<u8>,
    reads: bool,
    at_most: Duration,
) -> (bool, u64) {
    stream.set_nonblocking(true).unwrap();
    let (mut sent, mut number, began) = (0, 0, Instant::now());
    let mut waiting = Vec::new();
    while began.elapsed() < at_most {
        while waiting.len() < 64 << 10 {
            waiting.extend(more(number));
            number += 1;
        }
        match stream.write(&waiting) {
            Ok(bytes) => {
                sent += bytes as u64;
                waiting.drain(..bytes);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                std::thread::sleep(Duration::from_millis(50));
                if reads && matches!(stream.read(&mut [0]), Ok(0)) {
                    return (true, sent);
                }
            }
            Err(_) => return (true, sent),
        }
    }
    (false, sent)
}

/// Reads a number of bytes per interval, until it has enough or the connection is closed.
pub(super) fn read_slowly(
    stream: &mut TcpStream,
    bytes: usize,
    every: Duration,
    is_all: impl Fn(&[u8]) -> bool,
) -> Vec<u8> {
    let (mut all, mut part) = (Vec::new(), vec![0; bytes]);
    while !is_all(&all) {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(read) => all.extend(&part[..read]),
        }
        std::thread::sleep(every);
    }
    all
}
