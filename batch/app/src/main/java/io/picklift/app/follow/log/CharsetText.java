package io.picklift.app.follow.log;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a text column into the text that the server makes of them. What is not a form
 * of Unicode is asked of the server, since its latin1 and its gbk are not Java's; answers are
 * remembered. For one thread.
 */
final class CharsetText {
  private static final int MOST_KNOWN = 4_096;

  private final @Nullable Charset unicode;
  private final String charset;
  private final DataSource server;
  private final Map<String, String> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  /**
   * @param charset as the server names it
   */
  CharsetText(String charset, DataSource server) {
    this.charset = charset;
    this.server = server;
    unicode = unicode(charset);
  }

  private static @Nullable Charset unicode(String charset) {
    return switch (charset) {
      case "utf8", "utf8mb3", "utf8mb4" -> StandardCharsets.UTF_8;
      case "ascii" -> StandardCharsets.US_ASCII;
      case "ucs2", "utf16" -> StandardCharsets.UTF_16BE;
      case "utf16le" -> StandardCharsets.UTF_16LE;
      case "utf32" -> Charset.forName("UTF-32BE");
      default -> null;
    };
  }

  String of(byte[] bytes) throws IOException {
    if (unicode != null) {
      return new String(bytes, unicode);
    }
    String raw = new String(bytes, StandardCharsets.ISO_8859_1);
    if (raw.chars().allMatch(c -> c >= ' ' && c < 0x7f) && !charset.equals("swe7")) {
      return raw;
    }
    String text = known.get(raw);
    if (text == null) {
      text = ask(bytes);
      known.put(raw, text);
    }
    return text;
  }

  private String ask(byte[] bytes) throws IOException {
    // The name comes from the server's own list of its columns, and is a word.
    String sql = "SELECT CONVERT(CAST(? AS BINARY) USING " + charset.replaceAll("\\W", "") + ")";
    try (Connection connection = server.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBytes(1, bytes);
      try (ResultSet row = select.executeQuery()) {
        if (row.next() && row.getString(1) != null) {
          return row.getString(1);
        }
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
    throw new LogFormatException("a key is no text of " + charset);
  }
}
