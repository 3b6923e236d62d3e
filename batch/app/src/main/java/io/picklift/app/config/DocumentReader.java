package io.picklift.app.config;

import io.picklift.schema.draft.DocumentMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@code mapping: document} is to make of the saves. */
final class DocumentReader {
  /** In place of the name of a mapping file. */
  static final String WORD = "document";

  static final String SAME_TABLE = "same-table";

  private static final Set<String> KEYS = Set.of("table", "column", "plain", "unfit", "columns");
  private static final Set<String> PART = Set.of("path", "type", "index");

  private DocumentReader() {}

  /**
   * The mapping; null where the saves go into tables of a mapping file.
   *
   * @param beside the column of the source's table that the documents go into; null for none
   */
  static @Nullable DocumentMapping read(Section top, @Nullable String beside) {
    boolean isWanted = top.has("mapping") && top.text("mapping").equals(WORD);
    if (!isWanted) {
      if (top.has(WORD)) {
        throw top.error(WORD, "'document' goes with 'mapping: document'");
      }
      if (beside != null) {
        throw top.error("target", "'same-table' goes with 'mapping: document'");
      }
      return null;
    }
    if (!top.has(WORD)) {
      return new DocumentMapping(
          WORD, beside == null ? "doc" : beside, false, beside != null, true, List.of());
    }
    Section section = top.section(WORD, KEYS);
    if (beside != null) {
      for (String key : List.of("column", "columns")) {
        if (section.has(key)) {
          throw section.error(
              key, "'" + key + "' is of a table of the target's own, and there is 'same-table'");
        }
      }
    }
    String unfit = section.has("unfit") ? section.text("unfit") : "quarantine";
    if (!unfit.equals("quarantine") && !unfit.equals("residue")) {
      throw section.error("unfit", "'unfit' is quarantine or residue");
    }
    String column = section.has("column") ? section.text("column") : "doc";
    return new DocumentMapping(
        section.has("table") ? section.text("table") : WORD,
        beside == null ? column : beside,
        section.flag("plain"),
        beside != null,
        unfit.equals("quarantine"),
        section.has("columns") ? parts(section.section("columns", null)) : List.of());
  }

  private static List<DocumentMapping.Part> parts(Section columns) {
    List<DocumentMapping.Part> parts = new ArrayList<>();
    for (String name : columns.keys()) {
      if (columns.isText(name)) {
        parts.add(new DocumentMapping.Part(name, null, columns.text(name), false));
      } else {
        Section part = columns.section(name, PART);
        parts.add(
            new DocumentMapping.Part(
                name, part.optionalText("path"), part.text("type"), part.flag("index")));
      }
    }
    return parts;
  }
}
