package io.picklift.app.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;

/** Java's SHA-256 and Conscrypt's. */
final class NativeSha256Test {
  @Test
  void bothSayTheSame() throws Exception {
    assumeTrue(Conscrypt.isAvailable(), "Conscrypt has no library for this machine");
    MessageDigest ours = MessageDigest.getInstance("SHA-256", new NativeSha256());
    MessageDigest javas = MessageDigest.getInstance("SHA-256", "SUN");
    byte[] bytes = new byte[100_000];
    new Random(17).nextBytes(bytes);
    for (int length = 0; length < bytes.length; length += 1 + length / 3) {
      // A second use of one object, in parts, and a copy that goes on by itself.
      ours.update(bytes, 0, length / 2);
      MessageDigest copy = (MessageDigest) ours.clone();
      ours.update(bytes, length / 2, length - length / 2);
      assertThat(ours.digest())
          .as("%s bytes", length)
          .isEqualTo(javas.digest(Arrays.copyOf(bytes, length)));
      assertThat(copy.digest()).isEqualTo(javas.digest(Arrays.copyOf(bytes, length / 2)));
    }
  }
}
