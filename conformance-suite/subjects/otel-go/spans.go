package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

var features = []string{
	"attributes", "events", "links", "status", "kind", "scope", "scope-attributes", "int64", "bytes", "kvlist", "nan", "remote-parent", "trace-state",
	"not-sampled", "lone-surrogate", "never-ended", "end-twice", "end-order", "concurrency",
}

// spanMaker makes spans through the OpenTelemetry API.
type spanMaker struct {
	processor sdktrace.SpanProcessor
	provider  *sdktrace.TracerProvider
}

// made are ids by ref, and the longest time that one end of a span took.
type made struct {
	refs       object
	longestEnd time.Duration
	err        error
}

func newSpanMaker(processor sdktrace.SpanProcessor) *spanMaker {
	return &spanMaker{processor, sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(processor))}
}

func (m *spanMaker) make(specs []*spec) made {
	spans, result := map[string]trace.Span{}, made{refs: object{}}
	for _, s := range specs {
		span, err := m.start(s, spans)
		if err != nil {
			return made{err: err}
		}
		spans[s.Ref] = span
	}
	ending := slices.Clone(specs)
	slices.Reverse(ending)
	slices.SortStableFunc(ending, func(a, b *spec) int { return cmp.Compare(orLast(a.EndOrder), orLast(b.EndOrder)) })
	for _, s := range ending {
		times, options := 1, []trace.SpanEndOption{}
		if string(s.End) == "null" {
			times = 0
		} else if s.End != nil {
			options = append(options, trace.WithTimestamp(moment(strings.Trim(string(s.End), `"`))))
		}
		if s.EndTimes != nil {
			times = *s.EndTimes
		}
		for range times {
			begun := time.Now()
			spans[s.Ref].End(options...)
			result.longestEnd = max(result.longestEnd, time.Since(begun))
		}
	}
	for ref, span := range spans {
		if ids := span.SpanContext(); ids.IsValid() {
			result.refs[ref] = object{"trace": ids.TraceID().String(), "span": ids.SpanID().String()}
		}
	}
	return result
}

func orLast(order *float64) float64 {
	if order == nil {
		return math.Inf(1)
	}
	return *order
}

func (m *spanMaker) start(s *spec, spans map[string]trace.Span) (trace.Span, error) {
	ctx := context.Background()
	if s.Parent != "" {
		ctx = trace.ContextWithSpan(ctx, spans[s.Parent])
	} else if s.RemoteParent != nil {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier(s.RemoteParent))
	}
	options := []trace.SpanStartOption{trace.WithSpanKind(kinds[s.Kind])}
	if s.Start != "" {
		options = append(options, trace.WithTimestamp(moment(s.Start)))
	}
	for _, l := range s.Links {
		linked, err := linkOf(l, spans)
		if err != nil {
			return nil, err
		}
		options = append(options, trace.WithLinks(linked))
	}
	_, span := m.tracer(s).Start(ctx, s.Name, options...)
	for _, p := range s.Attributes {
		span.SetAttributes(attribute.KeyValue{Key: attribute.Key(p.Key), Value: valueOf(p.Value)})
	}
	for _, e := range s.Events {
		event := []trace.EventOption{trace.WithAttributes(attributes(e.Attributes)...)}
		if e.Time != "" {
			event = append(event, trace.WithTimestamp(moment(e.Time)))
		}
		span.AddEvent(e.Name, event...)
	}
	if s.Status != nil {
		span.SetStatus(statuses[s.Status.Code], s.Status.Message)
	}
	return span, nil
}

var kinds = map[string]trace.SpanKind{
	"": trace.SpanKindUnspecified, "INTERNAL": trace.SpanKindInternal, "SERVER": trace.SpanKindServer,
	"CLIENT": trace.SpanKindClient, "PRODUCER": trace.SpanKindProducer, "CONSUMER": trace.SpanKindConsumer,
}

var statuses = map[string]codes.Code{"UNSET": codes.Unset, "ERROR": codes.Error, "OK": codes.Ok}

// said decides what the case says of a span.
type said struct{ result sdktrace.SamplingResult }

func (s said) ShouldSample(sdktrace.SamplingParameters) sdktrace.SamplingResult { return s.result }
func (s said) Description() string                                              { return "said" }

func (m *spanMaker) tracer(s *spec) trace.Tracer {
	provider := m.provider
	if s.Sampled != nil || s.TraceState != "" {
		state, _ := trace.ParseTraceState(s.TraceState)
		result := sdktrace.SamplingResult{Decision: sdktrace.RecordAndSample, Tracestate: state}
		if s.Sampled != nil && !*s.Sampled {
			result.Decision = sdktrace.Drop
		}
		provider = sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(m.processor), sdktrace.WithSampler(said{result}))
	}
	if s.Scope == nil {
		return provider.Tracer("application")
	}
	return provider.Tracer(s.Scope.Name, trace.WithInstrumentationVersion(s.Scope.Version),
		trace.WithSchemaURL(s.Scope.SchemaURL), trace.WithInstrumentationAttributes(attributes(s.Scope.Attributes)...))
}

func linkOf(l link, spans map[string]trace.Span) (trace.Link, error) {
	var linked trace.SpanContext
	if l.Ref != "" {
		linked = spans[l.Ref].SpanContext()
	} else {
		traceID, err := trace.TraceIDFromHex(l.Trace)
		if err != nil {
			return trace.Link{}, err
		}
		spanID, err := trace.SpanIDFromHex(l.Span)
		if err != nil {
			return trace.Link{}, err
		}
		linked = trace.NewSpanContext(trace.SpanContextConfig{
			TraceID: traceID, SpanID: spanID, TraceFlags: trace.FlagsSampled, Remote: l.Remote,
		})
	}
	if l.TraceState != "" {
		state, err := trace.ParseTraceState(l.TraceState)
		if err != nil {
			return trace.Link{}, err
		}
		linked = linked.WithTraceState(state)
	}
	return trace.Link{SpanContext: linked, Attributes: attributes(l.Attributes)}, nil
}

func moment(nanos string) time.Time {
	n, _ := strconv.ParseInt(nanos, 10, 64)
	return time.Unix(0, n)
}

func attributes(pairs []pair) []attribute.KeyValue {
	made := make([]attribute.KeyValue, 0, len(pairs))
	for _, p := range pairs {
		made = append(made, attribute.KeyValue{Key: attribute.Key(p.Key), Value: valueOf(p.Value)})
	}
	return made
}

// read is the JSON value as a Go value of that type.
func read[T any](raw json.RawMessage) (value T) {
	if err := json.Unmarshal(raw, &value); err != nil {
		panic(fmt.Sprintf("driver: %s: %v", raw, err))
	}
	return value
}

// valueOf is the attribute's value for an OTLP/JSON AnyValue.
func valueOf(anyValue map[string]json.RawMessage) attribute.Value {
	for kind, raw := range anyValue {
		switch kind {
		case "stringValue":
			return attribute.StringValue(read[string](raw))
		case "invalidString":
			return attribute.StringValue("half a character: \xc3.")
		case "boolValue":
			return attribute.BoolValue(read[bool](raw))
		case "intValue":
			n, _ := strconv.ParseInt(strings.Trim(string(raw), `"`), 10, 64)
			return attribute.Int64Value(n)
		case "doubleValue":
			x, _ := strconv.ParseFloat(strings.Trim(string(raw), `"`), 64)
			return attribute.Float64Value(x)
		case "bytesValue":
			return attribute.ByteSliceValue(read[[]byte](raw))
		case "kvlistValue":
			return attribute.MapValue(attributes(read[struct{ Values []pair }](raw).Values)...)
		case "arrayValue":
			return sliceOf(read[struct{ Values []map[string]json.RawMessage }](raw).Values)
		}
	}
	return attribute.Value{}
}

// sliceOf is a slice of strings where all elements are, as applications have them most often, and a slice of values otherwise.
func sliceOf(elements []map[string]json.RawMessage) attribute.Value {
	values, texts := make([]attribute.Value, 0, len(elements)), make([]string, 0, len(elements))
	for _, element := range elements {
		value := valueOf(element)
		values = append(values, value)
		if value.Type() == attribute.STRING {
			texts = append(texts, value.AsString())
		}
	}
	if len(texts) == len(values) {
		return attribute.StringSliceValue(texts)
	}
	return attribute.SliceValue(values...)
}
