package io.picklift.app.cli.terminal;

import io.picklift.app.config.MaxRate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate on the command line. */
public final class MaxRateConverter implements ITypeConverter<MaxRate> {
  @Override
  public MaxRate convert(String text) {
    try {
      return MaxRate.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' " + e.getMessage());
    }
  }
}
