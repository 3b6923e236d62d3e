package io.picklift.app.finish.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Saves as lines of JSON, and back. The page {@code batch/FINISH.md} describes a line. */
final class SaveLines {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // A BLOB is one text; how long a save may be is the decoder's to say.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final Mapping mapping;
  private final Limits limits;

  SaveLines(Mapping mapping, Limits limits) {
    this.mapping = mapping;
    this.limits = limits;
  }

  /** Writes a line; the stream stays open. */
  void write(KeptSave save, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      texts(json, "ledger", save.ledger());
      if (!save.quarantine().isEmpty()) {
        texts(json, "quarantine", save.quarantine());
      }
      if (save.restoredSha256() != null) {
        json.writeStringField("restored_sha256", save.restoredSha256());
      }
      if (save.blob() != null) {
        json.writeBinaryField("blob", save.blob());
      }
      KeptSave.Parts parts = save.parts();
      if (parts != null) {
        json.writeBinaryField("residue", parts.residue());
        if (parts.recipe() != null) {
          json.writeStringField("recipe", parts.recipe());
        }
        if (parts.original() != null) {
          json.writeBinaryField("original", parts.original());
        }
        rows(json, parts.rows());
      }
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void texts(JsonGenerator json, String name, Map<String, String> texts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static void rows(JsonGenerator json, SaveRows rows) throws IOException {
    json.writeObjectFieldStart("rows");
    for (TableRows table : rows.tables()) {
      json.writeArrayFieldStart(table.table().name());
      for (int row = 0; row < table.size(); row++) {
        json.writeStartArray();
        json.writeNumber(table.ordinal(row));
        for (int i = 0; i < table.table().stored().size(); i++) {
          if (table.table().stored().get(i).isWritten()) {
            CellText.write(json, table.column(i), row);
          }
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** Reads a line, without its end. */
  KeptSave read(byte[] text, int begin, int length) throws IOException, LimitException {
    Map<String, String> ledger = Map.of();
    Map<String, String> quarantine = Map.of();
    String sha256 = null;
    byte[] blob = null;
    byte[] residue = null;
    String recipe = null;
    byte[] original = null;
    SaveRows rows = null;
    try (JsonParser json = JSON.createParser(text, begin, length)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "ledger" -> ledger = texts(json);
          case "quarantine" -> quarantine = texts(json);
          case "restored_sha256" -> sha256 = json.getText();
          case "blob" -> blob = json.getBinaryValue();
          case "residue" -> residue = json.getBinaryValue();
          case "recipe" -> recipe = json.getText();
          case "original" -> original = json.getBinaryValue();
          case "rows" -> rows = rows(json, Long.parseLong(ledger.getOrDefault("save_id", "0")));
          default -> throw new IOException("a save has the member '" + name + "'");
        }
      }
    }
    return new KeptSave(ledger, quarantine, sha256, parts(residue, recipe, original, rows), blob);
  }

  private static KeptSave.@Nullable Parts parts(
      byte @Nullable [] residue,
      @Nullable String recipe,
      byte @Nullable [] original,
      @Nullable SaveRows rows)
      throws IOException {
    if (residue == null) {
      return null;
    }
    if (rows == null) {
      throw new IOException("a save has a residue and no rows");
    }
    return new KeptSave.Parts(residue, recipe, original, rows);
  }

  private static Map<String, String> texts(JsonParser json) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      texts.put(name, json.getText());
    }
    return texts;
  }

  private SaveRows rows(JsonParser json, long saveId) throws IOException, LimitException {
    SaveRows rows = new SaveRows(mapping, saveId, Memory.beside(0, limits));
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      TableMapping table = mapping.table(json.currentName());
      if (table == null) {
        throw new IOException("a save has rows of the table '" + json.currentName() + "'");
      }
      expect(json, json.nextToken(), JsonToken.START_ARRAY);
      while (json.nextToken() == JsonToken.START_ARRAY) {
        row(json, table, rows.table(table.number()));
      }
    }
    return rows;
  }

  private static void row(JsonParser json, TableMapping table, TableRows rows)
      throws IOException, LimitException {
    expect(json, json.nextToken(), JsonToken.VALUE_NUMBER_INT);
    int ordinal = json.getIntValue();
    for (int i = 0; i < table.stored().size(); i++) {
      StoredColumn column = table.stored().get(i);
      if (column.isWritten()) {
        json.nextToken();
        CellText.read(json, rows.column(i));
      } else {
        rows.column(i).addNull();
      }
    }
    expect(json, json.nextToken(), JsonToken.END_ARRAY);
    rows.endRow(ordinal);
  }

  private static void expect(JsonParser json, @Nullable JsonToken found, JsonToken wanted)
      throws IOException {
    if (found != wanted) {
      throw new IOException(
          "a save's line has "
              + found
              + " where "
              + wanted
              + " belongs, at byte "
              + json.currentTokenLocation().getByteOffset());
    }
  }
}
