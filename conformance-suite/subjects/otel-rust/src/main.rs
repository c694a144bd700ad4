//! EDP/1 driver (docs/driver-protocol.md) for the OpenTelemetry SDK of Rust with its OTLP/HTTP exporter.
//!
//! A process serves one session, as the SDK reads its settings from the environment of the process.

mod logs;
mod pipeline;
mod spans;

use pipeline::Pipeline;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, Write};
use std::os::fd::FromRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, OnceLock};

/// What a command can end with beside its answer.
pub enum Failed {
    Unsupported(String),
    Config(String),
    Driver(String),
}

static PROTOCOL: OnceLock<Mutex<File>> = OnceLock::new();

pub fn send(message: &Value) {
    if let Some(protocol) = PROTOCOL.get() {
        let line = format!("{message}\n");
        let _ = protocol
            .lock()
            .unwrap_or_else(|e| e.into_inner())
            .write_all(line.as_bytes());
    }
}

fn hello() -> Value {
    json!({
        "protocol": 1,
        "subject": {"name": "otel-rust", "version": env!("OTLP_VERSION"), "language": "Rust"},
        "driver": {"name": "otel-rust", "version": "1"},
        "runtime": {"name": "Rust", "version": env!("CARGO_PKG_RUST_VERSION")},
        "capabilities": {
            "destinations": ["otlp-http-protobuf"],
            "pipeline": ["batch", "direct"],
            "ids": "own",
            "times": "given",
            "sessions": "one",
            "ops": ["export", "flush", "shutdown", "exit"],
            "config": pipeline::keys(),
            "spans": spans::FEATURES,
            "signals": ["log"],
            // opentelemetry-otlp, RetryPolicy::recommended: three retries.
            "retry": {"base_ms": 100, "factor": 2, "jitter_ms": 100, "cap_ms": 1600, "retryable": [429, 502, 503, 504]},
        },
    })
}

fn run(command: &Value, session: &mut Option<Pipeline>) -> Result<Value, Failed> {
    let op = command["op"].as_str().unwrap_or_default();
    match (op, session) {
        ("hello", _) => Ok(hello()),
        ("open", Some(_)) => Err(Failed::Unsupported("one session for each process".into())),
        ("open", session) => {
            let (opened, answer) = Pipeline::open(command)?;
            *session = Some(opened);
            Ok(answer)
        }
        ("emit", Some(pipeline)) => pipeline.emit(command),
        ("export", Some(pipeline)) => pipeline.export(command),
        ("flush", Some(pipeline)) => pipeline.flush(),
        ("shutdown", Some(pipeline)) => Ok(pipeline.shutdown(command["timeout_ms"].as_u64().unwrap_or(30_000))),
        ("close", _) => Ok(json!({})),
        _ => Err(Failed::Unsupported(format!("unknown op {op}"))),
    }
}

fn answer(command: &Value, session: &mut Option<Pipeline>) -> Value {
    let error =
        |kind: &str, name: &str, message: String| json!({"error": {"kind": kind, "type": name, "message": message}});
    match catch_unwind(AssertUnwindSafe(|| run(command, session))) {
        Ok(Ok(ok)) => json!({"ok": ok}),
        Ok(Err(Failed::Unsupported(reason))) => json!({"unsupported": {"reason": reason}}),
        Ok(Err(Failed::Config(message))) => error("config", "ExporterBuildError", message),
        Ok(Err(Failed::Driver(message))) => error("driver", "String", message),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|s| s.to_string()));
            error("subject", "panic", text.unwrap_or_default())
        }
    }
}

fn main() {
    // The protocol owns file descriptor 1; whatever else prints goes to stderr.
    // SAFETY: both descriptors are open, and the copy is owned by the file alone.
    let protocol = unsafe {
        let copy = File::from_raw_fd(libc::dup(1));
        libc::dup2(2, 1);
        copy
    };
    PROTOCOL.get_or_init(|| Mutex::new(protocol));
    logs::to_events();
    let mut session = None;
    for line in std::io::stdin().lock().lines() {
        let command: Value = serde_json::from_str(&line.expect("readable")).expect("a command");
        if command["op"] == "exit" {
            match command["how"].as_str() {
                Some("throw") => panic!("the application fails"),
                Some("exit0") => std::process::exit(0),
                _ => return,
            }
        }
        let mut message = answer(&command, &mut session);
        message["id"] = command["id"].clone();
        send(&message);
    }
    std::process::exit(0);
}
