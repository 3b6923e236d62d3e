package io.picklift.app.demo;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One application's sample: a folder with a configuration, a mapping, a README that asks questions,
 * and the application's table with data as {@code source.sql}, unless its source is files.
 */
public record Pack(Path folder) {
  private static final String TABLE = "source.sql";

  private static final Pattern QUESTION =
      Pattern.compile("\\*\\*([^*]+)\\*\\*\\s+```sql\\n(.+?)\\n```", Pattern.DOTALL);

  /**
   * Opens a pack.
   *
   * @throws ConfigurationException if the folder is none
   */
  public static Pack open(Path folder) {
    for (String name : List.of("picklift.yaml", "mapping.yaml", "README.md")) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        throw new ConfigurationException(
            "--pack " + folder + ": it is no pack, for it has no " + name);
      }
    }
    return new Pack(folder);
  }

  /** Makes the application's table, with its rows; gives how many statements that took. */
  public int load(Connection source) throws SQLException, IOException {
    Path table = folder.resolve(TABLE);
    if (!Files.exists(table)) {
      return 0;
    }
    int count = 0;
    try (Statement statement = source.createStatement()) {
      StringBuilder sql = new StringBuilder();
      for (String line : Files.readAllLines(table)) {
        if (!line.startsWith("--")) {
          sql.append(line).append('\n');
          if (line.endsWith(";")) {
            statement.execute(sql.toString());
            sql.setLength(0);
            count++;
          }
        }
      }
    }
    return count;
  }

  /**
   * Reads the configuration.
   *
   * @param values of {@code SOURCE_URL}, {@code TARGET_URL}, {@code DB_USERNAME} and {@code
   *     DB_PASSWORD}
   */
  public Config config(Map<String, String> values) {
    return ConfigReader.read(folder.resolve("picklift.yaml"), values::get);
  }

  /** What the README asks. */
  public List<Question> questions() throws IOException {
    List<Question> questions = new ArrayList<>();
    Matcher found = QUESTION.matcher(Files.readString(folder.resolve("README.md")));
    while (found.find()) {
      questions.add(new Question(found.group(1), found.group(2)));
    }
    return questions;
  }
}
