//! Makes the spans of a command through the OpenTelemetry API.

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{
    Link, SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceFlags, TraceId, TraceState, Tracer,
    TracerProvider,
};
use opentelemetry::{Array, Context, InstrumentationScope, KeyValue};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SamplingDecision, SamplingResult, SdkTracerProvider, ShouldSample};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::HashMap;
use std::str::FromStr;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The API has neither bytes nor maps, and a string is always valid Unicode.
pub const FEATURES: [&str; 16] = [
    "attributes",
    "events",
    "links",
    "status",
    "kind",
    "scope",
    "scope-attributes",
    "int64",
    "nan",
    "remote-parent",
    "trace-state",
    "not-sampled",
    "never-ended",
    "end-twice",
    "end-order",
    "concurrency",
];

/// Ids by ref, and the longest time that one end of a span took.
pub struct Made {
    pub refs: Map<String, Value>,
    pub longest_end: Duration,
}

thread_local!(static SPEC: RefCell<Value> = const { RefCell::new(Value::Null) });

/// Decides what the case says of the span that this thread starts, and otherwise as the SDK's own default.
#[derive(Clone, Debug)]
pub struct Said;

impl ShouldSample for Said {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        id: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let default = Sampler::ParentBased(Box::new(Sampler::AlwaysOn));
        let mut result = default.should_sample(parent, id, name, kind, attributes, links);
        SPEC.with_borrow(|spec| {
            if spec["sampled"] == false {
                result.decision = SamplingDecision::Drop;
            }
            if let Some(state) = spec["trace_state"].as_str() {
                result.trace_state = TraceState::from_str(state).unwrap_or_default();
            }
        });
        result
    }
}

/// The list of spans, also where a `gen` stands for them.
pub fn specs(command: &Value) -> Vec<Value> {
    let Some(r#gen) = command.get("gen") else {
        return command["spans"].as_array().cloned().unwrap_or_default();
    };
    let made = |n| {
        let mut spec = r#gen["template"].clone();
        spec["ref"] = json!(format!("{}-{n}", spec["ref"].as_str().unwrap_or_default()));
        if let Some(pad) = r#gen.get("pad") {
            let text = "x".repeat(pad["chars"].as_u64().unwrap_or(0) as usize);
            let padding = json!({"key": pad["key"], "value": {"stringValue": text}});
            match spec["attributes"].as_array_mut() {
                Some(attributes) => attributes.push(padding),
                None => spec["attributes"] = json!([padding]),
            }
        }
        spec
    };
    (0..r#gen["count"].as_u64().unwrap_or(0)).map(made).collect()
}

pub fn make(provider: &SdkTracerProvider, specs: &[Value]) -> Result<Made, String> {
    let mut spans: HashMap<String, Context> = HashMap::new();
    for spec in specs {
        let span = start(provider, spec, &spans)?;
        spans.insert(text(&spec["ref"]), span);
    }
    let mut ending: Vec<&Value> = specs.iter().rev().collect();
    ending.sort_by(|a, b| order(a).total_cmp(&order(b)));
    let mut longest_end = Duration::ZERO;
    for spec in ending {
        let times = if spec.get("end").is_some_and(Value::is_null) {
            0
        } else {
            spec["end_times"].as_u64().unwrap_or(1)
        };
        let span = spans[&text(&spec["ref"])].span();
        for _ in 0..times {
            let begun = Instant::now();
            match moment(&spec["end"]) {
                Some(end) => span.end_with_timestamp(end),
                None => span.end(),
            }
            longest_end = longest_end.max(begun.elapsed());
        }
    }
    let ids = |(name, context): (&String, &Context)| {
        let ids = context.span().span_context().clone();
        ids.is_valid().then(|| {
            (
                name.clone(),
                json!({"trace": ids.trace_id().to_string(), "span": ids.span_id().to_string()}),
            )
        })
    };
    Ok(Made {
        refs: spans.iter().filter_map(ids).collect(),
        longest_end,
    })
}

fn order(spec: &Value) -> f64 {
    spec["end_order"].as_f64().unwrap_or(f64::INFINITY)
}

fn start(provider: &SdkTracerProvider, spec: &Value, spans: &HashMap<String, Context>) -> Result<Context, String> {
    let parent = if let Some(name) = spec["parent"].as_str() {
        spans[name].clone()
    } else if let Some(headers) = spec["remote_parent"].as_object() {
        let headers: HashMap<String, String> = headers.iter().map(|(key, value)| (key.clone(), text(value))).collect();
        TraceContextPropagator::new().extract_with_context(&Context::new(), &headers)
    } else {
        Context::new()
    };
    let kind = match spec["kind"].as_str() {
        Some("SERVER") => SpanKind::Server,
        Some("CLIENT") => SpanKind::Client,
        Some("PRODUCER") => SpanKind::Producer,
        Some("CONSUMER") => SpanKind::Consumer,
        _ => SpanKind::Internal,
    };
    let tracer = provider.tracer_with_scope(scope(&spec["scope"])?);
    let mut builder = tracer.span_builder(text(&spec["name"])).with_kind(kind);
    builder.start_time = moment(&spec["start"]);
    builder.links = Some(
        each(&spec["links"])
            .map(|link| linked(link, spans))
            .collect::<Result<_, _>>()?,
    );
    SPEC.set(spec.clone());
    let context = parent.with_span(builder.start_with_context(&tracer, &parent));
    let span = context.span();
    for attribute in attributes(spec)? {
        span.set_attribute(attribute);
    }
    for event in each(&spec["events"]) {
        match moment(&event["time"]) {
            Some(time) => span.add_event_with_timestamp(text(&event["name"]), time, attributes(event)?),
            None => span.add_event(text(&event["name"]), attributes(event)?),
        }
    }
    match spec["status"]["code"].as_str() {
        Some("OK") => span.set_status(Status::Ok),
        Some("ERROR") => span.set_status(Status::error(text(&spec["status"]["message"]))),
        _ => {}
    }
    Ok(context)
}

fn scope(said: &Value) -> Result<InstrumentationScope, String> {
    let mut scope = InstrumentationScope::builder(said["name"].as_str().unwrap_or("application").to_string());
    if let Some(version) = said["version"].as_str() {
        scope = scope.with_version(version.to_string());
    }
    if let Some(url) = said["schema_url"].as_str() {
        scope = scope.with_schema_url(url.to_string());
    }
    Ok(scope.with_attributes(attributes(said)?).build())
}

fn linked(link: &Value, spans: &HashMap<String, Context>) -> Result<Link, String> {
    let context = match link["ref"].as_str() {
        Some(name) => spans[name].span().span_context().clone(),
        None => SpanContext::new(
            TraceId::from_hex(&text(&link["trace"])).map_err(|e| e.to_string())?,
            SpanId::from_hex(&text(&link["span"])).map_err(|e| e.to_string())?,
            TraceFlags::SAMPLED,
            link["remote"] == true,
            TraceState::default(),
        ),
    };
    let state = match link["trace_state"].as_str() {
        Some(state) => TraceState::from_str(state).map_err(|e| e.to_string())?,
        None => context.trace_state().clone(),
    };
    let context = SpanContext::new(
        context.trace_id(),
        context.span_id(),
        context.trace_flags(),
        context.is_remote(),
        state,
    );
    Ok(Link::new(context, attributes(link)?, 0))
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn moment(nanos: &Value) -> Option<SystemTime> {
    Some(UNIX_EPOCH + Duration::from_nanos(nanos.as_str()?.parse().ok()?))
}

fn attributes(spec: &Value) -> Result<Vec<KeyValue>, String> {
    each(&spec["attributes"])
        .map(|pair| Ok(KeyValue::new(text(&pair["key"]), plain(&pair["value"])?)))
        .collect()
}

/// The attribute's value for an OTLP/JSON AnyValue.
fn plain(any_value: &Value) -> Result<opentelemetry::Value, String> {
    let Some((kind, content)) = any_value.as_object().and_then(|members| members.iter().next()) else {
        return Err("an empty value has no counterpart in the API".into());
    };
    let number = || content.as_str().map_or_else(|| content.to_string(), String::from);
    Ok(match kind.as_str() {
        "stringValue" => text(content).into(),
        "boolValue" => content.as_bool().unwrap_or_default().into(),
        "intValue" => number().parse::<i64>().map_err(|e| e.to_string())?.into(),
        "doubleValue" => number().parse::<f64>().map_err(|e| e.to_string())?.into(),
        "arrayValue" => {
            opentelemetry::Value::Array(array(each(&content["values"]).map(plain).collect::<Result<_, _>>()?)?)
        }
        _ => return Err(format!("the API has no {kind}")),
    })
}

fn array(values: Vec<opentelemetry::Value>) -> Result<Array, String> {
    macro_rules! all {
        ($kind:path, $array:path) => {
            values
                .iter()
                .map(|value| {
                    if let $kind(content) = value {
                        Some(content.clone())
                    } else {
                        None
                    }
                })
                .collect::<Option<Vec<_>>>()
                .map($array)
        };
    }
    all!(opentelemetry::Value::String, Array::String)
        .or_else(|| all!(opentelemetry::Value::I64, Array::I64))
        .or_else(|| all!(opentelemetry::Value::F64, Array::F64))
        .or_else(|| all!(opentelemetry::Value::Bool, Array::Bool))
        .ok_or("the API has no array of mixed values".to_string())
}
