package io.picklift.app.cli.terminal;

import io.picklift.app.config.CountOrShare;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number or a share on the command line. */
public final class CountOrShareConverter implements ITypeConverter<CountOrShare> {
  @Override
  public CountOrShare convert(String text) {
    try {
      return CountOrShare.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' " + e.getMessage());
    }
  }
}
