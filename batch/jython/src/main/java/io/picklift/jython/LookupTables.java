package io.picklift.jython;

import org.python.core.PyList;
import org.python.core.PyObject;

/** Lookup tables that Python code makes once and asks often. */
final class LookupTables {
  private LookupTables() {}

  static void export(UnpicklerFunctions to) {
    to.add(
        "is_of",
        new PyObject() {
          private static final long serialVersionUID = 1L;

          @Override
          public PyObject __call__(PyObject[] args, String[] keywords) {
            return new Membership(args[0].asString());
          }
        });
    to.add(
        "table",
        new PyObject() {
          private static final long serialVersionUID = 1L;

          @Override
          public PyObject __call__(PyObject[] args, String[] keywords) {
            return new Table(((PyList) args[0]).getArray());
          }
        });
  }

  /** Whether a number is a member: where the string has '1'. */
  private static final class Membership extends Primitive.Of1 {
    private static final long serialVersionUID = 1L;

    private final boolean[] members;

    Membership(String flags) {
      members = new boolean[flags.length()];
      for (int i = 0; i < members.length; i++) {
        members[i] = flags.charAt(i) == '1';
      }
    }

    @Override
    int apply(int x) {
      return members[x] ? 1 : 0;
    }
  }

  /** Values by number; the last one stands for -1. */
  private static final class Table extends Primitive.Reader {
    private static final long serialVersionUID = 1L;

    private final PyObject[] values;

    Table(PyObject[] values) {
      this.values = values.clone();
    }

    @Override
    PyObject apply(int x) {
      return values[x < 0 ? values.length - 1 : x];
    }
  }
}
