package io.picklift.app.job;

import io.picklift.app.target.PreparedSave;
import java.util.List;

/** The saves of a batch, ready to be written, in the key's order. */
record PreparedBatch(List<PreparedSave> saves) {
  PreparedBatch {
    saves = List.copyOf(saves);
  }
}
