package io.picklift.app.digest;

import java.security.Provider;
import java.security.Security;
import org.conscrypt.Conscrypt;

/**
 * SHA-256 by Conscrypt, and nothing else of it: connections keep Java's own TLS. Java calculates
 * SHA-256 with the processor's instructions once its second compiler has been at work; the launcher
 * leaves that compiler out of jobs, which then spent 29% of {@code migrate}'s CPU time on hashes.
 */
public final class NativeSha256 extends Provider {
  private static final long serialVersionUID = 1;

  /** Set to {@code native} by the launcher. */
  private static final String PROPERTY = "picklift.sha256";

  NativeSha256() {
    super("PickliftSha256", "1", "SHA-256 by Conscrypt");
    put("MessageDigest.SHA-256", "org.conscrypt.OpenSSLMessageDigestJDK$SHA256");
  }

  /**
   * Takes it for all hashes of this process where the launcher asks for it. Where its library
   * cannot be loaded (another processor, a folder for temporary files that nothing may be executed
   * in), Java's own stays.
   */
  public static void installIfAsked() {
    if ("native".equals(System.getProperty(PROPERTY)) && Conscrypt.isAvailable()) {
      Security.insertProviderAt(new NativeSha256(), 1);
    }
  }
}
