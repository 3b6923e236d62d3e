package io.picklift.jython;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;
import org.python.core.PyTraceback;
import org.python.core.PyTuple;

/** The adapters as one thread has them: an interpreter in which they have run. */
final class AdapterInterpreter {
  private final PySystemState state;
  private final List<Adapters.Source> sources;
  private final List<AdapterColumn> columns = new ArrayList<>();
  private final List<PyObject> registered = new ArrayList<>();
  private final PyObject compute;
  private final PyObject back;
  private final PyObject rename;

  private AdapterInterpreter(PySystemState state, List<Adapters.Source> sources) {
    this.state = state;
    this.sources = sources;
    PyObject module = state.modules.__getitem__(new PyString("picklift"));
    compute = module.__getattr__("_compute");
    back = module.__getattr__("_back");
    rename = module.__getattr__("_renamed_name");
  }

  static AdapterInterpreter load(List<Adapters.Source> sources, Limits limits)
      throws AdapterException {
    AdapterInterpreter made = new AdapterInterpreter(Interpreters.full(limits), sources);
    made.run();
    return made;
  }

  private void run() throws AdapterException {
    for (Adapters.Source source : sources) {
      PyStringMap names = new PyStringMap();
      names.__setitem__("__name__", new PyString("adapter"));
      names.__setitem__("__file__", Py.newStringOrUnicode(source.file()));
      // Nothing of a save is in what is raised here: the whole of it is shown.
      call(source.file(), 0, true, () -> Py.runCode(source.code(), names, names));
    }
    PyObject module = state.modules.__getitem__(new PyString("picklift"));
    PyObject list = module.__getattr__("_registry").__getattr__("columns");
    for (PyObject one : list.asIterable()) {
      registered.add(one);
      columns.add(
          new AdapterColumn(
              columns.size(),
              text(one, "table"),
              text(one, "called"),
              one.__getattr__("name").toString(),
              one.__getattr__("sql_type").toString(),
              one.__getattr__("file").toString(),
              one.__getattr__("line").asInt(),
              one.__getattr__("index").__nonzero__(),
              one.__getattr__("refuses").__nonzero__(),
              text(one, "reads"),
              text(one, "path"),
              !one.__getattr__("back").equals(Py.None)));
    }
  }

  private static @Nullable String text(PyObject of, String attribute) {
    PyObject value = of.__getattr__(attribute);
    return value.equals(Py.None) ? null : value.toString();
  }

  List<AdapterColumn> columns() {
    return List.copyOf(columns);
  }

  String renamed(String name) throws AdapterException {
    return call(
        sources.isEmpty() ? "" : sources.get(0).file(),
        0,
        false,
        () -> rename.__call__(Py.newStringOrUnicode(name)).toString());
  }

  @Nullable Object value(AdapterColumn column, Meaning meaning, int node) throws AdapterException {
    return call(
        column.file(),
        column.line(),
        false,
        () ->
            AdapterValues.toJava(
                compute.__call__(
                    registered.get(column.number()), Py.java2py(meaning), new PyInteger(node))));
  }

  @Nullable Object back(AdapterColumn column, @Nullable Object value) throws AdapterException {
    return call(
        column.file(),
        column.line(),
        false,
        () ->
            AdapterValues.toJava(
                back.__call__(registered.get(column.number()), AdapterValues.toPython(value))));
  }

  private <T extends @Nullable Object> T call(
      String file, int line, boolean whole, Supplier<T> task) throws AdapterException {
    try {
      return Interpreters.within(state, task);
    } catch (PyException e) {
      throw Interpreters.within(state, () -> described(file, line, whole, e));
    }
  }

  /**
   * The innermost line of an adapter in the exception's traceback; the adapter itself where there
   * is none.
   */
  private AdapterException described(String file, int line, boolean whole, PyException e) {
    String where = file;
    int at = line;
    String said = "";
    for (PyObject next = e.traceback; next instanceof PyTraceback frame; next = frame.tb_next) {
      String name = frame.tb_frame.f_code.co_filename;
      for (Adapters.Source source : sources) {
        if (source.file().equals(name)) {
          where = name;
          at = frame.tb_lineno;
          said = at <= source.lines().size() ? source.lines().get(at - 1).strip() : "";
        }
      }
    }
    String type = typeName(e);
    if (whole) {
      return new AdapterException(where, at, type + ": " + e.value.__str__());
    }
    if (type.equals("_NotInverse")) {
      return new AdapterException(
          where, at, "from_column does not give back what to_column was given");
    }
    return new AdapterException(where, at, type + (said.isEmpty() ? "" : " in: " + said));
  }

  private static String typeName(PyException e) {
    PyObject name = e.type.__findattr__("__name__");
    return name == null ? "an exception" : name.toString();
  }

  static AdapterException syntaxError(String file, PyException e) {
    PyObject line = e.value.__findattr__("lineno");
    if (line == null && e.value instanceof PyTuple parts && parts.size() == 2) {
      line = parts.pyget(1).__getitem__(1);
    }
    return new AdapterException(
        file, line == null || !line.isInteger() ? 0 : line.asInt(), typeName(e));
  }
}
