package io.picklift.app.cli.terminal;

import io.picklift.app.config.Conflicts;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What becomes of saves that changed on both sides, on the command line. */
public final class ConflictsConverter implements ITypeConverter<Conflicts> {
  @Override
  public Conflicts convert(String text) {
    try {
      return Conflicts.of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' " + e.getMessage());
    }
  }
}
