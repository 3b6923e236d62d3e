package io.picklift.app.input;

import io.picklift.app.encoding.PickleFinder;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pickles that a path stands for: the file itself; each {@code *.pkl}, {@code *.pickle} and
 * {@code *.save} in a folder and the folders below; the members of an archive that have such a name
 * or whose content is a pickle. A file in a folder is one save, also where it is an archive: what
 * is around a pickle is undone when the save is decoded.
 */
public final class InputFiles {
  /** How many times what a save may have is looked at of one that has more. */
  private static final int MOST_HASHED = 4;

  private final Limits limits;
  private final PickleFinder finder;

  public InputFiles(Limits limits) {
    this.limits = limits;
    this.finder = new PickleFinder(limits);
  }

  /** Is told of each pickle, in order, and of what could not be read while the others still can. */
  public interface Visitor {
    void pickle(PickleFile file) throws IOException;

    void unreadable(String label, String reason);

    /**
     * A save that is longer than one may be: bombs are.
     *
     * @param described its length and hash as far as it was read, which is bounded
     */
    default void tooLong(String label, String key, LeftOut described) throws IOException {
      unreadable(label, "more than the limit of " + described.bytes() + " bytes");
    }
  }

  /** The saves of a folder and of those below it, by path. */
  public static List<Path> saves(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(
              file -> FileKey.isSave(file.getFileName().toString()) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  /**
   * Visits what {@code path} stands for.
   *
   * @throws IOException what the visitor threw
   */
  public void visit(Path path, Visitor visitor) throws IOException {
    try {
      if (Files.isDirectory(path)) {
        for (Path file : saves(path)) {
          whole(file, FileKey.of(path.relativize(file).toString()), visitor);
        }
      } else if (!isArchive(path, visitor)) {
        whole(path, FileKey.of(path.getFileName().toString()), visitor);
      }
    } catch (VisitorException e) {
      throw e.thrown;
    }
  }

  private boolean isArchive(Path file, Visitor visitor) throws VisitorException {
    int[] saves = new int[1];
    try {
      boolean isArchive =
          Archives.<VisitorException>read(
              file, (path, in) -> saves[0] += member(file + "!" + path, path, in, visitor) ? 1 : 0);
      if (isArchive && saves[0] == 0) {
        visitor.unreadable(file.toString(), "an archive without a pickle in it");
      }
      return isArchive;
    } catch (IOException | RuntimeException e) {
      // Readers of damaged archives throw about anything.
      visitor.unreadable(file.toString(), reason(e));
      return true;
    }
  }

  private void whole(Path file, String key, Visitor visitor) throws VisitorException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = bytes(in);
      if (bytes == null) {
        visitor.unreadable(file.toString(), tooLong());
      } else {
        tell(visitor, new PickleFile(file.toString(), FileKey.name(file.toString()), key, bytes));
      }
    } catch (IOException e) {
      visitor.unreadable(file.toString(), reason(e));
    }
  }

  /** Whether the member is a save, or is refused as one. */
  private boolean member(String label, String path, InputStream in, Visitor visitor)
      throws IOException, VisitorException {
    // Only the last part of the name: a member called ../../x must not leave the output folder.
    String name = FileKey.name(path);
    HashedInput hashed = new HashedInput(in);
    byte[] bytes = bytes(hashed);
    if (bytes == null) {
      // Other things lie in archives beside saves, and may be as long as they like.
      boolean isNamed = FileKey.isSave(name) || hashed.isBegunAsPickle();
      return isNamed && tooLong(label, FileKey.of(path), hashed, visitor);
    }
    boolean isSave = FileKey.isSave(name) || finder.isPickle(bytes);
    if (isSave) {
      tell(visitor, new PickleFile(label, name, FileKey.of(path), bytes));
    }
    return isSave;
  }

  private boolean tooLong(String label, String key, HashedInput in, Visitor visitor)
      throws IOException, VisitorException {
    LeftOut described = in.describe((long) most() * MOST_HASHED);
    try {
      visitor.tooLong(label, key, described);
    } catch (IOException e) {
      throw new VisitorException(e);
    }
    return true;
  }

  private static void tell(Visitor visitor, PickleFile file) throws VisitorException {
    try {
      visitor.pickle(file);
    } catch (IOException e) {
      throw new VisitorException(e);
    }
  }

  private String tooLong() {
    return "more than the limit of " + most() + " bytes";
  }

  /** A save's share of the heap has to hold it, and its graph beside it. */
  private int most() {
    return (int)
        Math.min(Math.min(limits.bytes(), limits.memoryToDecode() / 2), Integer.MAX_VALUE - 16);
  }

  /** All there is to read; null where that is more than a save may have. */
  private byte @Nullable [] bytes(InputStream in) throws IOException {
    int most = most();
    byte[] bytes = in.readNBytes(most);
    return bytes.length == most && in.read() >= 0 ? null : bytes;
  }

  public static String reason(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "no permission to read it";
    }
    String message = e.getMessage();
    return "cannot be read"
        + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
  }

  /** What a visitor threw, told apart from what reading threw. */
  private static final class VisitorException extends Exception {
    private static final long serialVersionUID = 1L;
    final transient IOException thrown;

    VisitorException(IOException thrown) {
      super(thrown);
      this.thrown = thrown;
    }
  }
}
