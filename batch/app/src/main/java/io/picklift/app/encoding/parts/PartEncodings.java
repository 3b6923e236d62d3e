package io.picklift.app.encoding.parts;

import io.picklift.app.encoding.format.Encoding;
import java.util.List;

/** The formats that hold several pickles. */
public final class PartEncodings {
  private static final Encoding FILE_CACHE = new FileCache();

  private static final List<Encoding> FORMATS =
      List.of(FILE_CACHE, new LengthPrefixed(), new FormMember());

  private PartEncodings() {}

  public static List<Encoding> list() {
    return FORMATS;
  }

  /**
   * The format whose value begins with a pickle: the one that is tried before a bare pickle, which
   * would have all but its first few bytes behind it.
   */
  public static Encoding aheadOfBare() {
    return FILE_CACHE;
  }
}
