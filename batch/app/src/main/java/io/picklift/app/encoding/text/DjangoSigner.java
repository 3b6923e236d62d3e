package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs as {@code django.core.signing} does: {@code value:timestamp:signature}, with the key and
 * the salt that the application has. The timestamp stays.
 */
public final class DjangoSigner {
  /** The variable of the environment that has the key: Django's {@code SECRET_KEY}. */
  public static final String KEY = "PICKLIFT_SIGNING_KEY";

  /** The variable that has the salt, where it is not that of Django's sessions. */
  public static final String SALT = "PICKLIFT_SIGNING_SALT";

  private static final String SESSIONS = "django.contrib.sessions.SessionStore";

  /** Length of a signature to the hash that it was made with. */
  private static final Map<Integer, String> HASHES = Map.of(27, "1", 43, "256");

  private static final int FINGERPRINT_BYTES = 16;

  private final String key;
  private final String salt;

  public DjangoSigner(String key, @Nullable String salt) {
    this.key = key;
    this.salt = salt == null ? SESSIONS : salt;
  }

  /** By the variables of the environment; null where there is no key. */
  public static @Nullable DjangoSigner of(Map<String, String> environment) {
    String key = environment.get(KEY);
    return key == null || key.isEmpty() ? null : new DjangoSigner(key, environment.get(SALT));
  }

  /**
   * What says whether two processes sign alike, by the names of the variables: a hash, and nothing
   * where there is no key. Whoever reads it can try keys with it, as with any value that was
   * signed.
   */
  public static Map<String, String> same(@Nullable DjangoSigner signer) {
    Map<String, String> same = new TreeMap<>();
    same.put(KEY, signer == null ? "" : fingerprint(signer.key));
    same.put(SALT, signer == null ? "" : fingerprint(signer.salt));
    return same;
  }

  private static String fingerprint(String value) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("picklift " + value).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has this hash", e);
    }
  }

  /** The same value with its signature made anew; null where it is none of Django's. */
  public byte @Nullable [] sign(byte[] signed) {
    String text = new String(signed, StandardCharsets.ISO_8859_1);
    int last = text.lastIndexOf(':');
    String hash = HASHES.get(text.length() - last - 1);
    if (last < 0 || hash == null || !Signed.django().detects(signed)) {
      return null;
    }
    String value = text.substring(0, last);
    try {
      byte[] secret =
          MessageDigest.getInstance("SHA-" + hash)
              .digest((salt + "signer" + key).getBytes(StandardCharsets.UTF_8));
      Mac mac = Mac.getInstance("HmacSHA" + hash);
      mac.init(new SecretKeySpec(secret, "HMAC"));
      byte[] signature = mac.doFinal(value.getBytes(StandardCharsets.ISO_8859_1));
      String made = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
      return ByteLiterals.latin1(value + ":" + made);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has this hash", e);
    }
  }

  @Override
  public String toString() {
    return "a signer with salt " + salt;
  }
}
