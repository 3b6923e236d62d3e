package io.picklift.bench.chaos;

/** What may happen to a command while it runs. */
enum FaultKind {
  /** SIGKILL of the process. */
  KILL,
  /** SIGTERM of the process. */
  TERM,
  /** SIGKILL of the server, which is started again. */
  SERVER_KILL,
  /** The network forwards nothing, and no connection ends. */
  SILENCE,
  /** All connections are reset. */
  RESET,
  /** Each packet takes its time. */
  SLOW,
  /** The server's disk is full. */
  FULL,
  /** Another client holds locks on the ledger's and the mapped tables' rows. */
  LOCKS,
  /** Another client locks rows in the other order, again and again. */
  DEADLOCKS,
  /** The source changes meanwhile. */
  SOURCE,
  /** The same command is started a second time. */
  SECOND
}
