package io.github.tracingharness.server.otlp;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the protobuf form. The numbers are those of
 * {@code opentelemetry/proto/trace/v1/trace.proto}.
 */
final class OtlpProtobuf {

  private static final int MAX_DEPTH = 100;

  // Wire types. A tag on the wire is a field's number, shifted by three bits, and its wire type; a
  // known number with
  // another wire type is an unknown field.
  private static final int VARINT = 0;
  private static final int I64 = 1;
  private static final int LEN = 2;
  private static final int I32 = 5;

  private OtlpProtobuf() {}

  static OtlpRequest decode(byte[] body) throws OtlpException {
    List<OtlpRequest.ResourceSpans> resources = new ArrayList<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(body);
      fields(in, (tag, message) -> {
        if (tag == (1 << 3 | LEN)) {
          resources.add(resourceSpans(message));
          return true;
        }
        return false;
      });
      return new OtlpRequest(resources);
    } catch (IOException e) {
      throw new OtlpException(OtlpBody.INVALID);
    }
  }

  /** Takes one field, or returns false to have it skipped. */
  private interface FieldReader {
    boolean read(int tag, CodedInputStream in) throws IOException;
  }

  /** Reads all fields up to the limit of the stream. */
  private static void fields(CodedInputStream in, FieldReader reader) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!reader.read(tag, in)) {
        in.skipField(tag);
      }
    }
  }

  private static void message(CodedInputStream in, FieldReader reader) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    fields(in, reader);
    in.checkLastTagWas(0);
    in.popLimit(limit);
  }

  private static OtlpRequest.ResourceSpans resourceSpans(CodedInputStream in) throws IOException {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    List<OtlpRequest.ScopeSpans> scopes = new ArrayList<>();
    String[] schemaUrl = {""};
    message(in, (tag, body) -> {
      switch (tag) {
        case 1 << 3 | LEN ->
          message(body, (resourceTag, resource) -> {
            if (resourceTag == (1 << 3 | LEN)) {
              keyValue(resource, attributes);
              return true;
            }
            return false;
          });
        case 2 << 3 | LEN -> scopes.add(scopeSpans(body));
        case 3 << 3 | LEN -> schemaUrl[0] = body.readStringRequireUtf8();
        default -> {
          return false;
        }
      }
      return true;
    });
    return new OtlpRequest.ResourceSpans(attributes, schemaUrl[0], scopes);
  }

  private static OtlpRequest.ScopeSpans scopeSpans(CodedInputStream in) throws IOException {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    List<OtlpSpan> spans = new ArrayList<>();
    String[] texts = {"", "", ""};
    message(in, (tag, body) -> {
      switch (tag) {
        case 1 << 3 | LEN ->
          message(body, (scopeTag, scope) -> {
            switch (scopeTag) {
              case 1 << 3 | LEN -> texts[0] = scope.readStringRequireUtf8();
              case 2 << 3 | LEN -> texts[1] = scope.readStringRequireUtf8();
              case 3 << 3 | LEN -> keyValue(scope, attributes);
              default -> {
                return false;
              }
            }
            return true;
          });
        case 2 << 3 | LEN -> spans.add(new SpanFields().read(body));
        case 3 << 3 | LEN -> texts[2] = body.readStringRequireUtf8();
        default -> {
          return false;
        }
      }
      return true;
    });
    return new OtlpRequest.ScopeSpans(texts[0], texts[1], attributes, texts[2], spans);
  }

  /** The fields of {@code Span} while they come in. */
  private static final class SpanFields {

    private String traceId = "";
    private String spanId = "";
    private String parentId = "";
    private String traceState = "";
    private long flags;
    private String name = "";
    private int kind;
    private long start;
    private long end;
    private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    private long droppedAttributes;
    private final List<OtlpSpan.Event> events = new ArrayList<>();
    private long droppedEvents;
    private final List<OtlpSpan.Link> links = new ArrayList<>();
    private long droppedLinks;
    private int statusCode;
    private String statusMessage = "";

    OtlpSpan read(CodedInputStream in) throws IOException {
      message(in, this::field);
      return new OtlpSpan(
          traceId,
          spanId,
          parentId,
          traceState,
          flags,
          name,
          kind,
          start,
          end,
          attributes,
          droppedAttributes,
          events,
          droppedEvents,
          links,
          droppedLinks,
          statusCode,
          statusMessage);
    }

    private boolean field(int tag, CodedInputStream in) throws IOException {
      switch (tag) {
        case 1 << 3 | LEN -> traceId = hex(in);
        case 2 << 3 | LEN -> spanId = hex(in);
        case 3 << 3 | LEN -> traceState = in.readStringRequireUtf8();
        case 4 << 3 | LEN -> parentId = hex(in);
        case 5 << 3 | LEN -> name = in.readStringRequireUtf8();
        case 6 << 3 | VARINT -> kind = in.readEnum();
        case 7 << 3 | I64 -> start = in.readFixed64();
        case 8 << 3 | I64 -> end = in.readFixed64();
        case 9 << 3 | LEN -> keyValue(in, attributes);
        case 10 << 3 | VARINT -> droppedAttributes = unsigned(in.readUInt32());
        case 11 << 3 | LEN -> events.add(event(in));
        case 12 << 3 | VARINT -> droppedEvents = unsigned(in.readUInt32());
        case 13 << 3 | LEN -> links.add(link(in));
        case 14 << 3 | VARINT -> droppedLinks = unsigned(in.readUInt32());
        case 15 << 3 | LEN -> message(in, this::statusField);
        case 16 << 3 | I32 -> flags = unsigned(in.readFixed32());
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean statusField(int tag, CodedInputStream in) throws IOException {
      switch (tag) {
        case 2 << 3 | LEN -> statusMessage = in.readStringRequireUtf8();
        case 3 << 3 | VARINT -> statusCode = in.readEnum();
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  private static OtlpSpan.Event event(CodedInputStream in) throws IOException {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    long[] numbers = {0, 0};
    String[] name = {""};
    message(in, (tag, body) -> {
      switch (tag) {
        case 1 << 3 | I64 -> numbers[0] = body.readFixed64();
        case 2 << 3 | LEN -> name[0] = body.readStringRequireUtf8();
        case 3 << 3 | LEN -> keyValue(body, attributes);
        case 4 << 3 | VARINT -> numbers[1] = unsigned(body.readUInt32());
        default -> {
          return false;
        }
      }
      return true;
    });
    return new OtlpSpan.Event(numbers[0], name[0], attributes, numbers[1]);
  }

  private static OtlpSpan.Link link(CodedInputStream in) throws IOException {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    long[] numbers = {0, 0};
    String[] texts = {"", "", ""};
    message(in, (tag, body) -> {
      switch (tag) {
        case 1 << 3 | LEN -> texts[0] = hex(body);
        case 2 << 3 | LEN -> texts[1] = hex(body);
        case 3 << 3 | LEN -> texts[2] = body.readStringRequireUtf8();
        case 4 << 3 | LEN -> keyValue(body, attributes);
        case 5 << 3 | VARINT -> numbers[0] = unsigned(body.readUInt32());
        case 6 << 3 | I32 -> numbers[1] = unsigned(body.readFixed32());
        default -> {
          return false;
        }
      }
      return true;
    });
    return new OtlpSpan.Link(texts[0], texts[1], texts[2], attributes, numbers[0], numbers[1]);
  }

  private static void keyValue(CodedInputStream in, Map<String, @Nullable Object> into)
      throws IOException {
    keyValue(in, into, 0);
  }

  private static void keyValue(CodedInputStream in, Map<String, @Nullable Object> into, int depth)
      throws IOException {
    String[] key = {""};
    @Nullable Object[] value = {null};
    message(in, (tag, body) -> {
      switch (tag) {
        case 1 << 3 | LEN -> key[0] = body.readStringRequireUtf8();
        case 2 << 3 | LEN -> value[0] = anyValue(body, depth);
        default -> {
          return false;
        }
      }
      return true;
    });
    into.put(key[0], value[0]);
  }

  private static @Nullable Object anyValue(CodedInputStream in, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("values nested more than " + MAX_DEPTH + " levels deep");
    }
    @Nullable Object[] value = {null};
    message(in, (tag, body) -> {
      switch (tag) {
        case 1 << 3 | LEN -> value[0] = body.readStringRequireUtf8();
        case 2 << 3 | VARINT -> value[0] = body.readBool();
        case 3 << 3 | VARINT -> value[0] = body.readInt64();
        case 4 << 3 | I64 -> value[0] = body.readDouble();
        case 5 << 3 | LEN -> value[0] = arrayValue(body, depth);
        case 6 << 3 | LEN -> value[0] = kvlistValue(body, depth);
        case 7 << 3 | LEN -> value[0] = body.readByteArray();
        default -> {
          return false;
        }
      }
      return true;
    });
    return value[0];
  }

  private static List<@Nullable Object> arrayValue(CodedInputStream in, int depth)
      throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    message(in, (tag, body) -> {
      if (tag == (1 << 3 | LEN)) {
        values.add(anyValue(body, depth + 1));
        return true;
      }
      return false;
    });
    return values;
  }

  private static Map<String, @Nullable Object> kvlistValue(CodedInputStream in, int depth)
      throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    message(in, (tag, body) -> {
      if (tag == (1 << 3 | LEN)) {
        keyValue(body, values, depth + 1);
        return true;
      }
      return false;
    });
    return values;
  }

  private static String hex(CodedInputStream in) throws IOException {
    return HexFormat.of().formatHex(in.readByteArray());
  }

  private static long unsigned(int value) {
    return Integer.toUnsignedLong(value);
  }
}
