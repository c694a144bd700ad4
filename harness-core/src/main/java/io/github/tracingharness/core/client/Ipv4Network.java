package io.github.tracingharness.core.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of IPv4 addresses, such as {@code 10.0.0.0/8}.
 *
 * @param address an address in it
 * @param bits how many bits all addresses in it begin with
 */
record Ipv4Network(int address, int bits) {

  private static final Pattern FORM = Pattern.compile("([0-9.]{7,15})/(\\d{1,2})");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final int LENGTH = 32;

  static Optional<Ipv4Network> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(form.group(2));
    return bits > LENGTH
        ? Optional.empty()
        : address(form.group(1)).map(address -> new Ipv4Network(address, bits));
  }

  boolean contains(String host) {
    int mask = bits == 0 ? 0 : -1 << (LENGTH - bits);
    return address(host).map(other -> (other & mask) == (address & mask)).orElse(false);
  }

  private static Optional<Integer> address(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(parts.group(i));
      if (part > 255) {
        return Optional.empty();
      }
      address = address << 8 | part;
    }
    return Optional.of(address);
  }
}
