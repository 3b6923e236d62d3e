package io.picklift.app.follow.log;

import java.io.IOException;

/**
 * What stands before each event.
 *
 * @param seconds since 1970; 0 for an event that is in no file
 * @param length of the event, this header included
 * @param end where the next event begins in the file
 */
record EventHeader(long seconds, int code, long length, long end, int flags) {
  static final int BYTES = 19;

  private static final int IGNORABLE = 0x80;
  private static final int ARTIFICIAL = 0x20;

  static EventHeader read(LogInput in) throws IOException {
    long seconds = in.little(4);
    int code = in.u8();
    in.pass(4);
    return new EventHeader(seconds, code, in.little(4), in.little(4), (int) in.little(2));
  }

  /** Whether the server says that who does not know the event may pass it over. */
  boolean isIgnorable() {
    return (flags & IGNORABLE) != 0;
  }

  /** Whether the event is made for the reader, and in no file. */
  boolean isArtificial() {
    return (flags & ARTIFICIAL) != 0 || seconds == 0;
  }
}
