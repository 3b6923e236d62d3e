package io.picklift.codec.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/** Short pickles to start from: the corpora that conformance is tested with, and hostile ones. */
public final class Seeds {
  private static final int LONGEST = 4_096;

  private Seeds() {}

  /** All of them, in an order that is always the same. */
  public static List<byte[]> all() throws IOException {
    List<byte[]> seeds = new ArrayList<>(few());
    Map<String, byte[]> files = unzipped("cpython.zip");
    byte[] pickles = file(files, "pickles.bin");
    int at = 0;
    for (String line : lines(file(files, "index.tsv"))) {
      int length = Integer.parseInt(line.split("\t", -1)[1]);
      if (length <= LONGEST) {
        seeds.add(Arrays.copyOfRange(pickles, at, at + length));
      }
      at += length;
    }
    return seeds;
  }

  /** The hand-made cases, the examples of the format rules, and small ones of what is hostile. */
  public static List<byte[]> few() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String line : lines(resource("cases.tsv"))) {
      seeds.add(HexFormat.of().parseHex(line.split("\t", -1)[1]));
    }
    unzipped("examples.zip")
        .forEach(
            (name, bytes) -> {
              if (name.endsWith(".pkl") && bytes.length <= LONGEST) {
                seeds.add(bytes);
              }
            });
    Nesting.all(5).values().forEach(pickle -> seeds.add(pickle.get()));
    seeds.addAll(Hostile.all(200).values());
    return seeds;
  }

  private static Map<String, byte[]> unzipped(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(resource(name)))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Seeds.class.getResourceAsStream("/corpus/" + name)) {
      if (in == null) {
        throw new IOException("no resource corpus/" + name);
      }
      return in.readAllBytes();
    }
  }

  private static byte[] file(Map<String, byte[]> files, String name) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new IOException("no " + name + " in the corpus");
    }
    return bytes;
  }

  private static List<String> lines(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }
}
