package io.picklift.codec.digest;

import static io.picklift.codec.testing.TestPickles.digest;
import static io.picklift.codec.testing.TestPickles.get;
import static io.picklift.codec.testing.TestPickles.put;
import static io.picklift.codec.testing.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.testing.TestPickles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes a digest and what does not, and that it is what {@code proto/DIGEST.md} says. */
final class GraphDigestTest {
  @ParameterizedTest
  @CsvSource({
    "4e2e, b589f375e58a9b638bda8c3367b09fce1b127f79d0cc4920f53814f48ddcb73f",
    "80024b012e, 9cef5a5a2f207be9d0f104ebe4adb76b43f97f1753f17626220395d650e18044",
    "80025d4b01612e, 7dd6b27156795cfc8eda107b50778d44f82bc3a952bdb41992dc858c4d25fc56",
    "80025d71006800612e, d3323edd1efcdd013ec5cd257ce5cfd02d34bd44cc57f4a5a910cb87756f64c4"
  })
  void isWhatTheDocumentGivesAsExamples(String pickle, String expected) throws Exception {
    assertThat(digest(latin1(pickle))).isEqualTo(expected);
  }

  @Test
  void longTextIsHashedInItsPlace() throws Exception {
    MessageDigest inner = MessageDigest.getInstance("SHA-256");
    inner.update(TestPickles.bytes("x".repeat(65)));
    MessageDigest outer = MessageDigest.getInstance("SHA-256");
    outer.update(TestPickles.bytes("picklift digest 1\nuA"));
    outer.update(inner.digest());
    assertThat(digest(str("x".repeat(65)) + "."))
        .isEqualTo(HexFormat.of().formatHex(outer.digest()));
  }

  /**
   * The same object of a class with a list, a dict, bytes, a set and a shared tuple, by CPython at
   * each protocol.
   */
  @Test
  void protocolsAlikeDigestAlike() throws Exception {
    String expected = digest(latin1(SAME_MEANING.get(0)));
    for (String pickle : SAME_MEANING) {
      assertThat(digest(latin1(pickle))).isEqualTo(expected);
    }
  }

  @Test
  void everyOtherMeaningHasAnotherDigest() throws Exception {
    Map<String, String> pickleOf = new HashMap<>();
    for (String pickle : OTHER_MEANINGS) {
      String other = pickleOf.put(digest(pickle), pickle);
      assertThat(other)
          .as("the same digest as " + HexFormat.of().formatHex(TestPickles.bytes(pickle)))
          .isNull();
    }
  }

  @Test
  void aNanIsANanWhateverItsBits() throws Exception {
    assertThat(digest("G\177\370\0\0\0\0\0\1.")).isEqualTo(digest("Fnan\n."));
  }

  @Test
  void aPersistentIdIsItsValueWhicheverOpcodeWroteIt() throws Exception {
    assertThat(digest("Pab\n.")).isEqualTo(digest(str("ab") + "Q."));
  }

  private static String latin1(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  private static final String ONE = "K\1";
  private static final List<String> OTHER_MEANINGS =
      List.of(
          "N.",
          "K\0.",
          ONE + ".",
          "J\u00ff\u00ff\u00ff\u00ff.",
          "\u0088.",
          "\u0089.",
          "G?\360\0\0\0\0\0\0.",
          "G\200\0\0\0\0\0\0\0.",
          "G\0\0\0\0\0\0\0\0.",
          str("") + ".",
          str("a") + ".",
          "U\1a.",
          "C\1a.",
          "\u0096\1\0\0\0\0\0\0\0a.",
          "\u008a\11\0\0\0\0\0\0\0\0\1.",
          "\u008a\11\0\0\0\0\0\0\0\0\377.",
          ").",
          ONE + "\u0085.",
          "].",
          "]" + ONE + "a.",
          "}.",
          "\u008f.",
          "(\u0091.",
          "](" + ONE + "K\2e.",
          "](K\2" + ONE + "e.",
          "}(" + ONE + "N" + "K\2Nu.",
          "}(" + "K\2N" + ONE + "Nu.",
          "}" + ONE + "Ns.",
          "](]]e.",
          "](]" + put(0) + get(0) + "e.",
          "](" + ONE + "\u0085" + ONE + "\u0085e.",
          "](" + ONE + "\u0085" + put(0) + get(0) + "e.",
          "cm\nC\n.",
          "cm\nD\n.",
          "cm.C\nD\n.",
          "cm\nC.D\n.",
          "cm\nC\n)\u0081.",
          "cm\nC\n)R.",
          "cm\nD\n)\u0081.",
          "cm\nC\n" + ONE + "\u0085\u0081.",
          "cm\nC\n)\u0081Nb.",
          "cm\nC\n)\u0081NbNb.",
          "cm\nC\n)\u0081" + ONE + "a.",
          "cm\nC\n)\u0081" + ONE + "Ns.",
          "cm\nC\n)}" + str("a") + "Ns\u0092.",
          "NQ.",
          "NQQ.",
          str("a") + "Q.",
          "\u0082\1.",
          "\u0082\2.",
          "\u0097.",
          "\u0097\u0097\u0086.");
  private static final List<String> SAME_MEANING =
      List.of(
          "63636f70795f7265670a5f7265636f6e7374727563746f720a70300a28636d0a430a70310a635f5f6275"
              + "696c74696e5f5f0a6f626a6563740a70320a4e7470330a5270340a286470350a566c0a70360a286c7037"
              + "0a49310a61492d310a614c313138303539313632303731373431313330333432344c0a6146312e350a61"
              + "4e614930310a617356640a70380a286470390a566b0a7031300a2849310a56780a7031310a747031320a"
              + "732849310a49320a747031330a6731320a737356620a7031340a635f636f646563730a656e636f64650a"
              + "7031350a2856ff5c7530303030610a7031360a566c6174696e310a7031370a747031380a527031390a73"
              + "56730a7032300a635f5f6275696c74696e5f5f0a7365740a7032310a28286c7032320a49350a61747032"
              + "330a527032340a7356660a7032350a635f5f6275696c74696e5f5f0a66726f7a656e7365740a7032360a"
              + "28286c7032370a49360a61747032380a527032390a735673656c660a7033300a67340a73622e",
          "63636f70795f7265670a5f7265636f6e7374727563746f720a710028636d0a430a7101635f5f6275696c"
              + "74696e5f5f0a6f626a6563740a71024e7471035271047d71052858010000006c71065d7107284b014aff"
              + "ffffff4c313138303539313632303731373431313330333432344c0a473ff80000000000004e4930310a"
              + "6558010000006471087d71092858010000006b710a284b01580100000078710b74710c284b014b027471"
              + "0d680c75580100000062710e635f636f646563730a656e636f64650a710f285804000000c3bf00617110"
              + "58060000006c6174696e3171117471125271135801000000737114635f5f6275696c74696e5f5f0a7365"
              + "740a7115285d71164b05617471175271185801000000667119635f5f6275696c74696e5f5f0a66726f7a"
              + "656e7365740a711a285d711b4b066174711c52711d580400000073656c66711e680475622e",
          "8002636d0a430a7100298171017d71022858010000006c71035d7104284b014affffffff8a0900000000"
              + "0000000040473ff80000000000004e886558010000006471057d71062858010000006b71074b01580100"
              + "00007871088671094b014b0286710a680975580100000062710b635f636f646563730a656e636f64650a"
              + "710c5804000000c3bf0061710d58060000006c6174696e31710e86710f5271105801000000737111635f"
              + "5f6275696c74696e5f5f0a7365740a71125d71134b05618571145271155801000000667116635f5f6275"
              + "696c74696e5f5f0a66726f7a656e7365740a71175d71184b066185711952711a580400000073656c6671"
              + "1b680175622e",
          "8003636d0a430a7100298171017d71022858010000006c71035d7104284b014affffffff8a0900000000"
              + "0000000040473ff80000000000004e886558010000006471057d71062858010000006b71074b01580100"
              + "00007871088671094b014b0286710a680975580100000062710b4303ff0061710c580100000073710d63"
              + "6275696c74696e730a7365740a710e5d710f4b05618571105271115801000000667112636275696c7469"
              + "6e730a66726f7a656e7365740a71135d71144b0661857115527116580400000073656c66711768017562"
              + "2e",
          "8004957a000000000000008c016d948c01439493942981947d94288c016c945d94284b014affffffff8a"
              + "09000000000000000040473ff80000000000004e88658c0164947d94288c016b944b018c01789486944b"
              + "014b028694680b758c0162944303ff0061948c0173948f94284b05908c016694284b0691948c0473656c"
              + "6694680375622e",
          "8005957a000000000000008c016d948c01439493942981947d94288c016c945d94284b014affffffff8a"
              + "09000000000000000040473ff80000000000004e88658c0164947d94288c016b944b018c01789486944b"
              + "014b028694680b758c0162944303ff0061948c0173948f94284b05908c016694284b0691948c0473656c"
              + "6694680375622e");
}
