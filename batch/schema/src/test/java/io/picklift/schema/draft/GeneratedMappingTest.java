package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profiles;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.RowWriter;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.BaolifeSaves;
import io.picklift.schema.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mapping that profile writes is good enough to migrate with as it is. */
@Tag("database")
class GeneratedMappingTest {
  @Test
  void itsTablesAreMadeAndEverySaveComesBackFromThem() throws Exception {
    String text = MappingGenerator.mapping(Profiles.baolife());
    Mapping mapping = Mapping.parse("mapping.yaml", text);
    List<BaolifeSaves.Save> saves = BaolifeSaves.read();
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE picklift_save (save_id BIGINT PRIMARY KEY) ENGINE=InnoDB");
      for (String sql : MappingGenerator.sql(text).split(";\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
      List<byte[]> residues = new ArrayList<>();
      RowWriter writer = new RowWriter(connection, mapping);
      for (int i = 0; i < saves.size(); i++) {
        statement.execute("INSERT INTO picklift_save VALUES (" + i + ")");
        SplitSave split = SaveSplitter.split(mapping, saves.get(i).graph(), i, Limits.defaults());
        writer.write(List.of(split.rows()));
        residues.add(split.residue());
      }
      RowReader reader = new RowReader(connection, mapping, Limits.defaults());
      int identical = 0;
      for (int i = 0; i < saves.size(); i++) {
        SaveRows rows = reader.read(i);
        byte[] pickle =
            new PickleWriter(Limits.defaults())
                .write(SaveJoiner.join(mapping, residues.get(i), rows, Limits.defaults()));
        // What the writer cannot give back even from the whole graph is kept as it was, elsewhere.
        byte[] whole = new PickleWriter(Limits.defaults()).write(saves.get(i).graph());
        assertThat(pickle).as(saves.get(i).name()).isEqualTo(whole);
        identical += java.util.Arrays.equals(pickle, saves.get(i).pickle()) ? 1 : 0;
      }
      assertThat(identical).isGreaterThanOrEqualTo(saves.size() - 2);
    }
  }
}
