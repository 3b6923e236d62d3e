package io.picklift.schema.renames;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.testing.Saves;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application over its versions: attributes get other names, appear and vanish, and saves of all
 * versions lie in one table. What renames do to the place in the state, and how often, is as in
 * code that people write: mostly the new name stands where the old one stood, and what is new comes
 * last.
 */
final class SimulatedHistory {
  private final Random random;
  private final SimulatedValues values;
  private final List<String[]> vocabulary;
  private final List<Attribute> now = new ArrayList<>();
  private final List<List<Attribute>> versions = new ArrayList<>();
  private final Set<String> usedWords = new HashSet<>();

  /** The renames as {@code old new}. */
  final Set<String> renames = new HashSet<>();

  private record Attribute(String name, String[] names, String sort, boolean isOptional) {
    Attribute renamed(String to) {
      return new Attribute(to, names, sort, isOptional);
    }
  }

  /** What happens to a class from one version to the next: in this order, to what it had. */
  enum Change {
    RENAME,
    VANISH,
    APPEAR
  }

  SimulatedHistory(Random random, List<String[]> vocabulary, List<Change> changes) {
    this.random = random;
    this.vocabulary = vocabulary;
    values = new SimulatedValues(random);
    int attributes = 8 + random.nextInt(9);
    for (int i = 0; i < attributes; i++) {
      add(now.size());
    }
    int steps = 1 + random.nextInt(Math.max(1, Math.min(4, changes.size())));
    List<List<Change>> bySteps = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      bySteps.add(new ArrayList<>());
    }
    changes.forEach(change -> bySteps.get(random.nextInt(steps)).add(change));
    versions.add(List.copyOf(now));
    Set<String> touched = new HashSet<>();
    for (List<Change> step : bySteps) {
      Collections.sort(step);
      step.forEach(change -> apply(change, touched));
      versions.add(List.copyOf(now));
    }
  }

  private void apply(Change change, Set<String> touched) {
    switch (change) {
      case APPEAR -> {
        boolean isLast = random.nextInt(10) < 6;
        add(isLast ? now.size() : random.nextInt(now.size() + 1));
      }
      case VANISH -> {
        int at = pick(touched, 1);
        touched.add(now.remove(at).names()[0]);
      }
      case RENAME -> {
        int at = pick(touched, 2);
        Attribute old = now.get(at);
        String[] names = old.names();
        String to = old.name();
        while (to.equals(old.name())) {
          to = names[random.nextInt(names.length)];
        }
        renames.add(old.name() + " " + to);
        touched.add(names[0]);
        now.remove(at);
        // A new name is written over the old one, or set by code that brings old objects up to
        // date.
        now.add(random.nextInt(10) < 8 ? at : now.size(), old.renamed(to));
      }
    }
  }

  private int pick(Set<String> touched, int fewestNames) {
    while (true) {
      int at = random.nextInt(now.size());
      Attribute one = now.get(at);
      if (!touched.contains(one.names()[0]) && one.names().length >= fewestNames) {
        return at;
      }
    }
  }

  private void add(int at) {
    while (true) {
      String[] line = vocabulary.get(random.nextInt(vocabulary.size()));
      if (usedWords.add(line[0])) {
        String[] names = line[0].split("\\|", -1);
        String name = names[random.nextInt(names.length)];
        now.add(at, new Attribute(name, names, line[1], random.nextInt(10) == 0));
        return;
      }
    }
  }

  /** The profile of saves of all versions. */
  Profile profile() throws Exception {
    Profile profile = new Profile(ProfileLimits.defaults());
    boolean hasWatermark = random.nextInt(10) < 6;
    boolean isList = random.nextBoolean();
    List<Integer> versionOf = new ArrayList<>();
    for (int version = 0; version < versions.size(); version++) {
      int saves = 8 + random.nextInt(25);
      for (int i = 0; i < saves; i++) {
        versionOf.add(version);
      }
    }
    // Without a watermark they come in the order of keys that say nothing of it.
    if (!hasWatermark) {
      Collections.shuffle(versionOf, random);
    }
    for (int i = 0; i < versionOf.size(); i++) {
      byte[] pickle = pickle(versions.get(versionOf.get(i)), isList ? 1 + random.nextInt(6) : 0);
      String watermark =
          hasWatermark
              ? String.format(Locale.ROOT, "2024-%02d-%02d", 1 + i / 28, 1 + i % 28)
              : null;
      new Profiler(profile)
          .add(
              Meaning.of(Saves.decode(pickle), Limits.defaults()),
              new SaveFacts("user-" + i, i, watermark, List.of(), pickle.length, pickle.length));
    }
    return profile.finish();
  }

  private byte[] pickle(List<Attribute> attributes, int members) {
    SimulatedValues.Pickle pickle = new SimulatedValues.Pickle();
    if (members > 0) {
      pickle.start();
    }
    for (int i = 0; i < Math.max(1, members); i++) {
      List<String> names = new ArrayList<>();
      List<@Nullable Object> of = new ArrayList<>();
      for (Attribute attribute : attributes) {
        if (!attribute.isOptional() || random.nextInt(10) < 7) {
          names.add(attribute.name());
          of.add(values.value(attribute.sort()));
        }
      }
      pickle.object("app.models", "Thing", names, of);
    }
    if (members > 0) {
      pickle.end();
    }
    return pickle.bytes();
  }
}
