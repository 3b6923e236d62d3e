package io.picklift.codec.meaning;

import io.picklift.codec.model.GlobalName;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The well-known types, by the name their pickles give. */
enum WellKnownType {
  DATETIME("datetime.datetime"),
  DATE("datetime.date"),
  TIME("datetime.time"),
  TIMEDELTA("datetime.timedelta"),
  DECIMAL("decimal.Decimal"),
  UUID("uuid.UUID"),
  COMPLEX("builtins.complex"),
  ORDERED_DICT("collections.OrderedDict"),
  DEFAULT_DICT("collections.defaultdict"),
  DEQUE("collections.deque");

  private static final Map<String, WellKnownType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(type -> type.name, Function.identity()));

  private final String name;

  WellKnownType(String name) {
    this.name = name;
  }

  static @Nullable WellKnownType of(GlobalName name) {
    WellKnownType type = BY_NAME.get(name.dotted());
    // A name may be cut in two elsewhere: module "a.b", or class "a.b".
    return type != null && name.qualname().indexOf('.') < 0 ? type : null;
  }
}
