package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import org.jspecify.annotations.Nullable;

/** Notes the numbers, times and arrays of numpy and pandas of one save. */
final class LibraryValueRecorder {
  private final Meaning meaning;
  private final ScalarRecorder scalars;
  private final Scalar value = new Scalar();

  /** Most saves have none of them. */
  private @Nullable NodeValueReader reader;

  LibraryValueRecorder(Meaning meaning, ScalarRecorder scalars) {
    this.meaning = meaning;
    this.scalars = scalars;
  }

  /** Notes what such a call makes; gives false, noting nothing, for any other. */
  boolean note(ValueProfile place, int node, int size) {
    NodeValueReader values = reader();
    if (!values.isOfLibrary(node)) {
      return false;
    }
    ArrayReader.Array array = values.array(node);
    if (array != null) {
      scalars.array(place, array, size);
      return true;
    }
    Scalar.Type type = values.type(node);
    if (type == Scalar.Type.OTHER) {
      return false;
    }
    values.read(node, value);
    scalars.library(place, value, type, size);
    return true;
  }

  private NodeValueReader reader() {
    NodeValueReader known = reader;
    if (known == null) {
      known = new NodeValueReader(meaning, ValueNotes.collecting());
      reader = known;
    }
    return known;
  }
}
