package io.github.tracingharness.conformance.driver;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a process uses, as Linux tells it.
 *
 * @param threads names of its threads, 15 characters at most, sorted
 * @param sockets number of its open TCP sockets; pairs that a runtime keeps for itself are none
 * @param peakKilobytes the most memory that it ever held resident
 */
public record ProcessUsage(List<String> threads, int sockets, long peakKilobytes) {

  private static final Path PROC = Path.of("/proc");
  private static final String SOCKET = "socket:[";

  /** Column of a line of {@code /proc/PID/net/tcp}. */
  private static final int INODE = 9;

  /** Keeps a copy of the names. */
  public ProcessUsage {
    threads = List.copyOf(threads);
  }

  /** Looks at a process; empty where that is not possible. */
  static Optional<ProcessUsage> of(long pid) {
    Path process = PROC.resolve(Long.toString(pid));
    try {
      return Optional.of(new ProcessUsage(threads(process), sockets(process), peak(process)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> threads(Path process) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        try {
          names.add(Files.readString(task.resolve("comm")).strip());
        } catch (IOException e) {
          // The thread ended meanwhile.
        }
      }
    }
    return names.stream().sorted().toList();
  }

  private static int sockets(Path process) throws IOException {
    Set<String> tcp = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      Path file = process.resolve(table);
      if (Files.exists(file)) {
        Files.readAllLines(file).stream()
            .skip(1)
            .map(line -> line.strip().split(" +", -1)[INODE])
            .forEach(tcp::add);
      }
    }
    int sockets = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          sockets += target.startsWith(SOCKET)
                  && tcp.contains(target.substring(SOCKET.length(), target.length() - 1))
              ? 1
              : 0;
        } catch (IOException e) {
          // The file was closed meanwhile.
        }
      }
    }
    return sockets;
  }

  private static long peak(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
