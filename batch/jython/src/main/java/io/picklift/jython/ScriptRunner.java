package io.picklift.jython;

import io.picklift.codec.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFile;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;

/**
 * Runs a user's Python script with the module {@code picklift}, as {@code python FILE ARGS} would.
 *
 * @param limits for the pickles that the script loads
 * @param out where the script prints to
 * @param err where its errors go
 */
public record ScriptRunner(Limits limits, OutputStream out, OutputStream err) {
  private static final int FAILED = 1;

  /**
   * Runs the script.
   *
   * @return its exit status: what it gave {@code sys.exit}, 1 where it ended by an exception, else
   *     0
   * @throws IOException where the script cannot be read
   */
  public int run(Path script, List<String> arguments) throws IOException {
    String source = Files.readString(script, StandardCharsets.UTF_8);
    PySystemState state = Interpreters.full(limits);
    state.argv.clear();
    state.argv.append(Py.newStringOrUnicode(script.toString()));
    arguments.forEach(argument -> state.argv.append(Py.newStringOrUnicode(argument)));
    Path folder = script.toAbsolutePath().getParent();
    if (folder != null) {
      state.path.insert(0, Py.newStringOrUnicode(folder.toString()));
    }
    state.stdout = new PyFile(out);
    state.stderr = new PyFile(err);
    return Interpreters.within(state, () -> run(state, script, source));
  }

  private static int run(PySystemState state, Path script, String source) {
    PyStringMap names = new PyStringMap();
    names.__setitem__("__name__", new PyString("__main__"));
    names.__setitem__("__file__", Py.newStringOrUnicode(script.toString()));
    try {
      PyObject code =
          Py.compile_flags(source, script.toString(), CompileMode.exec, new CompilerFlags());
      Py.runCode((org.python.core.PyCode) code, names, names);
      return 0;
    } catch (PyException e) {
      if (e.match(Py.SystemExit)) {
        return exitStatus(e.value.__findattr__("code"), state);
      }
      Py.displayException(e.type, e.value, e.traceback, state.stderr);
      return FAILED;
    } finally {
      flush(state.stdout);
      flush(state.stderr);
    }
  }

  /**
   * What Python makes of {@code sys.exit}'s argument: nothing is 0, and what is no number is said.
   */
  private static int exitStatus(@Nullable PyObject code, PySystemState state) {
    if (code == null || !code.__nonzero__()) {
      return 0;
    }
    if (code.isInteger()) {
      return code.asInt();
    }
    Py.println(state.stderr, code);
    return FAILED;
  }

  private static void flush(PyObject stream) {
    stream.invoke("flush");
  }
}
