package io.picklift.schema.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowWriter;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Saves under the first mapping that their profile gives, taken apart and, if asked, in tables. */
public final class ProfiledTables {
  private final List<byte[]> pickles;
  private final String text;
  private final Mapping mapping;
  private final List<SplitSave> splits = new ArrayList<>();

  private ProfiledTables(List<byte[]> pickles, String text) throws Exception {
    this.pickles = pickles;
    this.text = text;
    mapping = Mapping.parse("mapping.yaml", text);
    for (byte[] pickle : pickles) {
      splits.add(
          SaveSplitter.split(mapping, Saves.decode(pickle), splits.size() + 1, Limits.defaults()));
    }
  }

  public static ProfiledTables of(List<byte[]> pickles) throws Exception {
    return of(pickles, false);
  }

  /** The same with a watermark: the saves were written one after the other. */
  public static ProfiledTables dated(List<byte[]> pickles) throws Exception {
    return of(pickles, true);
  }

  /** What a profile has of them. */
  public static Profile profile(List<byte[]> pickles) throws Exception {
    return profile(pickles, false);
  }

  private static ProfiledTables of(List<byte[]> pickles, boolean isDated) throws Exception {
    return under(pickles, MappingGenerator.mapping(profile(pickles, isDated)));
  }

  private static Profile profile(List<byte[]> pickles, boolean isDated) throws Exception {
    Profile profile = new Profile(ProfileLimits.defaults());
    for (int i = 0; i < pickles.size(); i++) {
      long size = pickles.get(i).length;
      new Profiler(profile)
          .add(
              Meaning.of(Saves.decode(pickles.get(i)), Limits.defaults()),
              new SaveFacts(
                  "save" + i, i, isDated ? String.valueOf(1000 + i) : null, List.of(), size, size));
    }
    return profile.finish();
  }

  /** The same under a mapping of one's own. */
  public static ProfiledTables under(List<byte[]> pickles, String mapping) throws Exception {
    return new ProfiledTables(pickles, mapping);
  }

  /** The text of the mapping. */
  public String text() {
    return text;
  }

  public Mapping mapping() {
    return mapping;
  }

  /** Values that a column holds, of all there are, in percent. */
  public double percentInColumns() {
    long all = splits.stream().mapToLong(split -> split.counts().scalars()).sum();
    long taken = splits.stream().mapToLong(split -> split.counts().inColumns()).sum();
    return 100.0 * taken / all;
  }

  public long unfit() {
    return splits.stream().mapToLong(split -> split.counts().unfit()).sum();
  }

  /**
   * Checks that columns hold so much, each value exactly, and that every pickle comes back.
   *
   * @param percent of the values, at least
   */
  public void assertHeld(int percent) throws Exception {
    assertThat(percentInColumns()).as(text).isGreaterThanOrEqualTo(percent);
    assertThat(unfit()).as(text).isZero();
    assertRestored();
  }

  /** Checks that rows and residue give every pickle back. */
  public void assertRestored() throws Exception {
    for (int i = 0; i < pickles.size(); i++) {
      SplitSave split = splits.get(i);
      SaveGraph joined = SaveJoiner.join(mapping, split.residue(), split.rows(), Limits.defaults());
      assertThat(Saves.encode(joined)).as("save %d under%n%s", i, text).isEqualTo(pickles.get(i));
    }
  }

  /** Makes the tables in an empty schema and writes the rows. */
  public void create(Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE picklift_save (save_id BIGINT PRIMARY KEY) ENGINE=InnoDB");
      for (String sql : MappingGenerator.sql(text).split(";\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
      for (int i = 1; i <= splits.size(); i++) {
        statement.execute("INSERT INTO picklift_save VALUES (" + i + ")");
      }
    }
    new RowWriter(connection, mapping).write(splits.stream().map(SplitSave::rows).toList());
  }

  /** Checks that what the tables hold and the residues give every pickle back. */
  public void assertRestoredFrom(Connection connection) throws Exception {
    for (int i = 0; i < pickles.size(); i++) {
      assertThat(Saves.encode(joinedFrom(connection, i + 1))).isEqualTo(pickles.get(i));
    }
  }

  /**
   * Checks that SQL answers questions to the tables as Python does.
   *
   * @param questions as {@link ZippedSaves#questions} has them
   */
  public void assertAnswers(Connection connection, List<List<String>> questions)
      throws SQLException {
    assertThat(questions).isNotEmpty();
    for (List<String> question : questions) {
      assertThat(ask(connection, question.get(0)))
          .as("%s under%n%s", question.get(0), text)
          .isEqualTo(question.get(1));
    }
  }

  /** What the tables hold and the residue of a save make together. */
  public SaveGraph joinedFrom(Connection connection, int saveId) throws Exception {
    RowReader reader = new RowReader(connection, mapping, Limits.defaults());
    return SaveJoiner.join(
        mapping, splits.get(saveId - 1).residue(), reader.read(saveId), Limits.defaults());
  }

  /** The first column of the first row that a query gives. */
  public static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }
}
