package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.Saves;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of JSON columns, enum members, and rows that are of one object, changed. */
class ChangedDocumentsTest {
  /**
   * A {@code game.Player}: settings {@code {"theme": "light", "patch": None, "sound": [0.5, True],
   * "since": date(2024, 5, 1)}}, nick the very same "light", mood and lastMood the same {@code
   * game.Mood("calm")}, notes the same {@code {"text": "hi"}} twice.
   */
  private static final String PLAYER =
      "800495d0000000000000008c0467616d65948c06506c617965729493942981947d94288c0873657474696e6773947d"
          + "94288c057468656d65948c056c69676874948c057061746368944e8c05736f756e64945d9428473fe00000000000"
          + "0088658c0573696e6365948c086461746574696d65948c0464617465949394430407e805019485945294758c046e"
          + "69636b9468088c046d6f6f649468008c044d6f6f649493948c0463616c6d94859452948c086c6173744d6f6f6494"
          + "68198c056e6f746573945d94287d948c0474657874948c0268699473681d6575622e";

  private static final String MAPPING =
      """
      version: 1
      tables:
        player:
          class: game.Player
          columns:
            settings: JSON
            nick: VARCHAR(20)
            mood: VARCHAR(20)
            last_mood: {path: lastMood, type: VARCHAR(20)}
        note:
          each: player.notes
          columns:
            text: VARCHAR(20)
      """;

  private static final int NOTE = 1;

  private static SaveRows split(SaveGraph graph) throws Exception {
    return SaveSplitter.split(Mapping.parse("m.yaml", MAPPING), graph, 1, Limits.defaults()).rows();
  }

  /** The save's graph after the cell of a column of a table is changed. */
  private static SaveGraph changed(int table, int row, String column, String cell)
      throws Exception {
    Mapping mapping = Mapping.parse("m.yaml", MAPPING);
    SplitSave split = SaveSplitter.split(mapping, Saves.decodeHex(PLAYER), 1, Limits.defaults());
    SaveRows rows = new SaveRows(mapping, 1, Memory.beside(0, Limits.defaults()));
    for (TableRows from : split.rows().tables()) {
      TableRows to = rows.table(from.table().number());
      for (int r = 0; r < from.size(); r++) {
        for (int c = 0; c < from.table().stored().size(); c++) {
          boolean isIt =
              from.table().number() == table && r == row && c == from.table().columnNumber(column);
          copy(from.column(c), r, to.column(c), isIt ? cell : "");
        }
        to.endRow(from.ordinal(r));
      }
    }
    // Through its bytes, so that what is tested is what a pickle says.
    return Saves.decode(
        Saves.encode(SaveJoiner.join(mapping, split.residue(), rows, Limits.defaults())));
  }

  private static void copy(ColumnData from, int row, ColumnData to, String cell) {
    if (!cell.isEmpty()) {
      to.add(cell.getBytes(StandardCharsets.UTF_8));
    } else if (from.isWide()) {
      to.add(from.pool(), from.start(row), from.end(row) - from.start(row));
    } else {
      to.add(from.number(row));
    }
  }

  private static Object cell(SaveGraph graph, int table, int row, String column) throws Exception {
    TableRows of = split(graph).table(table);
    return of.column(of.table().columnNumber(column)).value(row);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // None becomes a value, a value None, and each another
        "{\"theme\":\"light\",\"patch\":\"1.2\",\"sound\":[0.5,true],\"since\":\"2024-05-01\"}",
        "{\"theme\":null,\"patch\":null,\"sound\":[0.5,true],\"since\":\"2024-05-01\"}",
        "{\"theme\":\"light\",\"patch\":7,\"sound\":[null,false],\"since\":\"2024-05-01\"}",
        // the very text that another column shows too, which keeps it
        "{\"theme\":\"dark\",\"patch\":null,\"sound\":[1.5,\"loud\"],\"since\":\"2024-05-01\"}",
        // other keys and members, and a date that is one
        "{\"patch\":{\"a\":[1]},\"sound\":[true,0.5,[]],\"since\":\"2024-05-02\",\"b\":1,\"\u00e9\":{}}",
      })
  void eachValueOfADocumentCanBeChanged(String document) throws Exception {
    SaveGraph graph = changed(0, 0, "settings", document);
    assertThat(cell(graph, 0, 0, "settings")).isEqualTo(document);
    assertThat(cell(graph, 0, 0, "nick")).isEqualTo("light");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"theme\":\"light\",\"patch\":null,\"sound\":[0.5,true],\"since\":\"May\"} | \"May\" is in the place of a DATE",
        "{\"theme\":{\"$bytes\":\"AA==\"},\"patch\":null,\"sound\":[0.5,true],\"since\":\"2024-05-01\"} | an object has a new key that begins with $",
      })
  void whatADocumentCannotChangeIsRefused(String document, String message) {
    assertThatThrownBy(() -> changed(0, 0, "settings", document))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("settings: cannot be as the document in player.settings has it: ");
  }

  /** Python has each member once, so that a pickle refers to it from everywhere. */
  @ParameterizedTest
  @CsvSource({"mood", "last_mood"})
  void anotherMemberOfAnEnumIsAMemberToo(String column) throws Exception {
    SaveGraph graph = changed(0, 0, column, "angry");
    assertThat(cell(graph, 0, 0, "mood")).isEqualTo(column.equals("mood") ? "angry" : "calm");
    assertThat(cell(graph, 0, 0, "last_mood")).isEqualTo(column.equals("mood") ? "calm" : "angry");
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    new JsonWriter(Limits.defaults()).write(graph, json);
    assertThat(json.toString(StandardCharsets.UTF_8))
        .contains("{\"$call\": \"game.Mood\", \"$args\": [\"angry\"]}")
        .contains("{\"$call\": \"game.Mood\", \"$args\": [\"calm\"]}");
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void twoRowsOfOneObjectCannotSayDifferentThings(int row) {
    assertThatThrownBy(() -> changed(NOTE, row, "text", "ho"))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("and both show one value: set both to it");
  }

  private static final String ALBUM_MAPPING =
      """
      version: 1
      tables:
        save:
          root: true
          columns: {album: JSON}
      """;

  /**
   * An object of class {@code m.Key} with the attributes {@code taken} and {@code at}, a datetime
   * without and with a zone of +02:00, {@code day}, a date, and {@code title}, a text like a date.
   */
  private static final String ALBUM =
      "800495d8000000000000007d948c05616c62756d948c016d948c034b65799493942981947d94288c0574616b656e948c08"
          + "6461746574696d65948c086461746574696d65949394430a07e80602031b0000000094859452948c0364617994"
          + "68088c0464617465949394430407e8050194859452948c02617494680a430a07e80602031b000000009468088c"
          + "0874696d657a6f6e6594939468088c0974696d6564656c74619493944b004d201c4b0087945294859452948694"
          + "52948c057469746c65948c1a323032342d30362d30325430333a32373a30302e303030303030947562732e";

  private static String album(String taken, String day, String at, String title) throws Exception {
    Mapping mapping = Mapping.parse("m.yaml", ALBUM_MAPPING);
    SplitSave split = SaveSplitter.split(mapping, Saves.decodeHex(ALBUM), 1, Limits.defaults());
    EditableRows rows = new EditableRows(mapping, split.rows());
    String document =
        "{\"taken\": \"%s\", \"day\": \"%s\", \"at\": \"%s\", \"title\": \"%s\"}"
            .formatted(taken, day, at, title);
    rows.set("save", 0, "album", document);
    byte[] pickle =
        Saves.encode(SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults()));
    SaveRows again = SaveSplitter.split(mapping, Saves.decode(pickle), 1, Limits.defaults()).rows();
    byte[] cell = (byte[]) new EditableRows(mapping, again).row("save", 0).cells.get("album");
    return new String(cell, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-05-05T01:02:03,2025-05-05T01:02:03+02:00",
    "2025-05-05 01:02:03,2025-05-04T23:02:03Z",
    "2025-05-05T01:02:03.000000,2025-05-04 23:02:03.0+00:00",
  })
  void aDateMayBeWrittenInTheFormsOfIso8601(String taken, String at) throws Exception {
    assertThat(album(taken, "2025-05-06", at, taken))
        .isEqualTo(
            "{\"taken\":\"2025-05-05T01:02:03.000000\",\"day\":\"2025-05-06\","
                + "\"at\":\"2025-05-05T01:02:03.000000+02:00\",\"title\":\""
                + taken
                + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-05-05T01:02:03.0000001|2025-05-06|2024-06-02T03:27Z|is in the place of a DATETIME",
        "2025-05-05|2025-05-06|2024-06-02T03:27Z|is in the place of a DATETIME",
        "2024-06-02T03:27|2025-05-06T00:00|2024-06-02T03:27Z|is in the place of a DATE, which is written like 2024-05-01",
        "2024-06-02T03:27|2025-05-06|2024-06-02T03:27|is in the place of a INSTANT",
      })
  void whatIsNoSuchDateIsRefused(String taken, String day, String at, String message) {
    assertThatThrownBy(() -> album(taken, day, at, "x"))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining(message);
  }
}
