//! Tells the driver which version of the exporter was locked.

fn main() {
    let lock = std::fs::read_to_string("Cargo.lock").expect("Cargo.lock");
    let after = lock
        .split("name = \"opentelemetry-otlp\"\nversion = \"")
        .nth(1)
        .expect("opentelemetry-otlp in Cargo.lock");
    println!(
        "cargo:rustc-env=OTLP_VERSION={}",
        after.split('"').next().expect("a version")
    );
    println!("cargo:rerun-if-changed=Cargo.lock");
}
