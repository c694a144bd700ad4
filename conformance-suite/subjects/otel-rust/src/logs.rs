//! What the SDK says through `tracing` becomes log events.

use serde_json::json;
use std::fmt::Debug;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry;

struct LogEvents;

#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0 += &format!("{}={value:?} ", field.name());
    }
}

impl<S: Subscriber> Layer<S> for LogEvents {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let target = event.metadata().target();
        if *event.metadata().level() > Level::INFO || !target.starts_with("opentelemetry") {
            return;
        }
        let mut text = Text::default();
        event.record(&mut text);
        let level = event.metadata().level().as_str();
        crate::send(&json!({"event": "log", "level": level, "logger": target, "text": text.0.trim_end()}));
    }
}

pub fn to_events() {
    tracing::subscriber::set_global_default(registry().with(LogEvents)).expect("the first subscriber");
}
