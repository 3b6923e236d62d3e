package io.picklift.schema.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Pickles of applications whose values are container subclasses, tuples and slots: shapes.py. */
public final class ShapeSaves {
  private ShapeSaves() {}

  /** The pickles by application. */
  public static Map<String, List<byte[]>> byApplication() {
    Map<String, List<byte[]>> saves = new TreeMap<>();
    try (InputStream file = ShapeSaves.class.getResourceAsStream("/shapes.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String[] path = entry.getName().split("/", -1);
        if (!entry.isDirectory()) {
          saves
              .computeIfAbsent(path[path.length - 2], n -> new ArrayList<>())
              .add(zip.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return saves;
  }

  public static List<byte[]> of(String application) {
    return byApplication().getOrDefault(application, List.of());
  }
}
