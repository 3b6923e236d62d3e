package io.picklift.schema.mapping;

import io.picklift.schema.yaml.ConfigurationException;
import io.picklift.schema.yaml.NearestName;
import io.picklift.schema.yaml.YamlMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a column of a mapping says of its values beyond their type. */
final class OptionsReader {
  static final Set<String> KEYS = Set.of("zone", "offset", "only", "kind", "dtype", "shape");

  private final YamlMap map;
  private final String column;

  OptionsReader(YamlMap map, String column) {
    this.map = map;
    this.column = column;
  }

  ColumnOptions read(ColumnType type, @Nullable String references) throws ConfigurationException {
    if (KEYS.stream().noneMatch(map::has)) {
      return ColumnOptions.NONE;
    }
    if (references != null) {
      throw error(KEYS.stream().filter(map::has).findFirst().orElseThrow(), "a reference has none");
    }
    String zone = map.text("zone");
    if (zone != null && !zone.equals("utc")) {
      throw error("zone", "zone must be utc");
    }
    if (zone != null && type.base() != ColumnType.Base.DATETIME) {
      throw error("zone", "only a DATETIME(6) has a zone");
    }
    String offset = name("offset");
    if (offset != null && zone == null) {
      throw error("offset", "offset goes with zone: utc");
    }
    String dtype = name("dtype");
    String shape = name("shape");
    if ((dtype != null || shape != null) && !type.base().isBytes()) {
      throw error(dtype != null ? "dtype" : "shape", "only bytes are those of an array");
    }
    ScalarKind only = only(type, zone != null);
    if (only == ScalarKind.SPECIAL && map.has("kind")) {
      throw error(
          "kind", "numbers that are special are of the kind float or decimal: leave it out");
    }
    return new ColumnOptions(zone != null, offset, only, name("kind"), dtype, shape, false);
  }

  private @Nullable ScalarKind only(ColumnType type, boolean isUtc) throws ConfigurationException {
    String text = map.text("only");
    if (text == null) {
      return null;
    }
    ScalarKind kind = ScalarKind.of(text);
    if (kind == null) {
      throw error("only", "unknown kind " + text + NearestName.hint(text, ScalarKind.labels()));
    }
    ScalarKind own = ScalarKind.of(type, isUtc);
    // Eight bytes as a number: the key that ZODB's storages have for an object.
    boolean isOid = type.base() == ColumnType.Base.BIGINT && kind == ScalarKind.BYTES;
    boolean isSpecial = type.base() == ColumnType.Base.VARCHAR && kind == ScalarKind.SPECIAL;
    if (own != kind
        && !isOid
        && !isSpecial
        && !(own == ScalarKind.INT && holds(kind))
        && !isNumber(type, kind)) {
      throw error("only", "a " + type + " holds no " + text);
    }
    return kind;
  }

  private static boolean holds(ScalarKind kind) {
    return kind == ScalarKind.BOOL || kind == ScalarKind.FLOAT || kind == ScalarKind.TIMEDELTA;
  }

  private static boolean isNumber(ColumnType type, ScalarKind kind) {
    return switch (type.base()) {
      case DOUBLE -> kind == ScalarKind.INT || kind == ScalarKind.BOOL;
      case DECIMAL, BOOLEAN -> kind == ScalarKind.INT;
      default -> false;
    };
  }

  private @Nullable String name(String key) throws ConfigurationException {
    String name = map.text(key);
    if (name != null) {
      Identifiers.check(map, key, name);
    }
    return name;
  }

  private ConfigurationException error(String key, String message) {
    return map.error(key, "column " + column + ": " + message);
  }
}
