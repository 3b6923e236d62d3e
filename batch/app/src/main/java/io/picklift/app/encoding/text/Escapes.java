package io.picklift.app.encoding.text;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Backslashes in text, by the rules of whoever wrote them. */
enum Escapes {
  /** {@code \x80}, {@code \n}, {@code \\}, {@code \'}: Python. */
  PYTHON {
    @Override
    int read(byte[] text, int at, ByteArrayOutputStream out) {
      char c = (char) text[at];
      int simple = "abfnrtv\\'\"".indexOf(c);
      if (simple >= 0) {
        out.write("\007\b\f\n\r\t\013\\'\"".charAt(simple));
        return at + 1;
      }
      boolean isHex =
          c == 'x'
              && at + 2 < text.length
              && HexFormat.isHexDigit(text[at + 1])
              && HexFormat.isHexDigit(text[at + 2]);
      if (!isHex) {
        return octal(text, at, out);
      }
      out.write(HexFormat.fromHexDigit(text[at + 1]) * 16 + HexFormat.fromHexDigit(text[at + 2]));
      return at + 3;
    }

    @Override
    void write(int b, ByteArrayOutputStream out) {
      int simple = "\n\r\t\\".indexOf(b);
      if (simple >= 0) {
        out.write('\\');
        out.write("nrt\\".charAt(simple));
      } else if (b < 0x20 || b >= 0x7f) {
        out.write('\\');
        out.write('x');
        out.write(Character.forDigit(b >> 4, 16));
        out.write(Character.forDigit(b & 15, 16));
      } else {
        out.write(b);
      }
    }
  },

  /** {@code \200} and {@code \\}: PostgreSQL's escape form of bytea. */
  POSTGRES {
    @Override
    int read(byte[] text, int at, ByteArrayOutputStream out) {
      if (text[at] == '\\') {
        out.write('\\');
        return at + 1;
      }
      return octal(text, at, out);
    }

    @Override
    void write(int b, ByteArrayOutputStream out) {
      if (b == '\\') {
        out.write('\\');
        out.write('\\');
      } else if (b < 0x20 || b >= 0x7f) {
        out.write('\\');
        out.write('0' + (b >> 6));
        out.write('0' + (b >> 3 & 7));
        out.write('0' + (b & 7));
      } else {
        out.write(b);
      }
    }
  },

  /** {@code \0}, {@code \n}, {@code \Z}, {@code \'}: what a dump for MySQL has. */
  MYSQL {
    @Override
    int read(byte[] text, int at, ByteArrayOutputStream out) {
      // A tab or a line end behind a backslash is itself, as SELECT ... INTO OUTFILE writes it.
      int simple = "0bnrtZ\\'\"\n\t".indexOf((char) text[at]);
      if (simple < 0) {
        return -1;
      }
      out.write("\0\b\n\r\t\032\\'\"\n\t".charAt(simple));
      return at + 1;
    }

    @Override
    void write(int b, ByteArrayOutputStream out) {
      int simple = "\0\n\r\032\\'\"".indexOf(b);
      if (simple >= 0) {
        out.write('\\');
        out.write("0nrZ\\'\"".charAt(simple));
      } else {
        out.write(b);
      }
    }
  },

  /** A backslash ahead of each backslash, quote and NUL: PHP's {@code addslashes()}. */
  SLASHES {
    @Override
    int read(byte[] text, int at, ByteArrayOutputStream out) {
      int simple = "\\'\"0".indexOf((char) text[at]);
      if (simple < 0) {
        return -1;
      }
      out.write("\\'\"\0".charAt(simple));
      return at + 1;
    }

    @Override
    void write(int b, ByteArrayOutputStream out) {
      if ("\\'\"\0".indexOf(b) >= 0) {
        out.write('\\');
      }
      out.write(b == 0 ? '0' : b);
    }
  },

  /** Each backslash twice, as an import leaves them that quotes what was quoted. */
  DOUBLED {
    @Override
    int read(byte[] text, int at, ByteArrayOutputStream out) {
      if (text[at] != '\\') {
        return -1;
      }
      out.write('\\');
      return at + 1;
    }

    @Override
    void write(int b, ByteArrayOutputStream out) {
      if (b == '\\') {
        out.write('\\');
      }
      out.write(b);
    }
  };

  /** Whether what is written is printable ASCII alone. */
  boolean isAscii() {
    return this == PYTHON || this == POSTGRES;
  }

  /** Reads what is behind a backslash; returns where that ends, -1 for no such escape. */
  abstract int read(byte[] text, int at, ByteArrayOutputStream out);

  abstract void write(int b, ByteArrayOutputStream out);

  /** What the text from {@code from} to {@code to} stands for; null where it is no such text. */
  byte @Nullable [] read(byte[] text, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int at = from;
    while (at < to) {
      byte b = text[at++];
      if (b != '\\') {
        out.write(b);
        continue;
      }
      at = at < to ? read(text, at, out) : -1;
      if (at < 0 || at > to) {
        return null;
      }
    }
    return out.toByteArray();
  }

  byte[] write(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 2);
    for (byte b : bytes) {
      write(b & 0xff, out);
    }
    return out.toByteArray();
  }

  private static int octal(byte[] text, int at, ByteArrayOutputStream out) {
    int value = 0;
    for (int i = at; i < at + 3; i++) {
      if (i >= text.length || text[i] < '0' || text[i] > '7') {
        return -1;
      }
      value = value * 8 + text[i] - '0';
    }
    if (value > 0xff) {
      return -1;
    }
    out.write(value);
    return at + 3;
  }
}
