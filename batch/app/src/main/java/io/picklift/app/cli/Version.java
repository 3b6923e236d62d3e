package io.picklift.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, as the jar's manifest has it, and the Java that runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"picklift " + number(), "Java " + java()};
  }

  static String number() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }

  static String java() {
    return System.getProperty("java.version") + ", " + System.getProperty("java.vm.name");
  }
}
