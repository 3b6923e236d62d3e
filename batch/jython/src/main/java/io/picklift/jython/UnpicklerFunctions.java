package io.picklift.jython;

import org.python.core.PyDictionary;
import org.python.core.PyObject;
import org.python.core.PyString;

/** The functions and constants that the unpickler in Python is given, by their names there. */
record UnpicklerFunctions(PyDictionary names) {
  UnpicklerFunctions() {
    this(new PyDictionary());
  }

  void add(String name, PyObject value) {
    names.__setitem__(new PyString(name), value);
  }
}
