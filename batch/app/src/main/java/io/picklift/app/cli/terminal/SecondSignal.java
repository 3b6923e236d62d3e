package io.picklift.app.cli.terminal;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the process leave at once when it is told a second time to stop. The JVM ignores a signal
 * while it runs its shutdown hooks; only {@code sun.misc.Signal}, which is no part of Java's API,
 * can take one then, and a JVM without it goes on ignoring it.
 */
final class SecondSignal {
  private static final Logger LOG = LoggerFactory.getLogger(SecondSignal.class);

  private SecondSignal() {}

  /** From now on SIGTERM and SIGINT end the process with this status. */
  static void leaveWith(int status) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              SecondSignal.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  Runtime.getRuntime().halt(status);
                }
                return null;
              });
      for (String name : List.of("TERM", "INT")) {
        Object signal = type.getConstructor(String.class).newInstance(name);
        Object unused = type.getMethod("handle", type, handlerType).invoke(null, signal, handler);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.info("a second signal will not be heard", e);
    }
  }
}
