// Command otel-go is an EDP/1 driver (docs/driver-protocol.md) for the OpenTelemetry SDK of Go with its OTLP/HTTP exporter.
//
// A process serves one session, as the SDK reads its settings from the environment of the process.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/go-logr/logr/funcr"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/sdk"
)

type object = map[string]any

// unsupported is what the SDK cannot do.
type unsupported struct{ reason string }

func (u unsupported) Error() string { return u.reason }

// refused is a configuration that the SDK did not accept.
type refused struct{ error }

var (
	protocol     *os.File
	protocolLock sync.Mutex
	session      *pipeline
)

func send(message object) {
	line, err := json.Marshal(message)
	if err != nil {
		log.Fatal(err)
	}
	protocolLock.Lock()
	defer protocolLock.Unlock()
	_, _ = protocol.Write(append(line, '\n'))
}

func logEvent(level, logger, text string) {
	send(object{"event": "log", "level": level, "logger": logger, "text": text[:min(len(text), 64*1024)]})
}

func capabilities() object {
	return object{
		"destinations": []string{"otlp-http-protobuf"},
		"pipeline":     []string{"batch", "direct"},
		"ids":          "own",
		"times":        "given",
		"sessions":     "one",
		"ops":          []string{"export", "flush", "flush.timeout", "shutdown", "exit"},
		"config":       append([]string{"pipeline"}, variables...),
		"spans":        features,
		"signals":      []string{"log"},
		// otlptracehttp, internal/retry: for one minute at most, and not past the timeout.
		"retry": object{"base_ms": 5000, "factor": 1.5, "jitter": 0.5, "cap_ms": 30000, "retryable": []int{429, 502, 503, 504}},
	}
}

func run(c *command) (object, error) {
	switch c.Op {
	case "hello":
		return object{
			"protocol":     1,
			"subject":      object{"name": "otel-go", "version": sdk.Version(), "language": "Go"},
			"driver":       object{"name": "otel-go", "version": "1"},
			"runtime":      object{"name": "Go", "version": strings.TrimPrefix(runtime.Version(), "go")},
			"capabilities": capabilities(),
		}, nil
	case "open":
		return open(c)
	case "emit":
		return session.emit(c)
	case "export":
		return session.export(c)
	case "flush":
		return session.flush(c.TimeoutMs)
	case "shutdown":
		return session.shutdown(c.TimeoutMs)
	case "close":
		return object{}, nil
	}
	return nil, unsupported{"unknown op " + c.Op}
}

func answer(c *command) (result object) {
	defer func() {
		if panicked := recover(); panicked != nil {
			log.Printf("%v\n%s", panicked, debug.Stack())
			result = failure("subject", "panic", fmt.Sprint(panicked))
		}
	}()
	ok, err := run(c)
	switch e := err.(type) {
	case nil:
		return object{"ok": ok}
	case unsupported:
		return object{"unsupported": object{"reason": e.reason}}
	case refused:
		return failure("config", reflect.TypeOf(e.error).String(), e.Error())
	default:
		return failure("driver", reflect.TypeOf(err).String(), err.Error())
	}
}

func failure(kind, name, message string) object {
	return object{"error": object{"kind": kind, "type": name, "message": message}}
}

func main() {
	// The protocol owns standard output; whatever else prints goes to stderr.
	protocol, os.Stdout = os.Stdout, os.Stderr
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { logEvent("ERROR", "otel", err.Error()) }))
	// The SDK logs warnings at verbosity 1 and information at 4; errors have none.
	otel.SetLogger(funcr.New(func(_, text string) {
		switch {
		case strings.Contains(text, `"level"=4`):
			logEvent("INFO", "otel", text)
		case strings.Contains(text, `"level"=1`):
			logEvent("WARN", "otel", text)
		default:
			logEvent("ERROR", "otel", text)
		}
	}, funcr.Options{Verbosity: 4}))
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			os.Exit(0)
		}
		c := &command{}
		if err := json.Unmarshal(line, c); err != nil {
			log.Fatal(err)
		}
		if c.Op == "exit" {
			if c.How == "throw" {
				panic("the application fails")
			}
			return
		}
		message := answer(c)
		message["id"] = c.ID
		send(message)
	}
}
