package io.picklift.schema.tables.document;

import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Values as {@code decode} writes them, unless that is too long. */
public final class BoundedForms {
  private BoundedForms() {}

  /** The form in UTF-8; null where it has more than {@code longest} bytes. */
  public static byte @Nullable [] of(Meaning meaning, int node, int longest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new JsonWriter(meaning.limits()).write(meaning, node, new Bounded(out, longest));
    } catch (CodecException | IOException e) {
      return null;
    }
    return out.toByteArray();
  }

  /** An output for so much and no more. */
  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream to;
    private final int longest;

    Bounded(ByteArrayOutputStream to, int longest) {
      this.to = to;
      this.longest = longest;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (to.size() + length > longest) {
        throw new IOException("longer than " + longest);
      }
      to.write(bytes, offset, length);
    }
  }
}
