package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.frames.Frame;
import io.picklift.schema.frames.FrameCells;
import io.picklift.schema.frames.FrameReader;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.FrameValues;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;

/**
 * Notes the tables of pandas and numpy of one save: each as a list of records, whose names are the
 * labels of its columns.
 */
final class FrameRecorder {
  /** Takes a node that is a cell. */
  interface Visitor {
    void visit(int node, ValueProfile place);
  }

  private final Meaning meaning;
  private final SaveFacts save;
  private final ScalarRecorder scalars;
  private final FrameReader reader;
  private final FrameValues values;
  private final Scalar value = new Scalar();

  FrameRecorder(Meaning meaning, SaveFacts save, ScalarRecorder scalars) {
    this.meaning = meaning;
    this.save = save;
    this.scalars = scalars;
    reader = new FrameReader(meaning);
    values = new FrameValues(meaning, new NodeValueReader(meaning, ValueNotes.collecting()));
  }

  /** Notes a table; gives false, noting nothing, for any other value. */
  boolean note(ValueProfile place, int node, int size, boolean isNew, Visitor cells) {
    Frame frame = reader.frame(node);
    if (frame == null) {
      return false;
    }
    place.see(save, ValueKind.LIST, size);
    place.markFrames();
    place.container(frame.rows());
    if (!isNew) {
      place.metAgain();
      return true;
    }
    if (frame.rows() == 0) {
      return true;
    }
    ValueProfile rows = place.makeItems();
    rows.markFrames();
    for (int row = 0; row < frame.rows(); row++) {
      rows.see(save, ValueKind.DICT, 0);
      rows.container(frame.columns().size());
    }
    int position = 0;
    for (int level = 0; level < frame.index().size(); level++) {
      Frame.Column column = frame.index().get(level);
      if (!(column.cells() instanceof FrameCells.Range range && range.isCount())) {
        ValueProfile of = rows.makeMember(Frame.INDEX);
        boolean isOne = frame.index().size() == 1;
        of.mention(position++, frame.rows());
        if (!isOne && level == 0) {
          for (int row = 0; row < frame.rows(); row++) {
            of.see(save, ValueKind.TUPLE, 0);
            of.container(frame.index().size());
          }
        }
        column(isOne ? of : of.makePlace(level), column, frame.rows(), cells);
      }
    }
    for (Frame.Column column : frame.columns()) {
      String label = column.label();
      if (label == null) {
        rows.markUnread("columns whose label is neither text nor a whole number");
      } else {
        ValueProfile of = rows.makeMember(label);
        of.mention(position++, frame.rows());
        column(of, column, frame.rows(), cells);
      }
    }
    return true;
  }

  private void column(ValueProfile place, Frame.Column column, int rows, Visitor cells) {
    FrameCells where = column.cells();
    if (where == null) {
      place.markUnread("a column of pandas or numpy of a layout that is not known");
    }
    for (int row = 0; row < rows; row++) {
      if (where == null) {
        place.see(save, ValueKind.OTHER, 0);
      } else if (where instanceof FrameCells.Members) {
        int at = values.memberIndex(where, row);
        int node = at < 0 ? -1 : meaning.member(at);
        if (node < 0 || reader.isMissing(node)) {
          place.see(save, ValueKind.NONE, 0);
        } else {
          cells.visit(node, place);
        }
      } else if (!values.read(where, row, value)) {
        place.see(save, ValueKind.NONE, 0);
      } else if (value.type == Scalar.Type.OTHER) {
        place.see(save, ValueKind.OTHER, 0);
      } else {
        scalars.library(place, value, value.type, 0);
      }
    }
  }
}
