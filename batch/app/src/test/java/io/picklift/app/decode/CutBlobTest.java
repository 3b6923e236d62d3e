package io.picklift.app.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A BLOB that ends early where its column's type ends is told as cut. */
final class CutBlobTest {
  /** A pickle of one long text that does not end. */
  private static byte[] pickle(int bytes) {
    byte[] pickle = new byte[bytes];
    Arrays.fill(pickle, (byte) 'a');
    byte[] head = {(byte) 0x80, 2, 'X', (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    System.arraycopy(head, 0, pickle, 0, head.length);
    return pickle;
  }

  private static BlobDecoder decoder() {
    return new BlobDecoder(DecodingEngine.Name.FAST, Limits.defaults(), null);
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 65_535, 16_777_215})
  void ofJustThatLength(int bytes) {
    assertThatThrownBy(() -> decoder().decode(pickle(bytes)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal().reason()).isEqualTo("truncated");
              assertThat(e.refusal().message())
                  .contains(String.format("exactly %,d bytes", bytes), "LONGBLOB");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {254, 256, 65_534, 65_536})
  void notOfAnother(int bytes) {
    assertThatThrownBy(() -> decoder().decode(pickle(bytes)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().message()).doesNotContain("exactly"));
  }
}
