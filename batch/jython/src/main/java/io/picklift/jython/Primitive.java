package io.picklift.jython;

import org.python.core.Py;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;

/**
 * A function of ints that Python code calls as it calls its own. Jython reaches Java methods by
 * reflection, which costs more than an opcode may; a call of one of these is a virtual call that
 * the JVM compiles into the place it is made from. Each has a class of its own, so that the place
 * knows what it calls.
 *
 * <p>They are handed to the unpickler one by one: Python code that has them has no way from them to
 * a Java class.
 */
abstract class Primitive extends PyObject {
  private static final long serialVersionUID = 1L;

  private Primitive() {
    super(TYPE);
  }

  /**
   * {@code x} as an int; {@code Integer.MAX_VALUE} for anything that does not fit, as no index is
   * that large.
   */
  static int toInt(PyObject x) {
    if (x instanceof PyInteger small) {
      return small.getValue();
    }
    return x instanceof PyLong large && large.getValue().bitLength() < Integer.SIZE
        ? large.getValue().intValue()
        : Integer.MAX_VALUE;
  }

  @Override
  public final PyObject __call__(PyObject[] args, String[] keywords) {
    return switch (args.length) {
      case 0 -> __call__();
      case 1 -> __call__(args[0]);
      case 2 -> __call__(args[0], args[1]);
      case 3 -> __call__(args[0], args[1], args[2]);
      default -> throw wrongCount(args.length);
    };
  }

  @Override
  public PyObject __call__() {
    throw wrongCount(0);
  }

  @Override
  public PyObject __call__(PyObject x) {
    throw wrongCount(1);
  }

  @Override
  public PyObject __call__(PyObject x, PyObject y) {
    throw wrongCount(2);
  }

  @Override
  public PyObject __call__(PyObject x, PyObject y, PyObject z) {
    throw wrongCount(3);
  }

  private static RuntimeException wrongCount(int count) {
    return Py.TypeError("not to be called with " + count + " arguments");
  }

  /** Takes nothing. */
  abstract static class Of0 extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract int apply();

    @Override
    public final PyObject __call__() {
      return Py.newInteger(apply());
    }
  }

  /** Takes one int. */
  abstract static class Of1 extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract int apply(int x);

    @Override
    public final PyObject __call__(PyObject x) {
      return Py.newInteger(apply(toInt(x)));
    }
  }

  /** Takes two ints. */
  abstract static class Of2 extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract int apply(int x, int y);

    @Override
    public final PyObject __call__(PyObject x, PyObject y) {
      return Py.newInteger(apply(toInt(x), toInt(y)));
    }
  }

  /** Takes three ints. */
  abstract static class Of3 extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract int apply(int x, int y, int z);

    @Override
    public final PyObject __call__(PyObject x, PyObject y, PyObject z) {
      return Py.newInteger(apply(toInt(x), toInt(y), toInt(z)));
    }
  }

  /** Takes one int and gives any value. */
  abstract static class Reader extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract PyObject apply(int x);

    @Override
    public final PyObject __call__(PyObject x) {
      return apply(toInt(x));
    }
  }

  /** Takes two ints and gives any value. */
  abstract static class Slicer extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract PyObject apply(int x, int y);

    @Override
    public final PyObject __call__(PyObject x, PyObject y) {
      return apply(toInt(x), toInt(y));
    }
  }

  /** Takes a value that may be larger than an int. */
  abstract static class OfLong extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract int apply(long x);

    @Override
    public final PyObject __call__(PyObject x) {
      return Py.newInteger(apply(x instanceof PyInteger small ? small.getValue() : x.asLong()));
    }
  }

  /** Takes a value that may be larger than an int, and an int. */
  abstract static class OfLongInt extends Primitive {
    private static final long serialVersionUID = 1L;

    abstract int apply(long x, int y);

    @Override
    public final PyObject __call__(PyObject x, PyObject y) {
      return Py.newInteger(
          apply(x instanceof PyInteger small ? small.getValue() : x.asLong(), toInt(y)));
    }
  }
}
