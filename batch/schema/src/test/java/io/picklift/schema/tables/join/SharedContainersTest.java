package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.Saves;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A long list that two objects share, and many short ones: each row is looked at a few times. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class SharedContainersTest {
  private static final int LONG = 20_000;
  private static final int LISTS = 2_000;
  private static final int NEW = 500;

  private static final String MAPPING =
      """
      version: 1
      tables:
        save: {root: true}
        grp: {each: save.gs}
        item: {each: grp.l, columns: {value: {path: ".", type: VARCHAR(20)}}}
      """;

  private final Mapping mapping;
  private final byte[] pickle = pickle();
  private final SplitSave split;

  SharedContainersTest() throws Exception {
    mapping = Mapping.parse("mapping.yaml", MAPPING);
    split = SaveSplitter.split(mapping, Saves.decode(pickle), 1, Limits.defaults());
  }

  /** {"gs": [{"l": long}, {"l": long}, {"l": short}, {"l": short}, ...]}, in protocol 2. */
  private static byte[] pickle() {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    to.writeBytes(new byte[] {(byte) 0x80, 2, '}'});
    text(to, "gs");
    to.writeBytes(new byte[] {']', '('});
    for (int list = 0; list <= LISTS; list++) {
      to.write('}');
      text(to, "l");
      to.writeBytes(new byte[] {']', 'r'});
      number(to, list);
      to.write('(');
      for (int member = 0; member < (list == 0 ? LONG : 2); member++) {
        text(to, "v" + list + "." + member);
      }
      to.writeBytes(new byte[] {'e', 's', '}'});
      text(to, "l");
      to.write('j');
      number(to, list);
      to.write('s');
    }
    to.writeBytes(new byte[] {'e', 's', '.'});
    return to.toByteArray();
  }

  private static void text(ByteArrayOutputStream to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.write('X');
    number(to, bytes.length);
    to.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream to, int number) {
    to.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }

  private SaveGraph join(EditableRows rows) throws Exception {
    return SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
  }

  private static List<String> members(EditableRows rows, long owner) {
    return rows.table("item").stream()
        .filter(row -> Long.valueOf(owner).equals(row.cells.get("grp_ordinal")))
        .map(row -> new String((byte[]) row.cells.get("value"), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void whatNobodyEditedIsTheSameBytes() throws Exception {
    EditableRows rows = new EditableRows(mapping, split.rows());
    assertThat(rows.table("item")).hasSize(2 * (LONG + 2 * LISTS));
    // As Python spells it; of bytes so many no assertion is to show all.
    byte[] whole = Saves.encode(Saves.decode(pickle));
    assertThat(Arrays.equals(Saves.encode(join(rows)), whole)).isTrue();
  }

  @Test
  void cellsThatWereChangedUnderOneOwnerAreChangedUnderBoth() throws Exception {
    EditableRows rows = new EditableRows(mapping, split.rows());
    for (EditableRows.Row row : rows.table("item")) {
      if (row.ordinal % 3 == 0 && Long.valueOf(1).equals(row.cells.get("grp_ordinal"))) {
        row.cells.put("value", ("w" + row.ordinal).getBytes(StandardCharsets.UTF_8));
      }
    }
    List<String> edited = members(rows, 1);
    assertThat(edited).contains("w" + 3 * LONG / 2).hasSize(LONG);
    SplitSave again =
        SaveSplitter.split(mapping, Saves.decode(Saves.encode(join(rows))), 1, Limits.defaults());
    EditableRows made = new EditableRows(mapping, again.rows());
    assertThat(members(made, 0)).isEqualTo(edited);
    assertThat(members(made, 1)).isEqualTo(edited);
  }

  @Test
  void rowsThatComeAndGoUnderOneOwnerDoSoUnderBoth() throws Exception {
    EditableRows rows = new EditableRows(mapping, split.rows());
    int next = rows.table("item").size();
    rows.table("item").removeIf(row -> row.ordinal < LONG && row.ordinal % 4 == 1);
    for (int i = 0; i < NEW; i++) {
      rows.insert(
          "item", next + i, Map.of("grp_ordinal", 0, "position", LONG + i, "value", "new " + i));
    }
    // Of the last short list, under its second owner.
    rows.insert(
        "item", next + LONG, Map.of("grp_ordinal", 2 * LISTS + 1, "position", 2, "value", "third"));
    List<String> edited = members(rows, 0);
    assertThat(edited).contains("new 7").doesNotContain("v0.1").hasSize(LONG - LONG / 4 + NEW);
    SplitSave again =
        SaveSplitter.split(mapping, Saves.decode(Saves.encode(join(rows))), 1, Limits.defaults());
    EditableRows made = new EditableRows(mapping, again.rows());
    assertThat(members(made, 0)).isEqualTo(edited);
    assertThat(members(made, 1)).isEqualTo(edited);
    assertThat(members(made, 2L * LISTS)).containsExactly("v2000.0", "v2000.1", "third");
  }
}
