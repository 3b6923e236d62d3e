package io.picklift.schema.residue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.testing.Saves;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A residue is a Protobuf message as {@code residue.proto} has it. */
final class ResidueMessageTest {
  private static byte[] plain(SaveGraph graph) throws Exception {
    byte[] residue = SaveSplitter.split(Saves.mapping(), graph, 1, Limits.defaults()).residue();
    assertThat(residue[0]).isEqualTo((byte) ResidueMessage.VERSION);
    byte[] packed = Arrays.copyOfRange(residue, 1, residue.length);
    return Zstd.decompress(packed, (int) Zstd.getFrameContentSize(packed));
  }

  @Test
  void protobufReadsItsFields() throws Exception {
    SaveGraph graph = Saves.decode(Saves.pickle("0031"));
    UnknownFieldSet fields = UnknownFieldSet.parseFrom(plain(graph));
    assertThat(number(fields, 2)).isEqualTo(graph.size());
    assertThat(number(fields, 3)).isEqualTo(graph.edgeCount());
    assertThat(number(fields, 4)).isEqualTo(graph.chunkCount());
    assertThat(number(fields, 5)).isEqualTo(graph.root());
    assertThat(bytes(fields, 9).size()).isEqualTo(graph.size());
    UnknownFieldSet style = UnknownFieldSet.parseFrom(bytes(fields, 6));
    assertThat(number(style, 1)).isEqualTo(graph.style().protocol());
    assertThat(number(style, 3)).isEqualTo(1);
    assertThat(number(style, 5) >> 1).isEqualTo(graph.style().bodyLength());
    assertThat(fields.toByteArray()).isEqualTo(plain(graph));
  }

  @Test
  void aFieldThatIsNotKnownIsRefused() throws Exception {
    byte[] plain = plain(Saves.decode(Saves.pickle("0031")));
    UnknownFieldSet more =
        UnknownFieldSet.parseFrom(plain).toBuilder()
            .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    byte[] packed = Zstd.compress(more.toByteArray());
    byte[] residue = new byte[packed.length + 1];
    residue[0] = ResidueMessage.VERSION;
    System.arraycopy(packed, 0, residue, 1, packed.length);
    assertThatThrownBy(() -> Residue.read(residue, Limits.defaults()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("field");
  }

  private static long number(UnknownFieldSet fields, int number) {
    return fields.getField(number).getVarintList().stream().mapToLong(Long::longValue).sum();
  }

  private static ByteString bytes(UnknownFieldSet fields, int number) {
    return fields.getField(number).getLengthDelimitedList().get(0);
  }
}
