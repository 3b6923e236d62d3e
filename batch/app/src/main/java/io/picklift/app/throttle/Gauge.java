package io.picklift.app.throttle;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something outside of the run that tells whether it may work. For one thread at a time. */
interface Gauge extends AutoCloseable {
  /** As messages name it: the key of the configuration, and where it looks. */
  String name();

  /** Which privilege it needs; empty for none. */
  String needs();

  /** Why the run has to wait now; null where it may work. */
  @Nullable String hold() throws SQLException, IOException;

  @Override
  default void close() {}
}
