package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// variables are those of OpenTelemetry that the SDK and the exporter read by themselves.
// OTEL_EXPORTER_OTLP_PROTOCOL is none of them: an application chooses the protocol by the package of the exporter.
var variables = func() []string {
	all := []string{
		"OTEL_EXPORTER_OTLP_INSECURE", "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
		"OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "OTEL_BSP_EXPORT_TIMEOUT",
		"OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES",
		"OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
		"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
		"OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT",
		"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
		"OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
	}
	for _, option := range []string{
		"ENDPOINT", "HEADERS", "TIMEOUT", "COMPRESSION", "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE",
	} {
		all = append(all, "OTEL_EXPORTER_OTLP_"+option, "OTEL_EXPORTER_OTLP_TRACES_"+option)
	}
	return all
}()

// pipeline is the SDK as applications set it up, or the bare exporter with spans that the SDK has finished.
type pipeline struct {
	direct   bool
	exporter sdktrace.SpanExporter
	finished *tracetest.SpanRecorder
	spans    *spanMaker
}

func open(c *command) (object, error) {
	if session != nil {
		return nil, unsupported{"one session for each process"}
	}
	if c.Destination.Type != "otlp-http-protobuf" {
		return nil, unsupported{"destination " + c.Destination.Type}
	}
	applied, ignored := []string{}, []string{}
	for key, value := range c.Config {
		if slices.Contains(variables, key) {
			if value != nil {
				os.Setenv(key, fmt.Sprint(value))
			}
		} else if key != "pipeline" {
			ignored = append(ignored, key)
			continue
		}
		applied = append(applied, key)
	}
	_, given := c.Config["OTEL_EXPORTER_OTLP_ENDPOINT"]
	_, perSignal := c.Config["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
	if c.Destination.Endpoint != "" && !given && !perSignal {
		os.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", c.Destination.Endpoint)
	}
	exporter, err := otlptracehttp.New(context.Background())
	if err != nil {
		return nil, refused{err}
	}
	p := &pipeline{direct: c.Config["pipeline"] == "direct", exporter: exporter, finished: tracetest.NewSpanRecorder()}
	if p.direct {
		p.spans = newSpanMaker(p.finished)
	} else {
		p.spans = newSpanMaker(sdktrace.NewBatchSpanProcessor(exporter))
	}
	session = p
	return object{"applied": applied, "ignored": ignored}, nil
}

func (p *pipeline) emit(c *command) (object, error) {
	threads, repeat := 1, 1
	if c.Concurrency != nil {
		threads, repeat = c.Concurrency.Threads, c.Concurrency.Repeat
	}
	var (
		start, done sync.WaitGroup
		all         = make([]made, threads*repeat)
		specs       = c.specs()
		begun       = time.Now()
	)
	start.Add(threads)
	for thread := range threads {
		done.Add(1)
		go func() {
			defer done.Done()
			start.Done()
			start.Wait()
			for n := thread * repeat; n < (thread+1)*repeat; n++ {
				all[n] = p.spans.make(specs)
			}
		}()
	}
	done.Wait()
	total := time.Since(begun)
	refs, longest := object{}, time.Duration(0)
	for n, part := range all {
		if part.err != nil {
			return nil, part.err
		}
		for ref, ids := range part.refs {
			if c.Concurrency != nil {
				ref = fmt.Sprintf("%s#%d", ref, n)
			}
			refs[ref] = ids
		}
		longest = max(longest, part.longestEnd)
	}
	return object{
		"refs": refs, "accepted": len(refs),
		"caller_max_ns": strconv.FormatInt(int64(longest), 10), "caller_total_ns": strconv.FormatInt(int64(total), 10),
	}, nil
}

func (p *pipeline) export(c *command) (object, error) {
	spans := p.spans.make(c.specs())
	if spans.err != nil {
		return nil, spans.err
	}
	batch := p.finished.Ended()
	p.finished.Reset()
	result := resultOf(p.exporter.ExportSpans(context.Background(), batch))
	result["refs"] = spans.refs
	return result, nil
}

func (p *pipeline) flush(millis int64) (object, error) {
	if p.direct {
		return nil, unsupported{"the exporter has no flush"}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(millis)*time.Millisecond)
	defer cancel()
	return resultOf(p.spans.provider.ForceFlush(ctx)), nil
}

func (p *pipeline) shutdown(millis int64) (object, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(millis)*time.Millisecond)
	defer cancel()
	if p.direct {
		return resultOf(p.exporter.Shutdown(ctx)), nil
	}
	return resultOf(p.spans.provider.Shutdown(ctx)), nil
}

func resultOf(err error) object {
	switch {
	case err == nil:
		return object{"result": "success"}
	case errors.Is(err, context.DeadlineExceeded):
		return object{"result": "timeout", "error": err.Error()}
	default:
		return object{"result": "failure", "error": err.Error()}
	}
}
