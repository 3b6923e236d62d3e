package io.picklift.app.cli;

import io.picklift.app.job.Game;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/** Rows of a real table: some wrapped, some that are no save. */
final class OddRows {
  /** The reasons of those that no save can be made of; {@code wrong-root} only under a mapping. */
  static final Map<String, String> REFUSED =
      Map.of(
          "bad-empty", "empty",
          "bad-null", "null",
          "bad-page", "not-a-pickle",
          "bad-cut", "truncated",
          "bad-zlib", "encoding");

  /** A save whose root no mapping knows; to a profile it is a save. */
  static final String OTHER_ROOT = "other-root";

  /** How many of the rows are saves, the one of the other root apart. */
  static final int SAVES = 132;

  private OddRows() {}

  /** Fills a table with more rows than a batch has. */
  static void put(Game game) throws SQLException, IOException {
    game.fill(SAVES - 2);
    game.put("wrapped-1", zlib(Game.save(9)));
    game.put("wrapped-2", Base64.getEncoder().encode(zlib(Game.save(10))));
    game.put("bad-empty", new byte[0]);
    game.put("bad-null", null);
    game.put("bad-page", "<html>502</html>".getBytes(StandardCharsets.UTF_8));
    game.put("bad-cut", Arrays.copyOf(Game.save(4), 300));
    game.put("bad-zlib", Arrays.copyOf(zlib(Game.save(8)), 100));
    game.put(OTHER_ROOT, "cposix\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zlib(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }
}
