package io.picklift.jython;

/**
 * Thrown where the process is about to end, and Java lets no interpreter of Python be started any
 * more. It says nothing about the pickle that one was wanted for.
 */
public final class EndingException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  EndingException(IllegalStateException cause) {
    super("the process ends, and no interpreter can be started any more", cause);
  }
}
