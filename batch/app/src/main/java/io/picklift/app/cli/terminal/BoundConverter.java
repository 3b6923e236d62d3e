package io.picklift.app.cli.terminal;

import io.picklift.app.config.Bound;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number or a share on the command line. */
public final class BoundConverter implements ITypeConverter<Bound> {
  @Override
  public Bound convert(String text) {
    try {
      return Bound.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' " + e.getMessage());
    }
  }
}
