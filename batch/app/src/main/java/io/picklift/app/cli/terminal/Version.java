package io.picklift.app.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, the commit it was built from, and the Java that runs it. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"picklift " + number(), "commit " + commit(), "Java " + java()};
  }

  public static String number() {
    return build().getProperty("git.build.version", "(not built by Maven)");
  }

  /** The commit's short hash, with {@code changed} where the build had files of no commit. */
  public static String commit() {
    Properties build = build();
    String id = build.getProperty("git.commit.id.abbrev");
    if (id == null) {
      return "unknown: built from sources without their history";
    }
    return id + (Boolean.parseBoolean(build.getProperty("git.dirty")) ? ", changed" : "");
  }

  /** What the build has left: the manifest of a jar is not read where the jar is unpacked. */
  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/picklift-commit.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  public static String java() {
    return System.getProperty("java.version") + ", " + System.getProperty("java.vm.name");
  }
}
