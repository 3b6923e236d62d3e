package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.proto.graph.v1.SaveGraph;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesCommandTest {
  private static final byte[] TRUE = "I01\n.".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LIST = "(lp0\nI7\na.".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BAD = {(byte) 0x80, 2, (byte) 0xff};

  @TempDir private Path folder = Path.of("");

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void oneFileIsOneDocument() throws IOException {
    Run run = Run.of("decode", file("a.pkl", LIST));
    assertThat(run).isEqualTo(new Run(0, "[7]\n", ""));
  }

  @Test
  void aRefusedFileIsNamedAndTheOthersAreStillDone() throws IOException {
    file("a.pkl", LIST);
    Path bad = file("b.pkl", BAD);
    file("c.pkl", TRUE);
    file("other.txt", BAD);
    Run run = Run.of("decode", folder);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("[7]\ntrue\n");
    assertThat(run.err()).startsWith(bad + ": at byte 2, 0xff: ").hasLineCount(1);
  }

  @Test
  void plainJsonSaysHowMuchItDoesNotSay() throws IOException {
    Path tuple =
        file("a.pkl", "(dp0\nVx\np1\n(I1\nI2\ntp2\ns.".getBytes(StandardCharsets.US_ASCII));
    assertThat(Run.of("decode", "--plain", tuple, file("b.pkl", LIST)))
        .isEqualTo(
            new Run(0, "{\"x\":[1,2]}\n[7]\n", tuple + ": 1 values are shown as another type\n"));
    byte[] lone = "V\\ud800\n.".getBytes(StandardCharsets.US_ASCII);
    byte[] deep = ("(".repeat(95) + "l" + "l".repeat(94) + ".").getBytes(StandardCharsets.US_ASCII);
    Run run = Run.of("decode", "--plain", file("c.pkl", lone), file("d.pkl", deep));
    assertThat(run.out()).isEqualTo("{\"$str\": \"7aCA\"}\n");
    assertThat(run.err()).contains("d.pkl: [0][0]").contains("more than 90 levels");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void documentsGoIntoAFolder() throws IOException {
    Path out = folder.resolve("deep/out");
    Run run = Run.of("decode", "--out", out, file("a.pkl", LIST), file("b.bin", TRUE));
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(out.resolve("a.json")).hasContent("[7]");
    assertThat(out.resolve("b.bin.json")).hasContent("true");
    assertThat(out.toFile().list()).hasSize(2);
  }

  @Test
  void decodeWritesGraphsThatProtobufReads() throws IOException {
    Path out = folder.resolve("graphs");
    Path list = file("a.pkl", LIST);
    assertThat(Run.of("decode", "--format", "protobuf", "--out", out, list, file("b.pkl", TRUE)))
        .isEqualTo(new Run(0, "", ""));
    try (InputStream in = Files.newInputStream(out.resolve("a.graph"))) {
      SaveGraph graph = SaveGraph.parseDelimitedFrom(in);
      assertThat(graph.getOps().toByteArray()).hasSize(2);
      assertThat(graph.getText().toStringUtf8()).isEqualTo("7");
      assertThat(graph.getChunksList()).containsExactly(1, 8 | 1);
      assertThat(in.read()).isEqualTo(-1);
    }
    Run run = Run.of("decode", "--format", "protobuf", folder.resolve("a.pkl"));
    assertThat(run.out().getBytes(StandardCharsets.UTF_8))
        .as("nothing between messages")
        .isEqualTo(Files.readAllBytes(out.resolve("a.graph")));
  }

  @Test
  void allPicklesOfAValueAreDecodedAndWhatIsNoneIsTold() throws IOException {
    Path stream = file("s.pkl", "I1\n.I2\n.\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(Run.of("decode", stream)).isEqualTo(new Run(0, "[1, 2]\n", ""));
    assertThat(Run.of("decode", "--engine", "both", stream)).isEqualTo(new Run(0, "[1, 2]\n", ""));
    assertThat(Run.of("inspect", stream).out())
        .contains("  a stream of 2 pickles\n", "  and 1 bytes of padding\n");
    Path zodb =
        file(
            "z.pkl", "cshop\nAccount\np0\n.(dp0\nS'n'\nI1\ns.".getBytes(StandardCharsets.US_ASCII));
    assertThat(Run.of("decode", zodb).out())
        .isEqualTo("{\"$class\": \"shop.Account\", \"n\": 1}\n");
    assertThat(Run.of("inspect", zodb).out()).contains("  a record of ZODB: class and state\n");
    Path other = file("o.pkl", "I1\n.<p>".getBytes(StandardCharsets.US_ASCII));
    Run run = Run.of("decode", other);
    assertThat(run.out()).isEqualTo("1\n");
    assertThat(run.err()).isEqualTo(other + ": 3 extra bytes after the pickle\n");
    Path out = folder.resolve("again");
    assertThat(Run.of("repickle", "--out", out, stream, zodb, other).out())
        .isEqualTo("3 identical, 0 equivalent, 0 refused\n");
  }

  @Test
  void twoInputsOfOneNameDoNotOverwriteEachOther() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Run run =
        Run.of(
            "decode", "--out", folder.resolve("out"), file("a.pkl", LIST), file("sub/a.pkl", TRUE));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("already written");
    assertThat(folder.resolve("out/a.json")).hasContent("[7]");
  }

  @Test
  void archivesAreToldByContent() throws IOException {
    Path tar = folder.resolve("a.dat");
    try (OutputStream out = Files.newOutputStream(tar)) {
      tar(out);
    }
    Path gz = folder.resolve("b.dat");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      tar(out);
    }
    Path zst = folder.resolve("c.dat");
    try (OutputStream out = new ZstdCompressorOutputStream(Files.newOutputStream(zst))) {
      tar(out);
    }
    Path zip = folder.resolve("d.dat");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      add(out, new ZipArchiveEntry("x/list.pkl"), LIST);
      add(out, new ZipArchiveEntry("../true.pkl"), TRUE);
    }
    Path sevenZ = folder.resolve("e.dat");
    try (SevenZOutputFile out = new SevenZOutputFile(sevenZ.toFile())) {
      for (byte[] pickle : new byte[][] {LIST, TRUE}) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName("x" + pickle.length + ".pkl");
        out.putArchiveEntry(entry);
        out.write(pickle);
        out.closeArchiveEntry();
      }
    }
    for (Path archive : new Path[] {tar, gz, zst, zip, sevenZ}) {
      assertThat(Run.of("decode", archive))
          .as(archive.toString())
          .isEqualTo(new Run(0, "[7]\ntrue\n", ""));
    }
    Run run = Run.of("decode", "--out", folder.resolve("out"), zip);
    assertThat(run.status()).isZero();
    assertThat(folder.resolve("out/true.json")).exists();
    assertThat(folder.resolve("true.json")).doesNotExist();
  }

  private static void tar(OutputStream to) throws IOException {
    TarArchiveOutputStream out = new TarArchiveOutputStream(to);
    for (byte[] pickle : new byte[][] {LIST, TRUE}) {
      TarArchiveEntry entry = new TarArchiveEntry("x/" + pickle.length + ".pkl");
      entry.setSize(pickle.length);
      add(out, entry, pickle);
    }
    out.finish();
  }

  private static <E extends ArchiveEntry> void add(
      ArchiveOutputStream<E> out, E entry, byte[] bytes) throws IOException {
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  private static final int BOMB_MB = 300;

  /** More than any save may have with the tests' heap. */
  private static void zeros(OutputStream out) throws IOException {
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < BOMB_MB; i++) {
      out.write(block);
    }
  }

  private static void zipWithABomb(Path file, String longName) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      out.setLevel(Deflater.BEST_SPEED);
      add(out, new ZipArchiveEntry("first.pkl"), LIST);
      add(out, new ZipArchiveEntry(longName), TRUE);
      out.putArchiveEntry(new ZipArchiveEntry("bomb.pkl"));
      zeros(out);
      out.closeArchiveEntry();
      add(out, new ZipArchiveEntry("last.pkl"), TRUE);
    }
  }

  private static void tarWithABomb(Path file, String longName) throws IOException {
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(new ZstdCompressorOutputStream(Files.newOutputStream(file)))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (String name : List.of("first.pkl", longName, "last.pkl")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        byte[] pickle = name.equals("first.pkl") ? LIST : TRUE;
        entry.setSize(pickle.length);
        add(out, entry, pickle);
        if (name.equals(longName)) {
          TarArchiveEntry bomb = new TarArchiveEntry("bomb.pkl");
          bomb.setSize((long) BOMB_MB << 20);
          out.putArchiveEntry(bomb);
          zeros(out);
          out.closeArchiveEntry();
        }
      }
    }
  }

  @Test
  void aMemberThatIsABombOrHasTooLongANameIsRefusedAndTheOthersAreDone() throws IOException {
    String longName = "x/" + "n".repeat(396) + ".pkl";
    Path zip = folder.resolve("a.zip");
    zipWithABomb(zip, longName);
    Path tar = folder.resolve("b.tar.zst");
    tarWithABomb(tar, longName);
    for (Path archive : List.of(zip, tar)) {
      Path out = folder.resolve("of-" + archive.getFileName());
      Run run = Run.of("decode", "--out", out, archive);
      assertThat(run.status()).as(run.err()).isEqualTo(1);
      assertThat(run.err().lines())
          .hasSize(2)
          .anyMatch(line -> line.endsWith("...: its name is too long for a file"))
          .anyMatch(line -> line.startsWith(archive + "!bomb.pkl: more than the limit of "));
      assertThat(out.toFile().list()).containsExactlyInAnyOrder("first.json", "last.json");
    }
    // Without a file for each, a name may be as long as it likes.
    Run lines = Run.of("decode", zip);
    assertThat(lines.status()).isEqualTo(1);
    assertThat(lines.out()).isEqualTo("[7]\ntrue\ntrue\n");
    assertThat(lines.err()).startsWith(zip + "!bomb.pkl: more than ").hasLineCount(1);
  }

  @Test
  void aDamagedArchiveIsNamed() throws IOException {
    Path zip = file("a.zip", new byte[] {'P', 'K', 3, 4, 9, 9, 9});
    Run run = Run.of("decode", zip, file("a.pkl", LIST));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("[7]\n");
    assertThat(run.err()).startsWith(zip + ": cannot be read").hasLineCount(1);
  }

  @Test
  void repickleCounts() throws IOException {
    Path save = file("save.pkl", Game.save(7));
    Run run =
        Run.of(
            "repickle",
            "--out",
            folder.resolve("out"),
            save,
            file("list.pkl", LIST),
            file("bad.pkl", BAD));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("2 identical, 0 equivalent, 1 refused\n");
    assertThat(folder.resolve("out/save.pkl")).hasBinaryContent(Game.save(7));
  }

  @Test
  void inspectShowsClassesAndPlaces() throws IOException {
    Run run = Run.of("inspect", file("save.pkl", Game.save(9)));
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("protocol 2")
        .containsPattern("\\d  4 game.Friend\n")
        .contains(".friends: list");
  }

  /** The fixture is {@code 2.2_all} of frames.tsv.gz, which frames.py of schema's tests made. */
  @Test
  void inspectNamesWhatPandasAndNumpyPickled() {
    assertThat(Run.of("inspect", "src/test/resources/frames/frame.pkl").out())
        .contains("[\"at\"]: pandas.core.frame.DataFrame\n")
        .contains(".price: 4 <f8\n")
        .contains(".atz: 4 <M8[ns] with a zone\n")
        .contains(".kind: 4 category\n")
        .contains(".name: 2 str")
        .doesNotContain("BlockManager");
    assertThat(Run.of("inspect", "src/test/resources/field/05-numpy/r0.pkl").out())
        .contains("[\"gain\"]: numpy <f8\n")
        .contains("[\"pixels\"]: numpy array of |u1 (3,4)\n");
  }

  @Test
  void wrongCommandLinesEndWithStatus2AndOneClearLine() throws IOException {
    Path list = file("a.pkl", LIST);
    for (Object[] arguments :
        new Object[][] {
          {},
          {"decod", list},
          {"decode"},
          {"decode", "--engine", "warp", list},
          {"decode", folder.resolve("missing.pkl")},
          {"decode", "--out", list, list},
          {"repickle", list},
          {"migrate", "--partitions", "0"},
          {"migrate", "--config", folder.resolve("missing.yaml")},
        }) {
      Run run = Run.of(arguments);
      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("picklift: ").doesNotContain("\tat ");
    }
  }
}
