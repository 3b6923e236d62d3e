package io.picklift.app.finish.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over the key and the restored BLOB's hash of all saves in order: what was exported, and
 * what an archive gives, are the same where it is.
 */
public final class ContentHash {
  private final MessageDigest digest;

  public ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Adds a save.
   *
   * @param sha256 of its BLOB, in lower-case hex; empty where it has none
   */
  public void add(KeptSave save, String sha256) {
    String line = save.saveId() + "\n" + save.text("key_sha256") + "\n" + sha256 + "\n";
    digest.update(line.getBytes(StandardCharsets.US_ASCII));
  }

  /** In lower-case hex; ends it. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
