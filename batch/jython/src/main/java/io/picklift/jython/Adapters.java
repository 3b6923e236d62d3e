package io.picklift.jython;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.Py;
import org.python.core.PyCode;
import org.python.core.PyException;

/**
 * The user's adapters: Python files that the configuration names. They are trusted code; nothing
 * that a pickle names gets near them. What they compute is added to the tables' rows and changes no
 * save.
 *
 * <p>Any number of threads may use one: each gets an interpreter of its own at its first value.
 */
public final class Adapters {
  /** Stands for a value where the row has nothing that the column is computed of. */
  public static final Object NOTHING = new Object();

  /** A file, compiled. */
  record Source(String file, List<String> lines, PyCode code) {}

  private final List<AdapterColumn> columns;
  private final ThreadLocal<AdapterInterpreter> interpreters;

  private Adapters(List<AdapterColumn> columns, ThreadLocal<AdapterInterpreter> interpreters) {
    this.columns = columns;
    this.interpreters = interpreters;
  }

  /**
   * Reads adapters and runs them once, to see what they are.
   *
   * @param files in the order in which they are to be run
   * @throws AdapterException where one does not compile or fails while it is loaded
   * @throws IOException where one cannot be read
   */
  public static Adapters load(List<Path> files, Limits limits)
      throws AdapterException, IOException {
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      sources.add(compile(file));
    }
    AdapterInterpreter first = AdapterInterpreter.load(sources, limits);
    ThreadLocal<AdapterInterpreter> interpreters =
        ThreadLocal.withInitial(
            () -> {
              try {
                return AdapterInterpreter.load(sources, limits);
              } catch (AdapterException e) {
                throw new IllegalStateException(
                    "an adapter that was loaded once is no more: " + e.getMessage(), e);
              }
            });
    interpreters.set(first);
    return new Adapters(first.columns(), interpreters);
  }

  private static Source compile(Path file) throws AdapterException, IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new AdapterException(file.toString(), 0, "it is no UTF-8");
    }
    Interpreters.start();
    try {
      PyCode code = Py.compile_flags(text, file.toString(), CompileMode.exec, new CompilerFlags());
      return new Source(file.toString(), text.lines().toList(), code);
    } catch (PyException e) {
      throw AdapterInterpreter.syntaxError(file.toString(), e);
    }
  }

  /** All columns, in the order in which they were registered. */
  public List<AdapterColumn> columns() {
    return columns;
  }

  /** The columns of a table whose rows are objects of or calls to {@code names}. */
  public List<AdapterColumn> columnsOf(String table, Iterable<String> names) {
    return columns.stream().filter(column -> column.isOf(table, names)).toList();
  }

  /**
   * What a class is called now: the name itself where no adapter renamed it.
   *
   * @throws AdapterException where the adapter raised
   */
  public String renamed(String name) throws AdapterException {
    return interpreters.get().renamed(name);
  }

  /**
   * The column's value for a row's object.
   *
   * @return null, {@link #NOTHING}, or a Boolean, Long, BigInteger, Double, BigDecimal, String,
   *     byte[], LocalDateTime, LocalDate, LocalTime or UUID
   * @throws AdapterException where the adapter raised, or gave what no column holds
   */
  public @Nullable Object value(AdapterColumn column, Meaning meaning, int node)
      throws AdapterException {
    return interpreters.get().value(column, meaning, node);
  }

  /**
   * What a value of a converting column stands for in the save.
   *
   * @throws AdapterException where the adapter raised
   */
  public @Nullable Object back(AdapterColumn column, @Nullable Object value)
      throws AdapterException {
    return interpreters.get().back(column, value);
  }
}
