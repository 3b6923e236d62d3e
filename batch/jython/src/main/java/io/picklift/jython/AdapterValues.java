package io.picklift.jython;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.python.core.Py;
import org.python.core.PyBoolean;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/** Values of columns, between Python and Java. */
final class AdapterValues {
  private static final int LONG_BITS = 63;

  private AdapterValues() {}

  /** What {@code _exported} of {@code adapters.py} gives. */
  static @Nullable Object toJava(PyObject value) {
    if (value instanceof PyTuple tagged) {
      return tagged(tagged.pyget(0).toString(), (PyString) tagged.pyget(1));
    }
    if (value instanceof PyBoolean bool) {
      return bool.getBooleanValue();
    }
    if (value instanceof PyInteger number) {
      return (long) number.getValue();
    }
    if (value instanceof PyLong number) {
      BigInteger big = number.getValue();
      if (big.bitLength() <= LONG_BITS) {
        return big.longValue();
      }
      return big;
    }
    if (value instanceof PyFloat number) {
      return number.getValue();
    }
    return value instanceof PyUnicode text ? text.getString() : null;
  }

  private static Object tagged(String type, PyString value) {
    String text = value.getString();
    return switch (type) {
      case "nothing" -> Adapters.NOTHING;
      case "bytes" -> text.getBytes(StandardCharsets.ISO_8859_1);
      case "decimal" -> decimal(text);
      case "uuid" -> UUID.fromString(text);
      case "datetime" -> LocalDateTime.parse(text);
      case "date" -> LocalDate.parse(text);
      case "time" -> LocalTime.parse(text);
      default -> throw Py.TypeError("no column holds a " + type);
    };
  }

  private static Object decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw Py.TypeError("no column holds a Decimal that is no number");
    }
  }

  /** A column's value for {@code from_column}. */
  static PyObject toPython(@Nullable Object value) {
    if (value == null) {
      return Py.None;
    }
    if (value instanceof byte[] bytes) {
      return new PyString(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    if (value instanceof String text) {
      return new PyUnicode(text);
    }
    if (value instanceof BigDecimal number) {
      return imported("decimal", "Decimal").__call__(new PyString(number.toPlainString()));
    }
    if (value instanceof LocalDate date) {
      return imported("datetime", "date")
          .__call__(ints(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
    }
    if (value instanceof LocalDateTime time) {
      return imported("datetime", "datetime")
          .__call__(
              ints(
                  time.getYear(),
                  time.getMonthValue(),
                  time.getDayOfMonth(),
                  time.getHour(),
                  time.getMinute(),
                  time.getSecond(),
                  time.getNano() / 1000));
    }
    return Py.java2py(value);
  }

  private static PyObject imported(String module, String name) {
    return org.python.core.__builtin__.__import__(module).__getattr__(name);
  }

  private static PyObject[] ints(int... numbers) {
    PyObject[] all = new PyObject[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      all[i] = new PyInteger(numbers[i]);
    }
    return all;
  }
}
