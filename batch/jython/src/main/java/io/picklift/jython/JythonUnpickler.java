package io.picklift.jython;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.error.MalformedException;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import java.util.List;
import org.python.core.Py;
import org.python.core.PyCode;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;
import org.python.core.PyTuple;

/** One interpreter with the unpickler loaded: for one thread at a time, for any number of saves. */
final class JythonUnpickler {
  private static final int FRAME_BYTES = 9;

  private final PySystemState interpreter;
  private final GraphBuilder graph = new GraphBuilder();
  private final PickleInput input = new PickleInput();
  private final ValueStack stack = new ValueStack(graph);
  private final JythonMemo memo = new JythonMemo();
  private final GraphArena arena = new GraphArena(graph, stack);
  private final PyObject decode;

  JythonUnpickler() {
    interpreter = Interpreters.inert();
    UnpicklerFunctions exports = new UnpicklerFunctions();
    input.export(exports);
    stack.export(exports);
    memo.export(exports);
    arena.export(exports);
    LookupTables.export(exports);
    PyStringMap globals = new PyStringMap();
    globals.__setitem__("__name__", new PyString("unpickler"));
    decode =
        Interpreters.within(
            interpreter,
            () -> {
              Code.UNPICKLER.forEach(code -> Py.runCode(code, globals, globals));
              return globals.__getitem__(new PyString("engine")).__call__(exports.names());
            });
  }

  SaveGraph decode(byte[] pickle, Limits limits) throws CodecException {
    if (pickle.length > limits.bytes()) {
      throw new LimitException(ErrorCode.LIMIT_BYTES, "bytes", limits.bytes(), -1, "");
    }
    graph.reset(pickle);
    input.reset(pickle);
    stack.reset();
    memo.reset(pickle.length);
    arena.reset(limits.nodes());
    PyTuple result =
        (PyTuple)
            Interpreters.within(
                interpreter,
                () ->
                    decode.__call__(
                        new PyObject[] {
                          new PyInteger(pickle.length),
                          new PyInteger(limits.nodes()),
                          new PyInteger(limits.memoEntries()),
                          new PyInteger(limits.textIntegerDigits()),
                          new PyInteger(limits.stringLength())
                        }));
    if (result.pyget(0) instanceof PyString) {
      throw refusal(pickle, result);
    }
    return graph.build(result.pyget(0).asInt(), style(pickle, result));
  }

  private static PickleStyle style(byte[] pickle, PyTuple result) {
    PyList frames = (PyList) result.pyget(5);
    long[] pairs = new long[frames.size()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = frames.pyget(i).asLong();
    }
    int stop = result.pyget(4).asInt();
    return new PickleStyle(
        result.pyget(1).asInt(),
        result.pyget(2).__nonzero__(),
        result.pyget(3).asInt(),
        pairs,
        stop - (long) FRAME_BYTES * (pairs.length / 2),
        Arrays.copyOfRange(pickle, stop, pickle.length),
        result.pyget(6).__nonzero__());
  }

  private static CodecException refusal(byte[] pickle, PyTuple result) {
    ErrorCode code = ErrorCode.valueOf(result.pyget(0).asString());
    String reason = result.pyget(1).asString();
    int offset = result.pyget(2).asInt();
    String opcode = offset < pickle.length ? OpcodeNames.of(pickle[offset] & 0xff) : "";
    return code.name().startsWith("LIMIT_")
        ? new LimitException(code, reason, result.pyget(3).asLong(), offset, opcode)
        : new MalformedException(code, reason, offset, opcode);
  }

  /** Compiled when the first engine is made, and shared by all: it holds no state. */
  private static final class Code {
    static final List<PyCode> UNPICKLER =
        Interpreters.compile(
            "engine/ops.py",
            "engine/texts.py",
            "engine/values.py",
            "engine/containers.py",
            "engine/folding.py",
            "engine/calls.py",
            "engine/memo.py",
            "engine/unpickler.py");

    private Code() {}
  }
}
