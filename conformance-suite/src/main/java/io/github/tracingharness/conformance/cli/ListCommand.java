package io.github.tracingharness.conformance.cli;

import io.github.tracingharness.conformance.cases.AllCases;
import io.github.tracingharness.conformance.model.ConformanceCase;
import io.github.tracingharness.conformance.model.NamedCheck;
import io.github.tracingharness.conformance.report.RequirementsPage;
import io.github.tracingharness.conformance.requirement.Requirement;
import io.github.tracingharness.conformance.requirement.RequirementRegistry;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code harness list}: cases, or requirements, or subjects. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the cases with their level, or the requirements, or the subjects.")
final class ListCommand implements Callable<Integer> {

  @Option(
      names = "--requirements",
      description = "Lists the requirements, what tests each, and why some are untested.")
  private boolean requirements;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, or md for the page docs/requirements.md; with --requirements only.")
  private String format = "text";

  @Option(names = "--subjects", description = "Lists the subjects that can be run.")
  private boolean subjects;

  private final PrintStream out = System.out;

  ListCommand() {}

  @Override
  public Integer call() {
    boolean markdown = format.equals("md");
    if (!List.of("text", "md").contains(format) || (markdown && !requirements)) {
      throw new UsageException("--format must be text, or md with --requirements, not " + format);
    }
    if (markdown) {
      out.print(RequirementsPage.of(RequirementRegistry.load(), AllCases.registry()));
    } else if (subjects) {
      new SubjectCatalog(Home.subjects(), Home.target(), out).all().forEach(out::println);
    } else if (requirements) {
      listRequirements();
    } else {
      listCases();
    }
    return 0;
  }

  private void listCases() {
    RequirementRegistry registry = RequirementRegistry.load();
    for (ConformanceCase c : AllCases.registry().all()) {
      out.printf(
          "%-20s %-6s %-12s %s%n",
          c.id(), registry.get(c.requirement()).level(), c.family(), c.title());
    }
  }

  private void listRequirements() {
    Map<String, TreeSet<String>> testedBy = new LinkedHashMap<>();
    for (ConformanceCase c : AllCases.registry().all()) {
      for (NamedCheck check : c.checks()) {
        testedBy.computeIfAbsent(check.requirement(), key -> new TreeSet<>()).add(c.id());
      }
    }
    for (Requirement requirement : RequirementRegistry.load().all()) {
      String row = requirement.row() == null ? "" : " (row " + requirement.row() + ")";
      out.printf(
          "%-26s %-6s %s%s%n", requirement.key(), requirement.level(), requirement.text(), row);
      String untested = requirement.untested();
      String excluded = requirement.excluded();
      out.printf(
          "%-33s %s%n",
          "",
          excluded != null
              ? "excluded: " + excluded
              : untested != null
                  ? "untested: " + untested
                  : "tested by "
                      + String.join(
                          ", ", testedBy.getOrDefault(requirement.key(), new TreeSet<>())));
    }
  }
}
