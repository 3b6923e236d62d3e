/** The database that tests run on: embedded MariaDB, or a server named on the command line. */
@NullMarked
package io.picklift.schema.testing;

import org.jspecify.annotations.NullMarked;
