package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.document.GivenDocument;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.document.LikeDocuments;
import io.picklift.schema.tables.document.MemberChecks;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes what the members of arrays in documents were, where these differ in more than the documents
 * show: as an object of one class and one of another, which have the same attributes.
 */
final class ArrayNotes {
  /** Of a longer document nothing is noted: its values are many times as large in memory. */
  private static final int LONGEST = 1 << 20;

  private record Array(int node, long members) {}

  private final MappingWalk walk;
  private final Meaning meaning;
  private final NodeValueReader values;
  private final ValueNotes notes;
  private final List<Array> arrays = new ArrayList<>();

  ArrayNotes(MappingWalk walk, Meaning meaning, NodeValueReader values, ValueNotes notes) {
    this.walk = walk;
    this.meaning = meaning;
    this.values = values;
    this.notes = notes;
  }

  /** An array of the document that is being written. */
  void array(int node, long members) {
    if (notes.isCollecting() && MemberSpan.count(members) > 1 && hasOthers(members)) {
      arrays.add(new Array(node, members));
    }
  }

  private boolean hasOthers(long members) {
    int start = MemberSpan.start(members);
    for (int i = start; i < start + MemberSpan.count(members); i++) {
      switch (meaning.kind(meaning.member(i))) {
        case NONE, BOOL, INT, FLOAT, STR -> {}
        default -> {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The document is written.
   *
   * @param document null where there is none
   */
  void end(int root, byte @Nullable [] document) {
    if (!arrays.isEmpty() && document != null && document.length <= LONGEST) {
      note(root, document);
    }
    arrays.clear();
  }

  private void note(int root, byte[] document) {
    JsonDocuments json = new JsonDocuments(walk, meaning, values);
    LikeDocuments likes = new LikeDocuments(meaning, values, json);
    BitSet noted = new BitSet();
    for (Array array : arrays) {
      List<Integer> members = new ArrayList<>();
      int start = MemberSpan.start(array.members());
      for (int i = start; i < start + MemberSpan.count(array.members()); i++) {
        members.add(meaning.member(i));
      }
      noted.set(array.node(), likes.needChecks(members));
    }
    if (noted.isEmpty()) {
      return;
    }
    json.document(
        root,
        new GivenDocument(json, JsonReader.parse(document, 0, document.length)) {
          @Override
          protected void leaf(int node, @Nullable Object found) {}

          @Override
          protected void found(int node, @Nullable Object found) {
            if (noted.get(node) && found instanceof List<?> list) {
              notes.addMembers(node, MemberChecks.of(list));
            }
          }
        });
  }
}
