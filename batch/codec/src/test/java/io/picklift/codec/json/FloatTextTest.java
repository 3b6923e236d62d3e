package io.picklift.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.error.LimitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Floats as CPython's {@code repr} writes them. */
final class FloatTextTest {
  @Test
  void isWhatCPythonWrites() throws Exception {
    String sample;
    try (InputStream in = FloatTextTest.class.getResourceAsStream("float_repr.txt")) {
      sample = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
    int compared = 0;
    for (String line : sample.lines().filter(line -> !line.startsWith("#")).toList()) {
      String[] words = line.split(" ", -1);
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(words[0], 16));
      assertThat(text(value)).isEqualTo(words[1]);
      compared++;
    }
    assertThat(compared).isGreaterThan(1500);
  }

  @Property(tries = 20_000, seed = "1")
  void readsBackToTheSameBitsInSeventeenDigits(@ForAll long bits) throws Exception {
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value)) {
      return;
    }
    String text = text(value);
    assertThat(Double.doubleToRawLongBits(Double.parseDouble(text))).isEqualTo(bits);
    assertThat(text.replaceAll("e.*|[-.]", "").replaceAll("^0+", "").replaceAll("0+$", "").length())
        .isLessThanOrEqualTo(17);
    assertThat(text).containsAnyOf(".", "e");
  }

  @Property(tries = 5_000, seed = "1")
  void aShortDecimalComesBackAsItWas(@ForAll int digits) throws Exception {
    double value = digits / 100.0;
    if (digits % 10 != 0) {
      String shown = text(value);
      assertThat(shown.substring(shown.indexOf('.') + 1)).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(Double.parseDouble(text(value))).isEqualTo(value);
  }

  private static String text(double value) throws IOException, LimitException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonOutput json = new JsonOutput(out, 1000);
    json.number(value);
    json.flush();
    return out.toString(StandardCharsets.US_ASCII);
  }
}
