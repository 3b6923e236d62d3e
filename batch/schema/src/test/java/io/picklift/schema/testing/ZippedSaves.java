package io.picklift.schema.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Pickles by application and what Python says of them, from zips that scripts of {@code
 * src/test/python} made: {@code application/*.pickle}, and questions in SQL with their answers.
 */
public final class ZippedSaves {
  private final Map<String, List<byte[]>> saves = new TreeMap<>();
  private final List<List<String>> questions = new ArrayList<>();

  private ZippedSaves() {}

  public static ZippedSaves of(String... resources) {
    ZippedSaves read = new ZippedSaves();
    for (String resource : resources) {
      try (InputStream file = ZippedSaves.class.getResourceAsStream(resource);
          ZipInputStream zip = new ZipInputStream(file)) {
        read.add(zip);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return read;
  }

  private void add(ZipInputStream zip) throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String[] path = entry.getName().split("/", -1);
      byte[] bytes = zip.readAllBytes();
      if (path.length == 2) {
        saves.computeIfAbsent(path[0], n -> new ArrayList<>()).add(bytes);
      } else {
        new String(bytes, StandardCharsets.UTF_8)
            .lines()
            .forEach(line -> questions.add(List.of(line.split("\t", -1))));
      }
    }
  }

  /** The pickles of an application, in the order of their names. */
  public List<byte[]> saves(String application) {
    return saves.getOrDefault(application, List.of());
  }

  public List<String> applications() {
    return List.copyOf(saves.keySet());
  }

  /** Questions to an application's tables, each with its answer. */
  public List<List<String>> questions(String application) {
    return questions.stream()
        .filter(line -> line.get(0).equals(application))
        .map(line -> line.subList(1, 3))
        .toList();
  }
}
