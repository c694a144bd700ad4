// EDP/1 driver (docs/driver-protocol.md) for the OpenTelemetry SDK of Node.js with an OTLP/HTTP exporter.
// Arguments: name of the subject, package of the exporter, destination that it serves.
'use strict';

const fs = require('fs');
const readline = require('readline');
const { diag, DiagLogLevel } = require('@opentelemetry/api');
const { Pipeline } = require('./pipeline');
const { VARIABLES, apply } = require('./settings');
const { FEATURES } = require('./spans');

const [NAME, PACKAGE, DESTINATION] = process.argv.slice(2);
const { OTLPTraceExporter } = require(PACKAGE);
const VERSION = require(`${PACKAGE}/package.json`).version;

// The protocol owns file descriptor 1; whatever else prints goes to stderr.
console.log = console.info = console.debug = console.error;
process.stdout.write = process.stderr.write.bind(process.stderr);
const send = message => fs.writeSync(1, JSON.stringify(message) + '\n');

const log = level => (text, ...more) => send({
  event: 'log', level, logger: 'opentelemetry',
  text: [text, ...more].map(part => part instanceof Error ? part.stack : typeof part === 'string' ? part : JSON.stringify(part))
    .join(' ').slice(0, 64 * 1024),
});

class Unsupported extends Error {}

const CAPABILITIES = {
  destinations: [DESTINATION],
  pipeline: ['batch', 'direct'],
  ids: 'own',
  times: 'given',
  sessions: 'one',
  ops: ['export', 'flush', 'flush.timeout', 'shutdown', 'exit'],
  config: ['pipeline', ...VARIABLES],
  spans: FEATURES,
  signals: ['log'],
  // otlp-exporter-base, retrying-transport: five retries.
  retry: { base_ms: 1000, factor: 1.5, jitter: 0.2, cap_ms: 5000, retryable: [429, 502, 503, 504] },
};

let pipeline;

const OPS = {
  hello: () => ({
    protocol: 1,
    subject: { name: NAME, version: VERSION, language: 'JavaScript' },
    driver: { name: 'otel-js', version: '1' },
    runtime: { name: 'Node.js', version: process.versions.node },
    capabilities: CAPABILITIES,
  }),
  open: ({ destination, config = {} }) => {
    if (pipeline) throw new Unsupported('one session for each process');
    if (destination.type !== DESTINATION) throw new Unsupported(`destination ${destination.type}`);
    const limits = apply(destination, config);
    pipeline = new Pipeline(new OTLPTraceExporter(), limits, config.pipeline === 'direct');
    const [applied, ignored] = [[], []];
    for (const key of Object.keys(config)) (CAPABILITIES.config.includes(key) ? applied : ignored).push(key);
    return { applied, ignored };
  },
  emit: command => pipeline.emit(command),
  export: command => pipeline.export(command),
  flush: ({ timeout_ms }) => pipeline.flush(timeout_ms),
  shutdown: () => pipeline.shutdown(),
  close: () => ({}),
};

async function answer(command) {
  try {
    if (!OPS[command.op]) throw new Unsupported(`unknown op ${command.op}`);
    return { ok: await OPS[command.op](command) };
  } catch (error) {
    if (error instanceof Unsupported) return { unsupported: { reason: error.message } };
    console.error(error);
    const own = String(error.stack).split('\n')[1]?.includes(__dirname);
    const kind = own ? 'driver' : command.op === 'open' ? 'config' : 'subject';
    return { error: { kind, type: error.name, message: String(error.message) } };
  }
}

async function main() {
  diag.setLogger(
    { error: log('ERROR'), warn: log('WARN'), info: log('INFO'), debug: log('DEBUG'), verbose: log('DEBUG') },
    { logLevel: DiagLogLevel.INFO, suppressOverrideMessage: true },
  );
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    if (command.op === 'exit') {
      if (command.how === 'throw') throw new Error('the application fails');
      if (command.how === 'exit0') process.exit(0);
      process.stdin.destroy(); // an application ends when nothing keeps it alive
      return;
    }
    send({ id: command.id, ...await answer(command) });
  }
  process.exit(0);
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
