package io.github.tracingharness.server.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Registered models and prompts with their versions. Each change replaces one model as a whole.
 * Thread-safe.
 */
public final class ModelStore {

  private final Object lock = new Object();
  private final Map<String, RegisteredModel> models = new LinkedHashMap<>();
  private final Capacity capacity;

  ModelStore(Capacity capacity) {
    this.capacity = capacity;
  }

  /**
   * Makes a model.
   *
   * @param name its name, already checked
   * @param description its description, possibly empty
   * @param tags its tags
   * @return the new model
   */
  public RegisteredModel create(String name, String description, Map<String, String> tags) {
    synchronized (lock) {
      RegisteredModel known = models.get(name);
      if (known != null) {
        throw taken(known, RegisteredModel.isPrompt(tags));
      }
      capacity.require("registered models", models.size());
      long now = System.currentTimeMillis();
      RegisteredModel made =
          new RegisteredModel(name, now, now, description, tags, Map.of(), List.of(), 0);
      models.put(name, made);
      return made;
    }
  }

  /**
   * Finds a model.
   *
   * @param name its name
   * @return the model as it is now
   */
  public RegisteredModel get(String name) {
    synchronized (lock) {
      RegisteredModel known = models.get(name);
      if (known == null) {
        throw TrackingException.absent("Registered Model with name=" + name + " not found");
      }
      return known;
    }
  }

  /**
   * Lists all models.
   *
   * @return the models by name
   */
  public List<RegisteredModel> all() {
    synchronized (lock) {
      List<RegisteredModel> all = new ArrayList<>(models.values());
      all.sort(Comparator.comparing(RegisteredModel::name));
      return all;
    }
  }

  /**
   * Finds a version.
   *
   * @param name the model's name
   * @param number the version's number
   * @return the version as it is now
   */
  public ModelVersion version(String name, int number) {
    synchronized (lock) {
      RegisteredModel model = models.get(name);
      if (model == null) {
        throw noVersion(name, number);
      }
      return model.version(number).orElseThrow(() -> noVersion(name, number));
    }
  }

  /**
   * Makes the next version of a model.
   *
   * @param name the model's name
   * @param description its description, possibly empty
   * @param source where it comes from
   * @param runId the run that made it, possibly empty
   * @param runLink a link to that run, possibly empty
   * @param tags its tags
   * @return the new version
   */
  public ModelVersion createVersion(
      String name,
      String description,
      String source,
      String runId,
      String runLink,
      Map<String, String> tags) {
    synchronized (lock) {
      RegisteredModel model = get(name);
      capacity.require("versions of one model", model.versions().size());
      long now = System.currentTimeMillis();
      ModelVersion made = new ModelVersion(
          name, model.lastVersion() + 1, now, now, description, source, runId, runLink, tags);
      models.put(name, model.with(made));
      return made;
    }
  }

  /**
   * Changes a version.
   *
   * @param name the model's name
   * @param number the version's number
   * @param description the new description
   * @return the changed version
   */
  public ModelVersion describeVersion(String name, int number, String description) {
    return changeVersion(
        name, number, version -> version.described(description, System.currentTimeMillis()));
  }

  /**
   * Sets a tag of a version.
   *
   * @param name the model's name
   * @param number the version's number
   * @param key the tag's key
   * @param value its value
   */
  public void setVersionTag(String name, int number, String key, String value) {
    changeVersion(name, number, version -> version.withTags(Tags.with(version.tags(), key, value)));
  }

  /**
   * Removes a tag of a version, if it exists.
   *
   * @param name the model's name
   * @param number the version's number
   * @param key the tag's key
   */
  public void removeVersionTag(String name, int number, String key) {
    changeVersion(name, number, version -> version.withTags(Tags.without(version.tags(), key)));
  }

  /**
   * Deletes a version with its aliases.
   *
   * @param name the model's name
   * @param number the version's number
   */
  public void deleteVersion(String name, int number) {
    synchronized (lock) {
      version(name, number);
      change(name, model -> model.withoutVersion(number, System.currentTimeMillis()));
    }
  }

  /**
   * Gives a model another name.
   *
   * @param name its name
   * @param newName its new name, already checked
   * @return the renamed model
   */
  public RegisteredModel rename(String name, String newName) {
    synchronized (lock) {
      RegisteredModel model = get(name);
      if (models.containsKey(newName) && !newName.equals(name)) {
        throw new TrackingException(
            ErrorCode.RESOURCE_ALREADY_EXISTS,
            "Registered Model (name=" + newName
                + ") already exists. Error: (sqlite3.IntegrityError) UNIQUE constraint failed:"
                + " registered_models.workspace, registered_models.name");
      }
      RegisteredModel renamed = model.named(newName, System.currentTimeMillis());
      models.remove(name);
      models.put(newName, renamed);
      return renamed;
    }
  }

  /**
   * Changes the description of a model.
   *
   * @param name its name
   * @param description the new description
   * @return the changed model
   */
  public RegisteredModel describe(String name, String description) {
    return change(name, model -> model.described(description, System.currentTimeMillis()));
  }

  /**
   * Deletes a model with its versions.
   *
   * @param name its name
   */
  public void delete(String name) {
    synchronized (lock) {
      get(name);
      models.remove(name);
    }
  }

  /**
   * Sets a tag of a model.
   *
   * @param name the model's name
   * @param key the tag's key
   * @param value its value
   */
  public void setTag(String name, String key, String value) {
    change(name, model -> model.withTags(Tags.with(model.tags(), key, value)));
  }

  /**
   * Removes a tag of a model, if it exists.
   *
   * @param name the model's name
   * @param key the tag's key
   */
  public void removeTag(String name, String key) {
    change(name, model -> model.withTags(Tags.without(model.tags(), key)));
  }

  /**
   * Lets an alias lead to a version.
   *
   * @param name the model's name
   * @param alias the alias
   * @param number the version's number
   */
  public void setAlias(String name, String alias, int number) {
    synchronized (lock) {
      version(name, number);
      change(name, model -> {
        Map<String, Integer> aliases = new LinkedHashMap<>(model.aliases());
        aliases.put(alias, number);
        return model.withAliases(aliases);
      });
    }
  }

  /**
   * Removes an alias, if it exists.
   *
   * @param name the model's name
   * @param alias the alias
   */
  public void removeAlias(String name, String alias) {
    change(name, model -> {
      Map<String, Integer> aliases = new LinkedHashMap<>(model.aliases());
      aliases.remove(alias);
      return model.withAliases(aliases);
    });
  }

  void restore(RegisteredModel model) {
    synchronized (lock) {
      models.put(model.name(), model);
    }
  }

  void clear() {
    synchronized (lock) {
      models.clear();
    }
  }

  private ModelVersion changeVersion(String name, int number, UnaryOperator<ModelVersion> change) {
    synchronized (lock) {
      ModelVersion changed = change.apply(version(name, number));
      models.put(name, get(name).with(changed));
      return changed;
    }
  }

  private RegisteredModel change(String name, UnaryOperator<RegisteredModel> change) {
    synchronized (lock) {
      RegisteredModel changed = change.apply(get(name));
      models.put(name, changed);
      return changed;
    }
  }

  private static TrackingException noVersion(String name, int number) {
    return TrackingException.absent(
        "Model Version (name=" + name + ", version=" + number + ") not found");
  }

  private static TrackingException taken(RegisteredModel known, boolean asPrompt) {
    boolean prompt = RegisteredModel.isPrompt(known.tags());
    String name = known.name();
    if (prompt == asPrompt) {
      return new TrackingException(
          ErrorCode.RESOURCE_ALREADY_EXISTS,
          (prompt ? "Prompt" : "Registered Model") + " (name=" + name + ") already exists.");
    }
    return new TrackingException(
        ErrorCode.RESOURCE_ALREADY_EXISTS,
        "Tried to create a " + (asPrompt ? "prompt" : "registered model") + " with name '" + name
            + "', but the name is already taken by a " + (prompt ? "prompt" : "registered model")
            + ". MLflow does not allow creating a model and a prompt with the same name.");
  }
}
