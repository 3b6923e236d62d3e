package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A member of a zip: the only one, or the one that is a pickle, as {@code log} is in a save of
 * Ren'Py, or the one that the configuration names. A style is the member's name; a zip of one
 * member alone can be made.
 */
public final class ZipMember implements Encoding {
  /** The name, and what a configuration writes before a member's name. */
  public static final String LABEL = "zip";

  private static final byte[] SIGNATURE = {'P', 'K', 3, 4};
  private static final int MOST_MEMBERS = 64;

  private final @Nullable String name;

  ZipMember() {
    this(null);
  }

  /**
   * @param name of the member; null for the one that is a pickle
   */
  public ZipMember(@Nullable String name) {
    this.name = name;
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return ByteLiterals.startsWith(bytes, 0, SIGNATURE);
  }

  @Override
  public boolean isCertain() {
    return true;
  }

  @Override
  public boolean hasParts() {
    return true;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException, IOException {
    List<byte[]> members = new ArrayList<>();
    long held = 0;
    try (ZipFile zip = open(bytes)) {
      for (ZipArchiveEntry entry : chosen(zip)) {
        if (!zip.canReadEntryData(entry)) {
          throw new EncodingException(
              EncodingException.DAMAGED,
              entry.getGeneralPurposeBit().usesEncryption()
                  ? "a zip that is encrypted"
                  : "a zip whose member is compressed by method "
                      + entry.getMethod()
                      + ", which is not supported; write the zip again with deflate");
        }
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] member = room.drain(in);
          members.add(member);
          held += member.length;
          room.hold(member.length);
        }
      }
    } finally {
      room.release(held);
    }
    if (members.isEmpty()) {
      throw new EncodingException(EncodingException.DAMAGED, "a zip with no file in it");
    }
    return members;
  }

  private List<ZipArchiveEntry> chosen(ZipFile zip) throws EncodingException {
    List<ZipArchiveEntry> files = files(zip);
    if (name == null) {
      return files;
    }
    List<ZipArchiveEntry> named =
        files.stream().filter(entry -> entry.getName().equals(name)).toList();
    if (named.isEmpty() && !files.isEmpty()) {
      throw new EncodingException(
          EncodingException.DAMAGED, "a zip without the member that the configuration names");
    }
    return named;
  }

  private static ZipFile open(byte[] bytes) throws IOException {
    return ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get();
  }

  /** The files, those first whose name says that they are the pickle. */
  private static List<ZipArchiveEntry> files(ZipFile zip) {
    return Collections.list(zip.getEntries()).stream()
        .filter(entry -> !entry.isDirectory())
        .sorted(Comparator.comparing(entry -> !isPickle(entry.getName())))
        .limit(MOST_MEMBERS)
        .toList();
  }

  private static boolean isPickle(String name) {
    return name.equals("log") || name.endsWith(".pkl") || name.endsWith(".pickle");
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    try (ZipFile zip = open(outer)) {
      List<ZipArchiveEntry> files = files(zip);
      return files.size() == 1
          ? List.of(ByteLiterals.of(ByteLiterals.latin1(files.get(0).getName())))
          : List.of();
    } catch (IOException e) {
      // It was read before; without a style it is kept.
      return List.of();
    }
  }

  @Override
  public byte[] make(byte[] inner, String style) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
      ZipArchiveEntry entry = new ZipArchiveEntry(ByteLiterals.latin1(ByteLiterals.bytes(style)));
      entry.setTime(0);
      out.putArchiveEntry(entry);
      out.write(inner);
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
