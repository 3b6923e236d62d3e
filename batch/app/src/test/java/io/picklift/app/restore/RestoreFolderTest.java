package io.picklift.app.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.source.SaveKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestoreFolderTest {
  @TempDir private Path folder = Path.of("");

  private static SaveKey key(String... parts) {
    return new SaveKey(List.of(parts));
  }

  @Test
  void aPlainKeyIsItsName() {
    assertThat(FileName.of(key("u1001"))).isEqualTo("u1001.pkl");
    assertThat(FileName.of(key("3f-a_b.2"))).isEqualTo("3f-a_b.2.pkl");
  }

  @Test
  void anyOtherKeyHasItsHash() {
    assertThat(FileName.of(key("../a b"))).matches("_\\._a_b~[0-9a-f]{16}\\.pkl");
    assertThat(FileName.of(key("1", "2"))).matches("1_2~[0-9a-f]{16}\\.pkl");
    assertThat(FileName.of(key(""))).matches("~[0-9a-f]{16}\\.pkl");
    assertThat(FileName.of(key("k".repeat(999)))).hasSizeLessThan(255);
  }

  @Test
  void noTwoKeysHaveOneNameWhereCaseDoesNotCount() {
    Set<String> names = new HashSet<>();
    for (String text : List.of("ab", "Ab", "aB", "AB", "a b", "a\nb", "a_b", ".ab", "_ab", "")) {
      assertThat(names.add(FileName.of(key(text)).toLowerCase(Locale.ROOT))).isTrue();
    }
  }

  @Test
  void aFileIsForItsOwnerAlone() throws IOException {
    new RestoreFolder(folder).save(key("a"), new byte[] {1});
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.pkl"))))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactly("a.pkl");
  }

  @Test
  void aFileThatHoldsTheBlobIsLeftAlone() throws IOException {
    Files.write(folder.resolve("same.pkl"), new byte[] {1, 2});
    Files.write(folder.resolve("other.pkl"), new byte[] {1, 3});
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(folder.resolve("same.pkl"), old);
    RestoreFolder files = new RestoreFolder(folder);
    files.save(key("same"), new byte[] {1, 2});
    files.save(key("other"), new byte[] {1, 2});
    assertThat(files.skipped()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(folder.resolve("same.pkl"))).isEqualTo(old);
    assertThat(folder.resolve("other.pkl")).hasBinaryContent(new byte[] {1, 2});
  }

  @Test
  void whatAKilledRestoreLeftIsInNobodysWay() throws IOException {
    Files.write(folder.resolve(".a.pkl.part"), new byte[999]);
    new RestoreFolder(folder).save(key("a"), new byte[] {1});
    assertThat(folder.resolve("a.pkl")).hasBinaryContent(new byte[] {1});
  }

  @Test
  void theFileThatCannotBeWrittenIsNamed() throws IOException {
    Path gone = folder.resolve("gone");
    assertThatThrownBy(() -> new RestoreFolder(gone).save(key("a"), new byte[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.pkl");
  }
}
