package io.picklift.schema.merge;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.Saves;
import java.util.List;

/** A save that CPython wrote, edited on both sides: the source's edits are in its pickle. */
final class Merging {
  static final String MAPPING =
      """
      version: 1
      tables:
        save:
          root: true
          columns: {name: VARCHAR(50)}
        score: {each: save.scores, columns: {value: {path: ".", type: BIGINT}}}
        tag:
          each: save.tags
          key: {column: k, type: VARCHAR(50)}
          columns: {value: {path: ".", type: BIGINT}}
        seen: {each: save.seen, columns: {value: {path: ".", type: BIGINT}}}
        recent: {each: save.recent, columns: {value: {path: ".", type: BIGINT}}}
        home: {each: save.home, columns: {value: {path: ".", type: VARCHAR(50)}}}
        item:
          each: save.items
          columns: {name: VARCHAR(50), price: DOUBLE, note: VARCHAR(50)}
        point:
          each: save.points
          columns: {x: INT, y: DOUBLE}
        orders:
          each: save.orders
          key: {column: k, type: VARCHAR(50)}
          columns: {number: INT}
        line: {each: orders.lines, columns: {value: {path: ".", type: VARCHAR(50)}}}
      """;

  final Mapping mapping;
  final SaveGraph base;
  final SplitSave split;

  /** What edits rows. */
  interface Edit {
    void run(EditableRows rows) throws Exception;
  }

  Merging(byte[] pickle, String yaml) throws Exception {
    mapping = Mapping.parse("mapping.yaml", yaml);
    base = Saves.decode(pickle);
    split = SaveSplitter.split(mapping, base, 1, Limits.defaults());
  }

  static List<PythonValues> saves() {
    return PythonValues.of("edits.tsv.gz");
  }

  EditableRows rows() {
    return new EditableRows(mapping, split.rows());
  }

  /** The save with these edits, read again. */
  SaveGraph edited(Edit... edits) throws Exception {
    EditableRows rows = rows();
    for (Edit edit : edits) {
      edit.run(rows);
    }
    return Saves.decode(
        Saves.encode(SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults())));
  }

  SaveMerge.Result merge(Edit inSource, Edit inTarget) throws Exception {
    SaveGraph source = edited(inSource);
    EditableRows target = rows();
    inTarget.run(target);
    return SaveMerge.merge(
        mapping,
        Meaning.of(base, Limits.defaults()),
        Meaning.of(source, Limits.defaults()),
        SaveSplitter.split(mapping, source, 1, Limits.defaults()).rows(),
        target.rows(),
        Memory.beside(0, Limits.defaults()));
  }

  /** The same where the target's ordinals say nothing. */
  SaveMerge.Result mergeByContent(Edit inSource, Edit inTarget) throws Exception {
    SaveGraph source = edited(inSource);
    return SaveMerge.merge(
        mapping,
        Meaning.of(base, Limits.defaults()),
        Meaning.of(source, Limits.defaults()),
        SaveSplitter.split(mapping, source, 1, Limits.defaults()).rows(),
        Meaning.of(edited(inTarget), Limits.defaults()),
        Memory.beside(0, Limits.defaults()));
  }

  /** The pickle of merged rows, read again. */
  SaveGraph joined(Edit inSource, SaveRows rows) throws Exception {
    SplitSave source = SaveSplitter.split(mapping, edited(inSource), 1, Limits.defaults());
    return Saves.decode(
        Saves.encode(SaveJoiner.join(mapping, source.residue(), rows, Limits.defaults())));
  }
}
