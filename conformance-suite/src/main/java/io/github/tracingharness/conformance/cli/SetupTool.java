package io.github.tracingharness.conformance.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How the subjects of one language are made ready to be started. */
interface SetupTool {

  /** Returns the tool that a subject file names. */
  static SetupTool named(String name) {
    return switch (name) {
      case "python" -> new PythonTool("requirements.txt");
      case "node" -> new NodeTool();
      case "go" -> new GoTool();
      case "rust" -> new RustTool();
      case "maven" -> new MavenTool(Home.directory());
      default ->
        throw new UsageException(
            "setup.tool %s is unknown; allowed are python, node, go, rust, maven".formatted(name));
    };
  }

  /** Returns the program that must be there. */
  SetupProgram program();

  /** Returns the files of the subject's folder that decide what is made. */
  List<String> inputs();

  /** Says for a reader what is being made. */
  String work();

  /** Returns whether a new setup goes on with what an older one left behind. */
  default boolean isIncremental() {
    return false;
  }

  /**
   * Puts files in place before the steps.
   *
   * @throws IOException if that fails
   */
  default void begin(Path folder, Path directory) throws IOException {}

  /**
   * Returns the commands, in order.
   *
   * @param program what was found of {@link #program}
   * @param folder folder of the subject
   * @param directory where everything is made
   */
  List<List<String>> steps(String program, Path folder, Path directory);

  /** Returns what stands for <code>{tool}</code> in the command that starts the driver. */
  String tool(String program, Path directory);
}
