package io.picklift.jython;

import io.picklift.codec.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.Py;
import org.python.core.PyCode;
import org.python.core.PyDictionary;
import org.python.core.PyModule;
import org.python.core.PyObject;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;

/** Starts Jython, once in a JVM, and makes interpreters of two kinds. */
final class Interpreters {
  /**
   * What the unpickler uses of Python's builtins: nothing that opens, imports, compiles or reaches
   * into objects.
   */
  private static final String[] INERT_BUILTINS = {
    "False",
    "None",
    "True",
    "Exception",
    "MemoryError",
    "object",
    "chr",
    "dict",
    "float",
    "int",
    "len",
    "list",
    "max",
    "min",
    "ord",
    "range",
    "set",
    "tuple"
  };

  private static final PyObject NO_IMPORT =
      new PyObject() {
        private static final long serialVersionUID = 1L;

        @Override
        public PyObject __call__(PyObject[] args, String[] keywords) {
          throw Py.ImportError("there is no import here");
        }
      };

  private static boolean started;

  private Interpreters() {}

  /** An interpreter without import, files or Java: no path, no hooks, and a handful of builtins. */
  static PySystemState inert() {
    PySystemState state = fresh();
    PyObject all = PySystemState.getDefaultBuiltins();
    PyStringMap builtins = new PyStringMap();
    for (String name : INERT_BUILTINS) {
      builtins.__setitem__(name, all.__finditem__(name));
    }
    builtins.__setitem__("__import__", NO_IMPORT);
    state.setBuiltins(builtins);
    state.path.clear();
    state.path_hooks.clear();
    state.meta_path.clear();
    state.path_importer_cache = new PyDictionary();
    PyStringMap modules = new PyStringMap();
    modules.__setitem__("__builtin__", new PyModule("__builtin__", builtins));
    state.modules = modules;
    return state;
  }

  /**
   * An interpreter for the user's own Python: the whole of Jython, with the module {@code
   * picklift}. No pickle is ever read in one but by the Java engine.
   */
  static PySystemState full(Limits limits) {
    PySystemState state = fresh();
    within(
        state,
        () -> {
          PyModule module = new PyModule("picklift");
          PyObject names = module.__dict__;
          names.__setitem__("_bridge", Py.java2py(new Bridge(limits)));
          Code.PICKLIFT.forEach(code -> Py.runCode(code, names, names));
          state.modules.__setitem__("picklift", module);
          return module;
        });
    return state;
  }

  /**
   * Runs {@code task} with {@code interpreter} as the thread's, and leaves the thread as it was.
   */
  static <T> T within(PySystemState interpreter, Supplier<T> task) {
    PySystemState before = Py.setSystemState(interpreter);
    try {
      return task.get();
    } finally {
      Py.setSystemState(before);
    }
  }

  /** Compiled when first needed, and shared: compiled code holds no state. */
  private static final class Code {
    static final List<PyCode> PICKLIFT =
        compile("module/picklift.py", "module/writing.py", "module/adapters.py");

    private Code() {}
  }

  /** Compiles Python files among this module's resources. */
  static List<PyCode> compile(String... resources) {
    start();
    List<PyCode> codes = new ArrayList<>();
    for (String resource : resources) {
      codes.add(
          Py.compile_flags(source(resource), resource, CompileMode.exec, new CompilerFlags()));
    }
    return List.copyOf(codes);
  }

  private static String source(String resource) {
    try (InputStream in = Interpreters.class.getResourceAsStream("/picklift_jython/" + resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "picklift_jython/" + resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static synchronized void start() {
    if (started) {
      return;
    }
    Properties properties = new Properties();
    // Nothing is written beside the jar, nothing is looked for in the working folder, and the
    // console is left alone.
    properties.setProperty("python.cachedir.skip", "true");
    properties.setProperty("python.import.site", "false");
    properties.setProperty("python.console", "org.python.core.PlainConsole");
    orEnding(
        () -> {
          PySystemState.initialize(System.getProperties(), properties, new String[] {""});
          return true;
        });
    started = true;
  }

  private static PySystemState fresh() {
    start();
    return orEnding(PySystemState::new);
  }

  /**
   * Each interpreter wants to be closed when the process ends, which is too late to ask for then.
   */
  private static <T> T orEnding(Supplier<T> task) {
    try {
      return task.get();
    } catch (IllegalStateException e) {
      if ("Shutdown in progress".equals(e.getMessage())) {
        throw new EndingException(e);
      }
      throw e;
    }
  }
}
