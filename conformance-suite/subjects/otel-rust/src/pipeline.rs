//! The SDK as applications set it up, or the bare exporter with spans that the SDK has finished.

use crate::Failed;
use crate::spans::{self, Said};
use futures_executor::block_on;
use opentelemetry::Context;
use opentelemetry_otlp::SpanExporter as OtlpExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SdkTracerProvider, Span, SpanData, SpanExporter, SpanProcessor};
use serde_json::{Map, Value, json};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The SDK has an option for these, but no variable.
const EVENT_LIMIT: &str = "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT";
const LINK_LIMIT: &str = "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT";
const OTHERS: [&str; 13] = [
    // Meant for gRPC; must have no effect here.
    "OTEL_EXPORTER_OTLP_INSECURE",
    "OTEL_BSP_SCHEDULE_DELAY",
    "OTEL_BSP_MAX_QUEUE_SIZE",
    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
    "OTEL_BSP_EXPORT_TIMEOUT",
    "OTEL_SERVICE_NAME",
    "OTEL_RESOURCE_ATTRIBUTES",
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_SPAN_EVENT_COUNT_LIMIT",
    "OTEL_SPAN_LINK_COUNT_LIMIT",
    "OTEL_TRACES_SAMPLER",
    "OTEL_TRACES_SAMPLER_ARG",
    "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
];

pub fn keys() -> Vec<String> {
    let own = ["pipeline", EVENT_LIMIT, LINK_LIMIT]
        .into_iter()
        .chain(OTHERS)
        .map(String::from);
    let options = ["ENDPOINT", "HEADERS", "TIMEOUT", "COMPRESSION"];
    let signal = options
        .iter()
        .map(|option| format!("OTEL_EXPORTER_OTLP_TRACES_{option}"));
    own.chain(options.iter().map(|option| format!("OTEL_EXPORTER_OTLP_{option}")))
        .chain(signal)
        .collect()
}

/// Keeps what the SDK has finished.
#[derive(Clone, Debug, Default)]
struct Collector(Arc<Mutex<Vec<SpanData>>>);

impl SpanProcessor for Collector {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        self.0.lock().expect("no panic").push(span);
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

pub struct Pipeline {
    /// Only of a direct pipeline; in the other one the processor owns it.
    exporter: Option<OtlpExporter>,
    finished: Collector,
    provider: SdkTracerProvider,
}

impl Pipeline {
    pub fn open(command: &Value) -> Result<(Pipeline, Value), Failed> {
        let (destination, empty) = (&command["destination"], Map::new());
        if destination["type"] != "otlp-http-protobuf" {
            return Err(Failed::Unsupported(format!("destination {}", destination["type"])));
        }
        let config = command["config"].as_object().unwrap_or(&empty);
        let endpoint = destination["endpoint"].as_str().unwrap_or_default();
        let given = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
            .iter()
            .any(|key| config.contains_key(*key));
        if !endpoint.is_empty() && !given {
            set_variable("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        }
        let (applied, ignored): (Vec<&String>, Vec<&String>) = config.keys().partition(|key| keys().contains(key));
        for key in applied.iter().filter(|key| key.starts_with("OTEL_")) {
            if let Some(text) = config[*key].as_str() {
                set_variable(key, text);
            }
        }
        let mut exporter = OtlpExporter::builder()
            .with_http()
            .build()
            .map_err(|e| Failed::Config(e.to_string()))?;
        let mut builder = SdkTracerProvider::builder();
        if !config.contains_key("OTEL_TRACES_SAMPLER") {
            builder = builder.with_sampler(Said);
        }
        if let Some(limit) = limit(config, EVENT_LIMIT) {
            builder = builder.with_max_attributes_per_event(limit);
        }
        if let Some(limit) = limit(config, LINK_LIMIT) {
            builder = builder.with_max_attributes_per_link(limit);
        }
        let finished = Collector::default();
        let pipeline = if config.get("pipeline").is_some_and(|name| name == "direct") {
            exporter.set_resource(&Resource::builder().build());
            let provider = builder.with_span_processor(finished.clone()).build();
            Pipeline {
                exporter: Some(exporter),
                finished,
                provider,
            }
        } else {
            Pipeline {
                exporter: None,
                finished,
                provider: builder.with_batch_exporter(exporter).build(),
            }
        };
        Ok((pipeline, json!({"applied": applied, "ignored": ignored})))
    }

    pub fn emit(&self, command: &Value) -> Result<Value, Failed> {
        let concurrency = &command["concurrency"];
        let threads = concurrency["threads"].as_u64().unwrap_or(1) as usize;
        let repeat = concurrency["repeat"].as_u64().unwrap_or(1) as usize;
        let (specs, start, begun) = (spans::specs(command), Barrier::new(threads), Instant::now());
        let all: Vec<Result<spans::Made, String>> = thread::scope(|scope| {
            let work = || {
                start.wait();
                (0..repeat)
                    .map(|_| spans::make(&self.provider, &specs))
                    .collect::<Vec<_>>()
            };
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running
                .into_iter()
                .flat_map(|thread| thread.join().expect("no panic"))
                .collect()
        });
        let (mut refs, mut longest) = (Map::new(), Duration::ZERO);
        for (n, made) in all.into_iter().enumerate() {
            let made = made.map_err(Failed::Driver)?;
            longest = longest.max(made.longest_end);
            for (name, ids) in made.refs {
                refs.insert(
                    if concurrency.is_null() {
                        name
                    } else {
                        format!("{name}#{n}")
                    },
                    ids,
                );
            }
        }
        Ok(
            json!({"accepted": refs.len(), "refs": refs, "caller_max_ns": longest.as_nanos().to_string(),
            "caller_total_ns": begun.elapsed().as_nanos().to_string()}),
        )
    }

    pub fn export(&self, command: &Value) -> Result<Value, Failed> {
        let exporter = self
            .exporter
            .as_ref()
            .ok_or(Failed::Driver("export needs pipeline direct".into()))?;
        let made = spans::make(&self.provider, &spans::specs(command)).map_err(Failed::Driver)?;
        let batch = std::mem::take(&mut *self.finished.0.lock().expect("no panic"));
        let mut answer = result_of(block_on(exporter.export(batch)));
        answer["refs"] = Value::Object(made.refs);
        Ok(answer)
    }

    pub fn flush(&self) -> Result<Value, Failed> {
        Ok(result_of(match &self.exporter {
            Some(exporter) => exporter.force_flush(),
            None => self.provider.force_flush(),
        }))
    }

    pub fn shutdown(&self, millis: u64) -> Value {
        let timeout = Duration::from_millis(millis);
        result_of(match &self.exporter {
            Some(exporter) => exporter.shutdown_with_timeout(timeout),
            None => self.provider.shutdown_with_timeout(timeout),
        })
    }
}

fn set_variable(key: &str, value: &str) {
    // SAFETY: no other thread of this process runs before the SDK is built.
    unsafe { std::env::set_var(key, value) }
}

fn limit(config: &Map<String, Value>, key: &str) -> Option<u32> {
    config.get(key)?.as_str()?.parse().ok()
}

fn result_of(result: OTelSdkResult) -> Value {
    match result {
        Ok(()) => json!({"result": "success"}),
        Err(error @ OTelSdkError::Timeout(_)) => json!({"result": "timeout", "error": error.to_string()}),
        Err(error) => json!({"result": "failure", "error": error.to_string()}),
    }
}
