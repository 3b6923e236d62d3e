package io.picklift.jython.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.jython.JythonDecoder;
import io.picklift.jython.testing.Pickles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.python.core.Py;
import org.python.util.PythonInterpreter;

/**
 * Pickles that would run something. Each is first given to Jython's own {@code pickle}, to show
 * that it is hostile and that this test sees it; then to the engine.
 */
class HostilePickleTest {
  private static final String PACKAGE = "io.picklift.jython.hostile";
  private static final String CANARY = PACKAGE + ".Canary";

  private final Path folder;

  HostilePickleTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What Jython's own pickle takes: protocol 2 at most. */
  private List<byte[]> upToProtocol2() {
    Path file = folder.resolve("made-by-a-pickle");
    return List.of(
        new Pickles().add("\u0080\u0002c" + CANARY + "\nreach\n").text("x").add("\u0085R.").bytes(),
        new Pickles().add("c" + CANARY + "\nreach\n(S'x'\ntR.").bytes(),
        new Pickles().add("(S'x'\ni" + CANARY + "\nreach\n.").bytes(),
        new Pickles().add("(c" + CANARY + "\nreach\nS'x'\no.").bytes(),
        new Pickles().add("c" + PACKAGE + "\nCanary\n(tR.").bytes(),
        new Pickles()
            .add("\u0080\u0002cjava.lang.System\nsetProperty\n")
            .text("picklift.hostile")
            .text("yes")
            .add("\u0086R.")
            .bytes(),
        new Pickles()
            .add("\u0080\u0002c__builtin__\nopen\n")
            .text(file.toString())
            .text("w")
            .add("\u0086R.")
            .bytes(),
        new Pickles()
            .add("\u0080\u0002cjava.io\nFileOutputStream\n")
            .text(file.toString())
            .add("\u0085R.")
            .bytes(),
        new Pickles().add("cos\nmkdir\n(S'" + file + "'\ntR.").bytes(),
        new Pickles()
            .add(
                "c__builtin__\neval\n(S'__import__(\""
                    + CANARY
                    + "\").picklift.jython.hostile.Canary()'\ntR.")
            .bytes());
  }

  private List<byte[]> ofLaterProtocols() {
    List<byte[]> pickles = new ArrayList<>();
    for (int protocol = 3; protocol <= 5; protocol++) {
      String proto = "\u0080" + (char) protocol;
      pickles.add(
          new Pickles()
              .add(proto)
              .text(CANARY)
              .text("reach")
              .add("\u0093")
              .text("x")
              .add("\u0085R.")
              .bytes());
      pickles.add(
          new Pickles().add(proto).text(PACKAGE).text("Canary").add("\u0093)\u0081.").bytes());
      pickles.add(
          new Pickles().add(proto).text(PACKAGE).text("Canary").add("\u0093)}\u0092}b.").bytes());
      pickles.add(
          new Pickles().add(proto + "c" + PACKAGE + "\nCanary\n)Rp0\n0P" + CANARY + "\n.").bytes());
    }
    return pickles;
  }

  @Test
  void jythonsOwnPickleRunsThem() throws IOException {
    try (PythonInterpreter interpreter = new PythonInterpreter()) {
      interpreter.exec("import pickle");
      for (byte[] pickle : upToProtocol2()) {
        interpreter.set(
            "data", Py.newString(new String(pickle, java.nio.charset.StandardCharsets.ISO_8859_1)));
        interpreter.exec("pickle.loads(data)");
        assertThat(somethingRan())
            .as(new String(pickle, java.nio.charset.StandardCharsets.ISO_8859_1))
            .isTrue();
      }
    }
  }

  @Test
  void theEngineRunsNothing() throws IOException, CodecException {
    List<byte[]> pickles = new ArrayList<>(upToProtocol2());
    pickles.addAll(ofLaterProtocols());
    JythonDecoder decoder = new JythonDecoder(Limits.defaults());
    for (byte[] pickle : pickles) {
      assertThat(decoder.decode(pickle).size()).isPositive();
      assertThat(somethingRan()).isFalse();
    }
  }

  private boolean somethingRan() throws IOException {
    boolean property = System.getProperty("picklift.hostile") != null;
    System.clearProperty("picklift.hostile");
    boolean file = Files.deleteIfExists(folder.resolve("made-by-a-pickle"));
    return Canary.takeCount() > 0 || property || file;
  }
}
