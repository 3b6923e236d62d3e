package io.picklift.schema.residue;

import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.error.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the residue says of dates beside their zone object: the offset from UTC that was used when
 * their save was split, and the fold. By these an unchanged cell gives back its date, whatever the
 * rules of time zones have become since. What it says of the members of arrays in documents, where
 * these differ in more than a document shows. And what it says of the save's row in the source,
 * where the mapping has groups of columns by a value of that row.
 */
public final class ValueNotes {
  /** In place of an offset: the date has no zone. */
  public static final long NO_ZONE = Long.MIN_VALUE;

  /** Residues before this version had no notes, and fewer kinds of values in columns. */
  public static final int SINCE = 3;

  private static final int FOLD = 1;
  private static final int ZONE = 2;
  private static final int CHECKED = 4;
  private static final long SECOND = 1_000_000;

  /**
   * What is noted of one node.
   *
   * @param offset in microseconds, or {@link #NO_ZONE}
   * @param check of the cell as it was, where another cell asks for other rules; else 0
   */
  public record Note(long offset, int fold, boolean isChecked, int check) {}

  private final int version;
  private final TreeMap<Integer, Note> notes = new TreeMap<>();

  /** By a value with members: a check of each of them. */
  private final TreeMap<Integer, long[]> members = new TreeMap<>();

  /** Nodes below this one are as the residue has them; from there on they are new. */
  private final int until;

  /** The value of the column that the source is split by, where the mapping has paths for it. */
  private @Nullable String split;

  /** Nodes whose cell was changed. */
  private final BitSet changed = new BitSet();

  private ValueNotes(int version, int until) {
    this.version = version;
    this.until = until;
  }

  /** For a save that is being split. */
  public static ValueNotes collecting() {
    return new ValueNotes(ResidueMessage.VERSION, 0);
  }

  static ValueNotes read(int version, ResidueParts parts) throws DamagedException {
    ValueNotes read = new ValueNotes(version, parts.size);
    ByteInput split = parts.cursor(ResidueParts.SPLIT);
    if (split.left() > 0) {
      read.split = new String(ResidueParts.bytes(split, split.left()), StandardCharsets.UTF_8);
    }
    ByteInput nodes = parts.cursor(ResidueParts.NOTE_NODES);
    ByteInput allFlags = parts.cursor(ResidueParts.NOTE_FLAGS);
    ByteInput offsets = parts.cursor(ResidueParts.NOTE_OFFSETS);
    ByteInput checks = parts.cursor(ResidueParts.NOTE_CHECKS);
    int node = 0;
    while (nodes.left() > 0) {
      node = Math.addExact(node, nodes.count(parts.size));
      int flags = allFlags.next();
      long offset = NO_ZONE;
      if ((flags & ZONE) != 0) {
        offset = offsets.zigzag64() * SECOND + offsets.zigzag64();
      }
      int check = (flags & CHECKED) == 0 ? 0 : checks.int32BigEndian();
      read.add(node, new Note(offset, flags & FOLD, (flags & CHECKED) != 0, check));
    }
    read.readMembers(parts);
    return read;
  }

  private void readMembers(ResidueParts parts) throws DamagedException {
    ByteInput arrays = parts.cursor(ResidueParts.ARRAY_NODES);
    ByteInput checks = parts.cursor(ResidueParts.ARRAY_CHECKS);
    int node = 0;
    while (arrays.left() > 0) {
      node = Math.addExact(node, arrays.count(parts.size));
      long[] of = new long[arrays.count(checks.left() / Long.BYTES)];
      for (int i = 0; i < of.length; i++) {
        of[i] = (long) checks.int32BigEndian() << Integer.SIZE;
        of[i] |= checks.int32BigEndian() & 0xffffffffL;
      }
      members.put(node, of);
    }
  }

  private void writeMembers(ByteOutput[] parts) {
    ByteOutput arrays = new ByteOutput();
    ByteOutput checks = new ByteOutput();
    int last = 0;
    for (var entry : members.entrySet()) {
      arrays.varint64(entry.getKey() - last);
      arrays.varint64(entry.getValue().length);
      for (long check : entry.getValue()) {
        checks.int32BigEndian((int) (check >>> Integer.SIZE));
        checks.int32BigEndian((int) check);
      }
      last = entry.getKey();
    }
    parts[ResidueParts.ARRAY_NODES] = arrays;
    parts[ResidueParts.ARRAY_CHECKS] = checks;
  }

  /** Adds the parts of a residue that have the notes. */
  void write(ByteOutput[] parts) {
    ByteOutput nodes = new ByteOutput();
    ByteOutput flags = new ByteOutput();
    ByteOutput offsets = new ByteOutput();
    ByteOutput checks = new ByteOutput();
    int last = 0;
    for (var entry : notes.entrySet()) {
      Note note = entry.getValue();
      boolean hasZone = note.offset() != NO_ZONE;
      nodes.varint64(entry.getKey() - last);
      flags.put(note.fold() | (hasZone ? ZONE : 0) | (note.isChecked() ? CHECKED : 0));
      if (hasZone) {
        offsets.zigzag64(note.offset() / SECOND);
        offsets.zigzag64(note.offset() % SECOND);
      }
      if (note.isChecked()) {
        checks.int32BigEndian(note.check());
      }
      last = entry.getKey();
    }
    parts[ResidueParts.NOTE_NODES] = nodes;
    parts[ResidueParts.NOTE_FLAGS] = flags;
    parts[ResidueParts.NOTE_OFFSETS] = offsets;
    parts[ResidueParts.NOTE_CHECKS] = checks;
    byte[] value = split == null ? new byte[0] : split.getBytes(StandardCharsets.UTF_8);
    ByteOutput group = new ByteOutput();
    group.put(value, 0, value.length);
    parts[ResidueParts.SPLIT] = group;
    writeMembers(parts);
  }

  /**
   * What a cell's value leaves for {@link Note#check}: another value leaves another, nearly surely.
   */
  public static int check(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> Integer.SIZE);
  }

  /** Whether the residue is of a version that has notes. */
  public boolean isKnown() {
    return version >= SINCE;
  }

  /**
   * The value of the source's column that says by which paths of the root table the save goes; null
   * where the mapping has none for its value.
   */
  public @Nullable String split() {
    return split;
  }

  public void setSplit(String value) {
    split = value;
  }

  public void add(int node, Note note) {
    notes.put(node, note);
  }

  public @Nullable Note get(int node) {
    return changed.get(node) ? null : notes.get(node);
  }

  /**
   * A check of each member of a value that a document shows as an array; null where it has none.
   */
  public long @Nullable [] members(int node) {
    return members.get(node);
  }

  public void addMembers(int node, long[] checks) {
    members.put(node, checks);
  }

  /** Whether these are for a save that is being split. */
  public boolean isCollecting() {
    return until == 0;
  }

  /** Whether the rules of a zone may be asked for a node: of one that is split or was changed. */
  public boolean mayAsk(int node) {
    return node >= until || changed.get(node);
  }

  /** From now on the rules tell what the node is. */
  public void change(int node) {
    changed.set(node);
  }
}
