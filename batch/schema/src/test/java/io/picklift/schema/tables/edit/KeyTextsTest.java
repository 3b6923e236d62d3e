package io.picklift.schema.tables.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.testing.Saves;
import org.junit.jupiter.api.Test;

/** Which values Python takes for one key. The pickles are lists of pairs. */
class KeyTextsTest {
  /**
   * {@code frozenset([1, 'b'])} and {@code frozenset(['b', 1.0])}; {@code b'ab'} twice; a day and
   * 86,400 seconds; {@code complex(2, 0)} and 2; {@code Fraction(1, 2)} and 0.5, and {@code
   * Decimal('0.50')}; {@code Fraction(1, 3)} twice; 12:00 at UTC+1 and 6:00 at UTC-5; {@code (1,
   * frozenset([2]))} and {@code (True, frozenset([2]))}.
   */
  private static final String EQUAL =
      "8004958d010000000000005d94285d9428284b018c016294919428473ff000000000000068029194655d"
          + "942843026162944302616294655d94288c086461746574696d65948c0974696d6564656c74619493944b"
          + "014b004b0087945294680b4b014b004b0087945294655d94288c086275696c74696e73948c07636f6d70"
          + "6c6578949394474000000000000000470000000000000000869452944b02655d94288c09667261637469"
          + "6f6e73948c084672616374696f6e9493944b014b0286945294473fe0000000000000655d942868194b01"
          + "4b02869452948c07646563696d616c948c07446563696d616c9493948c04302e35309485945294655d94"
          + "2868194b014b038694529468194b014b0386945294655d942868098c086461746574696d65949394430a"
          + "07ea03010c00000000009468098c0874696d657a6f6e65949394680b4b004d100e4b0087945294859452"
          + "9486945294682c430a07ea030106000000000094682f680b4affffffff4a300b01004b00879452948594"
          + "529486945294655d94284b01284b029194869488284b029194869465652e";

  /**
   * {@code frozenset([1])} and {@code frozenset([2])}; {@code b'ab'} and {@code 'ab'}; one day and
   * two; {@code 2+1j} and {@code 2+3j}; a third and a fourth; a third as {@code Fraction} and as
   * float; 12:00 in two zones; {@code frozenset([1])} and {@code (1,)}.
   */
  private static final String DIFFERENT =
      "8004955f010000000000005d94285d9428284b019194284b029194655d942843026162948c0261629465"
          + "5d94288c086461746574696d65948c0974696d6564656c74619493944b014b004b0087945294680a4b02"
          + "4b004b0087945294655d94288c086275696c74696e73948c07636f6d706c657894939447400000000000"
          + "0000473ff000000000000086945294681247400000000000000047400800000000000086945294655d94"
          + "288c096672616374696f6e73948c084672616374696f6e9493944b014b0386945294681a4b014b048694"
          + "5294655d9428681a4b014b0386945294473fd5555555555555655d942868088c086461746574696d6594"
          + "9394430a07ea03010c00000000009468088c0874696d657a6f6e65949394680a4b004d100e4b00879452"
          + "9485945294869452946824430a07ea03010c0000000000946827680a4affffffff4a300b01004b008794"
          + "52948594529486945294655d9428284b0191944b01859465652e";

  @Test
  void equalKeysShareAText() throws Exception {
    assertEqual(EQUAL, true);
    assertEqual(DIFFERENT, false);
  }

  private static void assertEqual(String pairs, boolean areEqual) throws Exception {
    Meaning meaning = Meaning.of(Saves.decodeHex(pairs), Limits.defaults());
    KeyTexts keys = new KeyTexts(meaning, new NodeValueReader(meaning, ValueNotes.collecting()));
    for (int pair : meaning.items(meaning.root())) {
      int[] both = meaning.items(pair);
      assertThat(keys.of(both[0]).equals(keys.of(both[1])))
          .as(keys.of(both[0]) + " and " + keys.of(both[1]))
          .isEqualTo(areEqual);
    }
  }
}
