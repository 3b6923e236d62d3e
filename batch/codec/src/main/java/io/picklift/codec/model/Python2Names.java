package io.picklift.codec.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The names that Python 2 gave things, mapped to Python 3's as {@code Unpickler.find_class} does
 * with {@code fix_imports} for protocols below 3 ({@code Lib/_compat_pickle.py}: first whole names,
 * then modules).
 */
public final class Python2Names {
  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Map<String, String> MODULES = new HashMap<>();

  static {
    for (String line : resource("compat_pickle.txt").split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("name")) {
        NAMES.put(words[1] + "\n" + words[2], words[3] + "\n" + words[4]);
      } else if (words[0].equals("module")) {
        MODULES.put(words[1], words[2]);
      }
    }
  }

  private Python2Names() {}

  /** {@code module\nqualname} of Python 2 as Python 3 has it. */
  public static String map(String name) {
    String mapped = NAMES.get(name);
    if (mapped != null) {
      return mapped;
    }
    int end = name.indexOf('\n');
    return mapModule(name.substring(0, end)) + name.substring(end);
  }

  /** A module of Python 2 as Python 3 has it. */
  public static String mapModule(String module) {
    return MODULES.getOrDefault(module, module);
  }

  private static String resource(String name) {
    try (InputStream in = Python2Names.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
