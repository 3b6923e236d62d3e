package io.picklift.app.disagree;

import io.picklift.app.report.Finding;
import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One place where a copy does not say what the BLOB says, without the values.
 *
 * @param column the source's column with the copy
 * @param path where in the save; empty for a copy that cannot be read
 */
record CopyDisagreement(
    String column,
    String path,
    String blobKind,
    String copyKind,
    byte @Nullable [] blobSha256,
    byte @Nullable [] copySha256) {
  private static final int LONGEST_PATH = 1_000;
  private static final String UNREADABLE = "unreadable";
  private static final String MORE = "more";

  static CopyDisagreement of(Finding finding) {
    if (finding.kind() == Finding.Kind.COPY_UNREADABLE) {
      return new CopyDisagreement(finding.column(), "", "object", UNREADABLE, null, null);
    }
    if (!finding.what().isEmpty()) {
      return new CopyDisagreement(finding.column(), "", MORE, MORE, null, null);
    }
    String path = finding.path();
    return new CopyDisagreement(
        finding.column(),
        path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH),
        kind(finding.blob()),
        kind(finding.other()),
        hash(finding.blob(), finding.identity()),
        hash(finding.other(), finding.identity()));
  }

  /** What kind of value reports show so. */
  private static String kind(String shown) {
    return switch (shown) {
      case "nothing" -> "nothing";
      case "an object", "an array" -> "object";
      case "NULL", "None", "null" -> "none";
      case "True", "False", "true", "false" -> "bool";
      default -> {
        boolean isQuoted = shown.startsWith("\"") || shown.startsWith("'");
        boolean isNumber = !shown.isEmpty() && "+-.0123456789".indexOf(shown.charAt(0)) >= 0;
        yield isQuoted ? "text" : isNumber ? "number" : "other";
      }
    };
  }

  /** Of a value that is shown shortened, the hash of both sides tells it from others. */
  private static byte[] hash(String shown, String identity) {
    return Sha256.of((shown + "\n" + identity).getBytes(StandardCharsets.UTF_8));
  }

  void bind(PreparedStatement insert, int first) throws SQLException {
    int parameter = first;
    insert.setString(parameter++, column);
    insert.setString(parameter++, path);
    insert.setString(parameter++, blobKind);
    insert.setString(parameter++, copyKind);
    insert.setBytes(parameter++, blobSha256);
    insert.setBytes(parameter, copySha256);
  }
}
