package io.picklift.jython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.python.core.CompileMode;
import org.python.core.CompilerFlags;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyStringMap;
import org.python.core.PySystemState;

/**
 * Even code, which no pickle brings, could do nothing in the interpreter that the unpickler runs
 * in.
 */
class InertInterpreterTest {
  private static final List<String> ATTEMPTS =
      List.of(
          "import os",
          "import java.lang.System",
          "from java.io import File",
          "import sys",
          "__import__('os')",
          "open('x', 'w')",
          "file('x', 'w')",
          "eval('1')",
          "execfile('x')",
          "compile('1', 'x', 'eval')",
          "getattr(1, 'real')",
          "globals()",
          "reload(1)");

  @Test
  void nothingCanBeImportedOpenedOrCompiled() {
    PySystemState inert = Interpreters.inert();
    for (String attempt : ATTEMPTS) {
      assertThatThrownBy(() -> run(inert, attempt)).as(attempt).isInstanceOf(PyException.class);
    }
  }

  @Test
  void theSameAttemptsSucceedElsewhere() {
    // What fails above fails for want of a name, not because it is wrong.
    for (String attempt :
        List.of("import os", "import java.lang.System", "eval('1')", "globals()")) {
      run(new PySystemState(), attempt);
    }
  }

  @Test
  void theUnpicklerLeavesNoModuleBehind() throws Exception {
    PySystemState inert = Interpreters.inert();
    assertThat(inert.modules.__len__()).isEqualTo(1);
    assertThat(inert.path.isEmpty()).isTrue();
    assertThat(inert.meta_path.isEmpty()).isTrue();
    assertThat(inert.path_hooks.isEmpty()).isTrue();
  }

  private static void run(PySystemState state, String source) {
    PySystemState before = Py.getSystemState();
    Py.setSystemState(state);
    try {
      PyStringMap globals = new PyStringMap();
      Py.runCode(
          Py.compile_flags(source, "attempt", CompileMode.exec, new CompilerFlags()),
          globals,
          globals);
    } finally {
      Py.setSystemState(before);
    }
  }
}
