package io.picklift.codec.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the corpora; {@code src/test/python/build_corpus.py} says how their files are laid out. */
final class Corpora {
  private Corpora() {}

  /** A zip with {@code index.tsv} and {@code pickles.bin}. */
  static List<Sample> indexed(byte[] zip) throws IOException {
    Map<String, byte[]> files = unzipped(zip);
    byte[] pickles = file(files, "pickles.bin");
    List<Sample> samples = new ArrayList<>();
    int at = 0;
    for (String line : lines(file(files, "index.tsv"))) {
      String[] column = line.split("\t", -1);
      int length = Integer.parseInt(column[1]);
      byte[] pickle = Arrays.copyOfRange(pickles, at, at + length);
      at += length;
      String name = column[0] + " (" + column[2] + ", Python " + column[3] + ")";
      boolean refused = column[8].equals("refused");
      samples.add(new Sample(name, pickle, refused, column[9], !refused, column[7].equals("1")));
    }
    return samples;
  }

  /** The hand-made cases: name, hex, result and expectation, with tabs between. */
  static List<Sample> cases(byte[] tsv) {
    List<Sample> samples = new ArrayList<>();
    for (String line : lines(tsv)) {
      String[] column = line.split("\t", -1);
      byte[] pickle = HexFormat.of().parseHex(column[1]);
      boolean refused = column[2].equals("refused");
      samples.add(new Sample(column[0], pickle, refused, column[3], false, false));
    }
    return samples;
  }

  /** The examples of the format rules: a pickle beside its JSON, or beside a note why not. */
  static List<Sample> examples(byte[] zip) throws IOException {
    Map<String, byte[]> files = unzipped(zip);
    List<Sample> samples = new ArrayList<>();
    files.forEach(
        (name, bytes) -> {
          if (!name.endsWith(".pkl")) {
            return;
          }
          byte[] json = files.get(name.replace(".pkl", ".json"));
          String expectation = json == null ? "*" : CanonicalJson.of(json);
          samples.add(new Sample(name, bytes, json == null, expectation, false, false));
        });
    return samples;
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = Corpora.class.getResourceAsStream("/corpus/" + name)) {
      if (in == null) {
        throw new IOException("no resource corpus/" + name);
      }
      return in.readAllBytes();
    }
  }

  private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      ZipEntry entry;
      while ((entry = in.getNextEntry()) != null) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] file(Map<String, byte[]> files, String name) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new IOException("no " + name + " in the corpus");
    }
    return bytes;
  }

  private static List<String> lines(byte[] tsv) {
    return new String(tsv, UTF_8).lines().toList();
  }
}
