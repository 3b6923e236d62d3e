package io.picklift.app.follow.log;

/** Is told what the log says, in its order, by one thread; it may block that thread. */
public interface LogSink {
  /** A transaction is over. */
  void transaction(LoggedTransaction transaction);
}
