package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// command is a line of the protocol.
type command struct {
	ID          int    `json:"id"`
	Op          string `json:"op"`
	How         string `json:"how"`
	TimeoutMs   int64  `json:"timeout_ms"`
	DeadlineMs  int64  `json:"deadline_ms"`
	Destination struct{ Type, Endpoint string }
	Config      map[string]any `json:"config"`
	Spans       []*spec        `json:"spans"`
	Gen         *gen           `json:"gen"`
	Concurrency *struct{ Threads, Repeat int }
}

type gen struct {
	Template spec
	Count    int
	Pad      *struct {
		Key   string
		Chars int
	}
}

type spec struct {
	Ref, Parent, Name, Kind, Start string
	End                            json.RawMessage
	EndOrder                       *float64          `json:"end_order"`
	EndTimes                       *int              `json:"end_times"`
	RemoteParent                   map[string]string `json:"remote_parent"`
	TraceState                     string            `json:"trace_state"`
	Sampled                        *bool
	Status                         *struct{ Code, Message string }
	Scope                          *struct {
		Name, Version string
		SchemaURL     string `json:"schema_url"`
		Attributes    []pair
	}
	Attributes []pair
	Events     []struct {
		Name, Time string
		Attributes []pair
	}
	Links []link
}

type link struct {
	Ref, Trace, Span string
	TraceState       string `json:"trace_state"`
	Remote           bool
	Attributes       []pair
}

type pair struct {
	Key   string
	Value map[string]json.RawMessage
}

// specs is the list of spans, also where a gen stands for them.
func (c *command) specs() []*spec {
	if c.Gen == nil {
		return c.Spans
	}
	specs := make([]*spec, c.Gen.Count)
	for n := range specs {
		made := c.Gen.Template
		made.Ref = fmt.Sprintf("%s-%d", made.Ref, n)
		if pad := c.Gen.Pad; pad != nil {
			text := json.RawMessage(`"` + strings.Repeat("x", pad.Chars) + `"`)
			made.Attributes = append(made.Attributes[:len(made.Attributes):len(made.Attributes)],
				pair{pad.Key, map[string]json.RawMessage{"stringValue": text}})
		}
		specs[n] = &made
	}
	return specs
}
