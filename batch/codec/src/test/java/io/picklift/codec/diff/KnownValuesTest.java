package io.picklift.codec.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.pickle.PickleDecoder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dates, UUIDs and the like are compared as the values they are, not as what made them. */
final class KnownValuesTest {
  /** {@code {'at': datetime, 'day': date, 'id': UUID, 'price': Decimal, 'left': timedelta}}. */
  private static final String ONE =
      "800495bf000000000000007d94288c026174948c086461746574696d65948c086461746574696d65949394430a07e805010c000000000094859452948c036461799468028c0464617465949394430407e4021d94859452948c026964948c0475756964948c04555549449493942981947d948c03696e74944b0573628c057072696365948c07646563696d616c948c07446563696d616c9493948c063134372e353994859452948c046c6566749468028c0974696d6564656c74619493944b014b024b0387945294752e";

  private static final String OTHER =
      "800495bf000000000000007d94288c026174948c086461746574696d65948c086461746574696d65949394430a07e805010c010000000094859452948c036461799468028c0464617465949394430407e4021c94859452948c026964948c0475756964948c04555549449493942981947d948c03696e74944b0673628c057072696365948c07646563696d616c948c07446563696d616c9493948c063134382e353994859452948c046c6566749468028c0974696d6564656c74619493944b014b024b0487945294752e";

  /** {@code {'at': datetime in UTC}}, and two hours east of it. */
  private static final String UTC =
      "8004955f000000000000007d948c026174948c086461746574696d65948c086461746574696d65949394430a07e805010c00000000009468028c0874696d657a6f6e6594939468028c0974696d6564656c74619493944b004b004b00879452948594529486945294732e";

  private static final String EAST =
      "80049560000000000000007d948c026174948c086461746574696d65948c086461746574696d65949394430a07e805010c00000000009468028c0874696d657a6f6e6594939468028c0974696d6564656c74619493944b004d201c4b00879452948594529486945294732e";

  private static List<Difference> differences(String one, String other) throws Exception {
    PickleDecoder decoder = new PickleDecoder(Limits.defaults());
    Meaning left = Meaning.of(decoder.decode(HexFormat.of().parseHex(one)), Limits.defaults());
    Meaning right = Meaning.of(decoder.decode(HexFormat.of().parseHex(other)), Limits.defaults());
    return GraphDiff.compare(left, right, 100);
  }

  @Test
  void eachIsOneDifferenceAtItsOwnPath() throws Exception {
    assertThat(differences(ONE, OTHER))
        .containsExactly(
            new Difference("at", "datetime 2024-05-01T12:00:00", "datetime 2024-05-01T12:01:00"),
            new Difference("day", "date 2020-02-29", "date 2020-02-28"),
            new Difference(
                "id",
                "UUID 00000000-0000-0000-0000-000000000005",
                "UUID 00000000-0000-0000-0000-000000000006"),
            new Difference("price", "Decimal 147.59", "Decimal 148.59"),
            new Difference("left", "timedelta 1 days, 2.000003 s", "timedelta 1 days, 2.000004 s"));
  }

  @Test
  void anotherZoneIsStillFound() throws Exception {
    assertThat(differences(UTC, EAST)).hasSize(1);
    assertThat(differences(UTC, UTC)).isEmpty();
  }
}
