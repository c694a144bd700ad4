package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.model.CaseRegistry;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import io.github.tracingharness.conformance.scoring.SetLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code harness sets}: the sets of requirements, and which are frozen. */
@Command(
    name = "sets",
    mixinStandardHelpOptions = true,
    description =
        "Lists the sets of requirements, which are frozen, and what came later; or freezes"
            + " sets.")
final class SetsCommand implements Callable<Integer> {

  @Option(
      names = "--freeze",
      paramLabel = "SET",
      description = "Writes conformance-suite/src/main/resources/sets/SET.lock from what the set"
          + " has now.")
  private List<String> freeze = new ArrayList<>();

  private final RequirementRegistry requirements = RequirementRegistry.load();
  private final CaseRegistry cases = AllCases.registry();

  SetsCommand() {}

  @Override
  public Integer call() throws IOException {
    List<String> all =
        requirements.all().stream().map(Requirement::set).distinct().toList();
    for (String set : freeze) {
      if (!all.contains(set)) {
        throw new UsageException(
            "there is no set '%s'; known are %s".formatted(set, String.join(", ", all)));
      }
      Path directory = Home.directory().resolve("conformance-suite/src/main/resources/sets");
      Files.createDirectories(directory);
      Path file = directory.resolve(set + ".lock");
      Files.writeString(file, SetLock.of(set, requirements, cases.all()).text());
      System.out.println("wrote " + file);
    }
    if (freeze.isEmpty()) {
      all.forEach(this::show);
    }
    return 0;
  }

  private void show(String set) {
    SetLock now = SetLock.of(set, requirements, cases.all());
    Optional<SetLock> frozen = SetLock.load(set);
    System.out.printf(
        "%-16s %3d requirements, %3d cases, %s%n",
        set,
        now.requirements().size(),
        now.cases().size(),
        frozen
            .map(lock -> "frozen with %d cases".formatted(lock.cases().size()))
            .orElse("not frozen"));
    frozen.ifPresent(lock -> {
      now.cases().stream()
          .filter(id -> !lock.cases().contains(id))
          .forEach(id -> System.out.println("  not scored, added after the freeze: " + id));
      lock.broken(now).forEach(problem -> System.out.println("  " + problem));
    });
  }
}
