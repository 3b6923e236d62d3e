package io.picklift.app.encoding.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that Django 3.2 signed with the key {@code k}. */
final class DjangoSignerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gAWVCgAAAAAAAAB9lIwBYZRLAXMu:1s26kq:wh1bc-CAZfIItgBMeU1qn2VRVpKlIH2bl3fTBft3II8",
        "gAWVCgAAAAAAAAB9lIwBYZRLAXMu:1s26kq:htP2Rb7ayB8nIXu5_G3wJQwxD84"
      })
  void signsAsDjangoDoes(String signed) {
    DjangoSigner signer = Objects.requireNonNull(DjangoSigner.of(Map.of(DjangoSigner.KEY, "k")));
    String other = signed.substring(0, signed.length() - 8) + "AAAAAAAA";
    assertThat(signer.sign(other.getBytes(US_ASCII))).isEqualTo(signed.getBytes(US_ASCII));
    DjangoSigner another = new DjangoSigner("another", null);
    assertThat(another.sign(other.getBytes(US_ASCII))).isNotEqualTo(signed.getBytes(US_ASCII));
    assertThat(signer).hasToString("a signer with salt django.contrib.sessions.SessionStore");
  }

  @Test
  void signsNothingElseAndNothingWithoutAKey() {
    assertThat(DjangoSigner.of(Map.of())).isNull();
    DjangoSigner signer = new DjangoSigner("k", null);
    assertThat(signer.sign("gAWVCgAAAAAAAAB9lIwBYZRLAXMu".getBytes(US_ASCII))).isNull();
  }
}
