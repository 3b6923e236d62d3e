package io.picklift.app.finish.archive;

import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.Sha256;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Restores saves from an archive, without a database. */
public final class ArchiveRestore {
  private static final int MOST_SHOWN = 20;

  private final List<String> keys;
  private final @Nullable DjangoSigner signer;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> met = new HashSet<>();
  private long asMigrated;
  private long edited;
  private long quarantined;
  private long without;
  private long failed;

  /**
   * @param keys of the saves that are wanted, as text; empty for all
   * @param signer of changed saves; null where nobody has the key
   */
  public ArchiveRestore(List<String> keys, @Nullable DjangoSigner signer) {
    this.keys = List.copyOf(keys);
    this.signer = signer;
  }

  /**
   * What became of the saves.
   *
   * @param quarantined BLOBs that were quarantined, as they were in the source
   * @param without saves without a BLOB: deleted ones, and NULL
   * @param problems a line for each of the first that could not be restored, and for those that
   *     were asked for by key and have no BLOB
   */
  public record Result(
      long asMigrated,
      long edited,
      long quarantined,
      long without,
      long failed,
      List<String> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Restores into a sink that is no table.
   *
   * @throws IOException if the archive is none or damaged, or the sink takes nothing more
   */
  public Result run(Path file, RestoredSaves.Sink sink) throws IOException {
    Limits limits = Limits.defaults();
    try (ArchiveReader archive = ArchiveReader.open(file, limits)) {
      ArchivedBlobs blobs = new ArchivedBlobs(archive.mapping(), limits);
      int columns = archive.manifest().key().size();
      archive.<IOException>read(
          save -> {
            if (keys.isEmpty() || keys.contains(save.key())) {
              met.add(save.key());
              restore(save, blobs, columns, sink);
            }
          });
    } catch (LimitException e) {
      throw new IOException(file + ": " + e.reason(), e);
    }
    keys.stream()
        .distinct()
        .filter(key -> !met.contains(key))
        .forEach(key -> fail(key, "the archive has no such save"));
    return new Result(asMigrated, edited, quarantined, without, failed, problems);
  }

  private void restore(KeptSave save, ArchivedBlobs blobs, int columns, RestoredSaves.Sink sink)
      throws IOException {
    try {
      ArchivedBlobs.Made made = blobs.make(save);
      if (made == null) {
        without++;
        if (!keys.isEmpty()) {
          tell(save.key(), "has no BLOB: it was deleted, or NULL, before the archive was made");
        }
        return;
      }
      String sha256 = HexFormat.of().formatHex(Sha256.of(made.blob()));
      if (!sha256.equals(save.restoredSha256())) {
        fail(save.key(), "gives another BLOB than when it was archived");
        return;
      }
      byte[] blob = made.isSigned() ? signed(made.blob()) : made.blob();
      if (blob == null) {
        fail(save.key(), "changed in the tables, and the BLOB is signed: set " + DjangoSigner.KEY);
        return;
      }
      sink.save(SaveKey.parse(save.key(), columns), blob);
      count(save, made.isEdited());
    } catch (RebuildException e) {
      fail(save.key(), String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw new IllegalStateException("files are no database", e);
    }
  }

  private void count(KeptSave save, boolean isEdited) {
    if (save.kind() == KeptSave.Kind.QUARANTINED) {
      quarantined++;
    } else if (isEdited) {
      edited++;
    } else {
      asMigrated++;
    }
  }

  private byte @Nullable [] signed(byte[] blob) {
    return signer == null ? null : signer.sign(blob);
  }

  private void fail(String key, String why) {
    failed++;
    tell(key, why);
  }

  private void tell(String key, String why) {
    if (problems.size() < MOST_SHOWN) {
      problems.add(SafeText.line(key) + ": " + SafeText.line(why));
    }
  }
}
