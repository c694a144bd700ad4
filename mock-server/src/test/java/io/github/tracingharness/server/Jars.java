package io.github.tracingharness.server;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The class path of the tests as jars alone, as users have it. */
public final class Jars {

  private Jars() {}

  /** Copies jars into a directory, and packs directories of classes there. */
  public static void ofThisClassPath(Path lib) throws IOException {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isRegularFile(path)) {
        Files.copy(path, lib.resolve(path.getFileName()));
      } else if (Files.isDirectory(path)) {
        pack(path, lib.resolve(path.toAbsolutePath().toString().replaceAll("\\W", "-") + ".jar"));
      }
    }
  }

  private static void pack(Path directory, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> classes = Files.walk(directory)) {
      List<Path> files = classes.filter(Files::isRegularFile).toList();
      for (Path one : files) {
        jar.putNextEntry(new ZipEntry(directory.relativize(one).toString().replace('\\', '/')));
        Files.copy(one, jar);
        jar.closeEntry();
      }
    }
  }
}
