package io.picklift.jython.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The codec's test pickles, each with whether and where it must be refused. */
public final class Corpus {
  private static final Path FOLDER = Path.of("../codec/src/test/resources/corpus");

  /**
   * A pickle.
   *
   * @param refused {@code offset:opcode}, or empty where the pickle must decode
   */
  public record Case(String name, byte[] pickle, String refused) {}

  private Corpus() {}

  /** The examples of the formats. Where they are refused is not said: {@code "?"}. */
  public static List<Case> examples() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (ZipFile zip = new ZipFile(FOLDER.resolve("examples.zip").toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        if (entry.getName().endsWith(".pkl")) {
          String name = entry.getName().substring(0, entry.getName().length() - 4);
          byte[] pickle = zip.getInputStream(entry).readAllBytes();
          cases.add(new Case(name, pickle, zip.getEntry(name + ".refused") == null ? "" : "?"));
        }
      }
    }
    return cases;
  }

  /** The cases that were made by hand. */
  public static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve("cases.tsv"))) {
      String[] fields = line.split("\t", -1);
      cases.add(
          new Case(
              fields[0],
              HexFormat.of().parseHex(fields[1]),
              fields[2].equals("refused") ? fields[3] : ""));
    }
    return cases;
  }

  /** One of the recorded corpora: {@code cpython}, {@code samples} or {@code streams}. */
  public static List<Case> recorded(String corpus) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (ZipFile zip = new ZipFile(FOLDER.resolve(corpus + ".zip").toFile())) {
      ByteBuffer pickles = ByteBuffer.wrap(read(zip, "pickles.bin"));
      for (String line :
          new String(read(zip, "index.tsv"), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isEmpty()) {
          String[] fields = line.split("\t", -1);
          byte[] pickle = new byte[Integer.parseInt(fields[1])];
          pickles.get(pickle);
          cases.add(new Case(fields[0], pickle, fields[8].equals("refused") ? fields[9] : ""));
        }
      }
    }
    return cases;
  }

  private static byte[] read(ZipFile zip, String name) throws IOException {
    return zip.getInputStream(zip.getEntry(name)).readAllBytes();
  }
}
