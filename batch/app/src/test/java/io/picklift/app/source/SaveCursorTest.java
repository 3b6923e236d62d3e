package io.picklift.app.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SaveCursorTest {
  private static final byte[] PICKLE = "I7\n.".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder = Path.of("");

  private FileSource files(int count, int bytes) throws IOException {
    Path sub = Files.createDirectories(folder.resolve("saves/year"));
    for (int i = 0; i < count; i++) {
      Files.write(sub.resolve("%04d.pkl".formatted(i)), new byte[bytes]);
    }
    return FileSource.open(folder.resolve("saves"), Limits.defaults());
  }

  private static List<List<String>> batches(SaveCursor cursor) throws Exception {
    List<List<String>> batches = new ArrayList<>();
    for (SaveCursor.Stretch s = cursor.next(); s != null; s = cursor.next()) {
      if (!s.wanted().isEmpty()) {
        batches.add(s.keys().stream().map(SaveKey::text).toList());
      }
    }
    return batches;
  }

  @Test
  void batchesAreBoundedByNumberAndKeepTheOrder() throws Exception {
    try (FileSource source = files(1_234, 1)) {
      List<List<String>> batches =
          batches(new SaveCursor(source, null, null, false, SaveCursor.Choice.ALL));
      assertThat(batches).allMatch(batch -> batch.size() <= 500);
      assertThat(batches.stream().flatMap(List::stream))
          .hasSize(1_234)
          .isSorted()
          .startsWith("year/0000");
    }
  }

  @Test
  void batchesAreBoundedByBytesButHaveOneSaveAtLeast() throws Exception {
    try (FileSource source = files(5, 5 << 20)) {
      assertThat(batches(new SaveCursor(source, null, null, false, SaveCursor.Choice.ALL)))
          .hasSize(5)
          .allMatch(batch -> batch.size() == 1);
    }
  }

  @Test
  void aSampleIsSpreadOverAllOfTheSource() throws Exception {
    try (FileSource source = files(1_000, 1)) {
      SampleChoice choice = new SampleChoice(source.count(), 10);
      SaveCursor cursor = new SaveCursor(source, null, null, false, choice);
      List<String> keys = batches(cursor).stream().flatMap(List::stream).toList();
      assertThat(keys).hasSize(10).contains("year/0099", "year/0999");
      assertThat(choice.isSample()).isTrue();
    }
  }

  @Test
  void aRangeIsOneToItsEnd() throws Exception {
    try (FileSource source = files(9, 1)) {
      SaveKey after = new SaveKey(List.of("year/0002"));
      SaveKey upTo = new SaveKey(List.of("year/0004"));
      assertThat(batches(new SaveCursor(source, after, upTo, true, SaveCursor.Choice.ALL)))
          .containsExactly(List.of("year/0003", "year/0004"));
    }
  }

  @Test
  void membersOfAnArchiveAreSavesByNameOrByContent() throws Exception {
    Path zip = folder.resolve("game.save");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("log", "./a/7.pkl", "b\\8.pkl")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(PICKLE);
      }
      for (String name : List.of("screenshot.png", "json")) {
        out.putNextEntry(new ZipEntry(name));
        out.write("{\"version\": [7]}".getBytes(StandardCharsets.US_ASCII));
      }
    }
    try (FileSource source = FileSource.open(zip, Limits.defaults())) {
      assertThat(batches(new SaveCursor(source, null, null, false, SaveCursor.Choice.ALL)))
          .containsExactly(List.of("a/7", "b/8", "log"));
    }
  }

  @Test
  void aFileThatIsGoneSinceIsLost() throws Exception {
    try (FileSource source = files(2, 1)) {
      Files.delete(folder.resolve("saves/year/0001.pkl"));
      SaveKey gone = new SaveKey(List.of("year/0001"));
      SaveBatch batch =
          SaveCursor.read(source, List.of(new SaveKey(List.of("year/0000")), gone), false);
      assertThat(batch.rows()).hasSize(1);
      assertThat(batch.lost()).containsExactly(gone);
      assertThat(source.present(List.of(gone))).isEmpty();
    }
  }
}
