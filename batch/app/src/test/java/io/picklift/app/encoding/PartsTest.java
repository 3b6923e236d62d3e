package io.picklift.app.encoding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.RecordDecoder;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Values that hold several pickles and more than these: none is passed over in silence. */
final class PartsTest {
  /** The float 1.5, and None, at protocol 4. */
  private static final List<String> EXPIRIES =
      List.of("8004950a00000000000000473ff80000000000002e", "80044e2e");

  private final Unpacker unpacker = new Unpacker(Limits.defaults());

  private static byte[] zlib(byte[] bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
      zlib.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void anEntryOfDjangosFileCacheIsAStreamOfTwo() throws Exception {
    byte[] save = HexFormat.of().parseHex("80049508000000000000007d948c0161944b01732e");
    for (String hex : EXPIRIES) {
      byte[] expiry = HexFormat.of().parseHex(hex);
      byte[] value = ByteLiterals.join(expiry, zlib(save));
      Unpacked found = unpacker.auto(value);
      assertThat(found.label()).isEqualTo("django-file-cache");
      assertThat(found.pickle()).isEqualTo(ByteLiterals.join(expiry, save));
      SaveGraph graph =
          new RecordDecoder(new PickleDecoder(Limits.defaults())::decode, Limits.defaults())
              .decode(found.pickle());
      assertThat(graph.style().records()).isEqualTo(Records.STREAM);
      String recipe = String.valueOf(Recoder.recipe(found, Limits.defaults()));
      assertThat(Recoder.encode(found.pickle(), recipe, Limits.defaults())).isEqualTo(value);
    }
  }

  @Test
  void compressedBytesBehindAPickleThatAreNoneAreLeftBehindIt() throws Exception {
    byte[] expiry = HexFormat.of().parseHex(EXPIRIES.get(0));
    byte[] value = ByteLiterals.join(expiry, zlib("no pickle at all".getBytes(US_ASCII)));
    assertThat(unpacker.auto(value).layers()).isEmpty();
    byte[] cut = ByteLiterals.join(expiry, java.util.Arrays.copyOf(zlib(Game.save(3)), 40));
    assertThat(unpacker.auto(cut).layers()).isEmpty();
  }

  @Test
  void lengthsThatDoNotLeadToTheLastByteAreNone() throws Exception {
    byte[] pickle = HexFormat.of().parseHex("80025d7100284b014b024b03652e");
    byte[] one = ByteLiterals.join(new byte[] {0, 0, 0, (byte) pickle.length}, pickle);
    assertThat(unpacker.auto(one).label()).isEqualTo("length-prefixed");
    byte[] more = ByteLiterals.join(one, new byte[] {7});
    assertThat(unpacker.auto(more).labels()).contains("prefix").doesNotContain("length-prefixed");
    byte[] wrong = one.clone();
    wrong[3] = 0x11;
    assertThat(unpacker.auto(wrong).labels()).contains("prefix").doesNotContain("length-prefixed");
  }

  @Test
  void anEntryOfDjangosFileCacheMayBeWrapped() throws Exception {
    byte[] expiry = HexFormat.of().parseHex(EXPIRIES.get(0));
    byte[] value = ByteLiterals.join(expiry, zlib(Game.save(3)));
    Unpacked found = unpacker.auto(Base64.getEncoder().encode(value));
    assertThat(found.label()).isEqualTo("base64+django-file-cache");
    assertThat(found.pickle()).isEqualTo(ByteLiterals.join(expiry, Game.save(3)));
  }

  @Test
  void anEntryThatIsTooLargeIsNotReadAsItsExpiry() throws Exception {
    byte[] expiry = HexFormat.of().parseHex(EXPIRIES.get(0));
    byte[] value = ByteLiterals.join(expiry, zlib(new byte[64 << 20]));
    Unpacker small = new Unpacker(Limits.builder().unpackedBytes(4 << 20).build());
    assertThatThrownBy(() -> small.auto(value))
        .isInstanceOf(EncodingException.class)
        .hasMessageContaining("unpacks to more than the limit of");
  }

  /** Padded texts one behind the other look like a name and its value. */
  @Test
  void theFirstOfTwoTextsOfBase64IsNoName() throws Exception {
    byte[] first = HexFormat.of().parseHex("80025d7100284b014b024b034b044b054b06652e");
    String text = Base64.getEncoder().encodeToString(first);
    assertThat(text).matches("[A-Za-z0-9]+=");
    byte[] value = (text + Base64.getEncoder().encodeToString(Game.save(1))).getBytes(US_ASCII);
    Unpacked found = unpacker.auto(value);
    assertThat(found.label()).isEqualTo("base64");
    assertThat(found.pickle()).isEqualTo(ByteLiterals.join(first, Game.save(1)));
  }

  @Test
  void nothingInAFormHidesAMemberBehindIt() throws Exception {
    String[] texts = new String[2];
    for (int i = 0; i < 2; i++) {
      texts[i] = Base64.getUrlEncoder().encodeToString(Game.save(i));
    }
    for (String between :
        List.of("&flag=&", "&flag&", "&1=2&a[0]=", "&&", "&a=\"b\"&", "&a=b=c&")) {
      String name = between.endsWith("=") ? "" : "m=";
      String several = "s=" + texts[0] + between + name + texts[1];
      assertThatThrownBy(() -> unpacker.auto(several.getBytes(US_ASCII)))
          .as(between)
          .hasMessageContaining("several pickles in one form-member value, 2 in all");
      String one = "s=en" + between + name + texts[1];
      Unpacked found = unpacker.auto(one.getBytes(US_ASCII));
      assertThat(found.label()).as(between).isEqualTo("form-member+base64");
      assertThat(found.pickle()).isEqualTo(Game.save(1));
    }
  }

  private static String form(int pickles) throws Exception {
    StringBuilder text = new StringBuilder("XnVbuAoQ/2pCueEFkQxYIY5m9Zk=?lang=ZW4%3D");
    for (int i = 0; i < pickles; i++) {
      String member = Base64.getEncoder().encodeToString(Game.save(i)).replace("=", "%3D");
      text.append("&m").append(i).append('=').append(member.replace("+", "%2B"));
    }
    return text.toString();
  }

  @Test
  void ofTheMembersOfAFormOneIsTheSaveOrNone() throws Exception {
    byte[] one = form(1).getBytes(US_ASCII);
    Unpacked found = unpacker.auto(one);
    assertThat(found.pickle()).isEqualTo(Game.save(0));
    assertThat(found.labels()).startsWith("form-member");
    String recipe = String.valueOf(Recoder.recipe(found, Limits.defaults()));
    assertThat(Recoder.isSigned(recipe)).isTrue();
    assertThat(Recoder.encode(found.pickle(), recipe, Limits.defaults())).isEqualTo(one);

    byte[] three = form(3).getBytes(US_ASCII);
    assertThatThrownBy(() -> unpacker.auto(three))
        .isInstanceOf(EncodingException.class)
        .hasMessageContaining("several pickles in one form-member value, 3 in all")
        .hasMessageContaining("form-member:NAME");
    List<Encoding> unnamed =
        List.of(
            Encodings.named("form-member"), Encodings.named("percent"), Encodings.named("base64"));
    assertThatThrownBy(() -> unpacker.known(three, unnamed))
        .hasMessageContaining("several pickles in one form-member value, 3 in all");
    assertThat(unpacker.known(one, unnamed).pickle()).isEqualTo(Game.save(0));
    for (int i = 0; i < 3; i++) {
      Unpacked named =
          unpacker.known(
              three,
              List.of(
                  Encodings.named("form-member:m" + i),
                  Encodings.named("percent"),
                  Encodings.named("base64")));
      assertThat(named.pickle()).isEqualTo(Game.save(i));
    }
  }
}
