package io.picklift.app.birth;

import io.picklift.app.database.Retry;
import io.picklift.app.encoding.Recoder;
import io.picklift.app.encoding.Unpacker;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.template.Pickler;
import io.picklift.schema.tables.template.TemplateSearch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the residues of all saves for what new saves are made like, and keeps the few that
 * show everything. A later look goes through saves that were written since.
 */
public final class TemplateUpdate {
  private static final int PAGE = 100;
  private static final String ANY_TIME = "1000-01-01 00:00:00";

  /** As long as the template's column takes. */
  private static final int LONGEST_RECIPE = 200;

  private final DataSource target;
  private final Fence lock;
  private final String source;
  private final Mapping mapping;
  private final Limits limits;

  /** How many columns were known to show attributes of classes by name. */
  private int named;

  /** Saves that have calls, of which the values were not read. */
  private final Set<Long> unread = new HashSet<>();

  public TemplateUpdate(
      DataSource target, Fence lock, String source, Mapping mapping, Limits limits) {
    this.target = target;
    this.lock = lock;
    this.source = source;
    this.mapping = mapping;
    this.limits = limits;
  }

  /** The save that was written last: new ones are of its protocol. */
  private record Newest(long saveId, String key, int protocol, String written, boolean isOwned) {
    /** How a save is made anew whose archive is damaged. */
    String repaired() {
      return isOwned
          ? "'cutover --back --take-source --key K' migrates it again from the source, without the"
              + " edits of its rows"
          : "repair migrates it again";
    }

    /** How a whole save is made anew. */
    String anew() {
      return isOwned
          ? "'writeback', 'cutover --back --key K' and 'repair --key K', one after the other,"
              + " migrate it again"
          : repaired();
    }
  }

  private record Found(long saveId, byte[] residue, boolean isOwned, boolean isBorn) {}

  /**
   * Brings the template up to date.
   *
   * @param pass called before each page; throws where the run is to stop
   * @return why it is as it was, in one line; null where it is up to date
   */
  public @Nullable String run(Runnable pass) throws SQLException {
    Newest newest = Retry.connected(target, this::newest).orElse(null);
    if (newest == null) {
      return null;
    }
    TemplateSearch search = search();
    List<byte[]> residues = new ArrayList<>();
    ArchivedSave first;
    try {
      first =
          Retry.connected(target, connection -> whole(connection, newest.saveId())).orElse(null);
      String objection =
          first == null
              ? "its archive is damaged: " + newest.repaired()
              : TemplateSearch.objection(first.residue(), newest.anew(), limits);
      if (first == null || objection != null) {
        return asItWas(newest, objection, pass);
      }
      boolean unused = search.isNew(first.residue(), newest.isOwned());
    } catch (DamagedException e) {
      return asItWas(newest, "its residue is damaged: " + newest.repaired(), pass);
    } catch (LimitException e) {
      return asItWas(newest, e.reason(), pass);
    }
    String recipe = recipe(first);
    if (recipe.length() > LONGEST_RECIPE) {
      return asItWas(
          newest, "what is around its pickle is too long to be kept for new saves", pass);
    }
    residues.add(first.residue());
    KeptTemplate before = Retry.connected(target, this::before).orElse(null);
    boolean isSame = before != null && isSame(before);
    Map<Pickler, TemplateSearch> searches = new HashMap<>();
    pickler(first.residue()).ifPresent(pickler -> searches.put(pickler, search));
    for (byte[] known : before == null || !isSame ? List.<byte[]>of() : before.residues()) {
      // Whose it is now nobody knows.
      pickler(known)
          .ifPresent(
              pickler ->
                  add(
                      searches.computeIfAbsent(pickler, k -> search.beside()),
                      known,
                      true,
                      residues));
    }
    String since = before == null || !isSame ? ANY_TIME : before.lookedUntil();
    page(
        pass,
        since,
        save -> {
          if (save.isBorn()) {
            // It was made like others, and its application has not seen it.
            look(search, save);
          } else {
            TemplateSearch of =
                pickler(save.residue())
                    .map(pickler -> searches.computeIfAbsent(pickler, k -> search.beside()))
                    .orElse(search);
            add(of, save.residue(), save.isOwned(), residues);
            lookAtValues(of, save);
          }
        });
    lookAgain(search, since, pass);
    KeptTemplate next =
        new KeptTemplate(
            mapping.fingerprint(),
            newest.protocol(),
            recipe,
            newest.written(),
            KeptTemplate.newToken(),
            residues);
    FencedTransaction.run(
        lock,
        target,
        connection -> {
          next.put(connection, source);
          KnownValues.add(connection, source, mapping, search.calls());
        });
    return null;
  }

  private Optional<Pickler> pickler(byte[] residue) {
    try {
      return Optional.of(Pickler.of(residue, limits));
    } catch (DamagedException | LimitException e) {
      return Optional.empty();
    }
  }

  private boolean isSame(KeptTemplate before) {
    return Arrays.equals(before.mappingSha256(), mapping.fingerprint());
  }

  private String asItWas(Newest newest, @Nullable String objection, Runnable pass)
      throws SQLException {
    KeptTemplate before = Retry.connected(target, this::before).orElse(null);
    boolean isKept = before != null && isSame(before);
    // Saves that are about to be handed over have values all the same.
    TemplateSearch search = search();
    String since = before == null || !isKept ? ANY_TIME : before.lookedUntil();
    page(pass, since, save -> look(search, save));
    lookAgain(search, since, pass);
    FencedTransaction.run(
        lock, target, connection -> KnownValues.add(connection, source, mapping, search.calls()));
    return SafeText.line(newest.key())
        + ", the save that was written last, cannot be the template of new saves: "
        + objection
        + (isKept ? "; new saves are made as before" : "; new saves cannot be made in the tables");
  }

  /** Takes a save. */
  private interface Taker {
    void accept(Found save) throws SQLException;
  }

  /** Gives all saves to the taker that were written since, in pages. */
  private void page(Runnable pass, String since, Taker taker) throws SQLException {
    long at = Long.MAX_VALUE;
    while (true) {
      pass.run();
      long below = at;
      List<Found> page = Retry.connected(target, c -> page(c, since, below));
      if (page.isEmpty()) {
        return;
      }
      for (Found save : page) {
        at = save.saveId();
        taker.accept(save);
      }
    }
  }

  private static void add(TemplateSearch search, byte[] residue, boolean isOwned, List<byte[]> to) {
    if (isNew(search, residue, isOwned)) {
      to.add(residue);
    }
  }

  /** A save that is damaged, or larger than a save may be, is none that others are made like. */
  private static boolean isNew(TemplateSearch search, byte[] residue, boolean isOwned) {
    try {
      return search.isNew(residue, isOwned);
    } catch (DamagedException | LimitException e) {
      return false;
    }
  }

  private void look(TemplateSearch search, Found save) throws SQLException {
    try {
      search.lookAtCalls(save.residue(), save.isOwned());
    } catch (DamagedException | LimitException e) {
      // Nobody can say what it shows; verify and restore name it.
      return;
    }
    lookAtValues(search, save);
  }

  /** One that knows which columns were found to show attributes of classes by name. */
  private TemplateSearch search() throws SQLException {
    TemplateSearch search = new TemplateSearch(mapping, limits);
    Retry.connected(target, connection -> KnownValues.named(connection, source))
        .forEach(search.calls()::addNamed);
    named = search.calls().namedColumns();
    return search;
  }

  /** Reads the values that only their saves tell, where the residue shows that there are any. */
  private void lookAtValues(TemplateSearch search, Found save) throws SQLException {
    if (search.needsRows()) {
      readValues(search, save);
    } else if (search.hasCalls()) {
      unread.add(save.saveId());
    }
  }

  /** The saves that were looked at before the first one that shows attributes by name. */
  private void lookAgain(TemplateSearch search, String since, Runnable pass) throws SQLException {
    if (search.calls().namedColumns() == named) {
      return;
    }
    page(
        pass,
        since,
        save -> {
          if (unread.contains(save.saveId())) {
            readValues(search, save);
          }
        });
  }

  private void readValues(TemplateSearch search, Found save) throws SQLException {
    SaveRows rows = Retry.connected(target, connection -> rows(connection, save)).orElse(null);
    try {
      if (rows != null) {
        search.lookAtValues(SaveJoiner.joined(mapping, save.residue(), rows, limits).graph());
      }
    } catch (JoinException | LimitException e) {
      // As above.
    }
  }

  /** A save's rows; nothing where they are more than a save may have. */
  private Optional<SaveRows> rows(Connection connection, Found save) throws SQLException {
    try {
      return Optional.of(new RowReader(connection, mapping, limits).read(save.saveId()));
    } catch (LimitException e) {
      return Optional.empty();
    }
  }

  private Optional<KeptTemplate> before(Connection connection) throws SQLException {
    try {
      return Optional.ofNullable(KeptTemplate.find(connection, source));
    } catch (DamagedException e) {
      // It is made anew.
      return Optional.empty();
    }
  }

  private Optional<Newest> newest(Connection connection) throws SQLException {
    String sql =
        """
        SELECT save_id, source_key, protocol, last_written, owner FROM picklift_save
        WHERE source_table = ? AND status = 'migrated' AND restored_as <> 'born'
        ORDER BY last_written DESC, save_id DESC LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Newest(
                    row.getLong(1),
                    row.getString(2),
                    row.getInt(3),
                    row.getString(4),
                    "tables".equals(row.getString(5))))
            : Optional.empty();
      }
    }
  }

  private static Optional<ArchivedSave> whole(Connection connection, long saveId)
      throws SQLException {
    try {
      return Optional.ofNullable(ArchivedSave.find(connection, saveId));
    } catch (DamagedArchiveException e) {
      return Optional.empty();
    }
  }

  private List<Found> page(Connection connection, String since, long below) throws SQLException {
    String sql =
        """
        SELECT s.save_id, a.residue, s.owner, s.restored_as
        FROM picklift_save s JOIN picklift_archive a ON a.save_id = s.save_id
        WHERE s.source_table = ? AND s.status = 'migrated' AND s.last_written >= ?
          AND s.save_id < ?
        ORDER BY s.save_id DESC LIMIT %d
        """
            .formatted(PAGE);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      select.setString(2, since);
      select.setLong(3, below);
      // In the order of the ids.
      TreeMap<Long, Found> found = new TreeMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long id = row.getLong(1);
          boolean isOwned = "tables".equals(row.getString(3));
          boolean isBorn = "born".equals(row.getString(4));
          found.put(id, new Found(id, row.getBytes(2), isOwned, isBorn));
        }
      }
      return List.copyOf(found.descendingMap().values());
    }
  }

  /** How the save is wrapped, or so that its reader takes it as well. */
  private String recipe(ArchivedSave save) {
    byte[] original = save.original();
    String recipe = save.recipe();
    if (original != null) {
      try {
        recipe = Recoder.nearest(Unpacker.ofProvenDamage(limits).auto(original), limits);
      } catch (EncodingException e) {
        // It was read by the configuration's word, which restoring does not depend on.
        recipe = null;
      }
    }
    return recipe == null ? "" : recipe;
  }
}
