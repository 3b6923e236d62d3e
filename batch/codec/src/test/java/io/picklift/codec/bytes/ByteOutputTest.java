package io.picklift.codec.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.error.DamagedException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ByteOutputTest {
  private static ByteInput input(ByteOutput out) {
    return new ByteInput(out.toArray(), 0, out.size(), "the field x");
  }

  @Property(tries = 500)
  void everyNumberComesBackAndNothingIsLeft(
      @ForAll int small, @ForAll long large, @ForAll byte[] bytes) throws Exception {
    ByteOutput out = new ByteOutput(1);
    out.varint(small);
    out.varint64(large);
    out.zigzag(small);
    out.zigzag64(large);
    out.int32BigEndian(small);
    out.int64(large);
    out.put(bytes, 0, bytes.length);
    out.put(small);

    ByteInput in = input(out);
    assertThat(in.varint()).isEqualTo(small);
    assertThat(in.varint64()).isEqualTo(large);
    assertThat(in.zigzag()).isEqualTo(small);
    assertThat(in.zigzag64()).isEqualTo(large);
    assertThat(in.int32BigEndian()).isEqualTo(small);
    assertThat(in.int64()).isEqualTo(large);
    int from = in.skip(bytes.length);
    assertThat(Arrays.copyOfRange(in.array(), from, in.position())).isEqualTo(bytes);
    assertThat(in.next()).isEqualTo(small & 0xff);
    assertThat(in.isAtEnd()).isTrue();
  }

  @Test
  void aSmallNumberTakesOneByteAndTheLowestGroupComesFirst() {
    ByteOutput out = new ByteOutput();
    out.varint(127);
    out.varint(300);
    out.zigzag(-1);
    assertThat(out.toArray()).containsExactly(0x7f, 0xac, 0x02, 0x01);
  }

  @Test
  void whatEndsTooEarlyIsRefusedByItsName() {
    ByteOutput out = new ByteOutput();
    out.put(0x80);
    assertThatThrownBy(() -> input(out).varint())
        .isInstanceOf(DamagedException.class)
        .hasMessage("the field x ends too early");
    assertThatThrownBy(() -> input(out).varint64()).hasMessage("the field x ends too early");
    assertThatThrownBy(() -> input(out).skip(2)).hasMessage("the field x ends too early");
    assertThatThrownBy(() -> input(out).skip(-1)).hasMessage("the field x ends too early");
  }

  @Test
  void aNumberOfTooManyBitsIsRefused() {
    ByteOutput out = new ByteOutput();
    out.varint64(-1);
    assertThatThrownBy(() -> input(out).varint())
        .hasMessage("the field x has a number beyond 32 bits");
    assertThatThrownBy(() -> input(out).count(100))
        .hasMessage("the field x has a count out of range");
  }
}
