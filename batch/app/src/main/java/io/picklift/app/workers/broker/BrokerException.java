package io.picklift.app.workers.broker;

/** Thrown where the broker cannot be used; the message is one line. */
public final class BrokerException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokerException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With the place, and what the broker's client says. */
  static BrokerException at(BrokerAddress address, String what, Throwable cause) {
    String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new BrokerException(what + " " + address.place() + ": " + line, cause);
  }
}
