package io.picklift.app.target;

import io.picklift.app.beside.BesideColumn;
import io.picklift.app.bulk.BulkSender;
import io.picklift.app.bulk.ServerTraits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.BulkTable;
import io.picklift.schema.tables.rows.InsertText;
import io.picklift.schema.tables.rows.LoadText;
import io.picklift.schema.tables.rows.RowText;
import io.picklift.schema.tables.rows.TableRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rows of some saves as text, a table at a time: made ready before the transaction, so far as
 * they fit into the memory that is given for it; the rest is made and sent piece by piece. Keeps
 * its memory from one batch to the next.
 */
final class BatchText {
  private static final int PIECE_BYTES = 4 << 20;

  private final String source;
  private final byte[] mappingSha256;
  private final long mostAhead;
  private final InsertText ledger;
  private final InsertText ledgerAgain;
  private final InsertText quarantine;
  private final RowText archive;
  private final RowText base;
  private final List<RowText> mapped = new ArrayList<>();

  private final @Nullable DocumentCells shown;

  /** The numbers of the mapped tables, in the order in which rows are written. */
  private final int[] numbers;

  private List<NumberedSave> saves = List.of();

  /** The first row of a mapped table that is not ready. */
  private Position unready = new Position(0, 0, 0);

  /** A row: of which table in the order of {@link #numbers}, save, and the how manieth. */
  private record Position(int table, int save, int row) {}

  /**
   * For batches of one kind.
   *
   * @param traits whether to load or to insert
   * @param mostAhead how many bytes may be made ready
   */
  BatchText(Ledger ledger, Mapping mapping, ServerTraits traits, long mostAhead) {
    shown = DocumentCells.beside(mapping);
    source = ledger.source();
    mappingSha256 = ledger.mappingSha256();
    this.mostAhead = mostAhead;
    boolean backslash = traits.hasBackslash();
    this.ledger = new InsertText(PickliftRows.LEDGER, backslash);
    ledgerAgain = new InsertText(PickliftRows.LEDGER_AGAIN, backslash);
    quarantine = new InsertText(PickliftRows.QUARANTINE, backslash);
    archive = text(PickliftRows.ARCHIVE, traits);
    base = text(PickliftRows.BASE, traits);
    numbers = mapping.parentsFirst().stream().mapToInt(TableMapping::number).toArray();
    for (BulkTable table : BulkTable.of(mapping)) {
      mapped.add(text(table, traits));
    }
  }

  private static RowText text(BulkTable table, ServerTraits traits) {
    return traits.takesLoad() ? new LoadText(table) : new InsertText(table, traits.hasBackslash());
  }

  /** Whether it is for LOAD DATA, as far as that is of use. */
  boolean isLoaded() {
    return archive instanceof LoadText;
  }

  /** Makes the rows of these saves ready, in the order of their ids. */
  void fill(List<NumberedSave> numbered) {
    saves = numbered;
    ledger.clear();
    ledgerAgain.clear();
    quarantine.clear();
    archive.clear();
    base.clear();
    mapped.forEach(RowText::clear);
    long size = 0;
    for (NumberedSave save : numbered) {
      size += own(save);
    }
    unready = new Position(0, 0, 0);
    for (int table = 0; table < mapped.size() && size < mostAhead; table++) {
      unready = fill(mapped.get(table), new Position(table, 0, 0), mostAhead - size);
      size += mapped.get(table).size();
    }
  }

  /** Lets go of the saves; the memory of their text is for the next ones. */
  void forget() {
    saves = List.of();
  }

  private long own(NumberedSave numbered) {
    PreparedSave save = numbered.save();
    PickliftRows.ledger(numbered.isNew() ? ledger : ledgerAgain, numbered, source, mappingSha256);
    if (save.content() instanceof PreparedSave.Migrated migrated) {
      PickliftRows.archive(archive, numbered.saveId(), migrated, save.blob());
      PickliftRows.base(base, numbered.saveId(), migrated, save.blob());
      byte[] kept = migrated.archive().packedBase();
      return (long) migrated.archive().residue().length + (kept == null ? 0 : kept.length);
    }
    PreparedSave.Quarantined refused = (PreparedSave.Quarantined) save.content();
    PickliftRows.quarantine(quarantine, numbered.saveId(), refused.refusal(), save.blob());
    return 0;
  }

  /** Adds rows of one table until there are enough bytes; returns where to go on. */
  private Position fill(RowText to, Position from, long mostBytes) {
    int row = from.row();
    for (int i = from.save(); i < saves.size(); i++) {
      int number = numbers[from.table()];
      if (saves.get(i).save().content() instanceof PreparedSave.Migrated migrated
          && !saves.get(i).kept().contains(number)) {
        TableRows rows = migrated.rows().table(number);
        for (; row < rows.size(); row++) {
          if (to.size() >= mostBytes) {
            return new Position(from.table(), i, row);
          }
          to.row(saves.get(i).saveId(), rows, row);
        }
      }
      row = 0;
    }
    return new Position(from.table() + 1, 0, 0);
  }

  /** The documents of these saves that go into the source's table. */
  List<BesideColumn.Document> documents() {
    return shown == null ? List.of() : shown.of(saves);
  }

  /** Sends all of it. May be done again, on another connection. */
  void send(BulkSender sender) throws SQLException {
    sender.send(ledger);
    sender.send(ledgerAgain);
    sender.sendReferring(
        () -> {
          for (RowText rows : mapped) {
            sender.send(rows);
          }
          sendPieces(sender);
          sender.send(archive);
          sender.send(base);
          sender.send(quarantine);
        });
  }

  private void sendPieces(BulkSender sender) throws SQLException {
    Position at = unready;
    while (at.table() < mapped.size()) {
      RowText piece = pieceOf(at.table());
      at = fill(piece, at, PIECE_BYTES);
      sender.send(piece);
    }
  }

  private RowText pieceOf(int table) {
    RowText ready = mapped.get(table);
    return ready instanceof InsertText insert ? insert.another() : new LoadText(ready.table());
  }
}
