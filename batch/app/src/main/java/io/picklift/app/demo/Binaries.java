package io.picklift.app.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;

/** Finds the embedded database's binaries, which lie in a folder beside the executable. */
final class Binaries {
  private static final String OWN_SERVER =
      "use a server of your own: demo --url jdbc:mysql://HOST:3306/ --username USER --password";

  private static final List<String> PROGRAMS =
      List.of(
          "bin/mariadbd",
          "bin/mariadb",
          "bin/my_print_defaults",
          "bin/resolveip",
          "scripts/mariadb-install-db");

  private Binaries() {}

  /**
   * The folder with the database's {@code bin}.
   *
   * @param given what the user named; null to look beside the executable
   */
  static Path find(@Nullable Path given) throws DemoException {
    String missing = given == null ? missingFor(os(), arch()) : null;
    if (missing != null) {
      throw new DemoException(missing + "; " + OWN_SERVER);
    }
    Path folder = (given == null ? besideExecutable() : given).toAbsolutePath().normalize();
    if (!Files.exists(folder.resolve("bin").resolve("mariadbd"))
        && !Files.exists(folder.resolve("bin").resolve("mariadbd.exe"))) {
      throw new DemoException(
          "there is no database in "
              + folder
              + ": 'mvn -DskipTests package' puts it there, or name its folder with --database, or "
              + OWN_SERVER);
    }
    makeExecutable(folder);
    return folder;
  }

  /** Why there can be no embedded database on such a machine; null if there is one. */
  static @Nullable String missingFor(String os, String arch) {
    boolean isArm = arch.equals("aarch64") || arch.startsWith("arm");
    if (os.startsWith("linux") || os.startsWith("windows")) {
      boolean isIntel = arch.equals("amd64") || arch.equals("x86_64");
      return isIntel ? null : "there is no embedded database for " + os + " on " + arch;
    }
    if (os.startsWith("mac")) {
      return isArm ? null : "there is no embedded database for " + os + " on " + arch;
    }
    return "there is no embedded database for " + os;
  }

  private static Path besideExecutable() throws DemoException {
    java.io.File source = new ApplicationHome(Binaries.class).getSource();
    Path parent = source == null ? null : source.toPath().toAbsolutePath().getParent();
    if (parent == null) {
      throw new DemoException(
          "where picklift.jar lies is not known: name the folder with --database");
    }
    return parent.resolve("database");
  }

  /** An archive loses what makes a file a program. */
  private static void makeExecutable(Path folder) throws DemoException {
    for (String program : PROGRAMS) {
      Path file = folder.resolve(program);
      if (Files.exists(file) && !Files.isExecutable(file) && !file.toFile().setExecutable(true)) {
        throw new DemoException(file + " cannot be made executable");
      }
    }
  }

  private static String os() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  }

  private static String arch() {
    return System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
  }
}
