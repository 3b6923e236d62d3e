package io.picklift.app.cli.terminal;

import picocli.CommandLine.IVersionProvider;

/** The version, as the jar's manifest has it, and the Java that runs it. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"picklift " + number(), "Java " + java()};
  }

  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }

  public static String java() {
    return System.getProperty("java.version") + ", " + System.getProperty("java.vm.name");
  }
}
