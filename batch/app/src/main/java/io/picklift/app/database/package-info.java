/**
 * Connections to MySQL and MariaDB: pools, retries up to a deadline, statements that may take long,
 * and the meaning of the servers' error codes. Start reading with {@code RetryPolicy}. What is read
 * or written is not known here.
 */
@NullMarked
package io.picklift.app.database;

import org.jspecify.annotations.NullMarked;
