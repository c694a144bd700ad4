package io.github.tracingharness.server.search;

import io.github.tracingharness.server.state.ModelVersion;
import io.github.tracingharness.server.state.RegisteredModel;
import io.github.tracingharness.server.state.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Filters of searches for registered models and model versions. Prompts are found only by a filter
 * that asks for their tag.
 */
public final class ModelSearch {

  private ModelSearch() {}

  /**
   * Reads a filter for models.
   *
   * @param filter its text; empty for all models
   * @return what fits
   */
  public static Predicate<RegisteredModel> models(String filter) {
    return parse(
        filter, RegisteredModel::tags, key -> key.equals("name") ? RegisteredModel::name : null);
  }

  /**
   * Reads a filter for versions.
   *
   * @param filter its text; empty for all versions
   * @return what fits
   */
  public static Predicate<ModelVersion> versions(String filter) {
    return parse(filter, ModelVersion::tags, key -> switch (key) {
      case "name" -> ModelVersion::model;
      case "run_id" -> ModelVersion::runId;
      case "source_path" -> ModelVersion::source;
      case "version_number" -> version -> Integer.toString(version.number());
      default -> null;
    });
  }

  private static <T> Predicate<T> parse(
      String filter,
      Function<T, Map<String, String>> tags,
      Function<String, @Nullable Function<T, String>> attributes) {
    List<Predicate<T>> all = new ArrayList<>();
    boolean asksForPrompts = false;
    for (Clauses.Clause clause : Clauses.parse(filter)) {
      String key = clause.key();
      if (key.startsWith("tags.") || key.startsWith("tag.")) {
        String name = Key.unquoted(key.substring(key.indexOf('.') + 1));
        asksForPrompts |= name.equals(RegisteredModel.PROMPT_TAG);
        all.add(tag(name, clause, tags));
      } else {
        String attribute = key.replaceFirst("^attributes?\\.", "");
        Function<T, String> column = attributes.apply(attribute);
        if (column == null) {
          throw TrackingException.invalid("Invalid attribute name: " + attribute);
        }
        Predicate<String> test = test(clause);
        all.add(item -> test.test(column.apply(item)));
      }
    }
    if (!asksForPrompts) {
      all.add(item -> !RegisteredModel.isPrompt(tags.apply(item)));
    }
    return Joined.all(all);
  }

  private static <T> Predicate<T> tag(
      String name, Clauses.Clause clause, Function<T, Map<String, String>> tags) {
    Predicate<String> test = test(clause);
    boolean absentFits =
        name.equals(RegisteredModel.PROMPT_TAG) && clause.comparator().equals("!=");
    return item -> {
      String value = tags.apply(item).get(name);
      return value == null ? absentFits : test.test(value);
    };
  }

  private static Predicate<String> test(Clauses.Clause clause) {
    if (Values.isNumber(clause.value())) {
      double wanted = Double.parseDouble(clause.value());
      return actual -> Values.isNumber(actual)
          && Values.compares(
              Double.compare(Double.parseDouble(actual), wanted), clause.comparator());
    }
    return Values.test(clause);
  }
}
