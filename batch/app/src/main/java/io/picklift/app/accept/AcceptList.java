package io.picklift.app.accept;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accepted findings and causes of an {@code accept.yaml}. Immutable. */
public final class AcceptList {
  private static final AcceptList NONE =
      new AcceptList(List.of(), Clock.system(ZoneId.systemDefault()));

  private final Map<String, Acceptance> findings = new HashMap<>();
  private final Map<String, Acceptance> causes = new HashMap<>();

  /** Key and kind of each accepted finding. */
  private final Set<String> kinds = new HashSet<>();

  private final LocalDate today;

  public AcceptList(List<Acceptance> all, Clock clock) {
    today = LocalDate.now(clock);
    for (Acceptance one : all) {
      (one.isCause() ? causes : findings).put(one.subject(), one);
      int colon = one.what().indexOf(':');
      if (!one.isCause() && colon > 0) {
        kinds.add(one.key() + "\n" + one.what().substring(0, colon));
      }
    }
  }

  /** Nothing is accepted. */
  public static AcceptList none() {
    return NONE;
  }

  /**
   * The acceptance of the finding with this fingerprint, expired or not; null where there is none.
   */
  public @Nullable Acceptance finding(String fingerprint) {
    return findings.get(fingerprint);
  }

  /** The acceptance of a cause, expired or not; null where there is none. */
  public @Nullable Acceptance cause(String id) {
    return causes.get(id);
  }

  /** Whether another finding of this kind is accepted of the save. */
  public boolean isKnown(String key, String kind) {
    return kinds.contains(key + "\n" + kind);
  }

  /** Whether an acceptance holds today. */
  public boolean holds(@Nullable Acceptance acceptance) {
    return acceptance != null && !acceptance.isExpired(today);
  }

  public boolean isEmpty() {
    return findings.isEmpty() && causes.isEmpty();
  }

  /** How many entries there are. */
  public int size() {
    return findings.size() + causes.size();
  }
}
