package io.picklift.app.encoding.compressed;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.util.List;

/**
 * What MySQL's {@code COMPRESS()} makes: the length in four bytes, the low byte first, then zlib;
 * then a full stop where the last byte would be a blank, which a CHAR column would cut.
 */
final class MysqlCompress implements Encoding {
  private static final int LENGTH = 4;

  @Override
  public String label() {
    return "mysql-compress";
  }

  @Override
  public boolean detects(byte[] bytes) {
    return Zlib.isHeader(bytes, LENGTH) && (bytes[LENGTH - 1] & 0xc0) == 0;
  }

  @Override
  public boolean isCertain() {
    return true;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    int end = bytes.length;
    byte[] inner = Deflate.inflate(bytes, LENGTH, end, false, room);
    if (inner == null && bytes[end - 1] == '.' && bytes[end - 2] == ' ') {
      inner = Deflate.inflate(bytes, LENGTH, end - 1, false, room);
    }
    if (inner == null || inner.length != length(bytes)) {
      throw EncodingException.damaged(label());
    }
    return List.of(inner);
  }

  private static int length(byte[] bytes) {
    int length = 0;
    for (int i = 0; i < LENGTH; i++) {
      length |= (bytes[i] & 0xff) << (8 * i);
    }
    return length;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return Zlib.levels(outer[LENGTH + 1]);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    byte[] length = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      length[i] = (byte) (inner.length >>> (8 * i));
    }
    byte[] zlib = Deflate.deflate(inner, Integer.parseInt(style), false);
    boolean endsInBlank = zlib[zlib.length - 1] == ' ';
    return ByteLiterals.join(length, zlib, endsInBlank ? new byte[] {'.'} : new byte[0]);
  }
}
