package io.picklift.jython;

import org.python.core.PyDictionary;
import org.python.core.PyObject;
import org.python.core.PyString;

/** What the unpickler is given, by name. */
record Exports(PyDictionary names) {
  Exports() {
    this(new PyDictionary());
  }

  void add(String name, PyObject value) {
    names.__setitem__(new PyString(name), value);
  }
}
