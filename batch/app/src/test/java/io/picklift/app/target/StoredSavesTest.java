package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.job.Game;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.codec.Limits;
import io.picklift.schema.tables.split.RowComputer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class StoredSavesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void manySavesAreReadByAFewQueries() throws Exception {
    Game game = new Game(folder);
    try (StoreFixture fixture = new StoreFixture(game);
        Connection connection = game.targetConnection()) {
      fixture.store(fixture.mapping()).write(fixture.prepared(0, 12));
      MappedTables tables =
          new MappedTables(fixture.mapping(), RowComputer.NONE, Limits.defaults());
      List<Long> ids = LongStream.rangeClosed(1, 13).boxed().toList();
      long before = queries(connection);
      StoredSaves stored = StoredSaves.of(connection, tables, ids);
      for (long id = 1; id <= 12; id++) {
        ArchivedSave archive = Objects.requireNonNull(stored.archive(id));
        assertThat(tables.join(archive.residue(), stored.rows(id)).graph().size()).isPositive();
      }
      assertThat(stored.archive(13)).isNull();
      // Sizes, archives, and one for each table.
      assertThat(queries(connection) - before).isEqualTo(2 + fixture.mapping().tables().size());
    }
  }

  @Test
  void aDamagedSaveOrOneThatIsTooLargeIsOneOfMany() throws Exception {
    Game game = new Game(folder);
    try (StoreFixture fixture = new StoreFixture(game);
        Connection connection = game.targetConnection()) {
      fixture.store(fixture.mapping()).write(fixture.prepared(0, 12));
      game.target("UPDATE picklift_archive SET encoding_recipe = 'zlib:1' WHERE save_id = 3");
      MappedTables tables =
          new MappedTables(fixture.mapping(), RowComputer.NONE, Limits.defaults());
      StoredSaves stored = StoredSaves.of(connection, tables, List.of(2L, 3L, 4L));
      assertThat(stored.archive(2)).isNotNull();
      assertThatThrownBy(() -> stored.archive(3)).isInstanceOf(DamagedArchiveException.class);
      assertThat(stored.archive(4)).isNotNull();
      assertThat(stored.rows(4).size()).isPositive();
    }
  }

  private static long queries(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Com_select'")) {
      row.next();
      return row.getLong(2);
    }
  }
}
