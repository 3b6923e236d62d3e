package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.schema.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table with a column for each kind of thing that databases hold and that is no pickle. */
@Tag("database")
final class NothingDetectedTest {
  private static final int ROWS = 250;

  private final Map<String, IntFunction<Object>> kinds = new LinkedHashMap<>();

  private interface Wrapper {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] content, Wrapper wrapper) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = wrapper.around(bytes)) {
        out.write(content);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void kinds(Random random) {
    IntFunction<byte[]> noise =
        most -> {
          byte[] bytes = new byte[1 + random.nextInt(most)];
          random.nextBytes(bytes);
          return bytes;
        };
    Base64.Encoder base64 = Base64.getEncoder();
    // WordPress: serialized PHP, options of one letter, posts, tokens.
    List<String> php =
        List.of(
            "a:0:{}",
            "a:2:{s:3:\"foo\";i:1;s:3:\"bar\";b:0;}",
            "O:8:\"stdClass\":1:{s:4:\"name\";s:3:\"Bob\";}",
            "N;",
            "b:1;",
            "i:42;",
            "d:0.5;",
            "s:5:\"hello\";",
            "closed",
            "0",
            "1",
            "yes",
            "");
    kinds.put("option_value", i -> php.get(i % php.size()) + (i % 17 == 0 ? "." : ""));
    kinds.put("post_content", i -> "<!-- wp:paragraph -->\n<p>No. " + i + ".</p>\n");
    kinds.put("post_excerpt", i -> List.of("].", "(.", ").", "}.", "N.", "I1\n.", "K.").get(i % 7));
    kinds.put("user_pass", i -> "$P$B" + base64.encodeToString(noise.apply(40)));
    kinds.put(
        "django_password", i -> "pbkdf2_sha256$260000$x$" + base64.encodeToString(noise.apply(44)));
    kinds.put("bcrypt", i -> "$2y$10$" + base64.encodeToString(noise.apply(40)));
    // Sakila: names, images, sets, locations.
    kinds.put(
        "title",
        i -> List.of("ACADEMY DINOSAUR", "N. Smith", "I. Newton", "S. K.", "(c) 2024.").get(i % 5));
    kinds.put(
        "png",
        i ->
            ByteLiterals.join(
                ByteLiterals.latin1("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"), noise.apply(200)));
    kinds.put(
        "jpeg",
        i ->
            ByteLiterals.join(
                ByteLiterals.latin1("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0"), noise.apply(200)));
    kinds.put("gif", i -> ByteLiterals.join(ByteLiterals.latin1("GIF89a"), noise.apply(100)));
    kinds.put(
        "point", i -> ByteLiterals.join(new byte[] {0, 0, 0, 0, 1, 1, 0, 0, 0}, noise.apply(16)));
    kinds.put("features", i -> "Trailers,Commentaries,Deleted Scenes");
    // Bytes of all sorts, those that begin as a pickle does among them.
    kinds.put("noise_short", i -> noise.apply(12));
    kinds.put("noise_long", i -> noise.apply(2000));
    kinds.put(
        "noise_80",
        i ->
            ByteLiterals.join(new byte[] {(byte) 0x80, (byte) random.nextInt(8)}, noise.apply(60)));
    kinds.put(
        "noise_text",
        i ->
            ByteLiterals.join(
                ByteLiterals.latin1(List.of("(dp0\n", "}", "]q\0", "(lp1\n", "csys\n").get(i % 5)),
                noise.apply(60)));
    kinds.put(
        "uuid",
        i -> {
          byte[] b = new byte[16];
          random.nextBytes(b);
          return b;
        });
    kinds.put("gzip", i -> packed(noise.apply(300), GZIPOutputStream::new));
    kinds.put(
        "gzip_json",
        i -> packed(ByteLiterals.latin1("{\"id\": " + i + "}"), GZIPOutputStream::new));
    kinds.put(
        "zlib",
        i ->
            packed(ByteLiterals.latin1("some text, number " + i + "."), DeflaterOutputStream::new));
    kinds.put("zlib_short", i -> packed(ByteLiterals.latin1("N."), DeflaterOutputStream::new));
    kinds.put(
        "mysql_compress",
        i ->
            ByteLiterals.join(
                new byte[] {3, 0, 0, 0},
                packed(ByteLiterals.latin1("abc"), DeflaterOutputStream::new)));
    kinds.put(
        "java",
        i ->
            ByteLiterals.join(
                new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r'}, noise.apply(80)));
    kinds.put("ruby", i -> ByteLiterals.join(new byte[] {4, 8, '{', 6, ':'}, noise.apply(30)));
    kinds.put(
        "msgpack",
        i ->
            ByteLiterals.join(
                new byte[] {(byte) 0x82, (byte) 0xa2, 'i', 'd', (byte) (i & 0x7f)},
                noise.apply(9)));
    kinds.put(
        "protobuf",
        i -> ByteLiterals.join(new byte[] {0x0a, 4, 'n', 'a', 'm', 'e', 0x10}, noise.apply(5)));
    kinds.put(
        "bson",
        i ->
            ByteLiterals.join(
                new byte[] {22, 0, 0, 0, 2, 'h', 0, 6, 0, 0, 0}, ByteLiterals.latin1("world\0\0")));
    kinds.put("zeros", i -> new byte[1 + i % 40]);
    // Text of all sorts.
    kinds.put("base64_noise", i -> base64.encodeToString(noise.apply(60)));
    kinds.put(
        "base64_words",
        i -> base64.encodeToString(ByteLiterals.latin1("No news is good news, " + i + ".")));
    kinds.put(
        "base64_png",
        i ->
            base64.encodeToString(
                ByteLiterals.join(ByteLiterals.latin1("\u0089PNG\r\n"), noise.apply(60))));
    kinds.put("hex", i -> HexFormat.of().formatHex(noise.apply(32)));
    kinds.put(
        "md5",
        i -> {
          byte[] b = new byte[16];
          random.nextBytes(b);
          return HexFormat.of().formatHex(b);
        });
    kinds.put("hex_text", i -> HexFormat.of().formatHex(ByteLiterals.latin1("row " + i + ".")));
    kinds.put("totp", i -> "JBSWY3DPEHPK3PX" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(i % 32));
    kinds.put(
        "jwt",
        i ->
            "eyJhbGciOiJIUzI1NiJ9.eyJpZCI6"
                + i
                + "fQ."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(noise.apply(32)));
    kinds.put(
        "django_signed_json",
        i ->
            "eyJpZCI6MX0:1sRtQ"
                + i % 10
                + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));
    kinds.put("json", i -> i % 2 == 0 ? "{\"id\": " + i + ", \"tags\": []}" : "[1, 2, \"N.\"]");
    kinds.put("json_base64", i -> "{\"v\": \"" + base64.encodeToString(noise.apply(30)) + "\"}");
    kinds.put("yaml", i -> "a: 1\nb: [x, y]\n");
    kinds.put("xml", i -> "<?xml version=\"1.0\"?><a id=\"" + i + "\"/>");
    kinds.put("csv", i -> i + ";\"a\";N\n" + i + ";\"b\";.\n");
    kinds.put("url", i -> "https://example.org/a?b=" + i + "&c=%2E.");
    kinds.put("data_url", i -> "data:image/png;base64," + base64.encodeToString(noise.apply(60)));
    kinds.put("number", i -> String.valueOf(random.nextLong()));
    kinds.put(
        "words",
        i ->
            List.of(
                    "gANLAS4 is no word",
                    "K\u0001.",
                    "V.",
                    "(i__main__",
                    "deadbeef",
                    "I",
                    "F1.5\n",
                    "S'a'")
                .get(i % 8));
    kinds.put(
        "python_repr",
        i ->
            List.of("b'abc'", "u'x'", "{'a': 1}", "[1, 2].", "None", "b'N.'", "(1, 2)").get(i % 7));
    kinds.put("escapes", i -> "C:\\temp\\new." + i);
    kinds.put("email", i -> "Subject: N.\r\n\r\nDear I. N.\r\nbye\r\n.");
    kinds.put("code", i -> "import pickle\npickle.loads(b'\\x80\\x04N.')\n");
    kinds.put("ascii85", i -> "<~9jqo^BlbD-BleB1DJ+*+F(f,q~>");
    kinds.put("quoted", i -> "\"" + i + ".\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsClaimed(long seed) throws Exception {
    TestDatabase database = TestDatabase.get();
    String url = database.freshSchema();
    kinds(new Random(seed));
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (Map.Entry<String, IntFunction<Object>> kind : kinds.entrySet()) {
        String type = kind.getValue().apply(0) instanceof byte[] ? "BLOB" : "LONGTEXT";
        String table = "t_" + kind.getKey();
        statement.execute("CREATE TABLE %s (id INT PRIMARY KEY, v %s)".formatted(table, type));
        fill(connection, "INSERT INTO " + table + " VALUES (?, ?)", kind.getValue());
      }
      connection.commit();
    }
    Run run =
        Run.of(
            "detect",
            "--url",
            url,
            "--username",
            database.username(),
            "--password=" + database.password());
    assertThat(run.out()).isEqualTo(kinds.size() + " columns looked at, 0 with pickles\n");
    assertThat(run.status()).isEqualTo(1);
  }

  private static void fill(Connection connection, String sql, IntFunction<Object> values)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setObject(2, values.apply(i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
