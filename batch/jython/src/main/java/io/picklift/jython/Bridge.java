package io.picklift.jython;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.pickle.RecordDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.python.core.Py;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/**
 * What the Python module {@code picklift} asks of the Java engine. Public because Jython calls it;
 * for nobody else. Refusals come as tuples (code, offset, reason), for Python to raise.
 */
public final class Bridge {
  private final Limits limits;

  Bridge(Limits limits) {
    this.limits = limits;
  }

  public Object read(PyString pickle) {
    try {
      return Meaning.of(
          new RecordDecoder(new PickleDecoder(limits)::decode, limits).decode(pickle.toBytes()),
          limits);
    } catch (CodecException e) {
      return refusal(e);
    }
  }

  public PyObject write(Meaning meaning, int node) {
    try {
      return bytes(new PickleWriter(limits).write(rooted(meaning, node)));
    } catch (CodecException e) {
      return refusal(e);
    }
  }

  public PyObject json(Meaning meaning, int node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new JsonWriter(limits).write(rooted(meaning, node), out);
    } catch (CodecException e) {
      return refusal(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PyUnicode(out.toString(StandardCharsets.UTF_8));
  }

  private static SaveGraph rooted(Meaning meaning, int node) {
    SaveGraph graph = meaning.graph();
    return node == graph.root() ? graph : Subgraph.of(graph, node);
  }

  private static PyTuple refusal(CodecException e) {
    return new PyTuple(
        new PyString(e.code().code()), new PyLong(e.offset()), new PyString(e.reason()));
  }

  public String kind(Meaning meaning, int node) {
    return meaning.kind(node).name();
  }

  /** The value of a node whose kind Python has itself. */
  public PyObject plain(Meaning meaning, int node) {
    Kind kind = meaning.kind(node);
    return switch (kind) {
      case NONE -> Py.None;
      case BOOL -> Py.newBoolean(meaning.isTrue(node));
      case INT -> integer(meaning, node);
      case FLOAT -> new PyFloat(meaning.floatValue(node));
      case STR -> new PyUnicode(meaning.text(node));
      case PY2_STR -> bytes(meaning, node);
      default -> throw new IllegalArgumentException(kind + " is no plain value");
    };
  }

  private static PyObject integer(Meaning meaning, int node) {
    if (!meaning.fitsLong(node)) {
      return new PyLong(meaning.bigInteger(node));
    }
    long value = meaning.longValue(node);
    return value == (int) value ? new PyInteger((int) value) : new PyLong(value);
  }

  public PyString bytes(Meaning meaning, int node) {
    return bytes(meaning.bytes(node));
  }

  private static PyString bytes(byte[] bytes) {
    return new PyString(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  public String name(Meaning meaning, int node) {
    return meaning.kind(node) == Kind.GLOBAL ? meaning.globalName(node) : "";
  }

  public int number(Meaning meaning, int node) {
    return meaning.number(node);
  }

  public int persid(Meaning meaning, int node) {
    return meaning.persidValue(node);
  }

  public String persidText(Meaning meaning, int node) {
    return meaning.persidText(node);
  }

  public int callable(Meaning meaning, int node) {
    return meaning.callable(node);
  }

  public PyList items(Meaning meaning, int node) {
    return list(meaning.items(node));
  }

  public PyList arguments(Meaning meaning, int node) {
    return list(meaning.arguments(node));
  }

  public PyList keywords(Meaning meaning, int node) {
    return list(meaning.keywords(node));
  }

  public PyList states(Meaning meaning, int node) {
    return list(meaning.states(node));
  }

  public PyList appended(Meaning meaning, int node) {
    return list(meaning.appended(node));
  }

  public PyList entries(Meaning meaning, int node) {
    return list(meaning.entries(node));
  }

  /** Name, value, name, value... of all states that are dicts, or pairs of a dict and slots. */
  public PyList attributes(Meaning meaning, int node) {
    PyList pairs = new PyList();
    for (int state : meaning.states(node)) {
      if (meaning.kind(state) == Kind.TUPLE && meaning.items(state).length == 2) {
        for (int part : meaning.items(state)) {
          addPairs(meaning, part, pairs);
        }
      } else {
        addPairs(meaning, state, pairs);
      }
    }
    return pairs;
  }

  private static void addPairs(Meaning meaning, int node, PyList to) {
    if (meaning.kind(node) == Kind.DICT) {
      for (int member : meaning.pairs(node)) {
        to.append(new PyInteger(member));
      }
    }
  }

  /** (type, fields) of a well-known type's object; None for any other. */
  public PyObject wellKnown(Meaning meaning, int node) {
    WellKnown known = meaning.wellKnown(node);
    if (known == null) {
      return Py.None;
    }
    PyTuple fields;
    if (known instanceof WellKnown.DateTime it) {
      fields = fields(it.text(), it.fold(), it.tzNode());
    } else if (known instanceof WellKnown.Time it) {
      fields = fields(it.text(), it.fold(), it.tzNode());
    } else if (known instanceof WellKnown.Date it) {
      fields = fields(it.text());
    } else if (known instanceof WellKnown.TimeDelta it) {
      fields = fields(it.days(), it.seconds(), it.microseconds());
    } else if (known instanceof WellKnown.Decimal it) {
      fields = fields(it.text());
    } else if (known instanceof WellKnown.Uuid it) {
      fields = fields(it.text());
    } else if (known instanceof WellKnown.Complex it) {
      fields = fields(it.real(), it.imaginary());
    } else if (known instanceof WellKnown.Container it) {
      fields = new PyTuple(list(meaning.toArray(it.members())));
    } else {
      throw new IllegalArgumentException("no such type: " + known.getClass().getSimpleName());
    }
    return new PyTuple(new PyString(known.getClass().getSimpleName()), fields);
  }

  private static PyTuple fields(Object... fields) {
    List<PyObject> values = new ArrayList<>();
    for (Object field : fields) {
      values.add(Py.java2py(field));
    }
    return new PyTuple(values.toArray(new PyObject[0]));
  }

  private static PyList list(int @Nullable [] nodes) {
    PyList list = new PyList();
    if (nodes != null) {
      for (int node : nodes) {
        list.append(new PyInteger(node));
      }
    }
    return list;
  }

  /** Big-endian IEEE 754. */
  public PyString doubleBytes(double value) {
    return bytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
  }

  /** UTF-8 as pickles have it: surrogates that stand alone too. */
  public PyString utf8(PyUnicode text) {
    StringBuilder out = new StringBuilder();
    text.getString()
        .codePoints()
        .forEach(
            point -> {
              if (point < 0x80) {
                out.append((char) point);
              } else if (point < 0x800) {
                out.append((char) (0xc0 | (point >> 6)));
              } else if (point < 0x10000) {
                out.append((char) (0xe0 | (point >> 12)));
              } else {
                out.append((char) (0xf0 | (point >> 18)))
                    .append((char) (0x80 | ((point >> 12) & 63)));
              }
              if (point >= 0x800) {
                out.append((char) (0x80 | ((point >> 6) & 63)));
              }
              if (point >= 0x80) {
                out.append((char) (0x80 | (point & 63)));
              }
            });
    return new PyString(out.toString());
  }
}
