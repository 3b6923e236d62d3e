package io.picklift.schema.tables.values;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The places of the two parts that each complex number is called with. Neither can be None: Python
 * would not load it.
 */
public final class ComplexParts {
  /** What a cell that makes one of them NULL is told. */
  public static final String BOTH = "a complex number has both of its parts";

  private final Meaning meaning;

  /** Found when it is asked for first: most saves are never asked. */
  private @Nullable BitSet places;

  public ComplexParts(Meaning meaning) {
    this.meaning = meaning;
  }

  /**
   * Whether one of these parts stands there.
   *
   * @param place as {@link Meaning#member} takes it; or -1
   */
  public boolean has(int place) {
    BitSet known = places;
    if (known == null) {
      known = find();
      places = known;
    }
    return place >= 0 && known.get(place);
  }

  private BitSet find() {
    BitSet found = new BitSet();
    for (int node = 0; node < meaning.graph().size(); node++) {
      if (meaning.kind(node) == Kind.CALL && meaning.wellKnown(node) instanceof WellKnown.Complex) {
        int start = MemberSpan.start(meaning.argumentSpan(node));
        found.set(start, start + 2);
      }
    }
    return found;
  }
}
