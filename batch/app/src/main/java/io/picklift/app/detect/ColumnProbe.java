package io.picklift.app.detect;

import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.PickleShape;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at some values of a column, the first and the last by its key. */
final class ColumnProbe {
  /** Longer values are read as far as that: enough to see that they begin as pickles. */
  private static final int MOST_BYTES = 8 << 20;

  /** A table that takes longer for a few rows is passed over. */
  private static final int SECONDS = 20;

  /** Fewer pickles among the values are chance. */
  private static final double LEAST_SHARE = 0.05;

  /** A pickle of fewer bytes, without a wrapping and a protocol, may be a word. */
  private static final int SHORTEST = 6;

  private static final int FIRST_KEY = 3;

  private static final int MOST_NAMES = 5;

  private static final int MOST_NAMES_OF_ONE = 100;

  private final BlobDecoder decoder;
  private final int sample;

  private final Set<List<String>> seen = new HashSet<>();
  private long sampled;
  private long bytes;
  private long pickles;
  private long json;
  private long stray;
  private final Map<String, Long> refused = new TreeMap<>();
  private final Map<String, Long> wrappings = new LinkedHashMap<>();
  private final Map<Integer, Long> protocols = new TreeMap<>();
  private final Map<String, Long> names = new LinkedHashMap<>();

  ColumnProbe(DecodingEngine.Name engine, Limits limits, int sample) {
    this.decoder = BlobDecoder.ofProvenDamage(engine, limits);
    this.sample = sample;
  }

  /** Reads values; what it holds, or null where these are no pickles. */
  @Nullable FoundColumn look(Connection connection, CandidateColumn column) throws SQLException {
    boolean isWhole = read(connection, column, "");
    if (!isWhole && !column.key().isEmpty()) {
      isWhole = read(connection, column, " DESC");
    }
    if (pickles == 0 || pickles < LEAST_SHARE * sampled) {
      return null;
    }
    Map<String, Long> around = byCount(wrappings, Integer.MAX_VALUE);
    return new FoundColumn(
        column,
        isWhole,
        sampled,
        bytes,
        pickles,
        json,
        stray,
        refused,
        around,
        protocols,
        List.copyOf(byCount(names, MOST_NAMES).keySet()),
        Applications.of(
            column.table(),
            column.name(),
            names.keySet(),
            around.keySet().stream().findFirst().orElse(""),
            column.tables()));
  }

  private static Map<String, Long> byCount(Map<String, Long> counts, int most) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(most)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
  }

  /** Reads half of the sample from one end of the key; whether all values have been seen then. */
  private boolean read(Connection connection, CandidateColumn column, String direction)
      throws SQLException {
    String name = SqlNames.quote(column.name());
    String order =
        column.key().stream()
            .map(key -> SqlNames.quote(key) + direction)
            .collect(Collectors.joining(", "));
    int half = Math.max(1, sample / 2);
    String sql =
        "SELECT LEFT(%s, %d), LENGTH(%s)%s FROM %s.%s WHERE %s IS NOT NULL AND %s <> ''%s LIMIT %d"
            .formatted(
                name,
                MOST_BYTES,
                name,
                column.key().stream()
                    .map(key -> ", " + SqlNames.quote(key))
                    .collect(Collectors.joining()),
                SqlNames.quote(column.schema()),
                SqlNames.quote(column.table()),
                name,
                name,
                order.isEmpty() ? "" : " ORDER BY " + order,
                half);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setQueryTimeout(SECONDS);
      try (ResultSet row = select.executeQuery()) {
        int rows = 0;
        for (; row.next(); rows++) {
          List<String> key = new ArrayList<>();
          for (int i = 0; i < column.key().size(); i++) {
            key.add(row.getString(FIRST_KEY + i));
          }
          // The last values of a table of fewer rows than the sample are the first ones.
          if (!key.isEmpty() && !seen.add(key)) {
            return true;
          }
          value(row.getBytes(1), row.getLong(2));
        }
        return rows < half;
      }
    }
  }

  private void value(byte[] value, long length) {
    sampled++;
    bytes += length;
    try {
      BlobDecoder.Decoded decoded = decoder.decode(value);
      Unpacked unpacked = decoded.unpacked();
      if (unpacked.labels().contains("json")) {
        json++;
      } else if (isProof(unpacked)) {
        pickle(unpacked, decoded.graph());
        noteNames(decoded.meaning());
      }
    } catch (LimitException e) {
      // A pickle, and too large to be looked into.
      return;
    } catch (RefusedException e) {
      String reason = e.refusal().reason();
      boolean isPickle =
          reason.equals("truncated") || reason.equals("malformed") || reason.equals("damaged");
      refused.merge(reason, 1L, Long::sum);
      // The beginning of one that is longer than what was read is none that is damaged.
      if (isPickle && value.length < length) {
        refused.merge(reason, -1L, Long::sum);
        refused.values().removeIf(count -> count == 0);
        pickles++;
      }
    }
  }

  private static boolean isProof(Unpacked unpacked) {
    byte[] pickle = unpacked.pickle();
    boolean hasProtocol = (pickle[0] & 0xff) == 0x80;
    // Within a wrapping, more bytes behind it are more text that was taken for the wrapping.
    if (hasProtocol && unpacked.labels().isEmpty()) {
      return true;
    }
    if (hasProtocol) {
      return PickleShape.isStream(pickle);
    }
    // "N. Smith" is a pickle of None, and more bytes behind it.
    int end = pickle.length;
    while (end > 0 && (pickle[end - 1] == 0 || ByteLiterals.isBlank(pickle[end - 1]))) {
      end--;
    }
    return end >= SHORTEST && PickleShape.end(pickle) == end;
  }

  private void pickle(Unpacked unpacked, SaveGraph graph) {
    pickles++;
    stray += RecordDecoder.strayBytes(graph) > 0 ? 1 : 0;
    String label = unpacked.label();
    wrappings.merge(label.isEmpty() ? "none" : label, 1L, Long::sum);
    protocols.merge(graph.style().protocol(), 1L, Long::sum);
  }

  private void noteNames(Meaning meaning) {
    SaveGraph graph = meaning.graph();
    Set<String> found = new LinkedHashSet<>();
    for (int node = 0; node < graph.size() && found.size() < MOST_NAMES_OF_ONE; node++) {
      if (graph.kind(node) == Kind.GLOBAL) {
        found.add(meaning.globalName(node));
      }
    }
    found.forEach(name -> names.merge(name, 1L, Long::sum));
  }
}
